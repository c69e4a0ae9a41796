"""Postings in the order of what they can add to a score: for whoever wants the best few and reads no further.

BM25 gives a term that stands once the more, the shorter the document, whatever the average length is; so the order of
lengths is that of impacts (Anh and Moffat 2002), and nothing here depends on how many documents there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from retrieval.postings import Documents, Postings

TOGETHER = 4_000_000  # postings that are put in order together
BESIDE = 16  # postings that native/top.c looks at together, so many may be behind the last
OWN_REPEATED = 1 << 8
FIRST_BIT, BITS = 9, 23
FACTORS = 2246822519, 3266489917  # of the bits for a term that is there, and there more than once


@dataclass(frozen=True, slots=True, eq=False)
class ImpactOrder:
    """For each term the documents that have it, those that have no term twice first, the shorter ones before the others.

    Those of term t without a repeated term are at `runs[2 * t]` up to `runs[2 * t + 1]` of `documents`, and the others
    from there up to `runs[2 * t + 2]`. `hints` tells for each posting, most of the time, whether the document lacks
    another term: its lowest 8 bits are the number of tokens, 255 where there are more; bit 8 is set where the term
    itself is there more than once; the other 23 are a Bloom filter (Bloom 1970) of one bit for each term, and a second
    one for each that is repeated. `most` is how often a document has each term at most, 255 where it is more.

    `runs` is int64 of shape (2 * terms + 1,), `documents` int32 and `hints` uint32 of shape (postings + 16,), `most`
    uint8 of shape (terms,).
    """

    runs: NDArray[np.int64]
    documents: NDArray[np.int32]
    hints: NDArray[np.uint32]
    most: NDArray[np.uint8]

    @classmethod
    def of(cls, postings: Postings, documents: Documents) -> ImpactOrder:
        """Those of these documents, whose postings these are."""
        terms, count = postings.terms, len(postings.documents)
        again = np.flatnonzero(postings.frequencies > 1)
        repeated = np.zeros(len(postings.lengths), dtype=np.bool_)
        repeated[postings.documents[again]] = True
        hints = _hints(postings, documents, again)
        runs = np.repeat(postings.offsets, 2)[:-1]
        ordered = np.zeros((2, count + BESIDE), dtype=np.uint32)
        for first, end in _together(postings.offsets):
            at = slice(int(postings.offsets[first]), int(postings.offsets[end]))
            key = np.repeat(np.arange(end - first) << 41, np.diff(postings.offsets[first : end + 1]))
            of, often = postings.documents[at], postings.frequencies[at]
            key |= repeated[of].astype(np.int64) << 40 | (hints[of] & 255).astype(np.int64) << 32
            key |= of.astype(np.int64) << 1 | (often > 1)
            key.sort()
            of, own = key >> 1 & 0x7FFFFFFF, (key & 1).astype(np.uint32)
            ordered[:, at] = of, hints[of] | own * np.uint32(OWN_REPEATED)
            plain = np.bincount((key >> 41)[key >> 40 & 1 == 0], minlength=end - first)
            runs[2 * first + 1 : 2 * end : 2] += plain
        most = np.zeros(terms, dtype=np.uint8)
        some = np.flatnonzero(np.diff(postings.offsets))
        if len(some):
            most[some] = np.minimum(np.maximum.reduceat(postings.frequencies, postings.offsets[some]), 255)
        return cls(runs, ordered[0].view(np.int32), ordered[1], most)


def _hints(postings: Postings, documents: Documents, again: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The hint of each document, but for what depends on the term; `again` are the postings of repeated terms."""
    hints = np.minimum(postings.lengths, 255).astype(np.uint32)
    some = np.flatnonzero(postings.lengths)
    if len(some):
        hints[some] |= np.bitwise_or.reduceat(_bits(documents.terms, FACTORS[0]), documents.starts[some])
    terms = (np.searchsorted(postings.offsets, again, side="right") - 1).astype(np.int32)
    np.bitwise_or.at(hints, postings.documents[again], _bits(terms, FACTORS[1]))
    return hints


def _bits(terms: NDArray[np.int32], factor: int) -> NDArray[np.uint32]:
    hashed = (terms.astype(np.uint32) * np.uint32(factor)) >> np.uint32(16)
    bits: NDArray[np.uint32] = np.uint32(1) << (FIRST_BIT + hashed % np.uint32(BITS))
    return bits


def _together(offsets: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of terms that are put in order together, as that takes some memory."""
    first, terms = 0, len(offsets) - 1
    while first < terms:
        end = int(np.searchsorted(offsets, offsets[first] + TOGETHER, side="right")) - 1
        end = min(max(first + 1, end), first + TOGETHER, terms)
        yield first, end
        first = end
