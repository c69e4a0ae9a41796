"""How words are written: each folded form with all its writings, and what each thing with several names is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.core.arrays import StringArray, runs_in
from retrieval.index.encoding.inversion import by_form
from retrieval.index.encoding.threads import side_by_side
from retrieval.index.segments.fuzzy import FuzzyIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retrieval.index.encoding.inversion_arrays import Entries


@dataclass(frozen=True, slots=True, eq=False)
class SurfaceForms:
    """The writings of a run of articles, in flat arrays.

    `forms` are the folded forms in the order of their bytes, `written` the writings that they and the things have.
    The entries from `form_at[f]` up to `form_at[f + 1]` are of form f, one for each article and each way to write it
    there, in the order of the text: its `article`, its `writing`, at which word of the article it came first
    (`position`), and whether it had a capital where another word would not (`capital`). `first` and `name` give for
    each form how it is written, without a capital where it ever is, and whether it is a name anywhere.

    The entries from `thing_at[t]` on are of the thing with term number `thing[t]`: how often (`called_count`) an
    article (`called_article`) calls it so (`called`, a writing). `shapes` are those of the forms.
    """

    forms: StringArray
    written: StringArray
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
    shapes: FuzzyIndex


def assembled(
    forms: StringArray,
    written: StringArray,
    small: NDArray[np.bool_],
    form_of: NDArray[np.int32],
    entries: Entries,
    called: NDArray[np.int32],
) -> SurfaceForms:
    """The writings with these entries and calls (thing, article, writing, count).

    `form_of` gives the form of each writing, `small` whether it is in small letters.
    """
    (form_at, found, first, name), shapes = side_by_side(
        [lambda: by_form(entries, form_of, len(forms), small), lambda: FuzzyIndex.of(forms)], len(entries.writing)
    )
    return SurfaceForms(
        forms=forms,
        written=written,
        small=small,
        form_at=form_at,
        article=found.article,
        writing=found.writing,
        position=found.position,
        capital=found.capital,
        first=first,
        name=name,
        **things_called(called),
        shapes=shapes,
    )


def things_called(called: NDArray[np.int32]) -> dict[str, NDArray[Any]]:
    """The fields of SurfaceForms that say what things are called, of calls as `assembled` takes them."""
    called = called[np.lexsort((called[:, 2], called[:, 1], called[:, 0]))]
    things = runs_in(called[:, 0])
    return {
        "thing": called[things, 0],
        "thing_at": np.append(things, len(called)),
        "called_article": np.ascontiguousarray(called[:, 1]),
        "called": np.ascontiguousarray(called[:, 2]),
        "called_count": np.ascontiguousarray(called[:, 3]),
    }
