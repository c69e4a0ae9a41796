"""The compiled search of kernel.c, where the project was installed with a C compiler at hand.

Elsewhere there is none, and retrieval/pruning.py, which finds the same, takes its place.

ctypes lets go of the interpreter's lock while the kernel works, so an event loop in another thread goes on meanwhile.
"""

from __future__ import annotations

import ctypes
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.postings import Postings, Segment, Sentences

    Found: TypeAlias = tuple[NDArray[np.int32], NDArray[np.float64]]

MOST_TERMS = 64  # as in kernel.c; a longer question is pruning.py's
Pointer = ctypes.c_void_p
Number = ctypes.c_int64


class _Level(ctypes.Structure):
    _fields_ = (
        *((name, Pointer) for name in ("offsets", "documents", "frequencies", "lengths", "norms")),
        ("k1_plus_1", ctypes.c_double),
        *((name, Number) for name in ("terms", "longest", "frequency_bytes", "length_bytes")),
    )


class _Sentences(ctypes.Structure):
    _fields_ = tuple((name, Pointer) for name in ("starts", "terms", "signatures"))


class _Query(ctypes.Structure):
    _fields_ = (("count", Number), *((name, Pointer) for name in ("terms", "idf", "weights")))


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
        self._level = _level(postings, norms, k1)
        self._sentences = _sentences(sentences)

    def __call__(self, terms: Sequence[tuple[int, float, float]], most: int) -> Found:
        """The best documents and their scores, best first, for terms with their idf and weight, no more than 64."""
        most = min(most, len(self._keep[0].lengths))
        numbers, scores = np.empty(most, np.int32), np.empty(most)
        found = _library().quoth_top(
            ctypes.byref(self._level),
            ctypes.byref(self._sentences),
            ctypes.byref(_query(terms)),
            most,
            numbers.ctypes.data,
            scores.ctypes.data,
        )
        return _cut(numbers, scores, found)


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
        most = min(most, len(segment.article_of))
        numbers, scores = np.empty(most, np.int32), np.empty(most)
        found = _library().quoth_best(
            ctypes.byref(self._segment),
            ctypes.byref(_query(terms)),
            *(len(level.lengths) for level in segment.levels[1:]),
            articles.start,
            articles.stop,
            most,
            numbers.ctypes.data,
            scores.ctypes.data,
        )
        return _cut(numbers, scores, found)


def available() -> bool:
    """Whether the kernel was compiled, from the kernel.c that is here, and can be loaded."""
    return _library() is not None


@cache
def _library() -> Any:
    here = Path(__file__).parent
    try:
        library = ctypes.CDLL(str(here / "_kernel.so"))
        library.quoth_source.restype = ctypes.c_uint32
        if library.quoth_source() != zlib.crc32((here / "kernel.c").read_bytes()):
            return None  # compiled before kernel.c was changed
    except (OSError, AttributeError):  # there is none, or one for another machine
        return None
    library.quoth_top.argtypes = (*[Pointer] * 3, Number, *[Pointer] * 2)
    library.quoth_best.argtypes = (*[Pointer] * 2, *[Number] * 5, *[Pointer] * 2)
    library.quoth_top.restype = library.quoth_best.restype = Number
    return library


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


def _query(terms: Sequence[tuple[int, float, float]]) -> _Query:
    count = len(terms)
    numbers = (ctypes.c_int32 * count)(*(number for number, _, _ in terms))
    idf = (ctypes.c_double * count)(*(idf for _, idf, _ in terms))
    weights = (ctypes.c_double * count)(*(weight for _, _, weight in terms))
    query = _Query(count, *(ctypes.addressof(array) for array in (numbers, idf, weights)))
    query.arrays = (numbers, idf, weights)  # so that they live as long
    return query


def _cut(numbers: NDArray[np.int32], scores: NDArray[np.float64], found: int) -> Found:
    if found < 0:
        raise MemoryError
    return numbers[:found], scores[:found]
