"""The compiled search of native/top.c and native/best.c; where it is not there, pruning.py finds the same."""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from retrieval.index.native import functions
from retrieval.index.native.functions import Number, Pointer, at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.segments.postings import Postings, PostingsSegment, Sentences
    from retrieval.search.impact_order import ImpactOrder

    Found: TypeAlias = tuple[NDArray[np.int32], NDArray[np.float64]]

MOST_TERMS = 64  # as in native/search.h; a longer question is pruning.py's
OFTEN, LENGTHS = 16, 256  # as there: the shares in a table
SLACK = 1 + 1e-5  # as there
HIT = np.dtype([("score", np.float64), ("document", np.int32)], align=True)


class _Level(ctypes.Structure):
    _fields_ = (
        *((name, Pointer) for name in ("offsets", "documents", "frequencies", "lengths", "norms", "shares")),
        ("k1_plus_1", ctypes.c_double),
        *((name, Number) for name in ("terms", "frequency_bytes", "length_bytes")),
    )


class _Sentences(ctypes.Structure):
    _fields_ = tuple((name, Pointer) for name in ("starts", "terms", "end", "signatures"))


class _Ordered(ctypes.Structure):
    _fields_ = (
        ("level", _Level),
        ("sentences", _Sentences),
        *((name, Pointer) for name in ("runs", "documents", "hints", "most", "signatures")),
    )


class _Segment(ctypes.Structure):
    _fields_ = (
        ("levels", _Level * 3),
        ("sentences", _Sentences),
        *((name, Pointer) for name in ("first_paragraphs", "places", "openings", "article_of", "most_shares")),
        ("weights", ctypes.c_double * 3),
    )


class Top:
    """The best documents by one level; for several threads at once."""

    def __init__(
        self, postings: Postings, norms: NDArray[np.float64], k1: float, sentences: Sentences, order: ImpactOrder
    ) -> None:
        shares = _shares(norms, k1)
        self._keep = (postings, norms, sentences, order, shares)
        self._documents = len(postings.lengths)
        self._ordered = _Ordered(
            _level(postings, norms, shares, k1),
            _sentences(sentences),
            *(at(array) for array in (order.runs, order.documents, order.hints, order.most, order.signatures)),
        )
        self._at = ctypes.addressof(self._ordered)
        self._top = functions.load().quoth_top

    def __call__(self, terms: Sequence[tuple[int, float, float]], most: int) -> Found:
        """The best documents and their scores, best first, for terms with their idf and weight, no more than 64."""
        most = min(most, self._documents)
        hits = _room(most)()
        return _found(hits, self._top(self._at, _packed(terms), len(terms), most, hits))


class NativeBest:
    """The best sentences of a segment by all three levels; for several threads at once."""

    def __init__(
        self,
        segment: PostingsSegment,
        norms: Sequence[NDArray[np.float64]],
        k1: Sequence[float],
        weights: Sequence[float],
    ) -> None:
        first_paragraphs, places = np.ascontiguousarray(segment.firsts[1]), np.ascontiguousarray(segment.places[0])
        shares = [_shares(*level) for level in zip(norms, k1, strict=True)]
        arrays = (
            first_paragraphs,
            places,
            segment.openings(),
            np.repeat(np.arange(len(places), dtype=np.int32), np.diff(first_paragraphs)),
            _most_shares(shares, k1, weights),
        )
        self._keep = (segment, norms, shares, arrays)
        self._segment = _Segment(
            (_Level * 3)(*map(_level, segment.levels, norms, shares, k1)),
            _sentences(segment.sentences),
            *(at(array) for array in arrays),
            (ctypes.c_double * 3)(*weights),
        )

    def __call__(self, terms: Sequence[tuple[int, float, float]], most: int, articles: range) -> Found:
        """The best sentences of these articles and their scores, best first, for terms with their idf and weight."""
        segment = self._keep[0]
        most = min(most, len(segment.article_of))
        hits = _room(most)()
        found = functions.load().quoth_best(
            ctypes.byref(self._segment),
            _packed(terms),
            len(terms),
            *(len(level.lengths) for level in segment.levels[1:]),
            articles.start,
            articles.stop,
            most,
            hits,
        )
        return _found(hits, found)


def _level(postings: Postings, norms: NDArray[np.float64], shares: NDArray[np.float64], k1: float) -> _Level:
    arrays = (postings.offsets, postings.documents, postings.frequencies, postings.lengths, norms, shares)
    return _Level(
        *(at(array) for array in arrays),
        k1 + 1,
        postings.terms,
        postings.frequencies.itemsize,
        postings.lengths.itemsize,
    )


def _sentences(sentences: Sentences) -> _Sentences:
    documents, signatures = sentences
    terms = documents.terms
    return _Sentences(at(documents.starts), at(terms), at(terms) + terms.nbytes, at(signatures))


def _shares(norms: NDArray[np.float64], k1: float) -> NDArray[np.float64]:
    """What a term is worth that is there so often in a document so long, but for its idf, by rank_bm25's operations.

    The shape is (OFTEN, LENGTHS); lengths that no document has are taken for the longest.
    """
    tf = np.arange(1, OFTEN).reshape(-1, 1)
    of_length = norms[np.minimum(np.arange(LENGTHS), len(norms) - 1)]
    return np.concatenate((np.zeros((1, LENGTHS)), 0 + (tf * (k1 + 1)) / (of_length + tf)))


def _most_shares(
    shares: Sequence[NDArray[np.float64]], k1: Sequence[float], weights: Sequence[float]
) -> NDArray[np.float32]:
    """What a term is worth at most in a paragraph that has it so often and is so long, and in one of its sentences.

    A sentence that has it so often is no shorter than that. Where it is OFTEN or more, row 0 tells.
    """
    often = np.arange(OFTEN)
    bounds = weights[1] * shares[1] + weights[0] * shares[0][often, often].reshape(-1, 1)
    bounds[0] = weights[1] * (k1[1] + 1) + weights[0] * (k1[0] + 1)
    return (bounds * SLACK).astype(np.float32)


def _packed(terms: Sequence[tuple[int, float, float]]) -> bytes:
    return _layout(len(terms)).pack(*chain.from_iterable(terms))


@cache
def _layout(terms: int) -> struct.Struct:
    return struct.Struct("qdd" * terms)


@cache
def _room(hits: int) -> Any:
    """A type with room for so many hits; to make one takes a tenth of what it takes to ask numpy where an array is."""
    return ctypes.c_char * (hits * HIT.itemsize)


def _found(room: Any, found: int) -> Found:
    if found < 0:
        raise MemoryError
    hits = np.frombuffer(room, HIT, found)
    return hits["document"], hits["score"]
