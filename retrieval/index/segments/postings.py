"""Which documents have a term, how often, and how long they are: flat arrays that may as well lie in a file.

A term is a number, counted from 0 over the vocabulary that all levels share; so is a document, counted in the order of
the library. Nothing here depends on how many documents there are in all, on how long they are on average or on how
rare a term is, since articles come and go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from retrieval.index.encoding.inversion import inverted
from retrieval.index.encoding.inversion_arrays import compact

if TYPE_CHECKING:
    import numpy as np
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

    @property
    def terms(self) -> int:
        """How many terms these postings know; a later one is in none of the documents."""
        return len(self.offsets) - 1

    def range(self, term: int) -> slice:
        """Where the postings of `term` are."""
        if not 0 <= term < self.terms:
            return slice(0, 0)
        return slice(int(self.offsets[term]), int(self.offsets[term + 1]))
