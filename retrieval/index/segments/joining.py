"""Runs of articles, each read by itself -> one Segment, or the columns of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from retrieval.core.arrays import ArrayBuilder, RaggedArray, StringArray, in_order, renumber, spread
from retrieval.index.encoding.interning import distinct
from retrieval.index.encoding.inversion import signatures
from retrieval.index.encoding.inversion_arrays import Entries, Rows
from retrieval.index.encoding.lexicon import form_of
from retrieval.index.encoding.threads import side_by_side
from retrieval.index.encoding.tokens import HEADING, SENTENCE, TITLE
from retrieval.index.segments.postings import Postings
from retrieval.index.segments.segment import Segment, below
from retrieval.index.segments.surface_forms import assembled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.encoding.lexicon import Lexicon
    from retrieval.index.encoding.term_ids import Terms
    from retrieval.index.encoding.tokens import Words
    from retrieval.index.segments.surface_forms import SurfaceForms

    Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class TextArrays:
    """What a Segment says of its sentences and their terms, under the same names."""

    terms: RaggedArray
    headings: RaggedArray
    titles: RaggedArray
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    sentence_at: NDArray[np.int64]
    article_paragraph_at: NDArray[np.int64]
    paragraph_at: NDArray[np.int64]
    paragraph_in: NDArray[np.int32]

    @classmethod
    def of(cls, columns: Columns, ranks: NDArray[np.int32]) -> TextArrays:
        """Those of these columns, which are kept no longer; `ranks` are the numbers of the lexicon's terms."""
        terms, headings, titles = (
            RaggedArray(renumber(columns.pop(name), ranks), _offsets(columns.pop(f"{name[:-1]}_counts")))
            for name in ("terms", "headings", "titles")
        )
        return cls(
            terms,
            headings,
            titles,
            start=columns.pop("start"),
            end=columns.pop("end"),
            sentence_at=_offsets(columns.pop("sentences")),
            article_paragraph_at=_offsets(columns.pop("paragraphs")),
            paragraph_at=_offsets(columns.pop("paragraph_sentences")),
            paragraph_in=columns.pop("paragraph_in"),
        )

    def postings(self, vocabulary: int) -> list[Postings]:
        """Those of the sentences, paragraphs and articles, for so many terms."""
        rows = (
            Rows(self.terms.offsets, self.terms.values),
            below(self.headings, self.terms, self.paragraph_at),
            below(self.titles, self.terms, self.sentence_at),
        )
        return [Postings.of(one, vocabulary) for one in rows]

    def signatures(self) -> NDArray[np.uint64]:
        """Those of the sentences."""
        return signatures(self.terms.offsets, self.terms.values)


class Writings(NamedTuple):
    """All writings and forms of a library, see SurfaceForms; `places` are those of the writings as they were numbered.

    `form_of` gives the form of each writing, -1 where it is not of letters alone.
    """

    forms: StringArray
    written: StringArray
    small: NDArray[np.bool_]
    form_of: NDArray[np.int32]
    places: NDArray[np.int32]


class Batches:
    """Runs of articles that were read each by itself, to be joined in the order in which they are added."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.files: list[str] = []
        self._named: list[str] = []
        self._used = np.zeros(len(lexicon.terms), dtype=np.bool_)
        self._columns: dict[str, ArrayBuilder] = {}
        self._called: list[NDArray[np.int32]] = []

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
        self.files.extend(files)

    def _add_writings(self, terms: Terms) -> None:
        entries, called = terms.entries, terms.called.copy()
        writing = entries.writing
        if terms.named:  # they are numbered on from those of the batches before
            writing = np.where(writing < len(self.lexicon.written), writing, writing + np.int32(len(self._named)))
            called[called[:, 2] >= len(self.lexicon.written), 2] += len(self._named)
        article = np.int32(len(self.files))
        called[:, 1] += article
        self._called.append(called)
        moved = entries._replace(article=entries.article + article, writing=writing)
        self._add_columns(**{f"entries.{name}": column for name, column in moved._asdict().items()})
        self._named.extend(terms.named)

    def _add_columns(self, **columns: NDArray[Any]) -> None:
        for name, column in columns.items():
            self._columns.setdefault(name, ArrayBuilder(column)).add(column)

    def columns(self) -> Columns:
        """What was added since this was asked for before: the columns of TextArrays and Entries."""
        columns, self._columns = self._columns, {}
        return {name: column.whole() for name, column in columns.items()}

    def vocabulary(self) -> tuple[StringArray, NDArray[np.int32]]:
        """The terms of all that was added, in the order of their bytes, and the number there of each of the lexicon."""
        used = np.flatnonzero(self._used)
        vocabulary, order = in_order(self.lexicon.terms.picked(used))
        ranks = np.zeros(len(self._used), dtype=np.int32)
        ranks[used] = order
        return vocabulary, ranks

    def joined(self) -> Segment:
        """All of them as one segment; nothing is kept."""
        files, places = in_order(StringArray.of(self.files))
        vocabulary, ranks = self.vocabulary()
        columns = self.columns()
        entries = entries_of(columns)
        texts = TextArrays.of(columns, ranks)
        writings, levels = side_by_side(
            [lambda: self._surface_forms(entries, ranks), lambda: texts.postings(len(vocabulary))],
            len(texts.terms.values),
        )
        return Segment(
            files=files,
            file_article=np.argsort(places).astype(np.int32),
            vocabulary=vocabulary,
            terms=texts.terms,
            headings=texts.headings,
            titles=texts.titles,
            start=texts.start,
            end=texts.end,
            paragraph_of=spread(texts.paragraph_at),
            article_of=spread(texts.sentence_at),
            sentence_at=texts.sentence_at,
            article_paragraph_at=texts.article_paragraph_at,
            paragraph_at=texts.paragraph_at,
            paragraph_in=texts.paragraph_in,
            signatures=texts.signatures(),
            by_sentence=levels[0],
            by_paragraph=levels[1],
            by_article=levels[2],
            writings=writings,
        )

    def _surface_forms(self, entries: Entries, ranks: NDArray[np.int32]) -> SurfaceForms:
        found = self.writings()
        renumber(entries.writing, found.places)
        called = self.called(found.places, ranks)
        return assembled(found.forms, found.written, found.small, found.form_of, entries, called)

    def writings(self) -> Writings:
        """The writings of all that was added."""
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
        return Writings(forms, written, small_ones, form_of_writing, places)

    def called(self, places: NDArray[np.int32], ranks: NDArray[np.int32]) -> NDArray[np.int32]:
        """What all that was added calls things, as `assembled` takes it."""
        called = np.concatenate([np.zeros((0, 4), dtype=np.int32), *self._called])
        called[:, 0] = ranks[called[:, 0]]
        called[:, 2] = places[called[:, 2]]
        return called


def entries_of(columns: Columns) -> Entries:
    """The entries of these columns, which are kept no longer, with the writings as they were numbered."""
    return Entries(*(columns.pop(f"entries.{name}") for name in Entries._fields))


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
