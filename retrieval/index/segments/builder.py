"""Articles -> a Segment: each run of them is read by itself, and all runs get one numbering of their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.core.arrays import ArrayBuilder, RaggedArray, StringArray, in_order, renumber, spread
from retrieval.index.encoding.interning import distinct
from retrieval.index.encoding.inversion import signatures
from retrieval.index.encoding.inversion_arrays import Entries, Rows
from retrieval.index.encoding.lexicon import Lexicon, form_of, look_up
from retrieval.index.encoding.term_ids import terms_of
from retrieval.index.encoding.threads import side_by_side
from retrieval.index.encoding.tokens import HEADING, SENTENCE, TITLE, words_of
from retrieval.index.segments.postings import Postings
from retrieval.index.segments.segment import Segment, below
from retrieval.index.segments.surface_forms import assembled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.analysis.analyzer import Analyzer
    from retrieval.core.model import Article
    from retrieval.index.encoding.term_ids import Terms
    from retrieval.index.encoding.tokens import Words
    from retrieval.index.segments.surface_forms import SurfaceForms

BATCH = 4_000_000  # characters of articles that are read together


class SegmentBuilder:
    """A segment in the making, some articles after the others."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self._waiting: list[Article] = []
        self._characters = 0
        self._read_ones: list[tuple[list[Article], Words]] = []

    def add(self, article: Article) -> None:
        self._waiting.append(article)
        self._characters += len(article.text)
        if self._characters >= BATCH:
            self._read()

    def built(self) -> Segment:
        """The articles that were added, as a segment."""
        self._read()
        numbers, words = numbered([words.surfaces for _, words in self._read_ones])
        batches = Batches(Lexicon.of([look_up(words)], self.analyzer))
        for (articles, read), its_numbers in zip(self._read_ones, numbers, strict=True):
            terms = terms_of(read, its_numbers, batches.lexicon, articles)
            batches.add([article.file for article in articles], read, terms)
        return batches.joined()

    def _read(self) -> None:
        self._read_ones.append((self._waiting, words_of(self._waiting)))
        self._waiting, self._characters = [], 0


class Batches:
    """Runs of articles that were read each by itself, to be joined in the order in which they are added."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._files: list[str] = []
        self._named: list[str] = []
        self._used = np.zeros(len(lexicon.terms), dtype=np.bool_)
        self._columns: dict[str, ArrayBuilder] = {}

    def add(self, files: Sequence[str], words: Words, terms: Terms) -> None:
        """The articles in these files, which come after those that were added before."""
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
        values = terms.numbers
        self._used[values] = True
        lengths = np.diff(terms.offsets)
        of_text = np.repeat(words.text_kinds, lengths)
        articles = np.repeat(np.arange(len(files)), np.diff(words.text_offsets))
        titled = words.text_kinds == TITLE
        headed = words.text_kinds == HEADING
        above = np.searchsorted(paragraph[opens], (articles[headed] << 32) | words.paragraphs[headed])
        heading_of = np.bincount(above, weights=lengths[headed], minlength=len(opens)).astype(np.int64)
        self._add_columns(
            terms=values[of_text == SENTENCE],
            term_counts=lengths[sentence],
            headings=values[of_text == HEADING],
            heading_counts=heading_of,
            titles=values[of_text == TITLE],
            title_counts=np.bincount(articles[titled], weights=lengths[titled], minlength=len(files)).astype(np.int64),
        )
        self._add_writings(terms)
        self._files.extend(files)

    def _add_writings(self, terms: Terms) -> None:
        entries, called = terms.entries, terms.called.copy()
        writing = entries.writing
        if terms.named:  # they are numbered on from those of the batches before
            writing = np.where(writing < len(self.lexicon.written), writing, writing + np.int32(len(self._named)))
            called[called[:, 2] >= len(self.lexicon.written), 2] += len(self._named)
        article = np.int32(len(self._files))
        called[:, 1] += article
        self._add_columns(called=called)
        moved = entries._replace(article=entries.article + article, writing=writing)
        self._add_columns(**{f"entries.{name}": column for name, column in moved._asdict().items()})
        self._named.extend(terms.named)

    def _add_columns(self, **columns: NDArray[Any]) -> None:
        for name, column in columns.items():
            self._columns.setdefault(name, ArrayBuilder(column)).add(column)

    def _taken(self, name: str) -> NDArray[Any]:
        """A whole column, which is kept no longer."""
        return self._columns.pop(name).whole()

    def joined(self) -> Segment:
        """All of them as one segment; nothing is kept."""
        files, places = in_order(StringArray.of(self._files))
        used = np.flatnonzero(self._used)
        vocabulary, order = in_order(self.lexicon.terms.picked(used))
        ranks = np.zeros(len(self._used), dtype=np.int32)
        ranks[used] = order
        terms, headings, titles = (
            RaggedArray(renumber(self._taken(name), ranks), _offsets(self._taken(f"{name[:-1]}_counts")))
            for name in ("terms", "headings", "titles")
        )
        sentence_at, paragraph_at = _offsets(self._taken("sentences")), _offsets(self._taken("paragraph_sentences"))
        rows = (
            Rows(terms.offsets, terms.values),
            below(headings, terms, paragraph_at),
            below(titles, terms, sentence_at),
        )
        writings, levels = side_by_side(
            [lambda: self._writings(ranks), lambda: [Postings.of(one, len(vocabulary)) for one in rows]],
            len(terms.values),
        )
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
            signatures=signatures(terms.offsets, terms.values),
            by_sentence=levels[0],
            by_paragraph=levels[1],
            by_article=levels[2],
            writings=writings,
        )

    def _writings(self, term_numbers: NDArray[np.int32]) -> SurfaceForms:
        lexicon = self.lexicon
        written, firsts, places = _ordered([lexicon.written, StringArray.of(self._named)])
        named_forms = [form_of(name) for name in self._named]
        forms, _, form_places = _ordered([lexicon.forms, StringArray.of(filter(None, named_forms))])
        lettered = np.array([form != "" for form in named_forms], dtype=np.bool_)
        of_named = np.where(lettered, len(lexicon.forms) + np.cumsum(lettered) - 1, -1)
        form_of_each = np.concatenate((lexicon.form_of, of_named))[firsts]
        small = np.concatenate((lexicon.small, np.array([name.islower() for name in self._named], dtype=np.bool_)))
        form_of_writing = np.full(len(written), -1, dtype=np.int32)
        with_form = form_of_each >= 0
        form_of_writing[places[firsts[with_form]]] = form_places[form_of_each[with_form]]
        small_ones = np.zeros(len(written), dtype=np.bool_)
        small_ones[places[firsts]] = small[firsts]
        called = self._taken("called")
        called[:, 0] = term_numbers[called[:, 0]]
        called[:, 2] = places[called[:, 2]]
        entries = Entries(*(self._taken(f"entries.{name}") for name in Entries._fields))
        renumber(entries.writing, places)
        return assembled(forms, written, small_ones, form_of_writing, entries, called)


def numbered(surfaces: Sequence[StringArray]) -> tuple[list[NDArray[np.int32]], StringArray]:
    """The words of several readings together: the numbers of those of each, and each word once."""
    every = StringArray.joined(surfaces)
    numbers, firsts = distinct(every)
    return np.split(numbers, np.cumsum([len(one) for one in surfaces])[:-1]), every.picked(firsts)


def _ordered(parts: Sequence[StringArray]) -> tuple[StringArray, NDArray[np.int64], NDArray[np.int32]]:
    """The distinct strings of all parts in the order of their bytes.

    And the place of the first of each in the parts, as they come, and for each string of the parts its place in order.
    """
    every = StringArray.joined(parts)
    numbers, firsts = distinct(every)
    ordered, places = in_order(every.picked(firsts))
    return ordered, firsts, places[numbers]


def _offsets(lengths: NDArray[Any]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
