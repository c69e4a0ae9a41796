"""Articles -> a Segment: their sentences and terms in flat arrays, in memory or mapped from a file."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.flat import Runs, Strings, offsets_of, ranked, spread
from retrieval.model import Kind
from retrieval.postings import Documents, Postings
from retrieval.sentences import QUOTABLE, sentences_of
from retrieval.words import POSSESSIVE
from retrieval.writings import Writings, WritingsBuilder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from retrieval.model import Article
    from retrieval.terms import Analyzer


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A run of articles, split and read. All numbers count within the segment, from 0, in the order of the articles.

    `files` are the files of the articles in the order of their bytes, `file_article` the number of each one's article.
    `vocabulary` are the terms in the order of their bytes; a term's number is its place there. `terms`, `headings` and
    `titles` are the term numbers of each sentence, of the heading above each paragraph and of each article's titles.
    `start` and `end` give a sentence's place in its article's text, `paragraph_of` and `article_of` the numbers of its
    paragraph and article. The sentences of article a begin at `sentence_at[a]`, its paragraphs at
    `article_paragraph_at[a]`; the sentences of paragraph p begin at `paragraph_at[p]`, and p is the
    `paragraph_in[p]`-th of its article's paragraphs that may be quoted. `by_sentence`, `by_paragraph` and `by_article`
    tell which of them have each term.
    """

    files: Strings
    file_article: NDArray[np.int32]
    vocabulary: Strings
    terms: Runs
    headings: Runs
    titles: Runs
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    paragraph_of: NDArray[np.int32]
    article_of: NDArray[np.int32]
    sentence_at: NDArray[np.int64]
    article_paragraph_at: NDArray[np.int64]
    paragraph_at: NDArray[np.int64]
    paragraph_in: NDArray[np.int32]
    by_sentence: Postings
    by_paragraph: Postings
    by_article: Postings
    writings: Writings

    @property
    def articles(self) -> int:
        return len(self.sentence_at) - 1

    @property
    def paragraphs(self) -> int:
        return len(self.paragraph_at) - 1

    @property
    def sentences(self) -> int:
        return len(self.start)

    def paragraph_terms(self, paragraph: int) -> NDArray[np.int32]:
        """The terms of a paragraph, the heading above it first."""
        inside = self.terms.between(int(self.paragraph_at[paragraph]), int(self.paragraph_at[paragraph + 1]))
        return np.concatenate((self.headings[paragraph], inside))

    def article_terms(self, article: int) -> NDArray[np.int32]:
        """The terms of an article, those of its titles first."""
        inside = self.terms.between(int(self.sentence_at[article]), int(self.sentence_at[article + 1]))
        return np.concatenate((self.titles[article], inside))


def _joined(heads: Runs, rows: Runs, row_at: NDArray[np.int64]) -> Runs:
    """Each head with the rows from `row_at` of its number on behind it."""
    starts = rows.offsets[row_at]
    lengths = np.diff(heads.offsets) + np.diff(starts)
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    values = np.empty(offsets[-1], dtype=np.int32)
    shift = offsets[:-1] - heads.offsets[:-1]
    values[np.arange(len(heads.values)) + shift[spread(heads.offsets)]] = heads.values
    shift = offsets[:-1] + np.diff(heads.offsets) - starts[:-1]
    values[np.arange(len(rows.values)) + shift[spread(starts)]] = rows.values
    return Runs(values, offsets)


def _postings(rows: Runs, vocabulary: int) -> Postings:
    return Postings.of(Documents(rows.offsets, rows.values), vocabulary)


class SegmentBuilder:
    """A segment in the making, one article after the other."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self._files: list[str] = []
        self._numbers: dict[str, int] = {}  # of each term, in the order in which they came
        self._terms, self._headings, self._titles = _Rows(), _Rows(), _Rows()
        self._start, self._end = array("i"), array("i")
        self._paragraph_of, self._article_of = array("i"), array("i")
        self._sentence_at, self._article_paragraph_at = array("q", [0]), array("q", [0])
        self._paragraph_at = array("q")
        self._paragraph_in = array("i")
        self._writings = WritingsBuilder()

    def add(self, article: Article) -> None:
        number = len(self._files)
        self._files.append(article.file)
        self._writings.open(number)
        self._titles.add([term for title in titles_of(article) for term in self._read(title)])
        headings = _headings(article)
        paragraph = -1
        for sentence in sentences_of(article):
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                self._paragraph_at.append(len(self._start))
                self._paragraph_in.append(paragraph)
                self._headings.add(self._read(headings[paragraph]))
            self._start.append(sentence.span.start)
            self._end.append(sentence.span.end)
            self._terms.add(self._read(sentence.text))
            self._paragraph_of.append(len(self._paragraph_at) - 1)
            self._article_of.append(number)
        self._sentence_at.append(len(self._start))
        self._article_paragraph_at.append(len(self._paragraph_in))

    def built(self) -> Segment:
        """The articles that were added, as a segment."""
        files, places = ranked(self._files)
        vocabulary, ranks = ranked(self._numbers)
        self._paragraph_at.append(len(self._start))
        terms, headings, titles = (rows.built(ranks) for rows in (self._terms, self._headings, self._titles))
        sentence_at = np.array(self._sentence_at, dtype=np.int64)
        paragraph_at = np.array(self._paragraph_at, dtype=np.int64)
        return Segment(
            files=files,
            file_article=np.argsort(places).astype(np.int32),
            vocabulary=vocabulary,
            terms=terms,
            headings=headings,
            titles=titles,
            start=np.array(self._start, dtype=np.int32),
            end=np.array(self._end, dtype=np.int32),
            paragraph_of=np.array(self._paragraph_of, dtype=np.int32),
            article_of=np.array(self._article_of, dtype=np.int32),
            sentence_at=sentence_at,
            article_paragraph_at=np.array(self._article_paragraph_at, dtype=np.int64),
            paragraph_at=paragraph_at,
            paragraph_in=np.array(self._paragraph_in, dtype=np.int32),
            by_sentence=_postings(terms, len(vocabulary)),
            by_paragraph=_postings(_joined(headings, terms, paragraph_at), len(vocabulary)),
            by_article=_postings(_joined(titles, terms, sentence_at), len(vocabulary)),
            writings=self._writings.built(ranks),
        )

    def _read(self, text: str) -> list[int]:
        """The numbers of the terms of a text, whose words are noted as they are written."""
        numbers = []
        for token in self.analyzer.of_text(text):
            number = self._numbers.setdefault(token.term, len(self._numbers))
            word = POSSESSIVE.sub("", text[token.span.start : token.span.end])
            thing = number if token.term.startswith("=") else None
            self._writings.add(word, opens=token.span.start == 0, thing=thing)
            numbers.append(number)
        return numbers


class _Rows:
    """Runs in the making."""

    def __init__(self) -> None:
        self._values, self._lengths = array("i"), array("i")

    def add(self, row: Iterable[int]) -> None:
        before = len(self._values)
        self._values.extend(row)
        self._lengths.append(len(self._values) - before)

    def built(self, ranks: NDArray[np.int32]) -> Runs:
        """The rows, with `ranks` of each of their numbers in its place."""
        return Runs(ranks[np.array(self._values, dtype=np.int32)], offsets_of(self._lengths))


def _headings(article: Article) -> list[str]:
    """The heading above each paragraph, "" where there is none."""
    above = ""
    headings: list[str] = []
    for block in article.blocks:
        if block.kind is Kind.HEADING:
            above = article.text[block.span.start : block.span.end]
        elif block.kind in QUOTABLE:
            headings.append(above)
    return headings


def titles_of(article: Article) -> list[str]:
    """The article's name and its title line, where they differ."""
    titles = {article.name}
    titles.update(article.text[b.span.start : b.span.end] for b in article.blocks if b.kind is Kind.TITLE)
    return sorted(titles)
