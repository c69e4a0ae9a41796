"""Many strings -> numbers of the distinct ones: the words of texts, and words of several texts together.

In native/words.c where it was compiled; else by dictionaries, which give the same.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from retrieval.core.arrays import StringArray
from retrieval.index.native import functions as native
from retrieval.index.native.functions import at

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIGNS = '.,;:!?()[]"“”'  # what stands around a word and changes nothing of it; an apostrophe may


class Pieces(NamedTuple):
    """The pieces of texts between white space, as numbers.

    `numbers` are those of all pieces, int32, text by text, and `counts` how many each text has. A piece that is a word
    of the letters A to Z but for SIGNS around it has the number of that word in `words`; any other piece has one that
    counts down: -1 is the first of `others`, -2 the second. Both are in the order in which they come.
    """

    numbers: NDArray[np.int32]
    counts: NDArray[np.int64]
    words: StringArray
    others: StringArray


class Distinct(NamedTuple):
    """Strings by numbers: `numbers` is that of each, `firsts` the place of the first one with each number."""

    numbers: NDArray[np.int32]
    firsts: NDArray[np.int64]


def pieces(letters: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Pieces:
    """The pieces of the texts in UTF-8 that are `letters[starts[t]:ends[t]]`. Raises MemoryError."""
    functions = native.load()
    if functions is None:
        return _pieces(letters, starts, ends)
    most = int((ends - starts + 1).sum() // 2) + len(starts)
    numbers, counts = np.empty(most, dtype=np.int32), np.empty(len(starts), dtype=np.int64)
    words, others = np.empty((most, 2), dtype=np.int64), np.empty((most, 2), dtype=np.int64)
    found = np.zeros(2, dtype=np.int64)
    given: list[NDArray[Any]] = [letters, starts, ends]
    made: list[NDArray[Any]] = [numbers, counts, words, others, found]
    total = functions.quoth_pieces(*map(at, given), len(starts), *map(at, made))
    if total < 0:
        raise MemoryError
    return Pieces(
        numbers[:total].copy(), counts, *(_cut(letters, at[:n]) for at, n in zip((words, others), found, strict=True))
    )


def expanded(
    found: Pieces, starts: NDArray[np.int64], words: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The words of all pieces, and where those of each text begin.

    The words of the piece with number p are `words[starts[p]:starts[p + 1]]`, where the others are numbered on from
    the words.
    """
    functions = native.load()
    if functions is None:
        return _expanded(found, starts, words)
    offsets = np.zeros(len(found.counts) + 1, dtype=np.int64)
    pieces_of = [at(array) for array in (found.numbers, found.counts)]
    given = (*pieces_of, len(found.counts), len(found.words), at(starts), at(words))
    every = np.empty(functions.quoth_words(*given, None, None), dtype=np.int32)
    functions.quoth_words(*given, at(every), at(offsets))
    return every, offsets


def distinct(strings: StringArray) -> Distinct:
    """The numbers of strings, counted in the order in which the distinct ones come. Raises MemoryError."""
    functions = native.load()
    if functions is None:
        return _distinct(strings)
    numbers, firsts = np.empty(len(strings), dtype=np.int32), np.empty(len(strings), dtype=np.int64)
    found = functions.quoth_distinct(at(strings.letters), at(strings.offsets), len(strings), at(numbers), at(firsts))
    if found < 0:
        raise MemoryError
    return Distinct(numbers, firsts[:found].copy())


def _cut(letters: NDArray[np.uint8], places: NDArray[np.int64]) -> StringArray:
    """The strings that start and end at these places."""
    return StringArray.cut(letters, places[:, 0], places[:, 1])


def _pieces(letters: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Pieces:
    """What `pieces` gives."""
    number_of: defaultdict[str, int] = defaultdict(count().__next__)
    found: list[str] = []
    offsets = [0]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        found += str(letters[start:end].data, "utf-8", "surrogatepass").split()
        offsets.append(len(found))
    numbers = np.fromiter(map(number_of.__getitem__, found), dtype=np.int32, count=len(found))
    words: defaultdict[str, int] = defaultdict(count().__next__)
    others: list[str] = []
    of_piece = np.empty(len(number_of), dtype=np.int32)
    for number, piece in enumerate(number_of):
        bare = piece.strip(SIGNS)
        if bare.isascii() and bare.isalpha():
            of_piece[number] = words[bare]
        else:
            others.append(piece)
            of_piece[number] = -len(others)
    at = np.array(offsets, dtype=np.int64)
    return Pieces(of_piece[numbers], at[1:] - at[:-1], StringArray.of(words), StringArray.of(others))


def _expanded(
    found: Pieces, starts: NDArray[np.int64], words: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    of_piece = np.where(found.numbers < 0, len(found.words) - 1 - found.numbers, found.numbers)
    lengths = np.diff(starts)[of_piece]
    before = np.concatenate(([0], lengths.cumsum()))
    places = np.arange(before[-1])
    places += np.repeat(starts[of_piece] - before[:-1], lengths)
    return words[places], before[np.concatenate(([0], found.counts.cumsum()))]


def _distinct(strings: StringArray) -> Distinct:
    """What `distinct` gives."""
    letters, offsets = strings.letters.tobytes(), strings.offsets.tolist()
    number_of: defaultdict[bytes, int] = defaultdict(count().__next__)
    each = (letters[start:end] for start, end in pairwise(offsets))
    numbers = np.fromiter(map(number_of.__getitem__, each), dtype=np.int32, count=len(strings))
    return Distinct(numbers, _firsts(numbers, len(number_of)))


def _firsts(numbers: NDArray[np.int32], distinct_ones: int) -> NDArray[np.int64]:
    firsts = np.empty(distinct_ones, dtype=np.int64)
    firsts[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    return firsts
