"""The best documents for a question without scoring all of them: what native/best.c does, with numpy alone.

A score is added up in the order of the question, so it is rank_bm25's bit for bit; what is only a bound has some slack.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.segments.postings import PostingsSegment
    from retrieval.search.bm25_scorer import Scorer

    Terms: TypeAlias = Sequence[tuple[int, float, float]]
    Found: TypeAlias = tuple[NDArray[np.int32], NDArray[np.float64]]

SLACK = 1 + 1e-9


def top(level: Scorer, terms: Terms, most: int) -> Found:
    """The best documents by one level, best first, and their scores; `terms` are numbers with idf and weight.

    MaxScore (Turtle and Flood 1995): the terms in the order of what they can add at most; the documents that have
    only the later ones are left out once those together cannot reach the least score among the best.
    """
    bounds = {number: 0.0 for number, _, _ in terms}
    for number, idf, weight in terms:
        bounds[number] += idf * weight * level.most_share(number) * SLACK
    order = sorted(bounds, key=bounds.__getitem__, reverse=True)
    rest = [*accumulate((bounds[number] for number in reversed(order)), initial=0.0)][::-1][1:]
    weights = dict.fromkeys(order, 0.0)
    for number, _, weight in terms:
        weights[number] += weight
    scores = np.zeros(level.corpus_size)
    found = [np.zeros(0, dtype=np.int32)]
    least = 0.0
    for at, number in enumerate(order):
        if rest[at] + bounds[number] < least:
            break
        documents, added = level.impacts(number)
        found.append(documents[scores[documents] == 0])
        scores[documents] += weights[number] * added
        least = max(least, _least(scores[np.concatenate(found)], most))
    candidates = np.concatenate(found)
    so_far = scores[candidates]
    left = order[len(found) - 1 :]
    for number in left:
        kept = so_far + sum(bounds[later] for later in left[left.index(number) :]) >= least
        candidates, so_far = candidates[kept], so_far[kept]
        so_far += weights[number] * level.impacts_in(number, candidates)
        least = max(least, _least(so_far, most))
    candidates = candidates[so_far >= least]
    return _first(candidates, _exact(level, terms, candidates), most)


class NumpyBest:
    """The best sentences of a segment by all three levels, each of which counts for its weight."""

    def __init__(self, segment: PostingsSegment, levels: Sequence[Scorer], weights: Sequence[float]) -> None:
        self.segment = segment
        self.levels = levels
        self.weights = weights

    def __call__(self, terms: Terms, most: int, articles: range) -> Found:
        """The best sentences of these articles that have one of the terms, best first, and their scores.

        A sentence cannot have more of a term than its paragraph: that bounds what it may score, so the paragraphs that
        promise most are read first, and then only those that may still hold a better sentence.
        """
        query = [(number, weight) for number, _, weight in terms]
        sums = [level.weighted_scores(query) for level in self.levels[1:]]
        openings = self.segment.openings()
        bounds = self._bounds(terms, sums, openings, articles)
        promising = np.flatnonzero(bounds)
        enough = len(promising) - 2 * most
        high = np.partition(bounds[promising], enough)[enough] if 0 < enough < len(promising) else 0.0
        numbers, scores = self._read(terms, sums, openings, promising[bounds[promising] >= high])
        least = _least(scores, most)
        others = promising[(bounds[promising] < high) & (bounds[promising] >= least)]
        more, their_scores = self._read(terms, sums, openings, others)
        return _first(np.concatenate((numbers, more)), np.concatenate((scores, their_scores)), most)

    def _bounds(
        self, terms: Terms, sums: Sequence[NDArray[np.float64]], openings: NDArray[np.int32], articles: range
    ) -> NDArray[np.float64]:
        """What the best sentence of each paragraph may score, 0 where there is none to be found; (paragraphs,)."""
        sentences, paragraphs, _ = self.levels
        bounds = np.zeros(len(sums[0]))
        longest = len(sentences.norms) - 1
        for number, idf, weight in terms:
            at = paragraphs.postings.range(number)
            often = np.minimum(paragraphs.postings.frequencies[at].astype(np.uint32), np.uint32(longest))
            bounds[paragraphs.postings.documents[at]] += self.weights[0] * weight * idf * sentences.share(often, often)
        article_of = np.append(self.segment.article_of, -1)[openings[:-1]]
        allowed = np.zeros(len(sums[1]) + 1, dtype=bool)
        allowed[articles.start : articles.stop] = self.segment.places[0][articles.start : articles.stop] >= 0
        of_article = np.append(sums[1], 0.0)[article_of]
        found = (bounds > 0) & (of_article > 0) & allowed[article_of]
        bounds += self.weights[1] * sums[0] + self.weights[2] * of_article
        return np.where(found, bounds * SLACK, 0.0)

    def _read(
        self,
        terms: Terms,
        sums: Sequence[NDArray[np.float64]],
        openings: NDArray[np.int32],
        paragraphs: NDArray[np.intp],
    ) -> Found:
        """The sentences of these paragraphs that have one of the terms, and what they score."""
        sizes = openings[paragraphs + 1] - openings[paragraphs]
        ends = np.cumsum(sizes)
        numbers = np.arange(sizes.sum()) + np.repeat(openings[paragraphs] - ends + sizes, sizes)
        numbers = numbers.astype(np.int32)
        scores = _exact(self.levels[0], terms, numbers)
        numbers, scores = numbers[scores > 0], scores[scores > 0]
        total = self.weights[0] * scores
        total += self.weights[1] * sums[0][self.segment.paragraph_of[numbers]]
        total += self.weights[2] * sums[1][self.segment.article_of[numbers]]
        return numbers, total


def _exact(level: Scorer, terms: Terms, documents: NDArray[np.int32]) -> NDArray[np.float64]:
    scores = np.zeros(len(documents))
    for number, _, weight in terms:
        scores += weight * level.impacts_in(number, documents)
    return scores


def _least(scores: NDArray[np.float64], most: int) -> float:
    """A score that all of the best ones reach, 0 where there are too few to tell."""
    place = len(scores) - most
    return float(np.partition(scores, place)[place]) / SLACK if 0 < place < len(scores) else 0.0


def _first(numbers: NDArray[np.int32], scores: NDArray[np.float64], most: int) -> Found:
    """The best ones, best first, and of equal ones the first."""
    order = np.lexsort((numbers, -scores))[:most]
    return numbers[order], scores[order]
