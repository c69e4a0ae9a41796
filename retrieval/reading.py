"""Articles -> their blocks, sentences and words as flat arrays: all that can be read before the names are known."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from retrieval.flat import Strings, encoded, offsets_of
from retrieval.interning import SIGNS, distinct, pieces
from retrieval.model import Kind
from retrieval.sentences import QUOTABLE, bounds
from retrieval.stopwords import STOP_WORDS
from retrieval.words import fold, surfaces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from retrieval.interning import Pieces
    from retrieval.model import Article, Span

KINDS = tuple(Kind)
_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
TITLE, HEADING, SENTENCE = range(3)  # what a text is that words are read from
SMALL = np.array([97 <= byte <= 122 for byte in range(256)])  # whether a byte is a letter from a to z
ALNUM = np.array([byte < 128 and chr(byte).isalnum() for byte in range(256)])


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Articles read as far as the words: `T` texts and `W` words of `A` articles.

    The texts of an article come in this order: its titles, then for each paragraph the heading above it, where there
    is one, and its sentences. Offsets have one entry more than there are things, and the first is 0.

    `titles` are those of all articles. `text_kinds` (T,) are TITLE, HEADING or SENTENCE; `text_spans` (T, 2) are in
    characters of the article's text, and (0, length) for a title; `opens` (T,) tells whether the text begins with a
    word; `paragraphs` (T,) is the number of the paragraph in its article, -1 for a title; the texts of an article are
    at `text_offsets` (A + 1,). `words` (W,) are numbers in `surfaces`, in which each word is once; those of a text are
    at `word_offsets` (T + 1,).
    """

    titles: Strings
    text_kinds: NDArray[np.uint8]
    text_spans: NDArray[np.int32]
    opens: NDArray[np.bool_]
    paragraphs: NDArray[np.int32]
    text_offsets: NDArray[np.int64]
    surfaces: Strings
    words: NDArray[np.int32]
    word_offsets: NDArray[np.int64]


def words_of(articles: Iterable[Article]) -> Words:
    """The words of `articles`. What `words.words` would read of each text stands in the arrays as a number.

    Where that takes a word otherwise than it is written ("ad" in "ad-Din", "IS" in a text all in capitals), the form
    that it takes it for stands in its place.
    """
    reading = _Reading()
    for article in articles:
        reading.add(article)
    return reading.done()


class _Reading:
    """Words in the making; flat lists that become the arrays of Words."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.texts: list[str] = []  # of the articles
        self.kinds: list[int] = []
        self.spans: list[int] = []
        self.paragraphs: list[int] = []
        self.offsets = [0]

    def add(self, article: Article) -> None:
        titles = titles_of(article)
        text = article.text
        self.titles += titles
        self.texts.append(text)
        kinds, spans, paragraphs = self.kinds, self.spans, self.paragraphs
        kinds += [TITLE] * len(titles)
        spans += chain.from_iterable((0, len(title)) for title in titles)
        paragraphs += [-1] * len(titles)
        heading: Span | None = None
        paragraph = -1
        for block in article.blocks:
            if block.kind is Kind.HEADING:
                heading = block.span
            elif block.kind in QUOTABLE:
                paragraph += 1
                begin = block.span.start
                found = bounds(text[begin : block.span.end])
                if heading and found:
                    kinds.append(HEADING)
                    spans += heading.start, heading.end
                    paragraphs.append(paragraph)
                for start, end in found:
                    spans += begin + start, begin + end
                kinds += [SENTENCE] * len(found)
                paragraphs += [paragraph] * len(found)
        self.offsets.append(len(kinds))

    def done(self) -> Words:
        kinds = np.array(self.kinds, dtype=np.uint8)
        spans = np.array(self.spans, dtype=np.int32).reshape(-1, 2)
        offsets = np.array(self.offsets, dtype=np.int64)
        base = np.repeat(offsets_of(map(len, self.texts))[:-1], np.diff(offsets))
        base[kinds == TITLE] = offsets_of(map(len, chain(self.texts, self.titles)))[len(self.texts) : -1]
        whole = _Letters("".join((*self.texts, *self.titles)))
        starts, ends = base + spans[:, 0], base + spans[:, 1]
        found = whole.pieces(starts, ends)
        surfaces, words, before = _words_of_pieces(found)
        return Words(
            titles=Strings.of(self.titles),
            text_kinds=kinds,
            text_spans=spans,
            opens=whole.open_words(starts, ends),
            paragraphs=np.array(self.paragraphs, dtype=np.int32),
            text_offsets=offsets,
            surfaces=surfaces,
            words=words,
            word_offsets=before[np.concatenate(([0], found.counts.cumsum()))],
        )


class _Letters:
    """All texts one behind the other, where places are counted in characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.letters = np.frombuffer(encoded(text), dtype=np.uint8)
        self.byte_at: NDArray[np.int64] | None = None  # of each character; where all are of one byte nothing is said
        if len(self.letters) != len(text):
            self.byte_at = np.append(np.flatnonzero((self.letters & 0xC0) != 0x80), len(self.letters))

    def bytes_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        return places if self.byte_at is None else self.byte_at[places]

    def open_words(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether each text begins with a letter or a digit."""
        some = np.flatnonzero(starts < ends)
        first = np.zeros(len(starts), dtype=np.uint8)
        first[some] = self.letters[self.bytes_at(starts[some])]
        opens = ALNUM[first]
        for number in np.flatnonzero(first >= 0x80).tolist():
            opens[number] = self.text[starts[number]].isalnum()
        return opens

    def pieces(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Pieces:
        """The pieces of the texts; those of a text all in capitals are its words, as they are not shouted."""
        letters, first, end = self.letters, self.bytes_at(starts), self.bytes_at(ends)
        shouted = [n for n in self._without_small(first, end) if self.text[starts[n] : ends[n]].isupper()]
        if shouted:
            said = [" ".join(map(_unshouted, surfaces(self.text[starts[n] : ends[n]]))) for n in shouted]
            calm = Strings.of(said)
            first, end = first.copy(), end.copy()
            first[shouted], end[shouted] = len(letters) + calm.offsets[:-1], len(letters) + calm.offsets[1:]
            letters = np.concatenate((letters, calm.letters))
        return pieces(letters, first, end)

    def _without_small(self, first: NDArray[np.int64], end: NDArray[np.int64]) -> list[int]:
        """The texts that have no small letter where most have one: behind the first."""
        left = np.flatnonzero(first < end)
        for place in range(1, 6):
            left = left[~SMALL[self.letters[np.minimum(first[left] + place, end[left] - 1)]]]
        return left.tolist()


def _words_of_pieces(found: Pieces) -> tuple[Strings, NDArray[np.int32], NDArray[np.int64]]:
    """The surfaces of pieces of text, the number of each word's surface, and how many words are before each piece.

    A word never has white space in it, so each piece between white space is taken apart only once.
    """
    plain = len(found.words)
    each = [(bare,) if (bare := piece.strip(SIGNS)).isalpha() else surfaces(piece) for piece in found.others.all()]
    every = Strings.joined([found.words, Strings.of(chain.from_iterable(each))])
    flat, firsts = distinct(every)
    lengths = np.concatenate((np.ones(plain, np.int64), np.fromiter(map(len, each), dtype=np.int64)))
    starts = lengths.cumsum() - lengths
    of_piece = np.where(found.numbers < 0, plain - 1 - found.numbers, found.numbers)
    counts = lengths[of_piece]
    before = np.concatenate(([0], counts.cumsum()))
    places = np.arange(before[-1])
    places += np.repeat(starts[of_piece] - before[:-1], counts)
    return every.picked(firsts), flat[places], before


def titles_of(article: Article) -> tuple[str, ...]:
    """The article's name and its title line, where they differ."""
    titles = {article.name}
    titles.update(article.text[b.span.start : b.span.end] for b in article.blocks if b.kind is Kind.TITLE)
    return tuple(sorted(titles))


def _unshouted(surface: str) -> str:
    """A word of a text all in capitals, in which “IS” is no name."""
    form, acronym = fold(surface)
    return form if acronym and form in STOP_WORDS else surface
