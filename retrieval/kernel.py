"""The compiled search of native/top.c and native/best.c; where it is not there, retrieval/pruning.py finds the same."""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from retrieval.compiled import library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.postings import Postings, Segment, Sentences

    Found: TypeAlias = tuple[NDArray[np.int32], NDArray[np.float64]]

MOST_TERMS = 64  # as in native/search.h; a longer question is pruning.py's
Pointer = ctypes.c_void_p
Number = ctypes.c_int64
HIT = np.dtype([("score", np.float64), ("document", np.int32)], align=True)


class _Level(ctypes.Structure):
    _fields_ = (
        *((name, Pointer) for name in ("offsets", "documents", "frequencies", "lengths", "norms")),
        ("k1_plus_1", ctypes.c_double),
        *((name, Number) for name in ("terms", "longest", "frequency_bytes", "length_bytes")),
    )


class _Sentences(ctypes.Structure):
    _fields_ = tuple((name, Pointer) for name in ("starts", "terms", "signatures"))


class _Segment(ctypes.Structure):
    _fields_ = (
        ("levels", _Level * 3),
        ("sentences", _Sentences),
        *((name, Pointer) for name in ("article_of", "first_paragraphs", "places", "openings")),
        ("weights", ctypes.c_double * 3),
    )


class Top:
    """The best documents by one level; for several threads at once."""

    def __init__(self, postings: Postings, norms: NDArray[np.float64], k1: float, sentences: Sentences) -> None:
        self._keep = (postings, norms, sentences)
        self._documents = len(postings.lengths)
        self._structs = _level(postings, norms, k1), _sentences(sentences)
        self._at = tuple(ctypes.addressof(struct_) for struct_ in self._structs)
        self._top = _functions().quoth_top

    def __call__(self, terms: Sequence[tuple[int, float, float]], most: int) -> Found:
        """The best documents and their scores, best first, for terms with their idf and weight, no more than 64."""
        hits = np.empty(min(most, self._documents), HIT)
        found = self._top(*self._at, _packed(terms), len(terms), len(hits), hits.ctypes.data)
        return _cut(hits, found)


class Best:
    """The best sentences of a segment by all three levels; for several threads at once."""

    def __init__(
        self, segment: Segment, norms: Sequence[NDArray[np.float64]], k1: Sequence[float], weights: Sequence[float]
    ) -> None:
        arrays = tuple(np.ascontiguousarray(a) for a in (segment.firsts[1], segment.places[0]))
        openings = segment.openings()
        self._keep = (segment, norms, arrays, openings)
        self._segment = _Segment(
            (_Level * 3)(*map(_level, segment.levels, norms, k1)),
            _sentences(segment.sentences),
            segment.article_of.ctypes.data,
            *(array.ctypes.data for array in arrays),
            openings.ctypes.data,
            (ctypes.c_double * 3)(*weights),
        )

    def __call__(self, terms: Sequence[tuple[int, float, float]], most: int, articles: range) -> Found:
        """The best sentences of these articles and their scores, best first, for terms with their idf and weight."""
        segment = self._keep[0]
        hits = np.empty(min(most, len(segment.article_of)), HIT)
        found = _functions().quoth_best(
            ctypes.byref(self._segment),
            _packed(terms),
            len(terms),
            *(len(level.lengths) for level in segment.levels[1:]),
            articles.start,
            articles.stop,
            len(hits),
            hits.ctypes.data,
        )
        return _cut(hits, found)


def available() -> bool:
    """Whether the search was compiled and can be used."""
    return library() is not None


@cache
def _functions() -> Any:
    functions = library()
    functions.quoth_top.argtypes = (*[Pointer] * 3, *[Number] * 2, Pointer)
    functions.quoth_best.argtypes = (*[Pointer] * 2, *[Number] * 6, Pointer)
    functions.quoth_top.restype = functions.quoth_best.restype = Number
    return functions


def _level(postings: Postings, norms: NDArray[np.float64], k1: float) -> _Level:
    arrays = (postings.offsets, postings.documents, postings.frequencies, postings.lengths, norms)
    return _Level(
        *(array.ctypes.data for array in arrays),
        k1 + 1,
        postings.terms,
        len(norms) - 1,
        postings.frequencies.itemsize,
        postings.lengths.itemsize,
    )


def _sentences(sentences: Sentences) -> _Sentences:
    documents, signatures = sentences
    return _Sentences(documents.starts.ctypes.data, documents.terms.ctypes.data, signatures.ctypes.data)


def _packed(terms: Sequence[tuple[int, float, float]]) -> bytes:
    numbers, idf, weights = zip(*terms, strict=True) if terms else ((), (), ())
    return _layout(len(terms)).pack(*idf, *weights, *numbers)


@cache
def _layout(terms: int) -> struct.Struct:
    return struct.Struct(f"{terms}d{terms}d{terms}i")


def _cut(hits: NDArray[np.void], found: int) -> Found:
    if found < 0:
        raise MemoryError
    return hits["document"][:found], hits["score"][:found]
