"""Words as numbers -> terms as numbers, once the names of things are known: `Analyzer.of_text` by arrays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.analysis.tokenizer import POSSESSIVE, fold, places
from retrieval.analysis.visible_text import seen
from retrieval.core.model import Span
from retrieval.index.encoding.inversion import entries
from retrieval.index.encoding.lexicon import form_of
from retrieval.index.encoding.tokens import TITLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.core.model import Article
    from retrieval.index.encoding.inversion_arrays import Entries
    from retrieval.index.encoding.lexicon import Lexicon
    from retrieval.index.encoding.tokens import Words

SAYS, ALONE, OPENS, LETTERED, CAPITAL = (np.uint8(1 << bit) for bit in range(5))  # flags of a surface; see Lexicon


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The terms of the texts of a `Words`, `N` in all, what its articles call things, and how they write words.

    `numbers` (N,) are those of the lexicon; those of a text are at `offsets` (T + 1,). `named` has each name of several
    words as it is written; it is numbered on from the writings of the lexicon. `entries` and `called` (…, 4) are those
    of `retrieval.index.segments.surface_forms`, with the number of the article in the `Words`.
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


def terms_of(read: Words, numbers: NDArray[np.int32], lexicon: Lexicon, articles: Sequence[Article]) -> Terms:
    """The terms of `read`, which are those of `articles`; `numbers` are those of its surfaces in the lexicon."""
    return _Numbering(read, numbers, lexicon, articles).done()


class _Numbering:
    """The words of a `Words` on their way to terms: keys first, then the things named by them."""

    def __init__(self, read: Words, numbers: NDArray[np.int32], lexicon: Lexicon, articles: Sequence[Article]) -> None:
        self.read = read
        self.articles = articles
        self.lexicon = lexicon
        self.of_surface = lexicon.writing_of[numbers]
        self.words, self.offsets = read.words, read.word_offsets
        self.opening = np.zeros(len(read.words) + 1, dtype=np.bool_)
        self.opening[read.word_offsets[:-1][read.opens]] = True
        self.opening = self.opening[:-1]
        self.key_of = lexicon.key_of[numbers]
        self.whole = bool((self.key_of >= 0).all())  # no word was left out
        if not self.whole:
            self._leave_out(self.key_of[read.words] >= 0)
        self.flags = self._flags()[self.words]
        self.things = self._things()
        self.at = np.array([thing.at for thing in self.things], dtype=np.int64)

    def _flags(self) -> NDArray[np.uint8]:
        """What each surface is looked at for, so that the words are gone through but once."""
        lexicon, flags = self.lexicon, np.zeros(len(self.key_of), dtype=np.uint8)
        words = np.flatnonzero(self.key_of >= 0)
        keys = self.key_of[words]
        flags[words] = SAYS * lexicon.says[keys] | ALONE * lexicon.alone[keys] | OPENS * lexicon.opens[keys]
        said = np.flatnonzero(self.of_surface >= 0)
        writing = self.of_surface[said]
        flags[said] |= LETTERED * (lexicon.form_of[writing] >= 0) | CAPITAL * lexicon.capital[writing]
        return flags

    def _leave_out(self, kept: NDArray[np.bool_]) -> None:
        self.words, self.opening = self.words[kept], self.opening[kept]
        self.offsets = np.concatenate([[0], np.cumsum(kept)])[self.offsets]

    def _things(self) -> list[_Thing]:
        """The things named in the texts, in order, none overlapping; of names that begin at one word the longest."""
        places = self._places()
        within = np.searchsorted(self.offsets, places, side="right") - 1
        analyzer, keys, numbers = self.lexicon.analyzer, self.lexicon.keys, self.lexicon.things
        looked_up: dict[tuple[int, ...], tuple[str | None, int]] = {}
        found: list[_Thing] = []
        free = 0
        for at, text, ahead in zip(places.tolist(), within.tolist(), self._ahead(places, within), strict=True):
            if at >= free:
                its_keys = tuple(ahead[: analyzer.longest(keys[ahead[0]])])
                if its_keys not in looked_up:
                    looked_up[its_keys] = analyzer.thing([keys.get(number, "") for number in its_keys])
                term, length = looked_up[its_keys]
                if term:
                    found.append(_Thing(numbers[term], at, length, text))
                    free = at + length
        return found

    def _ahead(self, places: NDArray[np.intp], within: NDArray[np.intp]) -> list[list[int]]:
        """The keys of the words from each place on, as many as the longest name has; -1 behind the end of its text."""
        ahead = places[:, None] + np.arange(self.lexicon.analyzer.longest_of_all)
        keys = self.key_of[self.words[np.minimum(ahead, len(self.words) - 1)]]
        ahead_of: list[list[int]] = np.where(ahead < self.offsets[within + 1][:, None], keys, -1).tolist()
        return ahead_of

    def _places(self) -> NDArray[np.intp]:
        """The words at which a name of a thing may begin: its only word, or its first with its second beside it."""
        lexicon = self.lexicon
        places = np.flatnonzero(self.flags & (ALONE | OPENS))
        if not len(places):
            return places
        begins = (self.flags[places] & ALONE) > 0
        if len(lexicon.pairs):
            beside = self.key_of[self.words[places]].astype(np.int64) * len(lexicon.terms)
            beside += self.key_of[self.words[np.minimum(places + 1, len(self.words) - 1)]]
            nearest = np.minimum(np.searchsorted(lexicon.pairs, beside), len(lexicon.pairs) - 1)
            begins |= (lexicon.pairs[nearest] == beside) & (places + 1 < len(self.words))
        return places[begins]

    def done(self) -> Terms:
        kept = (self.flags & SAYS) > 0
        kept[[thing.at for thing in self.things if thing.length == 1]] = False
        things = np.array([thing.term for thing in self.things], dtype=np.int32)
        places = np.flatnonzero(kept)
        before = np.concatenate([[0], np.cumsum(kept)])[self.offsets]
        writings = _Writings(self)
        return Terms(
            numbers=np.insert(self.key_of[self.words[places]], np.searchsorted(places, self.at), things),
            offsets=before + np.searchsorted(self.at, self.offsets),
            named=tuple(writings.named),
            entries=writings.entries(),
            called=writings.called(things),
        )

    def name(self, thing: _Thing) -> str:
        """What the text calls a thing in several words, without a possessive."""
        said = self._text(thing.text)
        first = thing.at - int(self.offsets[thing.text])
        words = (place for place in places(said) if self.whole or fold(said[slice(*place)])[0])
        named = list(islice(words, first, first + thing.length))
        found: str = POSSESSIVE.sub("", said[named[0][0] : named[-1][1]])
        return found

    def _text(self, number: int) -> str:
        if self.read.text_kinds[number] == TITLE:
            return self.read.titles[int(np.count_nonzero(self.read.text_kinds[:number] == TITLE))]
        article = int(np.searchsorted(self.read.text_offsets, number, side="right")) - 1
        return seen(self.articles[article], Span(*self.read.text_spans[number].tolist()))


class _Writings:
    """How the words and things of a `_Numbering` are written."""

    def __init__(self, numbering: _Numbering) -> None:
        self.of = numbering
        lexicon = numbering.lexicon
        names = {number: numbering.name(thing) for number, thing in enumerate(numbering.things) if thing.length > 1}
        self.named = {name: len(lexicon.written) + number for number, name in enumerate(dict.fromkeys(names.values()))}
        self.of_thing = numbering.of_surface[numbering.words[numbering.at]]
        self.of_thing[list(names)] = [self.named[name] for name in names.values()]
        self.lettered = [number for number, name in names.items() if form_of(name)]
        self.capital = [not names[number][0].islower() for number in self.lettered]
        self.article_at = numbering.offsets[numbering.read.text_offsets]  # the first word of each article

    def entries(self) -> Entries:
        """Each way in which an article writes a word, in the order of the text.

        A place counts the words of letters alone that say something, and the names of several words before them.
        """
        opening, flags = self.of.opening, self.of.flags
        at = np.flatnonzero(flags & LETTERED)
        writing = self.of.of_surface[self.of.words[at]]
        capital = ((flags[at] & CAPITAL) > 0) & ~opening[at]
        if self.lettered:
            begins = self.of.at[self.lettered]
            places = np.searchsorted(at, begins)
            writing = np.insert(writing, places, self.of_thing[self.lettered])
            capital = np.insert(capital, places, np.array(self.capital) & ~opening[begins])
            at = np.insert(at, places, begins)
        firsts = np.searchsorted(at, self.article_at)
        return entries(firsts, writing, capital, len(self.of.lexicon.written) + len(self.named))

    def called(self, terms: NDArray[np.int32]) -> NDArray[np.int32]:
        """What each article calls a thing, with the number of its term, and how often."""
        articles = np.searchsorted(self.article_at, self.of.at, side="right") - 1
        counts = Counter(zip(terms.tolist(), articles.tolist(), self.of_thing.tolist(), strict=True))
        return np.array([(*names, times) for names, times in counts.items()], dtype=np.int32).reshape(-1, 4)
