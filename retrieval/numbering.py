"""Words as numbers -> terms as numbers, once the names of things are known: `Analyzer.of_text` by arrays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.inverting import entries
from retrieval.lexicon import form_of
from retrieval.reading import TITLE
from retrieval.words import POSSESSIVE, WORD, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.lexicon import Lexicon
    from retrieval.reading import Words
    from retrieval.rows import Entries


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The terms of the texts of a `Words`, `N` in all, what its articles call things, and how they write words.

    `numbers` (N,) are those of the lexicon; those of a text are at `offsets` (T + 1,). `named` has each name of several
    words as it is written; it is numbered on from the writings of the lexicon. `entries` and `called` (…, 4) are those
    of `retrieval.writings`, with the number of the article in the `Words`.
    """

    numbers: NDArray[np.int32]
    offsets: NDArray[np.int64]
    named: tuple[str, ...]
    entries: Entries
    called: NDArray[np.int32]


class _Thing(NamedTuple):
    """A thing that is named: the number of its term, its first word, how many words its name takes, and its text."""

    term: int
    at: int
    length: int
    text: int


def terms_of(read: Words, numbers: NDArray[np.int32], lexicon: Lexicon, texts: Sequence[str]) -> Terms:
    """The terms of `read`; `numbers` are those of its surfaces in the lexicon, `texts` the texts of its articles."""
    return _Numbering(read, numbers, lexicon, texts).done()


class _Numbering:
    """The words of a `Words` on their way to terms: keys first, then the things named by them."""

    def __init__(self, read: Words, numbers: NDArray[np.int32], lexicon: Lexicon, texts: Sequence[str]) -> None:
        self.read = read
        self.texts = texts
        self.lexicon = lexicon
        self.numbers = numbers
        self.words, self.offsets = read.words, read.word_offsets
        self.opening = np.zeros(len(read.words) + 1, dtype=np.bool_)
        self.opening[read.word_offsets[:-1][read.opens]] = True
        self.opening = self.opening[:-1]
        key_of = lexicon.key_of[numbers]
        self.whole = bool((key_of >= 0).all())  # no word was left out
        if not self.whole:
            self._leave_out(key_of[read.words] >= 0)
        self.at_keys = key_of[self.words]
        self.things = self._things()
        self.at = np.array([thing.at for thing in self.things], dtype=np.int64)

    def _leave_out(self, kept: NDArray[np.bool_]) -> None:
        self.words, self.opening = self.words[kept], self.opening[kept]
        self.offsets = np.concatenate([[0], np.cumsum(kept)])[self.offsets]

    def _things(self) -> list[_Thing]:
        """The things named in the texts, in order, none overlapping; of names that begin at one word the longest."""
        places = self._places()
        within = np.searchsorted(self.offsets, places, side="right") - 1
        analyzer, keys, numbers = self.lexicon.analyzer, self.lexicon.keys, self.lexicon.things
        found: list[_Thing] = []
        free = 0
        for at, text in zip(places.tolist(), within.tolist(), strict=True):
            if at >= free:
                end = min(int(self.offsets[text + 1]), at + analyzer.longest(keys[int(self.at_keys[at])]))
                term, length = analyzer.thing([keys.get(number, "") for number in self.at_keys[at:end].tolist()])
                if term:
                    found.append(_Thing(numbers[term], at, length, text))
                    free = at + length
        return found

    def _places(self) -> NDArray[np.intp]:
        """The words at which a name of a thing may begin: its only word, or its first with its second beside it."""
        lexicon = self.lexicon
        mask = lexicon.alone[self.at_keys]
        if len(lexicon.pairs):
            places = np.flatnonzero(lexicon.opens[self.at_keys[:-1]])
            beside = self.at_keys[places].astype(np.int64) * len(lexicon.terms) + self.at_keys[places + 1]
            nearest = np.minimum(np.searchsorted(lexicon.pairs, beside), len(lexicon.pairs) - 1)
            mask[places[lexicon.pairs[nearest] == beside]] = True
        return np.flatnonzero(mask)

    def done(self) -> Terms:
        kept = self.lexicon.says[self.at_keys]
        kept[[thing.at for thing in self.things if thing.length == 1]] = False
        things = np.array([thing.term for thing in self.things], dtype=np.int32)
        places = np.flatnonzero(kept)
        before = np.concatenate([[0], np.cumsum(kept)])[self.offsets]
        writings = _Writings(self)
        return Terms(
            numbers=np.insert(self.at_keys[places], np.searchsorted(places, self.at), things),
            offsets=before + np.searchsorted(self.at, self.offsets),
            named=tuple(writings.named),
            entries=writings.entries(),
            called=writings.called(things),
        )

    def name(self, thing: _Thing) -> str:
        """What the text calls a thing in several words, without a possessive."""
        said = self._text(thing.text)
        first = thing.at - int(self.offsets[thing.text])
        spans = [match.span() for match in WORD.finditer(said) if self.whole or fold(match.group())[0]]
        found: str = POSSESSIVE.sub("", said[spans[first][0] : spans[first + thing.length - 1][1]])
        return found

    def _text(self, number: int) -> str:
        if self.read.text_kinds[number] == TITLE:
            return self.read.titles[int(np.count_nonzero(self.read.text_kinds[:number] == TITLE))]
        article = int(np.searchsorted(self.read.text_offsets, number, side="right")) - 1
        start, end = self.read.text_spans[number].tolist()
        return self.texts[article][start:end]


class _Writings:
    """How the words and things of a `_Numbering` are written."""

    def __init__(self, numbering: _Numbering) -> None:
        self.of = numbering
        lexicon = numbering.lexicon
        self.of_surface = lexicon.writing_of[numbering.numbers]
        names = {number: numbering.name(thing) for number, thing in enumerate(numbering.things) if thing.length > 1}
        self.named = {name: len(lexicon.written) + number for number, name in enumerate(dict.fromkeys(names.values()))}
        self.of_thing = self.of_surface[numbering.words[numbering.at]]
        self.of_thing[list(names)] = [self.named[name] for name in names.values()]
        self.lettered = [number for number, name in names.items() if form_of(name)]
        self.capital = [not names[number][0].islower() for number in self.lettered]
        self.article_at = numbering.offsets[numbering.read.text_offsets]  # the first word of each article

    def entries(self) -> Entries:
        """Each way in which an article writes a word, in the order of the text.

        A place counts the words of letters alone that say something, and the names of several words before them.
        """
        words, opening, lexicon = self.of.words, self.of.opening, self.of.lexicon
        says = np.flatnonzero(self.of_surface >= 0)
        lettered = says[lexicon.form_of[self.of_surface[says]] >= 0]
        counts, capitals = np.zeros((2, len(self.of_surface)), dtype=np.bool_)
        counts[lettered] = True
        capitals[lettered] = lexicon.capital[self.of_surface[lettered]]
        at = np.flatnonzero(counts[words])
        writing = self.of_surface[words[at]]
        capital = capitals[words[at]] & ~opening[at]
        if self.lettered:
            begins = self.of.at[self.lettered]
            places = np.searchsorted(at, begins)
            writing = np.insert(writing, places, self.of_thing[self.lettered])
            capital = np.insert(capital, places, np.array(self.capital) & ~opening[begins])
            at = np.insert(at, places, begins)
        firsts = np.searchsorted(at, self.article_at)
        return entries(firsts, writing, capital, len(lexicon.written) + len(self.named))

    def called(self, terms: NDArray[np.int32]) -> NDArray[np.int32]:
        """What each article calls a thing, with the number of its term, and how often."""
        articles = np.searchsorted(self.article_at, self.of.at, side="right") - 1
        counts = Counter(zip(terms.tolist(), articles.tolist(), self.of_thing.tolist(), strict=True))
        return np.array([(*names, times) for names, times in counts.items()], dtype=np.int32).reshape(-1, 4)
