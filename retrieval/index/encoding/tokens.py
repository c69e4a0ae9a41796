"""Articles -> their blocks, sentences and words as flat arrays: all that can be read before the names are known."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from retrieval.analysis.english.stopwords import STOP_WORDS
from retrieval.analysis.sentence_splitter import QUOTABLE
from retrieval.analysis.tokenizer import fold, surfaces
from retrieval.core.arrays import StringArray, offsets_of
from retrieval.core.model import Kind, Span
from retrieval.index.encoding.interning import SIGNS, distinct, expanded, pieces
from retrieval.index.encoding.sentence_bounds import sentences_in
from retrieval.index.encoding.utf8 import Utf8Texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from retrieval.core.model import Article

KINDS = tuple(Kind)
_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
TITLE, HEADING, SENTENCE = range(3)  # what a text is that words are read from
NOWHERE = Span(0, 0)


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

    titles: StringArray
    text_kinds: NDArray[np.uint8]
    text_spans: NDArray[np.int32]
    opens: NDArray[np.bool_]
    paragraphs: NDArray[np.int32]
    text_offsets: NDArray[np.int64]
    surfaces: StringArray
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
    """Words in the making: the texts of articles, their titles, and their paragraphs with the headings above them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.titles: list[str] = []
        self.titles_of: list[int] = []  # how many titles an article has
        self.paragraphs_of: list[int] = []
        self.paragraphs: list[tuple[int, int, int, int]] = []  # where its heading and itself start and end, from 0

    def add(self, article: Article) -> None:
        titles = titles_of(article)
        before = len(self.paragraphs)
        heading = NOWHERE
        for block in article.blocks:
            if block.kind is Kind.HEADING:
                heading = block.span
            elif block.kind in QUOTABLE:
                self.paragraphs.append((heading.start, heading.end, block.span.start, block.span.end))
        self.texts.append(article.text)
        self.titles += titles
        self.titles_of.append(len(titles))
        self.paragraphs_of.append(len(self.paragraphs) - before)

    def done(self) -> Words:
        letters = Utf8Texts([*self.texts, *self.titles])
        texts = self._in_order(letters)
        surfaces, words, word_offsets = _words(letters, texts.starts, texts.ends)
        return Words(
            titles=StringArray.of(self.titles),
            text_kinds=texts.kinds,
            text_spans=np.stack((texts.starts - texts.base, texts.ends - texts.base), axis=1).astype(np.int32),
            opens=letters.begin_with_a_word(texts.starts, texts.ends),
            paragraphs=texts.paragraphs,
            text_offsets=texts.offsets,
            surfaces=surfaces,
            words=words,
            word_offsets=word_offsets,
        )

    def _in_order(self, letters: Utf8Texts) -> _Texts:
        """The texts that words are read from: of each article its titles, then its headings and sentences."""
        articles = len(self.texts)
        titles_of, paragraphs_of = np.array([self.titles_of, self.paragraphs_of], dtype=np.int64)
        first_paragraph = np.concatenate(([0], paragraphs_of.cumsum()))
        article_of = np.repeat(np.arange(articles), paragraphs_of)
        number = np.arange(len(article_of)) - first_paragraph[article_of]  # of a paragraph in its article
        base = letters.at[:articles][article_of]
        places = np.array(self.paragraphs, dtype=np.int64).reshape(-1, 4) + base[:, None]
        found = sentences_in(letters, places[:, 2], places[:, 3])
        has_heading = (places[:, 0] < places[:, 1]) & (found.counts > 0)
        at = np.concatenate(([0], (found.counts + has_heading).cumsum()))
        titles_before = np.concatenate(([0], titles_of.cumsum()))
        offsets = at[first_paragraph] + titles_before
        paragraph_at = at[:-1] + titles_before[1:][article_of]
        texts = _Texts(offsets)
        texts.put(TITLE, _stretches(offsets[:-1], titles_of), letters.at[articles:-1], letters.at[articles + 1 :])
        headed = np.flatnonzero(has_heading)
        texts.put(HEADING, paragraph_at[headed], places[headed, 0], places[headed, 1], base[headed], number[headed])
        sentences = _stretches(paragraph_at + has_heading, found.counts)
        per_sentence = np.repeat(base, found.counts), np.repeat(number, found.counts)
        texts.put(SENTENCE, sentences, found.starts, found.ends, *per_sentence)
        return texts


class _Texts:
    """Texts in the order of Words: their kinds, places in the letters, paragraphs, and where their articles begin."""

    def __init__(self, offsets: NDArray[np.int64]) -> None:
        self.offsets = offsets
        self.kinds = np.zeros(offsets[-1], dtype=np.uint8)
        self.starts, self.ends, self.base = np.zeros((3, offsets[-1]), dtype=np.int64)
        self.paragraphs = np.full(offsets[-1], -1, dtype=np.int32)

    def put(
        self,
        kind: int,
        numbers: NDArray[np.int64],
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        base: NDArray[np.int64] | None = None,
        paragraphs: NDArray[np.int64] | None = None,
    ) -> None:
        """Texts of one kind; a title, which is in no paragraph, begins where its own letters do."""
        self.kinds[numbers], self.starts[numbers], self.ends[numbers] = kind, starts, ends
        self.base[numbers] = starts if base is None else base
        self.paragraphs[numbers] = -1 if paragraphs is None else paragraphs


def _stretches(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """From each start on as many numbers as its count says."""
    before = counts.cumsum() - counts
    return np.arange(int(counts.sum())) + np.repeat(starts - before, counts)


def _words(
    letters: Utf8Texts, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[StringArray, NDArray[np.int32], NDArray[np.int64]]:
    """The surfaces of texts, the number of each word's surface, and where the words of each text begin.

    A word never has white space in it, so each piece between white space is taken apart only once. A text all in
    capitals stands as its words, as they are not shouted.
    """
    every, first, end = letters.letters, letters.bytes_at(starts), letters.bytes_at(ends)
    shouted = letters.in_capitals(starts, ends)
    if shouted:
        said = (surfaces(letters.text[starts[number] : ends[number]]) for number in shouted)
        calm = StringArray.of(" ".join(map(_unshouted, words)) for words in said)
        first, end = first.copy(), end.copy()
        first[shouted], end[shouted] = len(every) + calm.offsets[:-1], len(every) + calm.offsets[1:]
        every = np.concatenate((every, calm.letters))
    found = pieces(every, first, end)
    each = [(bare,) if (bare := piece.strip(SIGNS)).isalpha() else surfaces(piece) for piece in found.others]
    together = StringArray.joined([found.words, StringArray.of(chain.from_iterable(each))])
    flat, firsts = distinct(together)
    return together.picked(firsts), *expanded(found, offsets_of(chain([1] * len(found.words), map(len, each))), flat)


def titles_of(article: Article) -> tuple[str, ...]:
    """The article's name and its title line, where they differ."""
    titles = {article.name}
    titles.update(article.text[b.span.start : b.span.end] for b in article.blocks if b.kind is Kind.TITLE)
    return tuple(sorted(titles))


def _unshouted(surface: str) -> str:
    """A word of a text all in capitals, in which “IS” is no name."""
    form, acronym = fold(surface)
    return form if acronym and form in STOP_WORDS else surface
