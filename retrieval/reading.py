"""Articles -> their blocks, sentences and words as flat arrays: all that can be read before the names are known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import TYPE_CHECKING

import numpy as np

from retrieval.model import Kind
from retrieval.sentences import QUOTABLE, bounds
from retrieval.stopwords import STOP_WORDS
from retrieval.words import fold, surfaces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from retrieval.model import Article, Span

KINDS = tuple(Kind)
_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
TITLE, HEADING, SENTENCE = range(3)  # what a text is that words are read from
SIGNS = '.,;:!?()[]"“”'  # what stands around a word and changes nothing of it; an apostrophe may


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Articles read as far as the words: `B` blocks, `T` texts and `W` words of `A` articles.

    The texts of an article come in this order: its titles, then for each paragraph the heading above it, where there
    is one, and its sentences. Offsets have one entry more than there are things, and the first is 0.

    `block_kinds` (B,) are numbers in KINDS; `block_spans` (B, 2) are in characters of the article's text, and those of
    an article are at `block_offsets` (A + 1,). `text_kinds` (T,) are TITLE, HEADING or SENTENCE; `text_spans` (T, 2)
    are in characters, (0, length) for a title; `opens` (T,) tells whether the text begins with a word; `paragraphs`
    (T,) is the number of the paragraph in its article, -1 for a title; the texts of an article are at `text_offsets`
    (A + 1,). `words` (W,) are numbers in `surfaces`, in which each word is once, in the order of its first occurrence;
    those of a text are at `word_offsets` (T + 1,).
    """

    titles: tuple[tuple[str, ...], ...]
    block_kinds: NDArray[np.uint8]
    block_spans: NDArray[np.int32]
    block_offsets: NDArray[np.int64]
    text_kinds: NDArray[np.uint8]
    text_spans: NDArray[np.int32]
    opens: NDArray[np.bool_]
    paragraphs: NDArray[np.int32]
    text_offsets: NDArray[np.int64]
    surfaces: tuple[str, ...]
    words: NDArray[np.int32]
    word_offsets: NDArray[np.int64]

    def without_words(self) -> Words:
        """The places of the texts alone, which are few numbers."""
        nothing = np.zeros(0, dtype=np.int32)
        return replace(
            self, titles=(), surfaces=(), words=nothing, word_offsets=nothing.astype(np.int64), block_spans=nothing
        )


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
        self.titles: list[tuple[str, ...]] = []
        self.kinds: list[int] = []
        self.spans: list[int] = []
        self.block_offsets = [0]
        self.text_kinds: list[int] = []
        self.text_spans: list[int] = []
        self.opens: list[bool] = []
        self.paragraphs: list[int] = []
        self.text_offsets = [0]
        self.pieces: list[str] = []
        self.piece_offsets = [0]

    def add(self, article: Article) -> None:
        titles = titles_of(article)
        self.titles.append(titles)
        for title in titles:
            self._text(TITLE, -1, title, 0)
        text = article.text
        heading: Span | None = None
        paragraph = -1
        for block in article.blocks:
            span = block.span
            self.kinds.append(_NUMBER[block.kind])
            self.spans += span.start, span.end
            if block.kind is Kind.HEADING:
                heading = span
            elif block.kind in QUOTABLE:
                paragraph += 1
                found = bounds(text[span.start : span.end])
                if heading and found:
                    self._text(HEADING, paragraph, text[heading.start : heading.end], heading.start)
                self._sentences(paragraph, text, [(span.start + start, span.start + end) for start, end in found])
        self.block_offsets.append(len(self.kinds))
        self.text_offsets.append(len(self.text_kinds))

    def _text(self, kind: int, paragraph: int, said: str, start: int) -> None:
        self.pieces += map(_unshouted, surfaces(said)) if said.isupper() else said.split()
        self.text_kinds.append(kind)
        self.text_spans += start, start + len(said)
        self.opens.append(said[:1].isalnum())
        self.paragraphs.append(paragraph)
        self.piece_offsets.append(len(self.pieces))

    def _sentences(self, paragraph: int, text: str, spans: list[tuple[int, int]]) -> None:
        """What `_text` does, for all sentences of a paragraph: there are many."""
        pieces, offsets, opens = self.pieces, self.piece_offsets, self.opens
        for start, end in spans:
            said = text[start:end]
            pieces += map(_unshouted, surfaces(said)) if said.isupper() else said.split()
            opens.append(said[0].isalnum())
            offsets.append(len(pieces))
        self.text_kinds += [SENTENCE] * len(spans)
        self.paragraphs += [paragraph] * len(spans)
        self.text_spans += chain.from_iterable(spans)

    def done(self) -> Words:
        found, words, counts = _words_of_pieces(self.pieces)
        before = np.concatenate([[0], np.cumsum(counts)])
        return Words(
            titles=tuple(self.titles),
            block_kinds=np.array(self.kinds, dtype=np.uint8),
            block_spans=np.array(self.spans, dtype=np.int32).reshape(-1, 2),
            block_offsets=np.array(self.block_offsets, dtype=np.int64),
            text_kinds=np.array(self.text_kinds, dtype=np.uint8),
            text_spans=np.array(self.text_spans, dtype=np.int32).reshape(-1, 2),
            opens=np.array(self.opens, dtype=np.bool_),
            paragraphs=np.array(self.paragraphs, dtype=np.int32),
            text_offsets=np.array(self.text_offsets, dtype=np.int64),
            surfaces=found,
            words=words,
            word_offsets=before[self.piece_offsets],
        )


def _words_of_pieces(pieces: list[str]) -> tuple[tuple[str, ...], NDArray[np.int32], NDArray[np.int64]]:
    """The surfaces of pieces of text, the number of each word's surface, and how many words each piece has.

    A word never has white space in it, so each piece between white space is taken apart only once.
    """
    number_of: defaultdict[str, int] = defaultdict(count().__next__)
    numbers = np.fromiter(map(number_of.__getitem__, pieces), dtype=np.int32, count=len(pieces))
    surface_numbers: defaultdict[str, int] = defaultdict(count().__next__)
    each = [
        (surface_numbers[bare],)
        if (bare := piece.strip(SIGNS)).isalpha()
        else [surface_numbers[surface] for surface in surfaces(piece)]
        for piece in number_of
    ]
    lengths = np.fromiter(map(len, each), dtype=np.int64)
    flat = np.fromiter(chain.from_iterable(each), dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    counts = lengths[numbers]
    place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return tuple(surface_numbers), flat[np.repeat(starts[numbers], counts) + place], counts


def titles_of(article: Article) -> tuple[str, ...]:
    """The article's name and its title line, where they differ."""
    titles = {article.name}
    titles.update(article.text[b.span.start : b.span.end] for b in article.blocks if b.kind is Kind.TITLE)
    return tuple(sorted(titles))


def _unshouted(surface: str) -> str:
    """A word of a text all in capitals, in which “IS” is no name."""
    form, acronym = fold(surface)
    return form if acronym and form in STOP_WORDS else surface
