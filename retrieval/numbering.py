"""Words as numbers -> terms as numbers, once the names of things are known: `Analyzer.of_text` by arrays."""

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
from retrieval.words import POSSESSIVE, WORD, Word, fold
from retrieval.writings import Entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.reading import Words
    from retrieval.terms import Analyzer

MOST_KEPT = 150_000  # surfaces that are remembered from one call to the next


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The terms of the texts of a `Words`, `N` in all, what its articles call things, and how they write words.

    `numbers` (N,) are places in `vocabulary`, in which each term is once; those of a text are at `offsets` (T + 1,).
    `written` has each way in which a word or the name of a thing is written, without a possessive; `form_of` is the
    place of its folded form in `forms`, -1 where that is not of letters alone. `entries` and `called` (…, 4) are those
    of `retrieval.writings`, with the number of the article in the `Words`.
    """

    vocabulary: tuple[str, ...]
    numbers: NDArray[np.int32]
    offsets: NDArray[np.int64]
    written: tuple[str, ...]
    forms: tuple[str, ...]
    form_of: NDArray[np.int32]
    entries: Entries
    called: NDArray[np.int32]


class _Surface(NamedTuple):
    """What is known of a word as it is written.

    Its key, "" where it is no word; whether that says something of a subject; what is left of the word without a
    possessive, and the folded form of that, "" where it is not of letters alone.
    """

    key: str
    says: bool
    written: str
    form: str


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
        key_of = np.fromiter((numbers[surface.key] for surface in self.surfaces), dtype=np.int32)
        self.key_numbers = dict(numbers)
        self.keys = tuple(numbers)
        self.says = np.array([key not in STOP_WORDS for key in self.keys], dtype=np.bool_)
        self.opening = np.zeros(len(read.words) + 1, dtype=np.bool_)
        self.opening[read.word_offsets[:-1][read.opens]] = True
        self.opening = self.opening[:-1]
        self.words, self.offsets = read.words, read.word_offsets
        self.whole = "" not in numbers  # no word was left out
        if not self.whole:
            self._leave_out(key_of[read.words] != numbers[""])
        self.at_keys = key_of[self.words]
        self.things = self._things()

    def _leave_out(self, kept: NDArray[np.bool_]) -> None:
        self.words, self.opening = self.words[kept], self.opening[kept]
        self.offsets = np.concatenate([[0], np.cumsum(kept)])[self.offsets]

    def _things(self) -> list[_Thing]:
        """The things named in the texts, in order, none overlapping; of names that begin at one word the longest."""
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
            known = np.sort(first * len(self.keys) + second)
            nearest = known[np.minimum(np.searchsorted(known, beside), len(known) - 1)]
            mask[places[nearest == beside]] = True
        return np.flatnonzero(mask)

    def done(self) -> Terms:
        at = np.array([thing.at for thing in self.things], dtype=np.int64)
        kept = self.says[self.at_keys]
        kept[[thing.at for thing in self.things if thing.length == 1]] = False
        used = np.zeros(len(self.keys), dtype=np.bool_)
        used[self.at_keys[kept]] = True
        number_of = np.cumsum(used, dtype=np.int32) - 1
        named = dict.fromkeys(thing.term for thing in self.things)
        of_thing = {term: number for number, term in enumerate(named, int(used.sum()))}
        things = np.array([of_thing[thing.term] for thing in self.things], dtype=np.int32)
        places = np.flatnonzero(kept)
        before = np.concatenate([[0], np.cumsum(kept)])[self.offsets]
        writings = _Writings(self)
        return Terms(
            vocabulary=(*(self.keys[number] for number in np.flatnonzero(used).tolist()), *named),
            numbers=np.insert(number_of[self.at_keys[places]], np.searchsorted(places, at), things),
            offsets=before + np.searchsorted(at, self.offsets),
            written=tuple(writings.numbers),
            forms=tuple(writings.forms),
            form_of=writings.form_of,
            entries=writings.entries(),
            called=writings.called(things),
        )

    def written(self, thing: _Thing) -> str:
        """What the text calls a thing, without a possessive."""
        if thing.length == 1:
            surface: _Surface = self.surfaces[int(self.words[thing.at])]
            return surface.written
        said = self._text(thing.text)
        first = thing.at - int(self.offsets[thing.text])
        spans = [match.span() for match in WORD.finditer(said) if self.whole or fold(match.group())[0]]
        found: str = POSSESSIVE.sub("", said[spans[first][0] : spans[first + thing.length - 1][1]])
        return found

    def _text(self, number: int) -> str:
        article = int(np.searchsorted(self.read.text_offsets, number, side="right")) - 1
        if self.read.text_kinds[number] == TITLE:
            return self.read.titles[article][number - int(self.read.text_offsets[article])]
        start, end = self.read.text_spans[number].tolist()
        return self.texts[article][start:end]


class _Writings:
    """How the words and things of a `_Numbering` are written."""

    def __init__(self, numbering: _Numbering) -> None:
        self.of = numbering
        self.numbers: defaultdict[str, int] = defaultdict(count().__next__)
        of_surface = [self.numbers[surface.written] if surface.says else -1 for surface in numbering.surfaces]
        self.of_surface = np.array(of_surface, dtype=np.int32)
        form_of = {surface.written: surface.form for surface in numbering.surfaces if surface.says}
        written = [numbering.written(thing) for thing in numbering.things]
        form_of.update((name, _form(name)) for name in written if name not in self.numbers)
        self.of_thing = [self.numbers[name] for name in written]
        self.forms: defaultdict[str, int] = defaultdict(count().__next__)
        self.form_of = np.fromiter(
            (self.forms[form] if (form := form_of[name]) else -1 for name in self.numbers), dtype=np.int32
        )
        self.capital = np.fromiter((not name[0].islower() for name in self.numbers), dtype=np.bool_)
        self.article_at = numbering.offsets[numbering.read.text_offsets]  # the first word of each article

    def entries(self) -> Entries:
        """Each way in which an article writes a word, in the order of the text.

        A place counts the words of letters alone that say something, and the names of several words before them.
        """
        at = np.flatnonzero(self.of.says[self.of.at_keys])
        writing = self.of_surface[self.of.words[at]]
        long = [number for number, thing in enumerate(self.of.things) if thing.length > 1]
        if long:
            begins = np.array([self.of.things[number].at for number in long], dtype=np.int64)
            places = np.searchsorted(at, begins)
            writing = np.insert(writing, places, np.array([self.of_thing[number] for number in long], dtype=np.int32))
            at = np.insert(at, places, begins)
        lettered = self.form_of[writing] >= 0
        at, writing = at[lettered], writing[lettered]
        firsts = np.searchsorted(at, self.article_at)
        article = np.repeat(np.arange(len(firsts) - 1), np.diff(firsts))
        keys = (article * len(self.numbers) + writing) << 32 | np.arange(len(at))
        keys.sort()
        order = keys & 0xFFFFFFFF
        starts = np.flatnonzero(np.diff(keys >> 32, prepend=-1))
        within = ~self.of.opening[at[order]] & self.capital[writing[order]]
        capital = np.bitwise_or.reduceat(within, starts) if len(starts) else within
        by_place = np.argsort(order[starts])
        first = order[starts][by_place]
        return Entries(
            article=article[first].astype(np.int32),
            writing=writing[first],
            position=(first - firsts[article[first]]).astype(np.int32),
            capital=capital[by_place],
        )

    def called(self, terms: NDArray[np.int32]) -> NDArray[np.int32]:
        """What each article calls a thing, with the number of its term, and how often."""
        at = np.array([thing.at for thing in self.of.things], dtype=np.int64)
        articles = np.searchsorted(self.article_at, at, side="right") - 1
        counts = Counter(zip(terms.tolist(), articles.tolist(), self.of_thing, strict=True))
        return np.array([(*names, times) for names, times in counts.items()], dtype=np.int32).reshape(-1, 4)


_seen: dict[str, _Surface] = {}


def _look(surface: str) -> _Surface:
    if len(_seen) >= MOST_KEPT:
        _seen.clear()
    form, acronym = fold(surface)
    its_key = key(Word(form, Span(0, 0), acronym)) if form else ""
    written = POSSESSIVE.sub("", surface) or surface
    found = _Surface(its_key, its_key != "" and its_key not in STOP_WORDS, written, _form(written))
    _seen[surface] = found
    return found


def _form(written: str) -> str:
    """The folded form, "" where it is not of letters alone."""
    form, _ = fold(written)
    return form if form.isalpha() else ""
