"""How likely is it that the best passage answers the question? A calibrated chance, never a raw score."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from retrieval.analysis.languages.all_packs import bias_of
from retrieval.search.reranking import confidence_with_meaning, reranker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.core.model import Hit, Sentence
    from retrieval.search.reranking.passage_features import Passage, PassageFeatures
    from retrieval.search.reranking.question_features import QuestionFeatures

COMPARED = 12  # of the best hits, whose words are compared with those of the first
BEHIND = 4  # hits behind the best one that may stand close to it
CLOSE_BLOCKS = 2  # blocks between two passages of an article that stand close together, at most
RIVALS = 12  # hits that share the odds, at most


@dataclass(frozen=True, slots=True)
class RankingShape:
    """What the whole ranking of a question looks like.

    `all_odds` is the logarithm of the odds of the best passages together, as scores are logarithms of odds.
    `together` is the share of those right behind the best one that stand close to it in its article, and `best_fit` the
    most that one of the best passages speaks of the question, with what is above it.
    """

    all_odds: float
    together: float
    best_fit: float

    @classmethod
    def of(cls, hits: Sequence[Hit], features: PassageFeatures) -> RankingShape:
        """That of these hits, best first."""
        best, behind = hits[0], hits[1 : 1 + BEHIND]
        odds = math.fsum(math.exp(min(0.0, hit.score - best.score)) for hit in hits[:RIVALS])  # the best one has 1
        close = [_stand_close(hit, best) for hit in behind]
        passages = features.of([hit.sentence for hit in hits[:COMPARED]])
        return cls(
            all_odds=best.score + math.log(odds),
            together=sum(close) / BEHIND,
            best_fit=max(passage.fits.whole for passage in passages),
        )


def _stand_close(hit: Hit, other: Hit) -> bool:
    one, two = hit.sentence, other.sentence
    return one.article is two.article and abs(one.paragraph - two.paragraph) <= CLOSE_BLOCKS


class Judged(NamedTuple):
    """What a signal is measured on: a question, a hit for it with its passage, and the ranking that it is from.

    `section_fit` is the share of the question's terms, each counted alike, that anything in the section speaks of.
    """

    question: QuestionFeatures
    hit: Hit
    passage: Passage
    ranking: RankingShape
    section_fit: float


class ConfidenceModel:
    """Judges passages by how likely they answer one question; `hits` is its whole ranking, best first."""

    def __init__(self, features: PassageFeatures, hits: Sequence[Hit]) -> None:
        self._features = features
        self._ranking = RankingShape.of(hits, features)
        with_meaning = features.nearness is not None
        self.table = SIGNALS_WITH_MEANING if with_meaning else SIGNALS
        self.ceiling = ceiling(with_meaning=with_meaning)
        self._bias = confidence_with_meaning.BIAS if with_meaning else BIAS
        self._judged: dict[Sentence, float] = {}

    def confidence(self, hit: Hit) -> float:
        """The chance, between 0 and 1, that the sentence of `hit` answers the question, whatever the library's size."""
        if hit.sentence not in self._judged:
            values = zip(self.table, self.signals(hit), strict=True)
            weighted = math.fsum(signal.weight * value for signal, value in values)
            bias = self._bias + bias_of(self._features.question.language)
            self._judged[hit.sentence] = self.ceiling / (1 + math.exp(-bias - weighted))
        return self._judged[hit.sentence]

    def signals(self, hit: Hit) -> list[float]:
        """What each row of the table measures of the passage of `hit`."""
        (passage,) = self._features.of([hit.sentence])
        section_fit = self._features.section_fit(hit.sentence)
        judged = Judged(self._features.question, hit, passage, self._ranking, section_fit)
        return [signal.measure(judged) for signal in self.table]


def first_stage(judged: Judged) -> float:
    """What it scored in the first stage, for each point of idf that the question has."""
    return judged.hit.found / judged.question.total_idf


def character_ngrams(judged: Judged) -> float:
    """The share of the question's character n-grams that the sentence has."""
    return reranker.character_ngrams(judged.question, judged.passage)


def whole_fit(judged: Judged) -> float:
    """The share of the question that the sentence speaks of with all that is above it, like words too."""
    return judged.passage.fits.whole


def better_fit(judged: Judged) -> float:
    """How much more of the question another of the best passages speaks of."""
    return max(0.0, judged.ranking.best_fit - judged.passage.fits.whole)


def section_fit(judged: Judged) -> float:
    """The share of the question's terms, each counted alike, that anything in the section speaks of."""
    return judged.section_fit


def own_overlap(judged: Judged) -> float:
    """The share of the question's terms, by idf, that the sentence itself has."""
    return sum(w for t, w in judged.question.terms.items() if t in judged.passage.terms)


def heading_precision(judged: Judged) -> float:
    """The share of the words of the heading above it that the question has."""
    heading = judged.passage.heading
    return sum(word in judged.question.terms for word in heading) / max(1, len(heading))


def names_missing(judged: Judged) -> float:
    """The share of the question's terms, by idf, that are names and nowhere in the article."""
    passage, question = judged.passage, judged.question
    return sum(
        question.terms[name] for name in question.names if name not in passage.article and name not in passage.title
    )


def unknown_word(judged: Judged) -> float:
    """Whether no sentence at all has one of the question's terms, which is no name.

    Such a term weighs as much as any can, and is often a word of the asker's own for something that is there: what it
    takes from the shares above is given back in part.
    """
    question = judged.question
    return float(any(not often and term not in question.names for term, often in question.frequencies.items()))


def query_length(judged: Judged) -> float:
    """The logarithm of the question's terms: the more there are, the fewer of them need to be found."""
    return math.log1p(len(judged.question.terms))


def passage_length(judged: Judged) -> float:
    """The logarithm of the sentence's words: a long one has words of any question."""
    return math.log1p(judged.passage.length)


def together(judged: Judged) -> float:
    """The share of the passages right behind the best one that stand close to it in its article."""
    return judged.ranking.together


def spread(judged: Judged) -> float:
    """How much better all passages together are than this one: 0 where it is alone, more where many are as good.

    Scores that are spread evenly are a sign that none of them answers.
    """
    return judged.ranking.all_odds - judged.hit.score


def nearness(judged: Judged) -> float:
    """How near the sentence, with what is above it, is in meaning."""
    return judged.passage.nearness.unit


def nearest(judged: Judged) -> float:
    """How near the nearest sentence of the library is."""
    return judged.passage.nearness.nearest


class Signal(NamedTuple):
    """A row of SIGNALS: what code calls it, plain words for people, its weight in the logistic, how it is measured."""

    key: str
    label: str
    weight: float
    measure: Callable[[Judged], float]


# A logistic regression and its calibration, both by `python -m benchmarks.learn_confidence`; benchmarks/README.md has
# the figures. CEILING is what even the surest ones reach: the best of fifty sentences is not always the right one.
CEILING = 0.93
BIAS = -4.357
SIGNALS: tuple[Signal, ...] = (
    Signal("first_stage", "first look", 1.148, first_stage),
    Signal("character_ngrams", "runs of letters", 1.586, character_ngrams),
    Signal("whole_fit", "like words with what is above", 2.746, whole_fit),
    Signal("better_fit", "more of them elsewhere", 2.305, better_fit),
    Signal("section_fit", "like words in its section", 1.501, section_fit),
    Signal("own_overlap", "words in it", -1.913, own_overlap),
    Signal("heading_precision", "heading above it", 0.778, heading_precision),
    Signal("names_missing", "names missing", -1.026, names_missing),
    Signal("unknown_word", "a word that is nowhere", 0.702, unknown_word),
    Signal("query_length", "words", 1.082, query_length),
    Signal("passage_length", "length", -0.479, passage_length),
    Signal("together", "others close to it", 0.840, together),
    Signal("spread", "others as good", -0.792, spread),
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
