"""How likely is it that the best passage answers the question? A calibrated chance, never a raw score."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from retrieval.search.reranking import confidence_with_meaning, reranker

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.core.model import Hit
    from retrieval.search.reranking.passage_features import Passage, PassageFeatures
    from retrieval.search.reranking.question_features import QuestionFeatures


class ConfidenceModel:
    """Judges passages by how likely they answer one question."""

    def __init__(self, features: PassageFeatures) -> None:
        self._features = features
        with_meaning = features.nearness is not None
        self.table = SIGNALS_WITH_MEANING if with_meaning else SIGNALS
        self.ceiling = ceiling(with_meaning=with_meaning)
        self._bias = confidence_with_meaning.BIAS if with_meaning else BIAS

    def confidence(self, hit: Hit) -> float:
        """The chance, between 0 and 1, that the sentence of `hit` answers the question, whatever the library's size."""
        values = zip(self.table, self.signals(hit), strict=True)
        weighted = math.fsum(signal.weight * value for signal, value in values)
        return self.ceiling / (1 + math.exp(-self._bias - weighted))

    def signals(self, hit: Hit) -> list[float]:
        """What each row of the table measures of the passage of `hit`."""
        (passage,) = self._features.of([hit.sentence])
        return [signal.measure(self._features.question, hit, passage) for signal in self.table]


def score(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - one signature for all
    """The sentence's score after reranking; the weights there make scores of questions comparable."""
    return hit.score


def first_stage(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """What it scored in the first stage, for each point of idf that the question has."""
    return hit.found / question.total_idf


def character_ngrams(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The share of the question's character n-grams that the sentence has."""
    return reranker.character_ngrams(question, passage)


def bigram_overlap(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The share of the question's pairs of words that stand together in the sentence."""
    return reranker.bigram_overlap(question, passage)


def title_match(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """How well the question and the article's titles match."""
    return reranker.title_match(question, passage)


def heading_match(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """How well the question and the heading above match."""
    return reranker.heading_match(question, passage)


def own_fit(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The share of the question that the sentence speaks of, with words that mean much the same."""
    return passage.fits.own


def whole_fit(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The same of the sentence with all that is above it."""
    return passage.fits.whole


def whole_overlap(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The share of the question's terms, by idf, that the sentence, its paragraph and titles have."""
    return sum(
        w for t, w in question.terms.items() if t in passage.terms or t in passage.paragraph or t in passage.title
    )


def rarest_missing(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """How rare the rarest term is that neither sentence nor title has: 0 for none, 1 for one that is in no sentence."""
    missing = (
        w
        for t, w in question.terms.items()
        if t not in passage.terms and t not in passage.paragraph and t not in passage.title
    )
    return max(missing, default=0.0) * question.total_idf / question.max_idf


def names_missing(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The share of the question's terms, by idf, that are names and nowhere in the article."""
    return sum(
        question.terms[name] for name in question.names if name not in passage.article and name not in passage.title
    )


def term_concentration(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The share of the question's terms, by idf, and of each the share of its sentences that are in this article.

    A question on what the article is about has most of its words from there, one on something else from anywhere.
    """
    return sum(
        weight * min(1.0, passage.article.get(term, 0) / max(1, question.frequencies[term]))
        for term, weight in question.terms.items()
    )


def query_length(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The logarithm of the question's terms: the more there are, the fewer of them need to be found."""
    return math.log1p(len(question.terms))


def nearness(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """How near the sentence, with what is above it, is in meaning."""
    return passage.nearness.unit


def nearest(question: QuestionFeatures, hit: Hit, passage: Passage) -> float:  # noqa: ARG001 - as above
    """How near the nearest sentence of the library is."""
    return passage.nearness.nearest


class Signal(NamedTuple):
    """A row of SIGNALS: what code calls it, plain words for people, its weight in the logistic, how it is measured."""

    key: str
    label: str
    weight: float
    measure: Callable[[QuestionFeatures, Hit, Passage], float]


# A logistic regression and its calibration, both by `python -m benchmarks.learn_confidence`; benchmarks/README.md has
# the figures. CEILING is what even the surest ones reach: the best of fifty sentences is not always the right one.
CEILING = 0.91
BIAS = -4.708
SIGNALS: tuple[Signal, ...] = (
    Signal("score", "score", 0.115, score),
    Signal("first_stage", "first look", 0.239, first_stage),
    Signal("character_ngrams", "runs of letters", 1.484, character_ngrams),
    Signal("bigram_overlap", "words side by side", 0.043, bigram_overlap),
    Signal("title_match", "title", 1.201, title_match),
    Signal("heading_match", "heading above it", 1.835, heading_match),
    Signal("own_fit", "like words", -0.815, own_fit),
    Signal("whole_fit", "like words with what is above", 2.266, whole_fit),
    Signal("whole_overlap", "words in it and above", 1.424, whole_overlap),
    Signal("rarest_missing", "rarest missing", 0.503, rarest_missing),
    Signal("names_missing", "names missing", -2.210, names_missing),
    Signal("term_concentration", "at home", -0.057, term_concentration),
    Signal("query_length", "words", 0.456, query_length),
)

# The same with a sentence encoder that reads along: other weights, and what it adds.
SIGNALS_WITH_MEANING: tuple[Signal, ...] = (
    *(signal._replace(weight=confidence_with_meaning.WEIGHTS.get(signal.key, signal.weight)) for signal in SIGNALS),
    Signal("nearness", "near in meaning", confidence_with_meaning.WEIGHTS["nearness"], nearness),
    Signal("nearest", "nearest in meaning", confidence_with_meaning.WEIGHTS["nearest"], nearest),
)


def ceiling(*, with_meaning: bool) -> float:
    """The confidence that none is above."""
    return confidence_with_meaning.CEILING if with_meaning else CEILING
