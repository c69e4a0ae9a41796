"""What stands in documents, turned round: the documents of each term, and the articles that write a word in each way.

By counting, in native/postings.c and native/entries.c, where they were compiled; else by sorting, in
retrieval/index/encoding/inversion_numpy.py, which gives the same.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index.encoding import inversion_numpy
from retrieval.index.encoding.inversion_arrays import ByForm, Entries, Inverted
from retrieval.index.native import functions as native
from retrieval.index.native.functions import Number, Pointer, at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retrieval.index.encoding.inversion_arrays import Rows


def inverted(rows: Rows, vocabulary: int) -> Inverted:
    """The documents of each term, whose numbers are below `vocabulary`."""
    functions = native.load()
    if functions is None:
        return inversion_numpy.inverted(rows, vocabulary)
    _require_below(vocabulary, rows.terms, rows.heads)
    packed = _packed(rows)
    counts, last = np.zeros(vocabulary, dtype=np.int64), _none_yet(vocabulary)
    functions.quoth_count(ctypes.byref(packed), at(last), at(counts))
    offsets = np.concatenate((np.zeros(1, np.int64), counts)).cumsum()
    documents = np.empty(offsets[-1], dtype=np.int32)
    for kind in (np.uint8, np.uint16, np.uint32):
        frequencies = np.empty(offsets[-1], dtype=kind)
        state = np.empty(vocabulary, dtype=_TERM)
        state["at"], state["last"] = offsets[:-1], -1
        if functions.quoth_invert(
            ctypes.byref(packed), at(state), at(documents), at(frequencies), frequencies.itemsize
        ):
            break
    return Inverted(offsets, documents, frequencies)


def signatures(starts: NDArray[np.int64], terms: NDArray[np.int32]) -> NDArray[np.uint64]:
    """The signature of each document, whose terms are `terms[starts[d]:starts[d + 1]]`; uint64 of shape (documents,).

    It tells most of the time that a document lacks a term, without reading it. Its lowest 8 bits are the number of
    tokens, 255 where there are more; bit 8 is set where some term is there more than once; the other 55 are a Bloom
    filter (Bloom 1970) of one bit for each term.
    """
    functions = native.load()
    if functions is None:
        return inversion_numpy.signatures(starts, terms)
    found = np.empty(len(starts) - 1, dtype=np.uint64)
    last = _none_yet(int(terms.max(initial=-1)) + 1)
    _require_below(len(last), terms)
    functions.quoth_sign(at(starts), at(terms), len(found), at(last), at(found))
    return found


def entries(
    starts: NDArray[np.int64], writing: NDArray[np.int32], capital: NDArray[np.bool_], writings: int
) -> Entries:
    """The entries of articles, whose words are those from `starts[a]` on up to `starts[a + 1]`.

    `writing` is that of each word, a number below `writings`; `capital` tells whether the word has a capital that it
    would not have elsewhere.
    """
    functions = native.load()
    if functions is None:
        return inversion_numpy.entries(starts, writing, capital)
    _require_below(writings, writing)
    found = _empty(len(writing))
    seen = np.full(2 * writings, -1, dtype=np.int32)
    arrays = _pointers(found)
    count = functions.quoth_entries(
        at(starts), len(starts) - 1, at(writing), at(capital), at(seen), ctypes.byref(arrays)
    )
    return found.each(lambda column: column[:count].copy())


def by_form(entries: Entries, form_of: NDArray[np.int32], forms: int, small: NDArray[np.bool_]) -> ByForm:
    """The entries in the order of their forms; those of one form, of which each has one, in their order.

    `form_of` is the form of each writing, a number below `forms`; `small` tells whether it is in small letters.
    """
    form_at, placed = in_forms(entries, form_of, forms)
    if not np.diff(form_at).all():
        raise ValueError("a form has no entry")
    functions = native.load()
    if functions is None:
        return ByForm(form_at, placed, *inversion_numpy.firsts(placed, form_at, small))
    to = _pointers(placed)
    first, name = np.empty(forms, dtype=np.int32), np.empty(forms, dtype=np.bool_)
    functions.quoth_first(at(form_at), forms, ctypes.byref(to), at(small), at(first), at(name))
    return ByForm(form_at, placed, first, name)


def in_forms(entries: Entries, form_of: NDArray[np.int32], forms: int) -> tuple[NDArray[np.int64], Entries]:
    """The entries in the order of their forms, and where those of each form begin; a form may have none."""
    of_writing = np.bincount(entries.writing, minlength=len(form_of))
    used = np.flatnonzero(of_writing)
    _require_below(forms, form_of[used])
    counts = np.bincount(form_of[used], weights=of_writing[used], minlength=forms).astype(np.int64)
    form_at = np.concatenate((np.zeros(1, dtype=np.int64), counts)).cumsum()
    functions = native.load()
    if functions is None:
        return form_at, inversion_numpy.in_forms(entries, form_of)
    placed, free = _empty(len(entries.writing)), form_at.copy()
    given, to = _pointers(entries), _pointers(placed)
    functions.quoth_by_form(ctypes.byref(given), len(entries.writing), at(form_of), at(free), ctypes.byref(to))
    return form_at, placed


def _require_below(bound: int, *arrays: NDArray[np.int32] | None) -> None:
    for array in arrays:
        if array is not None and len(array) and (array.min() < 0 or array.max() >= bound):
            raise ValueError(f"a number is not among those from 0 up to {bound}")


_TERM = np.dtype([("at", np.int64), ("last", np.int32)], align=True)


class _Rows(ctypes.Structure):
    _fields_ = (*((name, Pointer) for name in ("head_starts", "heads", "starts", "terms")), ("documents", Number))


class _Entries(ctypes.Structure):
    _fields_ = tuple((name, Pointer) for name in Entries._fields)


def _packed(rows: Rows) -> _Rows:
    arrays = (rows.head_starts, rows.heads, rows.starts, rows.terms)
    return _Rows(*(None if array is None else at(array) for array in arrays), len(rows.starts) - 1)


def _pointers(entries: Entries) -> _Entries:
    return _Entries(*map(at, entries))


def _empty(count: int) -> Entries:
    article, writing, position = np.empty((3, count), dtype=np.int32)
    return Entries(article, writing, position, np.empty(count, dtype=np.bool_))


def _none_yet(count: int) -> NDArray[np.int32]:
    return np.full(count, -1, dtype=np.int32)
