"""The compiled search of native/best.c; where it was not compiled, bm25_numpy.py finds the same."""

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

    from retrieval.index.segments.parts import CorpusPart
    from retrieval.index.segments.segment import Segment
    from retrieval.search.bm25_scorer import Scorer

    Found: TypeAlias = tuple[NDArray[np.int32], NDArray[np.float64]]

MOST_TERMS = 64  # as in native/search.h; a longer question is bm25_numpy.py's
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


class _Segment(ctypes.Structure):
    _fields_ = (
        ("levels", _Level * 3),
        ("sentences", _Sentences),
        *((name, Pointer) for name in ("first_paragraphs", "places", "openings", "article_of", "bound_table")),
        ("weights", ctypes.c_double * 3),
    )


class NativeSearch:
    """The best sentences of a part by all three levels; for several threads at once.

    `levels` are the scorers of its sentences, paragraphs and articles, `weights` what each level counts for.
    """

    def __init__(self, part: CorpusPart, levels: Sequence[Scorer], weights: Sequence[float]) -> None:
        segment = part.segment
        first_paragraphs = segment.article_paragraph_at.astype(np.int32)
        shares = [_shares(level) for level in levels]
        # In the order of the fields of native/levels.h. They are kept here, as the functions only know where they lie.
        arrays = (
            first_paragraphs,
            np.ascontiguousarray(part.places),
            segment.paragraph_at.astype(np.int32),
            np.repeat(np.arange(segment.articles, dtype=np.int32), np.diff(first_paragraphs)),  # of each paragraph
            _bound_table(shares, [level.k1 for level in levels], weights),
        )
        self._keep = (part, levels, shares, arrays)
        self._sizes = (segment.sentences, segment.paragraphs, segment.articles)
        self._segment = _Segment(
            (_Level * 3)(*map(_level, levels, shares)),
            _sentences(segment),
            *(at(array) for array in arrays),
            (ctypes.c_double * 3)(*weights),
        )

    def __call__(
        self,
        terms: Sequence[tuple[int, float, float]],
        most: int,
        articles: range,
        places: NDArray[np.int32] | None = None,
    ) -> Found:
        """The best sentences of these articles and their scores, best first, for terms with their idf and weight.

        `places` are those of all articles in the library, -1 for one that is not searched; None for all that are there.
        """
        segment = self._segment
        if places is not None:
            segment = _Segment.from_buffer_copy(segment)
            places = np.ascontiguousarray(places)
            segment.places = at(places)
        sentences, *others = self._sizes
        most = min(most, sentences)
        hits = _room(most)()
        found = functions.load().quoth_best(
            ctypes.byref(segment),
            _packed(terms),
            len(terms),
            *others,
            articles.start,
            articles.stop,
            most,
            hits,
        )
        return _found(hits, found)


def _level(level: Scorer, shares: NDArray[np.float64]) -> _Level:
    postings = level.postings
    arrays = (postings.offsets, postings.documents, postings.frequencies, postings.lengths, level.norms, shares)
    return _Level(
        *(at(array) for array in arrays),
        level.k1 + 1,
        postings.terms,
        postings.frequencies.itemsize,
        postings.lengths.itemsize,
    )


def _sentences(segment: Segment) -> _Sentences:
    terms = segment.terms.values
    return _Sentences(at(segment.terms.offsets), at(terms), at(terms) + terms.nbytes, at(segment.signatures))


def _shares(level: Scorer) -> NDArray[np.float64]:
    """What a term adds to a score but for its idf, by its tf and the document's length; shape (OFTEN, LENGTHS).

    That is tf * (k1 + 1) / (norm + tf), by rank_bm25's operations. Lengths that no document has are taken for the
    longest; row 0 is 0.
    """
    tf = np.arange(1, OFTEN).reshape(-1, 1)
    norm_of_length = level.norms[np.minimum(np.arange(LENGTHS), len(level.norms) - 1)]
    return np.concatenate((np.zeros((1, LENGTHS)), 0 + (tf * (level.k1 + 1)) / (norm_of_length + tf)))


def _bound_table(
    shares: Sequence[NDArray[np.float64]], k1: Sequence[float], weights: Sequence[float]
) -> NDArray[np.float32]:
    """What a term adds at most but for its idf, by its tf in a paragraph and the paragraph's length: (OFTEN, LENGTHS).

    That is for the paragraph and one of its sentences together. A sentence cannot have the term more often than its
    paragraph, and one that has it tf times is no shorter than tf, which is the diagonal of the sentences' shares. Row 0
    is for a tf of OFTEN or more, whose share is below k1 + 1.
    """
    tf = np.arange(OFTEN)
    bounds = weights[1] * shares[1] + weights[0] * shares[0][tf, tf].reshape(-1, 1)
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
