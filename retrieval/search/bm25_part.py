"""The search of one part of a corpus, scored by the counts of the whole library."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index.native import functions
from retrieval.search.bm25_native import MOST_TERMS, NativeSearch
from retrieval.search.bm25_numpy import NumpySearch
from retrieval.search.bm25_scorer import Scorer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.segments.parts import CorpusPart, Order
    from retrieval.search.bm25_statistics import Idf, Statistics

# Learnt on the questions in benchmarks/README.md: k1 and b of each level, and what a level counts for.
SENTENCE = {"k1": 0.5, "b": 0.4}
PARAGRAPH = {"k1": 0.9, "b": 0.6}
ARTICLE = {"k1": 1.5, "b": 0.75}
LEVEL_WEIGHTS = (1.0, 0.8, 0.4)


class PartSearcher:
    """Finds sentences of `part`, whose articles have their places in the library by `order`.

    `levels` score its sentences, paragraphs and articles. Sentences, paragraphs and articles are numbered within the
    part, except where a docstring says "in the library".
    """

    def __init__(self, part: CorpusPart, order: Order, idf: Idf, statistics: Statistics, *, native: bool) -> None:
        self.part = part
        segment = part.segment
        self.levels = [
            Scorer(postings, idf, **parameters, avgdl=average)
            for postings, parameters, average in zip(
                (segment.by_sentence, segment.by_paragraph, segment.by_article),
                (SENTENCE, PARAGRAPH, ARTICLE),
                statistics.average_lengths,
                strict=True,
            )
        ]
        self._order = order
        self._numpy = NumpySearch(part, self.levels, LEVEL_WEIGHTS)
        compiled = native and functions.available()
        self._native = NativeSearch(part, self.levels, LEVEL_WEIGHTS) if compiled else None

    def best(
        self,
        query: Sequence[tuple[int, float]],
        limit: int,
        file: str | None = None,
        allowed: NDArray[np.bool_] | None = None,
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The best sentences that have one of the terms and what they score on all levels together, best first.

        `query` are the terms' numbers with their weights. With `file` only the sentences of that article,
        with `allowed` those of the articles that are marked there, by their places in the library.
        """
        articles = range(self.part.segment.articles)
        if file is not None:
            article = self.part.article_of_file(file)
            articles = range(0) if article is None else range(article, article + 1)
        terms = self.levels[0].known(query)
        places = None
        if allowed is not None:
            places = self.part.places
            there = places >= 0
            there[there] = allowed[places[there]]
            places = np.where(there, places, np.int32(-1))
        if self._native and len(terms) <= MOST_TERMS:
            return self._native(terms, limit, articles, places)
        return self._numpy(terms, limit, articles, places)

    def places_of(self, sentences: NDArray[np.int32]) -> NDArray[np.int32]:
        """The numbers in the library of these sentences, whose articles are all still there."""
        segment = self.part.segment
        articles = segment.article_of[sentences]
        first_in_library = self._order.sentence_at[self.part.places[articles]]
        places: NDArray[np.int32] = (first_in_library + sentences - segment.sentence_at[articles]).astype(np.int32)
        return places

    def added_by(self, terms: Sequence[tuple[int, float]], sentences: NDArray[np.int32]) -> NDArray[np.float64]:
        """What each term (number, weight) adds to the score of each sentence, on all levels; (terms, sentences)."""
        segment = self.part.segment
        documents_of_level = (sentences, segment.paragraph_of[sentences], segment.article_of[sentences])
        added = np.zeros((len(terms), len(sentences)))
        for level_weight, level, documents in zip(LEVEL_WEIGHTS, self.levels, documents_of_level, strict=True):
            for row, (number, weight) in enumerate(terms):
                added[row] += level_weight * weight * level.impacts_in(number, documents)
        return added

    def paragraphs_with(self, number: int) -> NDArray[np.int32]:
        """The numbers in the library of the paragraphs that have the term of this number and are still there."""
        paragraphs = self.levels[1].postings
        found = paragraphs.documents[paragraphs.range(number)]
        if self._paragraph_places is None:
            return found
        places = self._paragraph_places[found]
        return places[places >= 0]

    @cached_property
    def _paragraph_places(self) -> NDArray[np.int32] | None:
        """The number in the library of each paragraph, -1 where it is gone; None where it is the one it has here.

        To find it for each paragraph of a common word takes longer than all else that is done for a misspelt one.
        """
        first, places = self.part.segment.article_paragraph_at, self.part.places
        first_in_library = np.where(places >= 0, self._order.paragraph_at[places], -1)
        if np.array_equal(first_in_library, first[:-1]):
            return None
        # A paragraph is as far behind its article's first paragraph in the library as it is here.
        sizes = np.diff(first)
        moved = np.arange(first[-1]) + np.repeat(first_in_library - first[:-1], sizes)
        return np.where(np.repeat(places >= 0, sizes), moved, -1).astype(np.int32)
