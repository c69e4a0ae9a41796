"""The second stage: candidates are ranked again by what BM25 does not see, a linear model over a table of features."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from retrieval.core.model import FeatureScore, Hit, Kind
from retrieval.core.query_model import AnswerType
from retrieval.query.answer_types import MEASURE, has_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from retrieval.search.reranking.passage_features import Passage, PassageFeatures
    from retrieval.search.reranking.question_features import QuestionFeatures

Sought = TypeVar("Sought", str, int)


def _share(sought: Mapping[Sought, float], place: Container[Sought]) -> float:
    return sum([weight for what, weight in sought.items() if what in place])  # a list is quicker than a generator


def character_ngrams(question: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's character n-grams, across words, that the sentence has."""
    return _share(question.ngrams, passage.forms)


def prefix_overlap(question: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's words that begin like a word of the sentence, by idf."""
    return _share(question.prefixes, passage.forms)


def bigram_overlap(question: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's pairs of words, stop words too, that stand together in the sentence."""
    return _share(question.bigrams, passage.stems)


def stop_word_overlap(question: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's stop words that the sentence has."""
    return _share(question.stop_words, passage.forms)


def previous_sentence(question: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that the sentence before has and the sentence has not."""
    return sum([w for t, w in question.terms.items() if t in passage.before and t not in passage.terms])


def next_sentence(question: QuestionFeatures, passage: Passage) -> float:
    """The same of the sentence after."""
    return sum([w for t, w in question.terms.items() if t in passage.after and t not in passage.terms])


def paragraph_overlap(question: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that the whole paragraph or its heading has."""
    return _share(question.terms, passage.paragraph)


def name_overlap(question: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that are names and in the paragraph or its article's title."""
    return sum([question.terms[name] for name in question.names if name in passage.paragraph or name in passage.title])


def article_overlap(question: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that the whole article has."""
    return _share(question.terms, passage.article)


def sentence_or_title(question: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that the sentence or its article's title has.

    What an article is about, its sentences rarely repeat.
    """
    return sum([w for t, w in question.terms.items() if t in passage.terms or t in passage.title])


def whole_title(question: QuestionFeatures, passage: Passage) -> float:
    """Whether the question has every word of the article's title."""
    return float(bool(passage.title) and passage.title <= question.terms.keys())


def title_overlap(question: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that the article's name and title have."""
    return _share(question.terms, passage.title)


def answer_type_match(question: QuestionFeatures, passage: Passage) -> float:
    """Whether the sentence has an answer of the kind that the question asks for, one that the question has not."""
    return float(has_answer(passage.text, question.answer_type, besides=question.content_words))


def count_match(question: QuestionFeatures, passage: Passage) -> float:
    """Whether the sentence has a number shortly before what the question wants counted."""
    return float(question.counted is not None and question.counted.search(passage.stems) is not None)


def measure_match(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - one signature for all
    """Whether the sentence names a unit."""
    return float(MEASURE.search(passage.text) is not None)


def opens_paragraph(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether the sentence is the first of its paragraph."""
    return float(passage.opens_paragraph)


def length(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The logarithm of the sentence's words."""
    return math.log1p(passage.length)


def is_question(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether the sentence is a question itself."""
    return float(passage.is_question)


def is_heading(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether it is a heading, which more often stands above an answer than is one."""
    return float(passage.kind is Kind.HEADING)


class Feature(NamedTuple):
    """A row of FEATURES: what code calls it, the plain words for people, its weight, and how it is measured.

    With `only_for`, it is 0 for a question that asks for another kind of answer.
    """

    key: str
    label: str
    weight: float
    measure: Callable[[QuestionFeatures, Passage], float]
    only_for: AnswerType | None = None

    def counts_for(self, question: QuestionFeatures) -> bool:
        """Whether it can be anything but 0 for a question."""
        return self.only_for is None or self.only_for is question.answer_type


# The weights were learnt, all at once, by `python -m benchmarks.learn_weights`; benchmarks/README.md has the figures.
FIRST_STAGE_WEIGHT = 0.053
FEATURES: tuple[Feature, ...] = (
    Feature("character_ngrams", "runs of letters", 3.88, character_ngrams),
    Feature("prefix_overlap", "beginnings of words", 1.29, prefix_overlap),
    Feature("bigram_overlap", "words side by side", 1.81, bigram_overlap),
    Feature("stop_word_overlap", "small words", 1.81, stop_word_overlap),
    Feature("previous_sentence", "sentence before", 5.15, previous_sentence),
    Feature("next_sentence", "sentence after", 1.61, next_sentence),
    Feature("paragraph_overlap", "paragraph", 1.54, paragraph_overlap),
    Feature("name_overlap", "names around", 6.70, name_overlap),
    Feature("article_overlap", "article", 1.05, article_overlap),
    Feature("sentence_or_title", "under its title", 5.44, sentence_or_title),
    Feature("whole_title", "whole title", 1.24, whole_title),
    Feature("title_overlap", "title", 0.51, title_overlap),
    Feature("number_match", "says a number", 2.06, answer_type_match, AnswerType.NUMBER),
    Feature("count_match", "counts it", 2.38, count_match, AnswerType.NUMBER),
    Feature("measure_match", "says a measure", 0.95, measure_match, AnswerType.NUMBER),
    Feature("time_match", "says a time", 2.91, answer_type_match, AnswerType.TIME),
    Feature("place_match", "says a place", 0.71, answer_type_match, AnswerType.PLACE),
    Feature("person_match", "says a person", 0.69, answer_type_match, AnswerType.PERSON),
    Feature("reason_match", "says a reason", 1.39, answer_type_match, AnswerType.REASON),
    Feature("opens_paragraph", "opens a paragraph", 0.54, opens_paragraph),
    Feature("length", "length", -0.67, length),
    Feature("is_question", "asks itself", -4.57, is_question),
    Feature("is_heading", "heading", -6.00, is_heading),  # not learnt: encyclopedias have none
)


def rerank(features: PassageFeatures, hits: Sequence[Hit]) -> list[Hit]:
    """The same sentences, best first, each score the sum of the first stage's parts and the features' parts.

    Equal scores keep the order in which the hits came.
    """
    question = features.question
    rows = [feature for feature in FEATURES if feature.counts_for(question)]
    passages = features.of([hit.sentence for hit in hits])
    ranked = [_rescore(question, hit, passage, rows) for hit, passage in zip(hits, passages, strict=True)]
    return sorted(ranked, key=lambda hit: -hit.score)


def _rescore(question: QuestionFeatures, hit: Hit, passage: Passage, rows: Sequence[Feature]) -> Hit:
    parts = [FeatureScore(part.name, FIRST_STAGE_WEIGHT * part.value) for part in hit.parts]
    measured = [(row, row.measure(question, passage)) for row in rows]
    parts += [FeatureScore(row.label, row.weight * value, row.key) for row, value in measured if value]
    return Hit(hit.sentence, math.fsum([part.value for part in parts]), tuple(parts), found=hit.score)
