"""The best sentences for a question without scoring all of them: what native/best.c does, with numpy alone.

A score is added up in the order of the question, so it is rank_bm25's bit for bit; what is only a bound has some slack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.segments.parts import CorpusPart
    from retrieval.search.bm25_scorer import Scorer

    Terms: TypeAlias = Sequence[tuple[int, float, float]]
    Found: TypeAlias = tuple[NDArray[np.int32], NDArray[np.float64]]

SLACK = 1 + 1e-9


class NumpySearch:
    """The best sentences of a part by all three levels.

    `levels` are the scorers of its sentences, paragraphs and articles, `weights` what each level counts for.
    """

    def __init__(self, part: CorpusPart, levels: Sequence[Scorer], weights: Sequence[float]) -> None:
        self.segment = part.segment
        self.places = part.places
        self.levels = levels
        self.weights = weights

    def __call__(self, terms: Terms, most: int, articles: range, places: NDArray[np.int32] | None = None) -> Found:
        """The best sentences of these articles that have one of the terms, best first, and their scores.

        `terms` are numbers with idf and weight, `places` those of all articles in the library, -1 for one that is not
        searched; None for all that are there. A sentence cannot have more of a term than its paragraph: that bounds
        what it may score, so the paragraphs that promise most are read first, and then only those that may still hold a
        better sentence. It is the idea of MaxScore (Turtle and Flood, "Query evaluation: strategies and optimizations",
        1995), with paragraphs in place of terms.
        """
        query = [(number, weight) for number, _, weight in terms]
        # What each paragraph and each article scores, shapes (paragraphs,) and (articles,): exact, and cheap to have,
        # as there are far fewer of them than sentences.
        around = [level.weighted_scores(query) for level in self.levels[1:]]
        bounds = self._bounds(terms, around, articles, self.places if places is None else places)
        promising = np.flatnonzero(bounds)
        # First the 2 * most paragraphs with the highest bounds: each has a sentence or more with a term, so these fill
        # the list of the best, mostly with the right ones.
        rank = len(promising) - 2 * most
        high = np.partition(bounds[promising], rank)[rank] if 0 < rank < len(promising) else 0.0
        numbers, scores = self._read(terms, around, promising[bounds[promising] >= high])
        # Then those of the others whose bound reaches the least score in that list.
        least = _least(scores, most)
        others = promising[(bounds[promising] < high) & (bounds[promising] >= least)]
        more, their_scores = self._read(terms, around, others)
        return _best(np.concatenate((numbers, more)), np.concatenate((scores, their_scores)), most)

    def _bounds(
        self, terms: Terms, around: Sequence[NDArray[np.float64]], articles: range, places: NDArray[np.int32]
    ) -> NDArray[np.float64]:
        """What the best sentence of each paragraph may score, 0 where there is none to be found; (paragraphs,)."""
        sentences, paragraphs, _ = self.levels
        bounds = np.zeros(len(around[0]))
        longest = len(sentences.norms) - 1
        for number, idf, weight in terms:
            at = paragraphs.postings.range(number)
            # A sentence with the term tf times has tf tokens at least, and the share is greatest for the shortest.
            tf = np.minimum(paragraphs.postings.frequencies[at].astype(np.uint32), np.uint32(longest))
            bounds[paragraphs.postings.documents[at]] += self.weights[0] * weight * idf * sentences.share(tf, tf)
        # The article of each paragraph, by its first sentence; -1, which stands for none, where the last have none.
        article_of = np.append(self.segment.article_of, -1)[self.segment.paragraph_at[:-1]]
        allowed = np.zeros(len(around[1]) + 1, dtype=bool)
        allowed[articles.start : articles.stop] = places[articles.start : articles.stop] >= 0
        of_article = np.append(around[1], 0.0)[article_of]
        found = (bounds > 0) & (of_article > 0) & allowed[article_of]
        bounds += self.weights[1] * around[0] + self.weights[2] * of_article
        return np.where(found, bounds * SLACK, 0.0)

    def _read(self, terms: Terms, around: Sequence[NDArray[np.float64]], paragraphs: NDArray[np.intp]) -> Found:
        """The sentences of these paragraphs that have one of the terms, and what they score on all levels."""
        first = self.segment.paragraph_at
        sizes = first[paragraphs + 1] - first[paragraphs]
        ends = np.cumsum(sizes)
        # The numbers of the paragraphs' sentences, one paragraph behind the other: counted on, and moved by as much as
        # each paragraph's first sentence is from where the paragraph begins in this array.
        numbers = np.arange(sizes.sum()) + np.repeat(first[paragraphs] - ends + sizes, sizes)
        numbers = numbers.astype(np.int32)
        scores = _scores(self.levels[0], terms, numbers)
        numbers, scores = numbers[scores > 0], scores[scores > 0]
        total = self.weights[0] * scores
        total += self.weights[1] * around[0][self.segment.paragraph_of[numbers]]
        total += self.weights[2] * around[1][self.segment.article_of[numbers]]
        return numbers, total


def _scores(level: Scorer, terms: Terms, documents: NDArray[np.int32]) -> NDArray[np.float64]:
    """The exact score of each of these documents on one level, added up in the order of the question."""
    scores = np.zeros(len(documents))
    for number, _, weight in terms:
        scores += weight * level.impacts_in(number, documents)
    return scores


def _least(scores: NDArray[np.float64], most: int) -> float:
    """A score that the `most` best ones all reach, 0 where there are too few to tell."""
    rank = len(scores) - most
    return float(np.partition(scores, rank)[rank]) / SLACK if 0 < rank < len(scores) else 0.0


def _best(numbers: NDArray[np.int32], scores: NDArray[np.float64], most: int) -> Found:
    """The `most` best ones, best first, and of equal ones the first."""
    order = np.lexsort((numbers, -scores))[:most]
    return numbers[order], scores[order]
