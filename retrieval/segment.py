"""Articles -> a Segment: their sentences and terms in flat arrays, in memory or mapped from a file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.flat import Runs, Strings, ranked, spread
from retrieval.numbering import terms_of
from retrieval.postings import Documents, Postings, Sentences
from retrieval.reading import HEADING, SENTENCE, TITLE, words_of
from retrieval.writings import Entries, Writings, assembled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.model import Article
    from retrieval.numbering import Terms
    from retrieval.reading import Words
    from retrieval.terms import Analyzer

BATCH = 4_000_000  # characters of articles that are read together


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
    tell which of them have each term, and `signatures` are those of the sentences (see postings.Sentences).
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
    signatures: NDArray[np.uint64]
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
    of_head = np.zeros(offsets[-1], dtype=np.bool_)
    of_head[np.arange(len(heads.values)) + (offsets[:-1] - heads.offsets[:-1])[spread(heads.offsets)]] = True
    values[of_head] = heads.values
    values[~of_head] = rows.values
    return Runs(values, offsets)


def renumbered(segment: Segment, numbers: NDArray[np.int32], vocabulary: int) -> Segment:
    """A segment whose terms have other numbers, those of a larger vocabulary with so many terms."""
    terms, headings, titles = (
        Runs(numbers[rows.values], rows.offsets) for rows in (segment.terms, segment.headings, segment.titles)
    )
    return replace(
        segment,
        terms=terms,
        headings=headings,
        titles=titles,
        signatures=Sentences.of(Documents(terms.offsets, terms.values)).signatures,
        by_sentence=_postings(terms, vocabulary),
        by_paragraph=_postings(_joined(headings, terms, segment.paragraph_at), vocabulary),
        by_article=_postings(_joined(titles, terms, segment.sentence_at), vocabulary),
        writings=replace(segment.writings, thing=numbers[segment.writings.thing]),
    )


def _postings(rows: Runs, vocabulary: int) -> Postings:
    return Postings.of(Documents(rows.offsets, rows.values), vocabulary)


class SegmentBuilder:
    """A segment in the making, some articles after the others."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self._waiting: list[Article] = []
        self._characters = 0
        self._batches = Batches()

    def add(self, article: Article) -> None:
        self._waiting.append(article)
        self._characters += len(article.text)
        if self._characters >= BATCH:
            self._read()

    def built(self) -> Segment:
        """The articles that were added, as a segment."""
        self._read()
        return self._batches.joined()

    def _read(self) -> None:
        texts = [article.text for article in self._waiting]
        words = words_of(self._waiting)
        self._batches.add([a.file for a in self._waiting], words, terms_of(words, texts, self.analyzer))
        self._waiting, self._characters = [], 0


class Batches:
    """Runs of articles that were read each by itself, to be joined in the order in which they are added."""

    def __init__(self) -> None:
        self._files: list[str] = []
        self._terms: defaultdict[str, int] = defaultdict(count().__next__)
        self._written: defaultdict[str, int] = defaultdict(count().__next__)
        self._forms: defaultdict[str, int] = defaultdict(count().__next__)
        self._form_of: list[NDArray[np.int32]] = []
        self._columns: defaultdict[str, list[NDArray[Any]]] = defaultdict(list)

    def add(self, files: Sequence[str], words: Words, terms: Terms) -> None:
        """The articles in these files, which come after those that were added before."""
        numbers = np.fromiter(map(self._terms.__getitem__, terms.vocabulary), dtype=np.int32)
        sentence = words.text_kinds == SENTENCE
        paragraph = np.repeat(np.arange(len(files), dtype=np.int64), np.diff(words.text_offsets)) << 32
        paragraph = (paragraph | words.paragraphs)[sentence]
        opens = np.flatnonzero(np.diff(paragraph, prepend=-1))
        self._add_columns(
            start=words.text_spans[sentence, 0],
            end=words.text_spans[sentence, 1],
            sentences=np.diff(np.concatenate([[0], np.cumsum(sentence)])[words.text_offsets]),
            paragraphs=np.bincount(paragraph[opens] >> 32, minlength=len(files)),
            paragraph_in=(paragraph[opens] & 0xFFFFFFFF).astype(np.int32),
            paragraph_sentences=np.diff(opens, append=len(paragraph)),
        )
        values = numbers[terms.numbers]
        lengths = np.diff(terms.offsets)
        of_text = np.repeat(words.text_kinds, lengths)
        articles = np.repeat(np.arange(len(files)), np.diff(words.text_offsets))
        titled = words.text_kinds == TITLE
        headed = words.text_kinds == HEADING
        heading_of = np.zeros(len(opens), dtype=np.int64)
        above = (articles[headed] << 32) | words.paragraphs[headed]
        heading_of[np.searchsorted(paragraph[opens], above)] = lengths[headed]
        self._add_columns(
            terms=values[of_text == SENTENCE],
            term_counts=lengths[sentence],
            headings=values[of_text == HEADING],
            heading_counts=heading_of,
            titles=values[of_text == TITLE],
            title_counts=np.bincount(articles[titled], weights=lengths[titled], minlength=len(files)).astype(np.int64),
        )
        self._add_writings(terms, numbers)
        self._files.extend(files)

    def _add_writings(self, terms: Terms, numbers: NDArray[np.int32]) -> None:
        known = len(self._written)
        written = np.fromiter(map(self._written.__getitem__, terms.written), dtype=np.int32)
        forms = np.fromiter(map(self._forms.__getitem__, terms.forms), dtype=np.int32)
        form_of = np.where(terms.form_of >= 0, np.append(forms, -1)[terms.form_of], -1).astype(np.int32)
        self._form_of.append(form_of[written >= known])
        article = np.int32(len(self._files))
        entries, called = terms.entries, terms.called.copy()
        called[:, 0] = numbers[called[:, 0]]
        called[:, 1] += article
        called[:, 2] = written[called[:, 2]]
        self._add_columns(
            article=entries.article + article,
            writing=written[entries.writing],
            position=entries.position,
            capital=entries.capital,
            called=called,
        )

    def _add_columns(self, **columns: NDArray[Any]) -> None:
        for name, column in columns.items():
            self._columns[name].append(column)

    def _taken(self, name: str) -> NDArray[Any]:
        """A whole column, which is kept no longer."""
        return np.concatenate(self._columns.pop(name))

    def joined(self) -> Segment:
        """All of them as one segment; nothing is kept."""
        files, places = ranked(self._files)
        vocabulary, ranks = ranked(self._terms)
        self._terms.clear()
        writings = self._writings(ranks)
        terms, headings, titles = (
            Runs(ranks[self._taken(name)], _offsets(self._taken(f"{name[:-1]}_counts")))
            for name in ("terms", "headings", "titles")
        )
        sentence_at, paragraph_at = _offsets(self._taken("sentences")), _offsets(self._taken("paragraph_sentences"))
        return Segment(
            files=files,
            file_article=np.argsort(places).astype(np.int32),
            vocabulary=vocabulary,
            terms=terms,
            headings=headings,
            titles=titles,
            start=self._taken("start"),
            end=self._taken("end"),
            paragraph_of=spread(paragraph_at),
            article_of=spread(sentence_at),
            sentence_at=sentence_at,
            article_paragraph_at=_offsets(self._taken("paragraphs")),
            paragraph_at=paragraph_at,
            paragraph_in=self._taken("paragraph_in"),
            signatures=Sentences.of(Documents(terms.offsets, terms.values)).signatures,
            by_sentence=_postings(terms, len(vocabulary)),
            by_paragraph=_postings(_joined(headings, terms, paragraph_at), len(vocabulary)),
            by_article=_postings(_joined(titles, terms, sentence_at), len(vocabulary)),
            writings=writings,
        )

    def _writings(self, term_numbers: NDArray[np.int32]) -> Writings:
        forms, ranks = ranked(self._forms)
        self._forms.clear()
        form_of = np.concatenate(self._form_of)
        form_of[form_of >= 0] = ranks[form_of[form_of >= 0]]
        written, places = ranked(self._written)
        self._written.clear()
        small = np.fromiter((word.islower() for word in written), dtype=np.bool_)
        form_of[places] = form_of.copy()
        called = self._taken("called")
        called[:, 0] = term_numbers[called[:, 0]]
        called[:, 2] = places[called[:, 2]]
        entries = Entries(*map(self._taken, ("article", "writing", "position", "capital")))
        entries = replace(entries, writing=places[entries.writing])
        return assembled(forms, written, small, form_of, entries, called)


def _offsets(lengths: NDArray[Any]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
