"""Postings in the order of what they can add to a score: for whoever wants the best few and reads no further.

BM25 gives a term that stands once the more, the shorter the document, whatever the average length is; so the order of
lengths is that of impacts (Anh and Moffat 2002), and nothing here depends on how many documents there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from retrieval.index.segments.postings import Postings, Sentences

Bits = TypeVar("Bits", np.uint32, np.uint64)

TOGETHER = 2_000_000  # postings that are put in order together
BESIDE = 16  # postings that native/top.c looks at together, so many may be behind the last
OWN_REPEATED = 1 << 8
FIRST_BIT, BITS = 9, 23
FACTORS = 2246822519, 3266489917, 668265263  # of a term's bits: it is there, more than once, in the second signature


@dataclass(frozen=True, slots=True, eq=False)
class ImpactOrder:
    """For each term the documents that have it: in three runs, and in each the shorter ones before the others.

    The first run of term t, from `runs[3 * t]` up to `runs[3 * t + 1]` of `documents`, has those in which no term is
    repeated, the second those in which one is, once, and the third, which ends at `runs[3 * t + 3]`, the rest.

    `hints` tells for each posting, most of the time, whether the document lacks another term: its lowest 8 bits are the
    number of tokens, 255 where there are more; bit 8 is set where the term itself is there more than once; the other 23
    are a Bloom filter (Bloom 1970) of one bit for each term, and of a second one for each that is repeated. `most` is
    how often a document has each term at most, 255 where it is more. `signatures` has that of each document (see
    postings.Sentences) and beside it a second one, a Bloom filter alone: three filters seldom err together.

    `runs` is int64 of shape (3 * terms + 1,), `documents` int32 and `hints` uint32 of shape (postings + 16,), `most`
    uint8 of shape (terms,), `signatures` uint64 of shape (documents, 2).
    """

    runs: NDArray[np.int64]
    documents: NDArray[np.int32]
    hints: NDArray[np.uint32]
    most: NDArray[np.uint8]
    signatures: NDArray[np.uint64]

    @classmethod
    def of(cls, postings: Postings, sentences: Sentences) -> ImpactOrder:
        """Those of these sentences, whose postings these are."""
        terms, count = postings.terms, len(postings.documents)
        again = np.flatnonzero(postings.frequencies > 1)
        different = np.bincount(postings.documents, minlength=len(postings.lengths))
        kinds = np.minimum(postings.lengths - different, 2)
        hints = _hints(postings, sentences, again)
        ranks = kinds << 8 | (hints & 255).astype(np.int64)
        runs = np.repeat(postings.offsets, 3)[:-2]
        ordered = np.zeros((2, count + BESIDE), dtype=np.uint32)
        for first, end in _together(postings.offsets):
            at = slice(int(postings.offsets[first]), int(postings.offsets[end]))
            keys = np.repeat(np.arange(end - first) << 42, np.diff(postings.offsets[first : end + 1]))
            of, often = postings.documents[at], postings.frequencies[at]
            keys |= ranks[of] << 32 | of.astype(np.int64) << 1 | (often > 1)
            keys.sort()
            of = keys >> 1 & 0x7FFFFFFF
            ordered[:, at] = of, hints[of] | (keys & 1).astype(np.uint32) * np.uint32(OWN_REPEATED)
            counts = np.bincount(keys >> 40, minlength=4 * (end - first)).reshape(-1, 4)
            runs[3 * first + 1 : 3 * end : 3] += counts[:, 0]
            runs[3 * first + 2 : 3 * end : 3] += counts[:, 0] + counts[:, 1]
        most = np.zeros(terms, dtype=np.uint8)
        some = np.flatnonzero(np.diff(postings.offsets))
        if len(some):
            most[some] = np.minimum(np.maximum.reduceat(postings.frequencies, postings.offsets[some]), 255)
        second = _filters(sentences, np.uint64(1) << _hashed(sentences.documents.terms, 2, 64).astype(np.uint64))
        return cls(runs, ordered[0].view(np.int32), ordered[1], most, np.stack((sentences.signatures, second), axis=1))


def _hints(postings: Postings, sentences: Sentences, again: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The hint of each document, but for what depends on the term; `again` are the postings of repeated terms."""
    hints = np.minimum(postings.lengths, 255).astype(np.uint32)
    hints |= _filters(sentences, np.uint32(1 << FIRST_BIT) << _hashed(sentences.documents.terms, 0, BITS))
    terms = (np.searchsorted(postings.offsets, again, side="right") - 1).astype(np.int32)
    np.bitwise_or.at(hints, postings.documents[again], np.uint32(1 << FIRST_BIT) << _hashed(terms, 1, BITS))
    return hints


def _hashed(terms: NDArray[np.int32], way: int, bits: int) -> NDArray[np.uint32]:
    """The bit of each term, one of so many."""
    hashed: NDArray[np.uint32] = ((terms.astype(np.uint32) * np.uint32(FACTORS[way])) >> np.uint32(16)) % np.uint32(
        bits
    )
    return hashed


def _filters(sentences: Sentences, bits: NDArray[Bits]) -> NDArray[Bits]:
    """The Bloom filter of each document, whose terms have these bits."""
    starts = sentences.documents.starts
    filters = np.zeros(len(sentences), dtype=bits.dtype)
    some = np.flatnonzero(np.diff(starts))
    if len(some):
        filters[some] = np.bitwise_or.reduceat(bits, starts[some])
    return filters


def _together(offsets: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of terms that are put in order together, as that takes some memory."""
    first, terms = 0, len(offsets) - 1
    while first < terms:
        end = int(np.searchsorted(offsets, offsets[first] + TOGETHER, side="right")) - 1
        end = min(max(first + 1, end), first + TOGETHER, terms)
        yield first, end
        first = end
