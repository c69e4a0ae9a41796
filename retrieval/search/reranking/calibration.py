"""How likely is it that the best passage answers the question? A calibrated chance, never a raw score."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from retrieval.search.reranking.reranker import runs_of_letters, whole_title, words_side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.core.model import Hit
    from retrieval.search.reranking.passage_features import Passage, PassageFeatures


class ConfidenceModel:
    """Judges passages by how likely they answer one question."""

    def __init__(self, evidence: PassageFeatures) -> None:
        self.asked = evidence.asked
        self.evidence = evidence

    def confidence(self, hit: Hit) -> float:
        """The chance, between 0 and 1, that the sentence of `hit` answers the question, whatever the library's size."""
        weighted = math.fsum(s.weight * value for s, value in zip(SIGNALS, self.signals(hit), strict=True))
        return CEILING / (1 + math.exp(-BIAS - weighted))

    def signals(self, hit: Hit) -> list[float]:
        """What each row of SIGNALS measures of the passage of `hit`."""
        (passage,) = self.evidence.of([hit.sentence])
        return [signal.measure(self, hit, passage) for signal in SIGNALS]


def score(judge: ConfidenceModel, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - one signature for all signals
    """What the sentence scored in the second look; the weights there make scores of questions comparable."""
    return hit.score


def first_look(judge: ConfidenceModel, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """What it scored in the first look, for each point of idf that the question has."""
    return hit.found / judge.asked.mass


def letters(judge: ConfidenceModel, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The share of the question's runs of five letters that the sentence has."""
    return runs_of_letters(judge.asked, passage)


def pairs(judge: ConfidenceModel, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The share of the question's pairs of words that stand together in the sentence."""
    return words_side_by_side(judge.asked, passage)


def title(judge: ConfidenceModel, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether the question has the article's whole title."""
    return whole_title(judge.asked, passage)


def rarest_missing(judge: ConfidenceModel, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """How rare the rarest term is that neither sentence nor title has: 0 for none, 1 for one that is in no sentence."""
    missing = (w for t, w in judge.asked.terms.items() if t not in passage.terms and t not in passage.title)
    return max(missing, default=0.0) * judge.asked.mass / judge.asked.most


def names_missing(judge: ConfidenceModel, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The share of the question's terms, by idf, that are names and nowhere in the article."""
    return sum(
        judge.asked.terms[name]
        for name in judge.asked.names
        if name not in passage.article and name not in passage.title
    )


def at_home(judge: ConfidenceModel, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The share of the question's terms, by idf, and of each the share of its sentences that are in this article.

    A question on what the article is about has most of its words from there, one on something else from anywhere.
    """
    return sum(
        weight * min(1.0, passage.article.get(term, 0) / max(1, judge.asked.sentences[term]))
        for term, weight in judge.asked.terms.items()
    )


def words(judge: ConfidenceModel, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The logarithm of the question's terms: the more there are, the fewer of them need to be found."""
    return math.log1p(len(judge.asked.terms))


class Signal(NamedTuple):
    """A row of SIGNALS: its name, what it counts for in the logistic, and how it is measured."""

    name: str
    weight: float
    measure: Callable[[ConfidenceModel, Hit, Passage], float]


# A logistic regression and its calibration, both by `python -m benchmarks.learn_confidence`; benchmarks/README.md has
# the figures. CEILING is what even the surest ones reach: the best of fifty sentences is not always the right one.
CEILING = 0.89
BIAS = -9.984
SIGNALS: tuple[Signal, ...] = (
    Signal("score", 0.104, score),
    Signal("first look", 2.051, first_look),
    Signal("runs of letters", 3.113, letters),
    Signal("words side by side", 2.600, pairs),
    Signal("whole title", 2.390, title),
    Signal("rarest missing", 1.420, rarest_missing),
    Signal("names missing", -4.955, names_missing),
    Signal("at home", 2.430, at_home),
    Signal("words", 1.483, words),
)
