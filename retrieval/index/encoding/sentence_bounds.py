"""Many blocks -> what the sentence splitter finds in each, for most of them without asking it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.analysis.english_words.abbreviations import ABBREVIATIONS
from retrieval.analysis.languages.all_packs import MAIN
from retrieval.analysis.sentence_splitter import bounds, units
from retrieval.core.model import Kind
from retrieval.index.native import functions as native
from retrieval.index.native.functions import at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.encoding.utf8 import Utf8Texts

NOT_SENTENCES = frozenset({Kind.ROW, Kind.HEADING, Kind.CODE})
SHORTEST = 4  # bytes that a sentence takes, with the space behind it, where another one follows


class SentenceBounds(NamedTuple):
    """Sentences: `counts` is how many each paragraph has, `starts` and `ends` are places in the text of all."""

    counts: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def units_in(
    letters: Utf8Texts,
    kinds: Sequence[Kind],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    languages: Sequence[str] = (),
) -> SentenceBounds:
    """What can be quoted of the blocks of these kinds that start and end at these places.

    `languages` are those of the blocks, none where all are in English.
    """
    prose = np.fromiter((kind not in NOT_SENTENCES for kind in kinds), dtype=np.bool_, count=len(kinds))
    if languages:
        prose &= np.fromiter((code == MAIN for code in languages), dtype=np.bool_, count=len(kinds))
    if prose.all():
        return sentences_in(letters, starts, ends)
    sentences = sentences_in(letters, starts[prose], ends[prose])
    rest = np.flatnonzero(~prose)
    others = [
        units(kinds[number], letters.text[starts[number] : ends[number]], languages[number] if languages else MAIN)
        for number in rest.tolist()
    ]
    counts = np.empty(len(starts), dtype=np.int64)
    counts[prose], counts[rest] = sentences.counts, [len(one) for one in others]
    return _together(counts, starts, prose, np.stack(sentences[1:], axis=1), others)


def sentences_in(letters: Utf8Texts, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> SentenceBounds:
    """The sentences of the paragraphs that start and end at these places."""
    counts, places = _plain(letters, starts, ends)
    plain = counts >= 0
    rest = np.flatnonzero(~plain)
    others = [bounds(letters.text[starts[number] : ends[number]]) for number in rest.tolist()]
    counts[rest] = [len(one) for one in others]
    return _together(counts, starts, plain, places + np.repeat(starts[plain], counts[plain])[:, None], others)


def _together(
    counts: NDArray[np.int64],
    starts: NDArray[np.int64],
    done: NDArray[np.bool_],
    places: NDArray[np.int64],
    others: Sequence[Sequence[tuple[int, int]]],
) -> SentenceBounds:
    """The places found in those paragraphs that are done, and those in the others, which count from their starts."""
    is_done = np.repeat(done, counts)
    every = np.empty((len(is_done), 2), dtype=np.int64)
    every[is_done] = places
    rest = np.array([place for one in others for place in one], dtype=np.int64).reshape(-1, 2)
    every[~is_done] = rest + np.repeat(starts[~done], counts[~done])[:, None]
    return SentenceBounds(counts, every[:, 0], every[:, 1])


def _plain(
    letters: Utf8Texts, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many sentences each plain paragraph has, -1 for one that is not plain, and where these are in theirs."""
    counts = np.full(len(starts), -1, dtype=np.int64)
    functions = native.load()
    if functions is None:
        return counts, np.empty((0, 2), dtype=np.int64)
    first, end, abbreviations = letters.bytes_at(starts), letters.bytes_at(ends), _abbreviations()
    places = np.empty((int((end - first).sum()) // SHORTEST + len(first), 2), dtype=np.int64)
    found = functions.quoth_split(
        at(letters.letters),
        at(first),
        at(end),
        len(first),
        at(abbreviations),
        len(abbreviations),
        at(counts),
        at(places),
    )
    return counts, places[:found]


@cache
def _abbreviations() -> NDArray[np.uint64]:
    """Those without a dot in them, the letters of each as one number."""
    bare = (word for word in ABBREVIATIONS if word.isalpha() and word.isascii())
    return np.array(sorted(int.from_bytes(word.encode("ascii"), "big") for word in bare), dtype=np.uint64)
