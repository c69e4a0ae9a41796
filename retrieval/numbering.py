"""Words as numbers -> terms as numbers, once the names of things are known: what `Analyzer.of_text` reads, by arrays."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.model import Span
from retrieval.reading import TITLE
from retrieval.stopwords import STOP_WORDS
from retrieval.terms import key
from retrieval.words import POSSESSIVE, Word, fold, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.reading import Words
    from retrieval.terms import Analyzer

MOST_KEPT = 300_000  # surfaces that are remembered from one call to the next


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The terms of the texts of a `Words`, `N` in all, what its articles call things, and how they write words.

    `numbers` (N,) are places in `vocabulary`, in which each term is once; those of a text are at `offsets` (T + 1,).
    `called` tells for each thing with several names what the articles call it, and how often; `forms` gives for each
    folded word how it is written, without a capital where it ever is, in the order of the words' first occurrence;
    `names` has the forms that are written with a capital inside a text.
    """

    vocabulary: tuple[str, ...]
    numbers: NDArray[np.int32]
    offsets: NDArray[np.int64]
    called: Mapping[str, Mapping[str, int]]
    forms: Mapping[str, str]
    names: frozenset[str]


class _Surface(NamedTuple):
    """A word as it is written: its key ("" where it is no word), and the form of what is left without a possessive."""

    key: str
    written: str
    form: str  # "" where it has anything but letters


class _Thing(NamedTuple):
    """A thing that is named: its term, its first word, how many words its name takes, and the text it is in."""

    term: str
    at: int
    length: int
    text: int


def terms_of(read: Words, texts: Sequence[str], analyzer: Analyzer) -> Terms:
    """The terms of `read`; `texts` are the texts of its articles."""
    return _Numbering(read, texts, analyzer).done()


class _Numbering:
    """The words of a `Words` on their way to terms: keys first, then the things named by them."""

    def __init__(self, read: Words, texts: Sequence[str], analyzer: Analyzer) -> None:
        self.read = read
        self.texts = texts
        self.analyzer = analyzer
        self.surfaces = [_seen.get(surface) or _look(surface) for surface in read.surfaces]
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        key_of = np.array([numbers[surface.key] for surface in self.surfaces], dtype=np.int32)
        self.key_numbers = dict(numbers)
        self.keys = tuple(numbers)
        self.says = np.array([key not in STOP_WORDS for key in self.keys], dtype=np.bool_)
        self.opening = np.zeros(len(read.words) + 1, dtype=np.bool_)
        self.opening[read.word_offsets[:-1][read.opens]] = True
        self.opening = self.opening[:-1]
        self.words, self.offsets = read.words, read.word_offsets
        if "" in numbers:
            self._leave_out(key_of[read.words] != numbers[""])
        self.at_keys = key_of[self.words]
        self.things = self._things()

    def _leave_out(self, kept: NDArray[np.bool_]) -> None:
        self.words, self.opening = self.words[kept], self.opening[kept]
        self.offsets = np.concatenate([[0], np.cumsum(kept)])[self.offsets]

    def _things(self) -> list[_Thing]:
        """The things named in the texts, in order; of two names that begin at one word the longest, none overlapping."""
        places = self._places()
        within = np.searchsorted(self.offsets, places, side="right") - 1
        found: list[_Thing] = []
        free = 0
        for at, text in zip(places.tolist(), within.tolist(), strict=True):
            if at >= free:
                end = min(int(self.offsets[text + 1]), at + self.analyzer.longest(self.keys[self.at_keys[at]]))
                term, length = self.analyzer.thing([self.keys[number] for number in self.at_keys[at:end].tolist()])
                if term:
                    found.append(_Thing(term, at, length, text))
                    free = at + length
        return found

    def _places(self) -> NDArray[np.intp]:
        """The words at which a name of a thing may begin: its only word, or its first with its second beside it."""
        alone = np.zeros(len(self.keys), dtype=np.bool_)
        alone[[self.key_numbers[key] for key in self.analyzer.alone & self.key_numbers.keys()]] = True
        mask = alone[self.at_keys]
        numbers = self.key_numbers
        pairs = [(numbers[a], numbers[b]) for a, b in self.analyzer.pairs if a in numbers and b in numbers]
        if pairs:
            first, second = np.array(pairs, dtype=np.int64).T
            opens = np.zeros(len(self.keys), dtype=np.bool_)
            opens[first] = True
            places = np.flatnonzero(opens[self.at_keys[:-1]])
            beside = self.at_keys[places].astype(np.int64) * len(self.keys) + self.at_keys[places + 1]
            mask[places[np.isin(beside, first * len(self.keys) + second)]] = True
        return np.flatnonzero(mask)

    def done(self) -> Terms:
        at = np.array([thing.at for thing in self.things], dtype=np.int64)
        kept = self.says[self.at_keys]
        kept[[thing.at for thing in self.things if thing.length == 1]] = False
        used = np.zeros(len(self.keys), dtype=np.bool_)
        used[self.at_keys[kept]] = True
        number_of = np.cumsum(used, dtype=np.int32) - 1
        named = {thing.term: None for thing in self.things}
        of_thing = {term: number for number, term in enumerate(named, int(used.sum()))}
        places = np.flatnonzero(kept)
        numbers = np.insert(
            number_of[self.at_keys[places]],
            np.searchsorted(places, at),
            np.array([of_thing[thing.term] for thing in self.things], dtype=np.int32),
        )
        before = np.concatenate([[0], np.cumsum(kept)])[self.offsets]
        written = [self._written(thing) for thing in self.things]
        called: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for thing, word in zip(self.things, written, strict=True):
            called[thing.term][word] += 1
        forms, names = self._forms(written)
        return Terms(
            vocabulary=(*(self.keys[number] for number in np.flatnonzero(used).tolist()), *named),
            numbers=numbers,
            offsets=before + np.searchsorted(at, self.offsets),
            called={term: dict(counts) for term, counts in called.items()},
            forms=forms,
            names=names,
        )

    def _written(self, thing: _Thing) -> str:
        """What the text calls a thing, without a possessive."""
        if thing.length == 1:
            return self.surfaces[self.words[thing.at]].written
        said = self._text(thing.text)
        first = thing.at - int(self.offsets[thing.text])
        found = words(said)[first : first + thing.length]
        return POSSESSIVE.sub("", said[found[0].span.start : found[-1].span.end])

    def _text(self, number: int) -> str:
        article = int(np.searchsorted(self.read.text_offsets, number, side="right")) - 1
        if self.read.text_kinds[number] == TITLE:
            return self.read.titles[article][number - int(self.read.text_offsets[article])]
        start, end = self.read.text_spans[number].tolist()
        return self.texts[article][start:end]

    def _forms(self, written: Sequence[str]) -> tuple[dict[str, str], frozenset[str]]:
        """How words are written, and which have a capital inside a text."""
        inside = np.zeros(len(self.surfaces), dtype=np.bool_)
        inside[self.words[~self.opening]] = True
        said = [
            (2 * at + 1, surface.written, surface.form, not opens)
            for at, surface, opens in zip(self._first(), self.surfaces, (~inside).tolist(), strict=True)
            if surface.form and surface.key not in STOP_WORDS
        ]
        for thing, word in zip(self.things, written, strict=True):
            if thing.length > 1 and (form := fold(word)[0]).isalpha():
                said.append((2 * thing.at, word, form, not self.opening[thing.at]))
        said.sort()
        forms: dict[str, str] = {}
        names: set[str] = set()
        for _, word, form, within in said:
            if form not in forms or (word.islower() and not forms[form].islower()):
                forms[form] = word
            if within and not word[0].islower():
                names.add(form)
        return forms, frozenset(names)

    def _first(self) -> list[int]:
        """The place of the first word that is written like each surface."""
        first = np.zeros(len(self.surfaces), dtype=np.int64)
        first[self.words[::-1]] = np.arange(len(self.words) - 1, -1, -1)
        return first.tolist()


_seen: dict[str, _Surface] = {}


def _look(surface: str) -> _Surface:
    if len(_seen) >= MOST_KEPT:
        _seen.clear()
    form, acronym = fold(surface)
    written = POSSESSIVE.sub("", surface)
    bare, _ = fold(written)
    found = _Surface(
        key(Word(form, Span(0, 0), acronym)) if form else "", written, bare if bare.isalpha() else ""
    )
    _seen[surface] = found
    return found
