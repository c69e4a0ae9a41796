"""What stands in documents, turned round: the documents of each term, and the articles that write a word in each way.

By counting, in native/postings.c and native/entries.c, where they were compiled; else with numpy, by sorting, which
gives the same.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from retrieval import compiled
from retrieval.flat import spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Counts: TypeAlias = NDArray[np.unsignedinteger[Any]]

TOKENS = 4_000_000  # that are counted together
ENTRY = (np.int32, np.int32, np.int32, np.bool_)  # the types of the arrays of Entries
Pointer = ctypes.c_void_p
Number = ctypes.c_int64


class Rows(NamedTuple):
    """Documents: the terms of document d are `heads[head_starts[d]:head_starts[d + 1]]`, then those of its own.

    These are `terms[starts[d]:starts[d + 1]]`. Starts are int64 of shape (documents + 1,), terms int32.
    """

    starts: NDArray[np.int64]
    terms: NDArray[np.int32]
    head_starts: NDArray[np.int64] | None = None
    heads: NDArray[np.int32] | None = None

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many terms each document has."""
        own = np.diff(self.starts)
        return own if self.head_starts is None else own + np.diff(self.head_starts)


class Inverted(NamedTuple):
    """The documents of each term: those of term t from `offsets[t]` up to `offsets[t + 1]`, ascending.

    `frequencies` tells how often each has it, in the smallest of uint8, uint16 and uint32 that holds them all.
    """

    offsets: NDArray[np.int64]
    documents: NDArray[np.int32]
    frequencies: Counts


class Entries(NamedTuple):
    """Each way in which an article writes a word, in the order of the articles and their texts; see Writings."""

    article: NDArray[np.int32]
    writing: NDArray[np.int32]
    position: NDArray[np.int32]
    capital: NDArray[np.bool_]


class ByForm(NamedTuple):
    """Entries in the order of their forms: those of form f are from `form_at[f]` up to `form_at[f + 1]`.

    `first` is the writing of each form's first entry in small letters, or of its first one where none is; `name` tells
    whether one of them has a capital.
    """

    form_at: NDArray[np.int64]
    entries: Entries
    first: NDArray[np.int32]
    name: NDArray[np.bool_]


def inverted(rows: Rows, vocabulary: int) -> Inverted:
    """The documents of each term, whose numbers are below `vocabulary`."""
    functions = _functions()
    if functions is None:
        return _sorted(rows, vocabulary)
    _require_below(vocabulary, rows.terms, rows.heads)
    packed = _packed(rows)
    counts, last = np.zeros(vocabulary, dtype=np.int64), _none_yet(vocabulary)
    functions.quoth_count(ctypes.byref(packed), _at(last), _at(counts))
    offsets = np.concatenate((np.zeros(1, np.int64), counts)).cumsum()
    documents = np.empty(offsets[-1], dtype=np.int32)
    for kind in (np.uint8, np.uint16, np.uint32):
        frequencies = np.empty(offsets[-1], dtype=kind)
        state = np.empty(vocabulary, dtype=_TERM)
        state["at"], state["last"] = offsets[:-1], -1
        if functions.quoth_invert(
            ctypes.byref(packed), _at(state), _at(documents), _at(frequencies), frequencies.itemsize
        ):
            break
    return Inverted(offsets, documents, frequencies)


def signatures(starts: NDArray[np.int64], terms: NDArray[np.int32]) -> NDArray[np.uint64]:
    """The signature of each document (see postings.Sentences), whose terms are `terms[starts[d]:starts[d + 1]]`."""
    functions = _functions()
    if functions is None:
        return _signatures(starts, terms)
    found = np.empty(len(starts) - 1, dtype=np.uint64)
    last = _none_yet(int(terms.max(initial=-1)) + 1)
    _require_below(len(last), terms)
    functions.quoth_sign(_at(starts), _at(terms), len(found), _at(last), _at(found))
    return found


def entries(
    starts: NDArray[np.int64], writing: NDArray[np.int32], capital: NDArray[np.bool_], writings: int
) -> Entries:
    """The entries of articles, whose words are those from `starts[a]` on up to `starts[a + 1]`.

    `writing` is that of each word, a number below `writings`; `capital` tells whether the word has a capital that it
    would not have elsewhere.
    """
    functions = _functions()
    if functions is None:
        return _entries(starts, writing, capital)
    _require_below(writings, writing)
    found = _empty(len(writing))
    seen = np.full(2 * writings, -1, dtype=np.int32)
    arrays = _pointers(found)
    count = functions.quoth_entries(
        _at(starts), len(starts) - 1, _at(writing), _at(capital), _at(seen), ctypes.byref(arrays)
    )
    return Entries(*(array[:count].copy() for array in found))  # type: ignore[arg-type]


def by_form(entries: Entries, form_of: NDArray[np.int32], forms: int, small: NDArray[np.bool_]) -> ByForm:
    """The entries in the order of their forms; those of one form, of which each has one, in their order.

    `form_of` is the form of each writing, a number below `forms`; `small` tells whether it is in small letters.
    """
    of_writing = np.bincount(entries.writing, minlength=len(form_of))
    used = np.flatnonzero(of_writing)
    _require_below(forms, form_of[used])
    counts = np.bincount(form_of[used], weights=of_writing[used], minlength=forms).astype(np.int64)
    form_at = np.concatenate((np.zeros(1, dtype=np.int64), counts)).cumsum()
    functions = _functions()
    if functions is None:
        return _by_form(entries, form_of, form_at, small)
    placed, free = _empty(len(entries.writing)), form_at.copy()
    given, to = _pointers(entries), _pointers(placed)
    functions.quoth_by_form(ctypes.byref(given), len(entries.writing), _at(form_of), _at(free), ctypes.byref(to))
    first, name = np.empty(forms, dtype=np.int32), np.empty(forms, dtype=np.bool_)
    functions.quoth_first(_at(form_at), forms, ctypes.byref(to), _at(small), _at(first), _at(name))
    return ByForm(form_at, placed, first, name)


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
    return _Rows(*(None if array is None else _at(array) for array in arrays), len(rows.starts) - 1)


def _pointers(entries: Entries) -> _Entries:
    return _Entries(*map(_at, entries))


def _at(array: NDArray[Any]) -> int:
    return int(array.ctypes.data)


def _empty(count: int) -> Entries:
    return Entries(*(np.empty(count, dtype=kind) for kind in ENTRY))


def _none_yet(count: int) -> NDArray[np.int32]:
    return np.full(count, -1, dtype=np.int32)


def _functions() -> Any:
    library = compiled.library()
    return _described(library) if library else None


@cache
def _described(library: Any) -> Any:
    """The functions of this module, told what they take and give."""
    library.quoth_count.argtypes = (Pointer,) * 3
    library.quoth_invert.argtypes = (*(Pointer,) * 4, Number)
    library.quoth_invert.restype = ctypes.c_int
    library.quoth_sign.argtypes = (Pointer, Pointer, Number, Pointer, Pointer)
    library.quoth_entries.argtypes = (Pointer, Number, *(Pointer,) * 4)
    library.quoth_entries.restype = Number
    library.quoth_by_form.argtypes = (Pointer, Number, *(Pointer,) * 3)
    library.quoth_first.argtypes = (Pointer, Number, *(Pointer,) * 4)
    for function in (library.quoth_count, library.quoth_sign, library.quoth_by_form, library.quoth_first):
        function.restype = None
    return library


def _sorted(rows: Rows, vocabulary: int) -> Inverted:
    """What `inverted` gives, by sorting."""
    terms = rows.terms if rows.heads is None else _with_heads(rows)
    document_of = np.repeat(np.arange(len(rows.lengths), dtype=np.uint32), rows.lengths)
    counts = np.bincount(terms, minlength=vocabulary)
    parts = [_counted(terms, document_of, first, end) for first, end in _together(counts.cumsum(), vocabulary)]
    return Inverted(
        np.concatenate([np.zeros(1, np.int64), *(having for having, _, _ in parts)]).cumsum(),
        np.concatenate([np.zeros(0, np.int32), *(numbers for _, numbers, _ in parts)]),
        np.concatenate([np.zeros(0, np.uint8), *(times for _, _, times in parts)]),
    )


def _with_heads(rows: Rows) -> NDArray[np.int32]:
    """The terms of all documents, each one's head before its own."""
    starts, heads = rows.head_starts, rows.heads
    offsets = np.concatenate(([0], np.cumsum(rows.lengths)))
    values = np.empty(offsets[-1], dtype=np.int32)
    of_head = np.zeros(offsets[-1], dtype=np.bool_)
    of_head[np.arange(len(heads)) + (offsets[:-1] - starts[:-1])[spread(starts)]] = True
    values[of_head] = heads
    values[~of_head] = rows.terms
    return values


def _together(ends: NDArray[np.int64], vocabulary: int) -> Iterator[tuple[int, int]]:
    """Ranges of terms that are counted together; `ends` has the tokens up to each term, that one included.

    Counting takes forty bytes a token: a library of a million sentences is counted in parts.
    """
    first = 0
    while first < vocabulary:
        before = int(ends[first - 1]) if first else 0
        end = max(first + 1, int(np.searchsorted(ends, before + TOKENS, side="right")))
        yield first, end
        first = end


def _counted(
    terms: NDArray[np.int32], document_of: NDArray[np.uint32], first: int, end: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], Counts]:
    """For the terms from `first` up to `end` how many documents have each, which, and how often."""
    mine = (terms >= first) & (terms < end)
    keys = (terms[mine].astype(np.int64) - first) << 32
    keys |= document_of[mine]
    keys.sort()
    new = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    tokens, keys = len(keys), keys[new]
    having = np.bincount(keys >> 32, minlength=end - first)
    times = compact(np.diff(np.flatnonzero(new), append=tokens))
    return having, (keys & 0xFFFFFFFF).astype(np.int32), times


def compact(counts: NDArray[np.int64]) -> Counts:
    """Counts in the smallest of uint8, uint16 and uint32 that holds the greatest of them."""
    return counts.astype(np.min_scalar_type(int(counts.max(initial=0))))


def _signatures(starts: NDArray[np.int64], terms: NDArray[np.int32]) -> NDArray[np.uint64]:
    lengths = np.diff(starts)
    hashed = (terms.astype(np.uint32) * np.uint32(2654435761)) >> np.uint32(16)
    bits = np.uint64(1) << (9 + hashed % np.uint32(55)).astype(np.uint64)
    found = np.minimum(lengths, 255).astype(np.uint64)
    some = np.flatnonzero(lengths)
    found[some] |= np.bitwise_or.reduceat(bits, starts[some]) if len(some) else np.uint64(0)
    keys = np.repeat(np.arange(len(lengths)), lengths) << 32 | terms
    keys.sort()
    repeats = keys[1:][keys[1:] == keys[:-1]] >> 32
    found[repeats] |= np.uint64(256)
    return found


def _entries(starts: NDArray[np.int64], writing: NDArray[np.int32], capital: NDArray[np.bool_]) -> Entries:
    article = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    order = np.argsort(article << 32 | writing, kind="stable")
    pairs = article[order] << 32 | writing[order]
    first = np.flatnonzero(np.diff(pairs, prepend=-1))
    capitals = np.bitwise_or.reduceat(capital[order], first) if len(first) else capital
    by_place = np.argsort(order[first])
    place = order[first][by_place]
    return Entries(
        article=article[place].astype(np.int32),
        writing=writing[place],
        position=(place - starts[article[place]]).astype(np.int32),
        capital=capitals[by_place],
    )


def _by_form(
    entries: Entries, form_of: NDArray[np.int32], form_at: NDArray[np.int64], small: NDArray[np.bool_]
) -> ByForm:
    order = _order(form_of[entries.writing])
    placed = Entries(*(column[order] for column in entries))
    if len(form_at) == 1:
        return ByForm(form_at, placed, np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.bool_))
    writing = placed.writing
    places = np.where(small[writing], np.arange(len(writing), dtype=np.uint32), np.uint32(len(writing)))
    lowest = np.minimum.reduceat(places, form_at[:-1])
    first = writing[np.where(lowest < len(writing), lowest, form_at[:-1])]
    return ByForm(form_at, placed, first, np.bitwise_or.reduceat(placed.capital, form_at[:-1]))


def _order(forms: NDArray[np.int32]) -> NDArray[np.int64]:
    """The places of these numbers in their order, equal ones as they come."""
    keys = forms.astype(np.int64) << 32
    keys |= np.arange(len(forms), dtype=np.uint32)
    keys.sort()
    keys &= 0xFFFFFFFF
    return keys
