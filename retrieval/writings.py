"""How words are written: each folded form with all its writings, and what each thing with several names is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.flat import Strings, runs_in
from retrieval.shapes import Shapes

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Writings:
    """The writings of a run of articles, in flat arrays.

    `forms` are the folded forms in the order of their bytes, `written` the writings that they and the things have.
    The entries from `form_at[f]` up to `form_at[f + 1]` are of form f, one for each article and each way to write it
    there, in the order of the text: its `article`, its `writing`, at which word of the article it came first
    (`position`), and whether it had a capital where another word would not (`capital`). `first` and `name` give for
    each form how it is written, without a capital where it ever is, and whether it is a name anywhere.

    The entries from `thing_at[t]` on are of the thing with term number `thing[t]`: how often (`called_count`) an
    article (`called_article`) calls it so (`called`, a writing). `shapes` are those of the forms.
    """

    forms: Strings
    written: Strings
    small: NDArray[np.bool_]
    form_at: NDArray[np.int64]
    article: NDArray[np.int32]
    writing: NDArray[np.int32]
    position: NDArray[np.int32]
    capital: NDArray[np.bool_]
    first: NDArray[np.int32]
    name: NDArray[np.bool_]
    thing: NDArray[np.int32]
    thing_at: NDArray[np.int64]
    called_article: NDArray[np.int32]
    called: NDArray[np.int32]
    called_count: NDArray[np.int32]
    shapes: Shapes


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """Each way in which an article writes a word, in the order of the articles and their texts; see Writings."""

    article: NDArray[np.int32]
    writing: NDArray[np.int32]
    position: NDArray[np.int32]
    capital: NDArray[np.bool_]


def assembled(
    forms: Strings,
    written: Strings,
    small: NDArray[np.bool_],
    form_of: NDArray[np.int32],
    entries: Entries,
    called: NDArray[np.int32],
) -> Writings:
    """The writings with these entries and calls (thing, article, writing, count).

    `form_of` gives the form of each writing, `small` whether it is in small letters.
    """
    order, form_at = _by_form(form_of[entries.writing], len(forms))
    writing, capital = entries.writing[order], entries.capital[order]
    called = called[np.lexsort((called[:, 2], called[:, 1], called[:, 0]))]
    things = runs_in(called[:, 0])
    return Writings(
        forms=forms,
        written=written,
        small=small,
        form_at=form_at,
        article=entries.article[order],
        writing=writing,
        position=entries.position[order],
        capital=capital,
        first=_first(form_at, writing, small),
        name=np.bitwise_or.reduceat(capital, form_at[:-1]) if len(forms) else np.zeros(0, dtype=np.bool_),
        thing=called[things, 0],
        thing_at=np.append(things, len(called)),
        called_article=np.ascontiguousarray(called[:, 1]),
        called=np.ascontiguousarray(called[:, 2]),
        called_count=np.ascontiguousarray(called[:, 3]),
        shapes=Shapes.of(forms),
    )


def _by_form(form: NDArray[np.int32], forms: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The entries in the order of their forms, as they come within one, and where each form begins in that order."""
    keys = form.astype(np.int64) << 32
    keys |= np.arange(len(form), dtype=np.uint32)
    keys.sort()
    form_at = np.searchsorted(keys, np.arange(forms + 1) << 32).astype(np.int64)
    keys &= 0xFFFFFFFF
    return keys, form_at


def _first(form_at: NDArray[np.int64], writing: NDArray[np.int32], small: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The writing of each form: its first one in small letters, or its first one where it has none."""
    if len(form_at) == 1:
        return np.zeros(0, dtype=np.int32)
    places = np.where(small[writing], np.arange(len(writing), dtype=np.uint32), np.uint32(len(writing)))
    lowest = np.minimum.reduceat(places, form_at[:-1])
    return writing[np.where(lowest < len(writing), lowest, form_at[:-1])]
