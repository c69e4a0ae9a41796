"""Articles -> their blocks, sentences and words as flat arrays: all that can be read before the names are known."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, repeat
from typing import TYPE_CHECKING

import numpy as np

from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.languages.all_packs import MAIN
from retrieval.analysis.scripts import of_their_own
from retrieval.analysis.tokenizer import fold, surfaces
from retrieval.analysis.visible_text import VisibleText, seen, visible, with_marks
from retrieval.core.arrays import StringArray, offsets_of
from retrieval.core.model import QUOTABLE, Kind, Span
from retrieval.index.encoding.interning import SIGNS, distinct, expanded, pieces
from retrieval.index.encoding.lexicon import tagged
from retrieval.index.encoding.sentence_bounds import units_in
from retrieval.index.encoding.utf8 import Utf8Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from retrieval.core.model import Article

TITLE, HEADING, SENTENCE = range(3)  # what a text is that words are read from
UNSEARCHED = frozenset({Kind.TITLE, Kind.BOILERPLATE})  # above a paragraph; titles are searched with the article


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Articles read as far as the words: `T` texts and `W` words of `A` articles.

    The texts of an article come in this order: its titles, then for each paragraph what it belongs to (the headings
    above it, what introduces its list, the head of its table, the term that it defines), outermost first, and its
    sentences. A paragraph is a block that can be quoted. Offsets have one entry more than there are things, and the
    first is 0.

    `titles` are those of all articles. `text_kinds` (T,) are TITLE, HEADING or SENTENCE; `text_spans` (T, 2) are in
    characters of the article's text, and (0, length) for a title; `opens` (T,) tells whether the text begins with a
    word; `paragraphs` (T,) is the place of the paragraph in its article's blocks, -1 for a title; the texts of an
    article are at `text_offsets` (A + 1,). `words` (W,) are numbers in `surfaces`, in which each word is once; those
    of a text are at `word_offsets` (T + 1,).
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
    """Words in the making: the texts of articles as they are searched, their titles, and their paragraphs."""

    def __init__(self) -> None:
        self.articles: list[Article] = []
        self.texts: list[VisibleText] = []
        self.titles: list[str] = []
        self.titles_of: list[int] = []  # how many titles an article has
        self.paragraphs_of: list[int] = []
        self.paragraphs: list[tuple[int, int, int]] = []  # its place in the blocks, where it starts and ends
        self.kinds: list[Kind] = []
        self.above: list[tuple[int, int]] = []  # where it starts and ends what a paragraph belongs to
        self.above_of: list[int] = []  # how many of these a paragraph has

    def add(self, article: Article) -> None:
        titles, before = titles_of(article), len(self.paragraphs)
        text = visible(article.text, article.hidden)
        place = text.place if article.hidden else int
        chains: list[list[tuple[int, int]]] = []  # of each block what is above it, and itself
        for number, block in enumerate(article.blocks):
            above = chains[block.parent] if block.parent >= 0 else []
            start, end = place(block.span.start), place(block.span.end)
            chains.append(above if block.kind in UNSEARCHED or start == end else [*above, (start, end)])
            if block.kind in QUOTABLE:
                self.paragraphs.append((number, start, end))
                self.kinds.append(block.kind)
                self.above += above
                self.above_of.append(len(above))
        self.articles.append(article)
        self.texts.append(text)
        self.titles += titles
        self.titles_of.append(len(titles))
        self.paragraphs_of.append(len(self.paragraphs) - before)

    def done(self) -> Words:
        letters = Utf8Texts([*(text.text for text in self.texts), *self.titles])
        texts = self._in_order(letters)
        surfaces, words, word_offsets = _words(letters, texts.starts, texts.ends)
        if any(article.languages for article in self.articles):
            codes, languages = self._languages(texts)
            surfaces, words = in_languages(surfaces, words, codes, np.repeat(languages, np.diff(word_offsets)))
        spans = np.stack((texts.starts - texts.base, texts.ends - texts.base), axis=1).astype(np.int32)
        self._to_files(spans, texts)
        return Words(
            titles=StringArray.of(self.titles),
            text_kinds=texts.kinds,
            text_spans=spans,
            opens=letters.begin_with_a_word(texts.starts, texts.ends),
            paragraphs=texts.paragraphs,
            text_offsets=texts.offsets,
            surfaces=surfaces,
            words=words,
            word_offsets=word_offsets,
        )

    def _in_order(self, letters: Utf8Texts) -> _Texts:
        """The texts that words are read from: of each article its titles, then what is above a paragraph and in it."""
        articles = len(self.texts)
        titles_of, paragraphs_of = np.array([self.titles_of, self.paragraphs_of], dtype=np.int64)
        first_paragraph = np.concatenate(([0], paragraphs_of.cumsum()))
        article_of = np.repeat(np.arange(articles), paragraphs_of)
        base = letters.at[:articles][article_of]
        number, *places = np.array(self.paragraphs, dtype=np.int64).reshape(-1, 3).T
        found = units_in(letters, self.kinds, places[0] + base, places[1] + base, self._of_paragraphs())
        above_of = np.array(self.above_of, dtype=np.int64)
        above = np.array(self.above, dtype=np.int64).reshape(-1, 2)
        of_above = np.repeat(np.arange(len(number)), above_of)
        if not found.counts.all():  # a paragraph of which nothing is seen
            above, of_above = above[found.counts[of_above] > 0], of_above[found.counts[of_above] > 0]
            above_of = above_of * (found.counts > 0)
        at = np.concatenate(([0], (found.counts + above_of).cumsum()))
        titles_before = np.concatenate(([0], titles_of.cumsum()))
        offsets = at[first_paragraph] + titles_before
        paragraph_at = at[:-1] + titles_before[1:][article_of]
        texts = _Texts(offsets)
        texts.put(TITLE, _stretches(offsets[:-1], titles_of), letters.at[articles:-1], letters.at[articles + 1 :])
        its_base = base[of_above]
        starts, ends = above[:, 0] + its_base, above[:, 1] + its_base
        texts.put(HEADING, _stretches(paragraph_at, above_of), starts, ends, its_base, number[of_above])
        sentences = _stretches(paragraph_at + above_of, found.counts)
        per_sentence = np.repeat(base, found.counts), np.repeat(number, found.counts)
        texts.put(SENTENCE, sentences, found.starts, found.ends, *per_sentence)
        return texts

    def _of_paragraphs(self) -> Sequence[str]:
        """The language of each paragraph, none where all are in English."""
        if not any(article.languages for article in self.articles):
            return ()
        article_of = chain.from_iterable(map(repeat, self.articles, self.paragraphs_of))
        return [article.language(block) for article, (block, _, _) in zip(article_of, self.paragraphs, strict=True)]

    def _languages(self, texts: _Texts) -> tuple[Sequence[str], NDArray[np.int64]]:
        """The codes of the languages, and for each text the place of its own among them."""
        numbers = {MAIN: 0}
        found = np.zeros(len(texts.kinds), dtype=np.int64)
        for article, first, end in zip(self.articles, texts.offsets, texts.offsets[1:], strict=False):
            if article.languages:
                starts = [block for block, _ in article.languages]
                codes = np.array([numbers.setdefault(code, len(numbers)) for _, code in article.languages])
                at = np.searchsorted(starts, texts.paragraphs[first:end], side="right") - 1
                found[first:end] = codes[np.maximum(at, 0)]
        return [*numbers], found

    def _to_files(self, spans: NDArray[np.int32], texts: _Texts) -> None:
        """Turn places in what is searched into those in the articles' own texts, of sentences with their marks."""
        for number, article in enumerate(self.articles):
            if article.hidden:
                text, blocks, ends, block = self.texts[number], article.blocks, 0, -1
                edges = {edge for one in article.hidden for edge in (one.start, one.end)}
                first, end = texts.offsets[number : number + 2].tolist()
                for row in range(first, end):
                    if (its_block := int(texts.paragraphs[row])) < 0:
                        continue
                    place, stop = spans[row].tolist()
                    span = Span(text.start(place), text.end(stop))
                    if texts.kinds[row] == SENTENCE:
                        within = blocks[its_block].span
                        ends, block = (ends, block) if block == its_block else (within.start, its_block)
                        if span.start in edges or span.end in edges:
                            span = with_marks(article.text, article.hidden, span, Span(ends, within.end))
                        ends = span.end
                    spans[row] = span.start, span.end


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
    shouted = letters.shouted(starts, ends)
    if shouted:
        said = (surfaces(letters.text[starts[number] : ends[number]]) for number in shouted)
        calm = StringArray.of(" ".join(map(_unshouted, words)) for words in said)
        first, end = first.copy(), end.copy()
        first[shouted], end[shouted] = len(every) + calm.offsets[:-1], len(every) + calm.offsets[1:]
        every = np.concatenate((every, calm.letters))
    found = pieces(every, first, end)
    each = [_surfaces(piece) for piece in found.others]
    together = StringArray.joined([found.words, StringArray.of(chain.from_iterable(each))])
    flat, firsts = distinct(together)
    return together.picked(firsts), *expanded(found, offsets_of(chain([1] * len(found.words), map(len, each))), flat)


def in_languages(
    surfaces: StringArray, words: NDArray[np.int32], codes: Sequence[str], languages: NDArray[np.int64]
) -> tuple[StringArray, NDArray[np.int32]]:
    """Each surface once for each language that it is a word of, `tagged` with it, and the numbers of the words there.

    `languages` are the places in `codes` of those of the words.
    """
    pairs, numbers = np.unique(words * np.int64(len(codes)) + languages, return_inverse=True)
    said = zip((pairs // len(codes)).tolist(), (pairs % len(codes)).tolist(), strict=True)
    kept = StringArray.of(tagged(surfaces[surface], codes[language]) for surface, language in said)
    return kept, numbers.astype(np.int32)


def _surfaces(piece: str) -> Sequence[str]:
    """The words of a piece between white space that is not of the letters A to Z alone."""
    bare = piece.strip(SIGNS)
    return (bare,) if bare.isalpha() and not of_their_own(bare) else surfaces(piece)


def titles_of(article: Article) -> tuple[str, ...]:
    """The article's name and its title line, where they differ."""
    titles = {article.name}
    titles.update(seen(article, block.span) for block in article.blocks if block.kind is Kind.TITLE)
    return tuple(sorted(titles))


def _unshouted(surface: str) -> str:
    """A word of a text all in capitals, in which “IS” is no name."""
    form, acronym = fold(surface)
    return form if acronym and form in STOP_WORDS else surface
