"""A table of words: how near two terms are in meaning, without a model at run time.

`words.npy` has a row for each term that it knows: the term as the index has it, a vector of bytes, and whether it is
one of the names, numbers, days and the like that are never one another: Tuesday is no answer about Monday. It is made
by `python -m benchmarks.distil_words`; whose work it rests on is said in `words.LICENCE.txt`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

MISSING = -1  # the row of a term that the table does not know
LONGEST_TERM = 16  # bytes
FLOOR = 0.3  # cosines below this say nothing
NEAREST = 0.95  # however near another word is: only the word itself counts whole


def row_type(dimensions: int) -> np.dtype[Any]:
    """The type of a row of the table's file."""
    return np.dtype([("term", f"S{LONGEST_TERM}"), ("alone", np.bool_), ("vector", np.int8, (dimensions,))])


class WordTable:
    """Terms in the order of their bytes, each with a vector. `rows` has the type that `row_type` gives."""

    def __init__(self, rows: NDArray[Any]) -> None:
        self._terms = np.ascontiguousarray(rows["term"])
        self._alone = np.ascontiguousarray(rows["alone"])
        self._vectors = rows["vector"]

    def __len__(self) -> int:
        return len(self._terms)

    @classmethod
    def open(cls, path: Path) -> WordTable:
        """The table of a file, mapped into memory. Raises OSError, ValueError."""
        return cls(np.load(path, mmap_mode="r"))

    def rows(self, terms: Sequence[str]) -> NDArray[np.int32]:
        """The row of each term, MISSING where the table does not know it."""
        return self.rows_of(np.array([term.encode() for term in terms], dtype=bytes))

    def rows_of(self, terms: NDArray[np.bytes_]) -> NDArray[np.int32]:
        """The row of each term in UTF-8, MISSING where the table does not know it."""
        if not len(terms) or not len(self):
            return np.full(len(terms), MISSING, dtype=np.int32)
        found = np.searchsorted(self._terms, terms)
        found[found == len(self)] = 0
        return np.where(self._terms[found] == terms, found, MISSING).astype(np.int32)

    def cosines(self, rows: NDArray[np.int32], others: NDArray[np.int32]) -> NDArray[np.float32]:
        """The cosine of each of `rows` (down) with each of `others` (across); 0 where it says nothing.

        It says nothing for MISSING, below FLOOR, and between two terms of which each stands for itself alone.
        """
        return self.telling(self.vectors(rows) @ self.vectors(others).T, rows[:, None], others)

    def telling(
        self, cosines: NDArray[np.float32], rows: NDArray[np.int32], others: NDArray[np.int32]
    ) -> NDArray[np.float32]:
        """These cosines of `rows` with `others`, whose shapes broadcast, with 0 for those that say nothing."""
        alone = self._alone[rows] & self._alone[others] & (rows != MISSING) & (others != MISSING)
        cosines[(cosines < FLOOR) | alone] = 0
        return cosines

    def vectors(self, rows: NDArray[np.int32]) -> NDArray[np.float32]:
        """The vectors of these rows, of length 1; nothing but zeros for MISSING."""
        found = self._vectors[np.maximum(rows, 0)].astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", found, found))
        lengths[(rows == MISSING) | (lengths == 0)] = np.inf
        found /= lengths[:, None]
        return found

    def fits(self, asked: Sequence[str], terms: Sequence[str]) -> NDArray[np.float32]:
        """How well each of `asked` (down) fits each of `terms` (across), from 0, not at all, to 1, the word itself.

        A term that the table lacks (most numbers and names, and "=" with the name of a thing) fits nothing but itself.
        """
        found = np.zeros((len(asked), len(terms)), dtype=np.float32)
        rows, others = self.rows(asked), self.rows(terms)
        down, across = np.flatnonzero(rows != MISSING), np.flatnonzero(others != MISSING)
        cosines = self.vectors(rows[down]) @ self.vectors(others[across]).T
        cosines[(cosines < FLOOR) | (self._alone[rows[down], None] & self._alone[others[across]])] = 0
        found[np.ix_(down, across)] = np.minimum(cosines, NEAREST)
        places = {term: at for at, term in enumerate(terms)}
        for row, term in enumerate(asked):
            if (at := places.get(term)) is not None:
                found[row, at] = 1
        return found

    def nearest(self, term: str, count: int = 10) -> list[tuple[str, float]]:
        """The terms that are nearest to one, with their cosines, nearest first; none where the table lacks it."""
        row = self.rows([term])
        if row[0] == MISSING:
            return []
        cosines = self.vectors(np.arange(len(self), dtype=np.int32)) @ self.vectors(row)[0]
        best = np.argsort(-cosines, kind="stable")[: count + 1]
        return [(self._terms[at].decode(), float(cosines[at])) for at in best if at != row[0]][:count]


@lru_cache(maxsize=1)
def word_table() -> WordTable:
    """The table that Quoth comes with."""
    with as_file(files("retrieval.search.meaning").joinpath("words.npy")) as path:
        return WordTable.open(path)
