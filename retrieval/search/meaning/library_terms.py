"""The terms of a library as the table of words knows them: which of them means much the same as a word asked for."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from retrieval.search.meaning.word_table import LONGEST_TERM, MISSING, NEAREST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from retrieval.core.arrays import StringArray
    from retrieval.index.segments.vocabulary import Vocabulary
    from retrieval.search.meaning.word_table import WordTable

CACHED_TERMS = 1000  # whose near ones are kept between questions
NEAR = 5  # terms of the library for one that is asked for, at most
LEAST = 0.35  # cosine: what is less near is not looked for


class LibraryTerms:
    """Terms by their numbers in the vocabulary of a corpus. Safe to use from several threads at once.

    `there` gives which of them an article still has, None for all. `shared` are those of another corpus: with the same
    vocabulary, what is kept of it is kept once.
    """

    def __init__(
        self,
        table: WordTable,
        vocabulary: Vocabulary,
        there: Callable[[], NDArray[np.bool_] | None] = lambda: None,
        shared: LibraryTerms | None = None,
    ) -> None:
        self.table = table
        self._vocabulary = vocabulary
        self._find_there = there
        self._shared = shared
        self.near = lru_cache(maxsize=CACHED_TERMS)(self._near)

    def rows(self, numbers: NDArray[np.int32]) -> NDArray[np.int32]:
        """The row of each of these terms in the table, MISSING where it has none."""
        base = self._vocabulary.base
        found = np.full(len(numbers), MISSING, dtype=np.int32)
        first = np.flatnonzero(numbers < len(base))
        found[first] = self.table.rows_of(packed(base, numbers[first]))
        later = np.flatnonzero(numbers >= len(base))
        found[later] = self.table.rows([self._vocabulary.term(number) for number in numbers[later].tolist()])
        return found

    def fits(self, asked: Mapping[int, str], numbers: NDArray[np.int32]) -> NDArray[np.float32]:
        """How well each term asked for (down) fits each of `numbers` (across): 1 the term itself, 0 not at all.

        `asked` are terms by their numbers, negative ones for those that the library has not. What is near in meaning
        never fits as well as the term itself.
        """
        wanted = np.fromiter(asked, dtype=np.int32, count=len(asked))
        found = self.table.cosines(self.table.rows([*asked.values()]), self.rows(numbers))
        np.minimum(found, NEAREST, out=found)
        found[wanted[:, None] == numbers] = 1
        return found

    @cached_property
    def _known(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
        """The numbers of the terms that the table knows, their rows, and their vectors: 15 MB at most."""
        if self._shared is not None and self._shared._vocabulary is self._vocabulary:  # noqa: SLF001 - one of its own kind
            return self._shared._known  # noqa: SLF001
        numbers = np.arange(len(self._vocabulary), dtype=np.int32)
        rows = self.rows(numbers)
        known = rows != MISSING
        return numbers[known], rows[known], self.table.vectors(rows[known])

    @cached_property
    def _there(self) -> NDArray[np.bool_] | None:
        return self._find_there()

    def _near(self, term: str) -> tuple[tuple[str, float], ...]:
        """The terms of the library that mean much the same as `term`, nearest first, with their cosines."""
        row = self.table.rows([term])
        numbers, rows, vectors = self._known
        if row[0] == MISSING or not len(rows):
            return ()
        cosines = self.table.telling(np.einsum("ij,j->i", vectors, self.table.vectors(row)[0]), row, rows)
        likely = np.flatnonzero(cosines >= LEAST)  # a few of tens of thousands
        if self._there is not None:  # a word that only hidden articles have would take the place of another
            likely = likely[self._there[numbers[likely]]]
        best = likely[np.argsort(-cosines[likely], kind="stable")][: NEAR + 1]
        near = [(self._vocabulary.term(int(numbers[at])), float(cosines[at])) for at in best]
        return tuple([(other, cosine) for other, cosine in near if other != term][:NEAR])


def packed(strings: StringArray, numbers: NDArray[np.int32]) -> NDArray[np.bytes_]:
    """These strings in rows of LONGEST_TERM bytes; longer ones, which the table cannot have, are empty."""
    starts, ends = strings.offsets[numbers], strings.offsets[numbers + 1]
    lengths = ends - starts
    lengths[lengths > LONGEST_TERM] = 0
    columns = np.arange(LONGEST_TERM)
    inside = columns < lengths[:, None]
    letters = np.zeros((len(numbers), LONGEST_TERM), dtype=np.uint8)
    letters[inside] = strings.letters[(starts[:, None] + columns)[inside]]
    return letters.view(f"S{LONGEST_TERM}").ravel()
