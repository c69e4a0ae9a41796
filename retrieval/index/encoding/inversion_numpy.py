"""What stands in documents, turned round by sorting: what inverting.py does where nothing is compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retrieval.core.arrays import spread
from retrieval.index.encoding.inversion_arrays import Entries, Inverted, Rows, compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from retrieval.index.encoding.inversion_arrays import Counts

TOKENS = 4_000_000  # that are counted together


def inverted(rows: Rows, vocabulary: int) -> Inverted:
    """The documents of each term, whose numbers are below `vocabulary`."""
    terms = _with_heads(rows)
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
    if starts is None or heads is None:
        return rows.terms
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


def signatures(starts: NDArray[np.int64], terms: NDArray[np.int32]) -> NDArray[np.uint64]:
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


def entries(starts: NDArray[np.int64], writing: NDArray[np.int32], capital: NDArray[np.bool_]) -> Entries:
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


def in_forms(entries: Entries, form_of: NDArray[np.int32]) -> Entries:
    order = _order(form_of[entries.writing])
    return entries.each(lambda column: column[order])


def firsts(
    placed: Entries, form_at: NDArray[np.int64], small: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """`first` and `name` of ByForm; each form has an entry."""
    if len(form_at) == 1:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.bool_)
    writing = placed.writing
    places = np.where(small[writing], np.arange(len(writing), dtype=np.uint32), np.uint32(len(writing)))
    lowest = np.minimum.reduceat(places, form_at[:-1])
    first = writing[np.where(lowest < len(writing), lowest, form_at[:-1])]
    return first, np.bitwise_or.reduceat(placed.capital, form_at[:-1])


def _order(forms: NDArray[np.int32]) -> NDArray[np.int64]:
    """The places of these numbers in their order, equal ones as they come."""
    keys = forms.astype(np.int64) << 32
    keys |= np.arange(len(forms), dtype=np.uint32)
    keys.sort()
    keys &= 0xFFFFFFFF
    return keys
