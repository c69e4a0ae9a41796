"""The index: rank_bm25's BM25Plus, its statistics and its floats, on postings."""

from __future__ import annotations

import math
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from retrieval.core.model import FeatureScore, Hit
from retrieval.index.native import functions
from retrieval.index.segments.postings import Documents, Postings, Sentences
from retrieval.search import bm25_native, bm25_numpy
from retrieval.search.bm25_scorer import Frequencies, Idf, Scorer
from retrieval.search.impact_order import ImpactOrder
from retrieval.search.index_view import indexed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from retrieval.core.model import Query
    from retrieval.index.corpus import Corpus
    from retrieval.index.segments.postings import Index, PostingsSegment, Statistics

Document = TypeVar("Document")

# Learnt on the questions in benchmarks/README.md: k1 and b of each level, and what a level counts for.
SENTENCE = {"k1": 0.5, "b": 0.4}
PARAGRAPH = {"k1": 0.9, "b": 0.6}
ARTICLE = {"k1": 1.5, "b": 0.75}
LEVELS = (1.0, 0.8, 0.4)


class PostingsBM25(Scorer):
    """A `rank_bm25.BM25Plus` that finds the best documents without scoring all of them.

    `sentences` are the documents themselves, where the compiled kernel is to look for them.
    """

    def __init__(
        self, postings: Postings, idf: Idf, *, k1: float, b: float, avgdl: float, sentences: Sentences | None = None
    ) -> None:
        super().__init__(postings, idf, k1=k1, b=b, avgdl=avgdl)
        self._compiled = None
        if sentences and functions.available():
            order = ImpactOrder.of(postings, sentences)
            self._compiled = bm25_native.Top(postings, self.norms, k1, sentences, order)

    @classmethod
    def of(cls, documents: Sequence[Sequence[str]], *, k1: float, b: float) -> PostingsBM25:
        """The index of these documents; like rank_bm25 it raises ZeroDivisionError where there are none."""
        numbers = {term: number for number, term in enumerate(dict.fromkeys(t for terms in documents for t in terms))}
        sentences = Sentences.of(Documents.of(documents, numbers))
        postings = Postings.of(sentences.documents, len(numbers))
        idf = Idf(Frequencies(numbers, np.diff(postings.offsets).astype(np.int32)), len(documents))
        return cls(postings, idf, k1=k1, b=b, avgdl=sum(map(len, documents)) / len(documents), sentences=sentences)

    def top(self, query: Iterable[str], most: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The best documents that have a word of the query, best first, and their scores; of equal ones the first."""
        terms = self.known((self.numbers.get(term, -1), 1.0) for term in query)
        if self._compiled and len(terms) <= bm25_native.MOST_TERMS:
            return self._compiled(terms, most)
        return bm25_numpy.top(self, terms, most)

    def get_top_n(self, query: Iterable[str], documents: Sequence[Document], n: int = 5) -> list[Document]:
        """The n best documents, best first, of equal ones the first; those that score nothing come last."""
        best = self.top(query, n)[0].tolist()
        found = frozenset(best)
        rest = (number for number in range(len(documents)) if number not in found)
        return [documents[number] for number in (*best, *islice(rest, max(0, n - len(best))))]


class Bm25Searcher:
    """Sentences by their own words, with a share for those of the paragraph and the article around them.

    All levels use the sentences' idf: how rare a word is, is a matter of sentences. A word that only titles
    and headings have is as rare as can be. `index` is that of `corpus`, made of it where none is given. Without
    `native`, numpy searches even where the compiled search is installed.
    """

    def __init__(self, corpus: Corpus, index: Index | None = None, *, native: bool = True) -> None:
        self.corpus = corpus
        self.index = index or indexed(corpus)
        statistics = self.index.statistics
        self.frequencies = Frequencies(self.index.numbers, statistics.frequencies)
        self.idf = Idf(self.frequencies, statistics.documents[0])
        self._searched = [
            _Searched(segment, self.idf, statistics, native=native) for segment in self.index.segments if self.idf
        ]

    def paragraphs(self, term: str) -> NDArray[np.int32]:
        """The numbers of the paragraphs that have `term`, ascending."""
        number = self.index.numbers.get(term, -1)
        found = [searched.paragraphs_with(number) for searched in self._searched]
        return found[0] if len(found) == 1 else np.sort(np.concatenate([np.zeros(0, dtype=np.int32), *found]))

    def search(self, query: Query, limit: int, *, file: str | None = None) -> list[Hit]:
        terms = [(self.index.numbers.get(term.term, -1), term.weight) for term in query.terms]
        place = None if file is None else self.corpus.first_sentence(file)
        if file is not None and place is None:
            return []
        found = [searched.best(terms, limit, place) for searched in self._searched]
        order = sorted(
            (-total, place, part, at)
            for part, (numbers, totals) in enumerate(found)
            for at, (total, place) in enumerate(
                zip(totals.tolist(), self._searched[part].segment.sentences_in_library(numbers).tolist(), strict=True)
            )
        )[:limit]
        values = np.zeros((len(terms), len(order)))
        for part, (numbers, _) in enumerate(found):
            columns = [column for column, (_, _, of, _) in enumerate(order) if of == part]
            values[:, columns] = self._searched[part].values(terms, numbers[[order[column][3] for column in columns]])
        names = [f"“{term.word}”" for term in query.terms]
        sentences = self.corpus.sentences_at(np.array([place for _, place, _, _ in order], dtype=np.int32))
        return [
            Hit(
                sentence,
                math.fsum(added),
                tuple([FeatureScore(name, value) for name, value in zip(names, added, strict=True) if value]),
            )
            for sentence, added in zip(sentences, values.T.tolist(), strict=True)
        ]


class _Searched:
    """One segment, scored by the counts of the whole library."""

    def __init__(self, segment: PostingsSegment, idf: Idf, statistics: Statistics, *, native: bool) -> None:
        self.segment = segment
        self.levels = [
            Scorer(level, idf, **parameters, avgdl=average)
            for level, parameters, average in zip(
                segment.levels, (SENTENCE, PARAGRAPH, ARTICLE), statistics.average_lengths, strict=True
            )
        ]
        compiled = native and functions.available()
        self._few = bm25_numpy.NumpyBest(segment, self.levels, LEVELS)
        self._compiled = (
            bm25_native.NativeBest(
                segment, [level.norms for level in self.levels], [level.k1 for level in self.levels], LEVELS
            )
            if compiled
            else None
        )

    def best(
        self, query: Sequence[tuple[int, float]], limit: int, place: int | None
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The best sentences that have one of the terms and what they score on all levels together, best first.

        With `place` only those of the article whose first sentence has this number in the library.
        """
        articles = range(len(self.segment.places[0]))
        if place is not None:
            article = self.segment.article_at(place)
            articles = range(0) if article is None else range(article, article + 1)
        terms = self.levels[0].known(query)
        if self._compiled and len(terms) <= bm25_native.MOST_TERMS:
            return self._compiled(terms, limit, articles)
        return self._few(terms, limit, articles)

    def paragraphs_with(self, number: int) -> NDArray[np.int32]:
        """The numbers in the library of the paragraphs that have the term of this number and are still there."""
        paragraphs = self.levels[1].postings
        found = paragraphs.documents[paragraphs.range(number)]
        if self._paragraphs is None:
            return found
        placed = self._paragraphs[found]
        return placed[placed >= 0]

    @cached_property
    def _paragraphs(self) -> NDArray[np.int32] | None:
        """The number that each paragraph has in the library, -1 where it is gone; None where it is the one it has here.

        To find it for each paragraph of a common word takes longer than all else that is done for a misspelt one.
        """
        firsts, places = self.segment.firsts[1], self.segment.places[1]
        if np.array_equal(places, firsts[:-1]):
            return None
        sizes = np.diff(firsts)
        moved = np.arange(firsts[-1], dtype=np.int32) + np.repeat(places - firsts[:-1], sizes)
        return np.where(np.repeat(places >= 0, sizes), moved, np.int32(-1))

    def values(self, terms: Sequence[tuple[int, float]], sentences: NDArray[np.int32]) -> NDArray[np.float64]:
        """What each term adds to the score of each of these sentences, on all levels together."""
        of = (sentences, self.segment.paragraph_of[sentences], self.segment.article_of[sentences])
        values = np.zeros((len(terms), len(sentences)))
        for weight, level, documents in zip(LEVELS, self.levels, of, strict=True):
            for row, (number, counts) in enumerate(terms):
                values[row] += weight * counts * level.impacts_in(number, documents)
        return values
