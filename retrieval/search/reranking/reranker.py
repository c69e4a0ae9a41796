"""What the first look found is ranked again, by what BM25 does not see."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from retrieval.core.model import FeatureScore, Hit, Kind
from retrieval.query.answer_types import MEASURE, AnswerType, has

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from retrieval.search.reranking.passage_features import Passage, PassageFeatures
    from retrieval.search.reranking.question_features import QuestionFeatures

Sought = TypeVar("Sought", str, int)


def _share(sought: Mapping[Sought, float], place: Container[Sought]) -> float:
    return sum([weight for what, weight in sought.items() if what in place])  # a list is quicker than a generator


def runs_of_letters(asked: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's runs of five letters, across words, that the sentence has."""
    return _share(asked.letters, passage.forms)


def beginnings_of_words(asked: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's words that begin like a word of the sentence, by idf."""
    return _share(asked.beginnings, passage.forms)


def words_side_by_side(asked: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's pairs of words, stop words too, that stand together in the sentence."""
    return _share(asked.pairs, passage.stems)


def small_words(asked: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's stop words that the sentence has."""
    return _share(asked.small, passage.forms)


def sentence_before(asked: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that the sentence before has and the sentence has not."""
    return sum([w for t, w in asked.terms.items() if t in passage.before and t not in passage.terms])


def sentence_after(asked: QuestionFeatures, passage: Passage) -> float:
    """The same of the sentence after."""
    return sum([w for t, w in asked.terms.items() if t in passage.after and t not in passage.terms])


def paragraph_around(asked: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that the whole paragraph or its heading has."""
    return _share(asked.terms, passage.paragraph)


def names_around(asked: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that are names and in the paragraph or its article's title."""
    return sum([asked.terms[name] for name in asked.names if name in passage.paragraph or name in passage.title])


def article_around(asked: QuestionFeatures, passage: Passage) -> float:
    """The same of the whole article."""
    return _share(asked.terms, passage.article)


def under_its_title(asked: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that the sentence or its article's title has.

    What an article is about, its sentences rarely repeat.
    """
    return sum([w for t, w in asked.terms.items() if t in passage.terms or t in passage.title])


def whole_title(asked: QuestionFeatures, passage: Passage) -> float:
    """Whether the question has every word of the article's title."""
    return float(bool(passage.title) and passage.title <= asked.terms.keys())


def title_above(asked: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that the article's name and title have."""
    return _share(asked.terms, passage.title)


def says_it(asked: QuestionFeatures, passage: Passage) -> float:
    """Whether the sentence has an answer of the kind that the question asks for, one that the question has not."""
    return float(has(passage.text, asked.expected, besides=asked.named))


def counts_it(asked: QuestionFeatures, passage: Passage) -> float:
    """Whether the sentence has a number shortly before what the question wants counted."""
    return float(asked.counted is not None and asked.counted.search(passage.stems) is not None)


def says_a_measure(asked: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - one signature for all features
    """Whether the sentence names a unit."""
    return float(MEASURE.search(passage.text) is not None)


def opens_paragraph(asked: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether the sentence is the first of its paragraph."""
    return float(passage.opens_paragraph)


def length(asked: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The logarithm of the sentence's words."""
    return math.log1p(passage.length)


def asks_itself(asked: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether the sentence is a question."""
    return float(passage.asks)


def is_heading(asked: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether it is a heading, which more often stands above an answer than is one."""
    return float(passage.kind is Kind.HEADING)


class Feature(NamedTuple):
    """A row of FEATURES: what it is called when it is explained, what it counts for, and how it is measured.

    With `only_for`, it is 0 for a question that asks for something else.
    """

    name: str
    weight: float
    measure: Callable[[QuestionFeatures, Passage], float]
    only_for: AnswerType | None = None

    def counts_for(self, asked: QuestionFeatures) -> bool:
        """Whether it can be anything but 0 for a question."""
        return self.only_for is None or self.only_for is asked.expected


# The weights were learnt, all at once, by `python -m benchmarks.learn_weights`; benchmarks/README.md has the figures.
FIRST_LOOK = 0.053
FEATURES: tuple[Feature, ...] = (
    Feature("runs of letters", 3.88, runs_of_letters),
    Feature("beginnings of words", 1.29, beginnings_of_words),
    Feature("words side by side", 1.81, words_side_by_side),
    Feature("small words", 1.81, small_words),
    Feature("sentence before", 5.15, sentence_before),
    Feature("sentence after", 1.61, sentence_after),
    Feature("paragraph", 1.54, paragraph_around),
    Feature("names around", 6.70, names_around),
    Feature("article", 1.05, article_around),
    Feature("under its title", 5.44, under_its_title),
    Feature("whole title", 1.24, whole_title),
    Feature("title", 0.51, title_above),
    Feature("says a number", 2.06, says_it, AnswerType.NUMBER),
    Feature("counts it", 2.38, counts_it, AnswerType.NUMBER),
    Feature("says a measure", 0.95, says_a_measure, AnswerType.NUMBER),
    Feature("says a time", 2.91, says_it, AnswerType.TIME),
    Feature("says a place", 0.71, says_it, AnswerType.PLACE),
    Feature("says a person", 0.69, says_it, AnswerType.PERSON),
    Feature("says a reason", 1.39, says_it, AnswerType.REASON),
    Feature("opens a paragraph", 0.54, opens_paragraph),
    Feature("length", -0.67, length),
    Feature("asks itself", -4.57, asks_itself),
    Feature("heading", -6.00, is_heading),  # not learnt: encyclopedias, which the others were learnt on, have none
)


def rank(evidence: PassageFeatures, hits: Sequence[Hit]) -> list[Hit]:
    """The same sentences, best first, each score the sum of the first look's parts and the features' parts.

    Equal scores keep the order in which the hits came.
    """
    asked = evidence.asked
    features = [feature for feature in FEATURES if feature.counts_for(asked)]
    passages = evidence.of([hit.sentence for hit in hits])
    ranked = [_again(asked, hit, passage, features) for hit, passage in zip(hits, passages, strict=True)]
    return sorted(ranked, key=lambda hit: -hit.score)


def _again(asked: QuestionFeatures, hit: Hit, passage: Passage, features: Sequence[Feature]) -> Hit:
    parts = [FeatureScore(part.name, FIRST_LOOK * part.value) for part in hit.parts]
    measured = [(feature, feature.measure(asked, passage)) for feature in features]
    parts += [FeatureScore(feature.name, feature.weight * value) for feature, value in measured if value]
    return Hit(hit.sentence, math.fsum([part.value for part in parts]), tuple(parts), found=hit.score)
