"""How words are written: each folded form with all its writings, and what each thing with several names is called."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.flat import Strings, offsets_of, ranked
from retrieval.words import fold

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
    article (`called_article`) calls it so (`called`, a writing).
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


class WritingsBuilder:
    """Collects the writings of articles, one word after the other."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}  # of each writing
        self._form_of: list[int] = []  # of each writing; -1 where a form is not of letters alone
        self._forms: dict[str, int] = {}
        self._entries = array("i")  # by fours: article, writing, position, capital
        self._called = array("i")  # by fours: thing, article, writing, count
        self._article = -1
        self._position = 0
        self._seen: dict[int, tuple[int, bool]] = {}
        self._names: Counter[tuple[int, int]] = Counter()

    def open(self, article: int) -> None:
        """What comes now is of the article with that number, which is higher than the one before."""
        self.close()
        self._article = article
        self._position = 0

    def add(self, word: str, *, opens: bool, thing: int | None) -> None:
        """A word as it is written; it `opens` a text or not, and is what a thing with that term number is called."""
        number = self._numbers.get(word)
        if number is None:
            number = self._new(word)
        if thing is not None:
            self._names[thing, number] += 1
        if self._form_of[number] >= 0:
            position, capital = self._seen.get(number, (self._position, False))
            self._seen[number] = position, capital or (not opens and not word[0].islower())
            self._position += 1

    def close(self) -> None:
        """The article is at its end."""
        for word, (place, capital) in self._seen.items():
            self._entries.extend((self._article, word, place, capital))
        for (thing, word), count in self._names.items():
            self._called.extend((thing, self._article, word, count))
        self._seen = {}
        self._names = Counter()

    def _new(self, word: str) -> int:
        number = self._numbers[word] = len(self._numbers)
        form, _ = fold(word)
        self._form_of.append(self._forms.setdefault(form, len(self._forms)) if form.isalpha() else -1)
        return number

    def built(self, term_numbers: NDArray[np.int32]) -> Writings:
        """All that was collected; `term_numbers` gives for a thing's number that of its term."""
        self.close()
        forms, ranks = ranked(self._forms)
        form_of = np.array(self._form_of, dtype=np.int32)
        form_of[form_of >= 0] = ranks[form_of[form_of >= 0]]
        small = np.fromiter((word.islower() for word in self._numbers), dtype=np.bool_)
        entries = np.array(self._entries, dtype=np.int32).reshape(-1, 4)
        called = np.array(self._called, dtype=np.int32).reshape(-1, 4)
        called[:, 0] = term_numbers[called[:, 0]]
        return assembled(forms, Strings.of(self._numbers), small, form_of, entries, called)


def assembled(
    forms: Strings,
    written: Strings,
    small: NDArray[np.bool_],
    form_of: NDArray[np.int32],
    entries: NDArray[np.int32],
    called: NDArray[np.int32],
) -> Writings:
    """The writings with these entries (article, writing, position, capital) and calls (thing, article, writing, count).

    `form_of` gives the form of each writing, `small` whether it is in small letters.
    """
    article, writing, position, capital = entries.T
    form = form_of[writing]
    order = np.lexsort((position, article, form))
    article, writing, position, capital, form = (
        np.ascontiguousarray(values[order]) for values in (article, writing, position, capital.astype(np.bool_), form)
    )
    form_at = np.searchsorted(form, np.arange(len(forms) + 1)).astype(np.int64)
    called = called[np.lexsort((called[:, 2], called[:, 1], called[:, 0]))]
    thing, counts = np.unique(called[:, 0], return_counts=True)
    return Writings(
        forms=forms,
        written=written,
        small=small,
        form_at=form_at,
        article=article,
        writing=writing,
        position=position,
        capital=capital,
        first=_first(form_at, writing, small),
        name=np.bitwise_or.reduceat(capital, form_at[:-1]) if len(forms) else np.zeros(0, dtype=np.bool_),
        thing=thing.astype(np.int32),
        thing_at=offsets_of(counts.tolist()),
        called_article=np.ascontiguousarray(called[:, 1]),
        called=np.ascontiguousarray(called[:, 2]),
        called_count=np.ascontiguousarray(called[:, 3]),
    )


def _first(form_at: NDArray[np.int64], writing: NDArray[np.int32], small: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The writing of each form: its first one in small letters, or its first one where it has none."""
    if len(form_at) == 1:
        return np.zeros(0, dtype=np.int32)
    places = np.where(small[writing], np.arange(len(writing)), len(writing))
    lowest = np.minimum.reduceat(places, form_at[:-1])
    return writing[np.where(lowest < len(writing), lowest, form_at[:-1])]
