"""A run of articles as it is searched: their sentences and terms in flat arrays, in memory or mapped from a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index.encoding.inversion import signatures
from retrieval.index.encoding.inversion_arrays import Rows
from retrieval.index.segments.postings import Postings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retrieval.core.arrays import RaggedArray, StringArray
    from retrieval.index.segments.surface_forms import SurfaceForms


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A run of articles, split and read. All numbers count within the segment, from 0, in the order of the articles.

    `files` are the files of the articles in the order of their bytes, `file_article` the number of each one's article.
    `vocabulary` are the terms in the order of their bytes; a term's number is its place there. `terms`, `headings` and
    `titles` are the term numbers of each sentence, of what each paragraph belongs to and of each article's titles.
    `start` and `end` give a sentence's place in its article's text, `paragraph_of` and `article_of` the numbers of its
    paragraph and article. The sentences of article a begin at `sentence_at[a]`, its paragraphs at
    `article_paragraph_at[a]`; the sentences of paragraph p begin at `paragraph_at[p]`, and p is the
    block at place `paragraph_in[p]` of its article. `by_sentence`, `by_paragraph` and `by_article`
    tell which of them have each term, and `signatures` are those of the sentences (see encoding.inversion).
    """

    files: StringArray
    file_article: NDArray[np.int32]
    vocabulary: StringArray
    terms: RaggedArray
    headings: RaggedArray
    titles: RaggedArray
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
    writings: SurfaceForms

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

    def block_terms(self, article: int, block: int) -> NDArray[np.int32]:
        """The terms of a block that can be quoted, by its place in its article; none of another block."""
        first, last = self.article_paragraph_at[article : article + 2].tolist()
        paragraph = first + int(np.searchsorted(self.paragraph_in[first:last], block))
        if paragraph == last or self.paragraph_in[paragraph] != block:
            return self.terms.values[:0]
        return self.terms.between(int(self.paragraph_at[paragraph]), int(self.paragraph_at[paragraph + 1]))

    def article_terms(self, article: int) -> NDArray[np.int32]:
        """The terms of an article, those of its titles first."""
        inside = self.terms.between(int(self.sentence_at[article]), int(self.sentence_at[article + 1]))
        return np.concatenate((self.titles[article], inside))


def renumbered(segment: Segment, numbers: NDArray[np.int32], vocabulary: int) -> Segment:
    """A segment whose terms have other numbers, those of a larger vocabulary with so many terms."""
    terms, headings, titles = (
        replace(rows, values=numbers[rows.values]) for rows in (segment.terms, segment.headings, segment.titles)
    )
    return replace(
        segment,
        terms=terms,
        headings=headings,
        titles=titles,
        signatures=signatures(terms.offsets, terms.values),
        by_sentence=Postings.of(Rows(terms.offsets, terms.values), vocabulary),
        by_paragraph=Postings.of(below(headings, terms, segment.paragraph_at), vocabulary),
        by_article=Postings.of(below(titles, terms, segment.sentence_at), vocabulary),
        writings=replace(segment.writings, thing=numbers[segment.writings.thing]),
    )


def below(heads: RaggedArray, rows: RaggedArray, row_at: NDArray[np.int64]) -> Rows:
    """Each head with the rows from `row_at` of its number on behind it."""
    if not len(heads.values):
        return Rows(rows.offsets[row_at], rows.values)
    return Rows(rows.offsets[row_at], rows.values, heads.offsets, heads.values)
