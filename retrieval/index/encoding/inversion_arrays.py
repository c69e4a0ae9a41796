"""What goes into inversion (the terms of each document) and what comes out (the documents of each term)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Counts: TypeAlias = NDArray[np.unsignedinteger[Any]]


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

    def each(self, change: Callable[[NDArray[Any]], NDArray[Any]]) -> Entries:
        """The entries with each array changed so."""
        return Entries(change(self.article), change(self.writing), change(self.position), change(self.capital))


class ByForm(NamedTuple):
    """Entries in the order of their forms: those of form f are from `form_at[f]` up to `form_at[f + 1]`.

    `first` is the writing of each form's first entry in small letters, or of its first one where none is; `name` tells
    whether one of them has a capital.
    """

    form_at: NDArray[np.int64]
    entries: Entries
    first: NDArray[np.int32]
    name: NDArray[np.bool_]


def compact(counts: NDArray[np.int64]) -> Counts:
    """Counts in the smallest of uint8, uint16 and uint32 that holds the greatest of them."""
    return counts.astype(np.min_scalar_type(int(counts.max(initial=0))))
