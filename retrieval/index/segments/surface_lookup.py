"""How the articles of a corpus write their words, looked up in the flat arrays of its parts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from retrieval.analysis.analyzer import REWRITTEN, opening_of, stem
from retrieval.analysis.english_words.irregular_forms import BASE
from retrieval.core.arrays import runs_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from retrieval.index.segments.parts import CorpusPart
    from retrieval.index.segments.vocabulary import Vocabulary

KEPT = 20_000  # words whose writing is kept between questions
NO_NAMES: Mapping[str, int] = {}


class FormLookup(Mapping[str, str]):
    """For each folded word of sentences and titles how it is written, without a capital where it ever is.

    They come in the order in which the articles have them.
    """

    def __init__(self, parts: Sequence[CorpusPart]) -> None:
        self._parts = parts
        self._plain = len(parts) == 1 and parts[0].is_whole
        self._written = lru_cache(maxsize=KEPT)(self._look)

    def __getitem__(self, form: str) -> str:
        written = self._written(form)
        if written is None:
            raise KeyError(form)
        return written

    def __contains__(self, form: object) -> bool:
        return isinstance(form, str) and self._written(form) is not None

    def __iter__(self) -> Iterator[str]:
        first: dict[str, tuple[int, int]] = {}
        for part in self._parts:
            writings = part.segment.writings
            for number, form in enumerate(writings.forms):
                entries = part.entries(number)
                if len(entries):
                    place = int(part.places[writings.article[entries[0]]]), int(writings.position[entries[0]])
                    first[form] = min(place, first.get(form, place))
        return iter(sorted(first, key=first.__getitem__))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def may_be_near(self, form: str, lengths: range, errors: int) -> Iterator[str]:
        """The forms of these lengths that may have at most so many errors; few others, and some of gone articles."""
        for part in self._parts:
            writings = part.segment.writings
            yield from writings.forms.each(writings.shapes.may_be_near(form, lengths, errors))

    def may_sound_like(self, form: str) -> Iterator[str]:
        """The forms that sound like this one; hardly another one, and some of articles that are gone."""
        for part in self._parts:
            writings = part.segment.writings
            yield from writings.forms.each(writings.shapes.may_sound_like(form))

    def of_stem(self, wanted: str) -> str | None:
        """How the last form, as they come in the articles, is written that has this stem; None where none has it."""
        irregular = _irregular().get(wanted, ())
        found = {form for part in self._parts for form in part.segment.writings.forms.beginning(opening_of(wanted))}
        places = [(self._place(form), form) for form in (*found, *irregular) if form in self and stem(form) == wanted]
        return self[max(places)[1]] if places else None

    def _place(self, form: str) -> tuple[int, int]:
        """Where the articles have a form first: the place of the article, and at which of its words."""
        found = []
        for part in self._parts:
            writings = part.segment.writings
            number = writings.forms.find(form)
            if number is not None and len(entries := part.entries(number)):
                entry = int(entries[0])
                found.append((int(part.places[writings.article[entry]]), int(writings.position[entry])))
        return min(found)

    def _look(self, form: str) -> str | None:
        found = []
        for part in self._parts:
            writings = part.segment.writings
            number = writings.forms.find(form)
            if number is None:
                continue
            if self._plain:
                return writings.written[int(writings.first[number])]
            entries = part.entries(number)
            small = entries[writings.small[writings.writing[entries]]]
            for entry in (*small[:1].tolist(), *entries[:1].tolist()):
                written = writings.written[int(writings.writing[entry])]
                place = int(part.places[writings.article[entry]]), int(writings.position[entry])
                found.append((not written.islower(), *place, written))
        return min(found)[-1] if found else None


@lru_cache(maxsize=1)
def _irregular() -> dict[str, list[str]]:
    """The irregular forms of each stem."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for form in (*BASE, *REWRITTEN):
        forms[stem(form)].append(form)
    return dict(forms)


class NameLookup(AbstractSet[str]):
    """The folded words that are written with a capital inside a sentence or a title."""

    def __init__(self, parts: Sequence[CorpusPart]) -> None:
        self._parts = parts
        self._is_name = lru_cache(maxsize=KEPT)(self._look)

    def __contains__(self, form: object) -> bool:
        return isinstance(form, str) and self._is_name(form)

    def __iter__(self) -> Iterator[str]:
        return iter({form for part in self._parts for form in part.segment.writings.forms if form in self})

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _look(self, form: str) -> bool:
        for part in self._parts:
            writings = part.segment.writings
            number = writings.forms.find(form)
            if number is None or not writings.name[number]:
                continue
            if part.is_whole or writings.capital[part.entries(number)].any():
                return True
        return False


class AliasCounts(Mapping[str, Mapping[str, int]]):
    """For the term of each thing with several names what the articles call it, and how often."""

    def __init__(self, parts: Sequence[CorpusPart], vocabulary: Vocabulary) -> None:
        self._parts = parts
        self._vocabulary = vocabulary
        self._names = lru_cache(maxsize=KEPT)(self._look)

    def __getitem__(self, term: str) -> Mapping[str, int]:
        names = self._names(term)
        if not names:
            raise KeyError(term)
        return names

    def __iter__(self) -> Iterator[str]:
        things = {self._vocabulary.term(n) for part in self._parts for n in part.segment.writings.thing.tolist()}
        return (term for term in sorted(things) if term in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _look(self, term: str) -> Mapping[str, int]:
        number = self._vocabulary.get(term) if term.startswith("=") else None
        if number is None:
            return NO_NAMES
        names: Counter[str] = Counter()
        for part in self._parts:
            writings = part.segment.writings
            for at in np.flatnonzero(writings.thing == number).tolist():
                entries = part.alive(writings.called_article, *writings.thing_at[at : at + 2].tolist())
                names.update(_counts(writings.called[entries], writings.called_count[entries], writings.written))
        return names


def _counts(called: NDArray[np.int32], counts: NDArray[np.int32], written: Sequence[str]) -> Mapping[str, int]:
    order = np.argsort(called, kind="stable")
    first = runs_in(called[order])
    sums = np.add.reduceat(counts[order], first) if len(first) else counts
    return {written[number]: total for number, total in zip(called[order][first].tolist(), sums.tolist(), strict=True)}
