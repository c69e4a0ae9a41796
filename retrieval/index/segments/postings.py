"""Which documents have a term, how often, and how long they are: flat arrays that may as well lie in a file.

A term is a number, counted from 0 over the vocabulary that all levels share; so is a document, counted in the order of
the library. Nothing here depends on how many documents there are in all, on how long they are on average or on how
rare a term is, since articles come and go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from retrieval.index.encoding.inversion import inverted
from retrieval.index.encoding.inversion_arrays import compact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.encoding.inversion_arrays import Rows

    Counts: TypeAlias = NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """For each term the documents that have it.

    Those of term t are at `offsets[t]` up to `offsets[t + 1]` of `documents`, ascending; `frequencies`, of the same
    shape, tells how often each has it. `lengths` is the number of tokens of each document. `offsets` is int64 of shape
    (terms + 1,), `documents` int32 of shape (postings,); `frequencies` and `lengths` are of the smallest of uint8,
    uint16 and uint32 that holds them.
    """

    offsets: NDArray[np.int64]
    documents: NDArray[np.int32]
    frequencies: Counts
    lengths: Counts

    @classmethod
    def of(cls, rows: Rows, vocabulary: int) -> Postings:
        """The postings of these documents; `vocabulary` is the number of terms there are."""
        return cls(*inverted(rows, vocabulary), compact(rows.lengths))

    @classmethod
    def joined(cls, parts: Sequence[Postings]) -> Postings:
        """The postings of the documents of all parts, numbered on from one part to the next."""
        counts = np.zeros((len(parts), max((part.terms for part in parts), default=0)), dtype=np.int64)
        for row, part in zip(counts, parts, strict=True):
            row[: part.terms] = np.diff(part.offsets)
        offsets = np.concatenate(([0], np.cumsum(counts.sum(axis=0))))
        documents = np.empty(offsets[-1], dtype=np.int32)
        frequencies = np.empty(offsets[-1], dtype=_widest([part.frequencies for part in parts]))
        free = offsets[:-1].copy()
        before = 0
        for row, part in zip(counts, parts, strict=True):
            to = np.arange(len(part.documents)) + np.repeat(free[: part.terms] - part.offsets[:-1], row[: part.terms])
            documents[to] = part.documents + np.int32(before)
            frequencies[to] = part.frequencies
            free += row
            before += len(part.lengths)
        widest = _widest([part.lengths for part in parts])
        lengths = np.concatenate([np.zeros(0, dtype=widest), *(part.lengths for part in parts)], dtype=widest)
        return cls(offsets, documents, frequencies, lengths)

    @property
    def terms(self) -> int:
        """How many terms these postings know; a later one is in none of the documents."""
        return len(self.offsets) - 1

    def range(self, term: int) -> slice:
        """Where the postings of `term` are."""
        if not 0 <= term < self.terms:
            return slice(0, 0)
        return slice(int(self.offsets[term]), int(self.offsets[term + 1]))


def _widest(arrays: Sequence[Counts]) -> np.dtype[Any]:
    return np.result_type(np.uint8, *(array.dtype for array in arrays))
