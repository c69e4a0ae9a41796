"""The second stage: candidates are ranked again by what BM25 does not see, a linear model over a table of features."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from retrieval.core.model import FeatureScore, Hit, Kind
from retrieval.core.query_model import AnswerType
from retrieval.query.answer_types import has_answer
from retrieval.search.reranking.question_features import RULE
from retrieval.search.reranking.ranking_with_meaning import (
    WEIGHTS,
    closeness,
    nearness,
    nearness_after,
    nearness_before,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from retrieval.search.reranking.passage_features import Passage, PassageFeatures
    from retrieval.search.reranking.question_features import QuestionFeatures

FEW_WORDS = 3
# What it is worth that a sentence tells something of the thing that is asked about, or only begins with it, beside one
# that says what it is.
TELLS, BEGINS = 0.75, 0.5

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
    """The share of the question's terms, by idf, that the sentence before has and the sentence has not.

    It says nothing where the question asks what a thing is: the sentence that names it says that.
    """
    if question.defining is not None:
        return 0.0
    return sum([w for t, w in question.terms.items() if t in passage.before and t not in passage.terms])


def next_sentence(question: QuestionFeatures, passage: Passage) -> float:
    """The same of the sentence after."""
    return sum([w for t, w in question.terms.items() if t in passage.after and t not in passage.terms])


def name_overlap(question: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that are names and in the paragraph or its article's title."""
    return sum([question.terms[name] for name in question.names if name in passage.paragraph or name in passage.title])


def article_overlap(question: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that the whole article has."""
    return _share(question.terms, passage.article)


def answer_type_match(question: QuestionFeatures, passage: Passage) -> float:
    """Whether the sentence has an answer of the kind that the question asks for, one that the question has not."""
    return float(
        has_answer(passage.text, question.answer_type, besides=question.content_words, language=question.language)
    )


def count_match(question: QuestionFeatures, passage: Passage) -> float:
    """Whether the sentence has a number shortly before what the question wants counted."""
    return float(question.counted is not None and question.counted.search(passage.stems) is not None)


def length(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - one signature for all features
    """The logarithm of the sentence's words."""
    return math.log1p(passage.length)


def is_question(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether the sentence is a question itself."""
    return float(passage.is_question)


def is_heading(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether it is a heading, which more often stands above an answer than is one."""
    return float(passage.kind is Kind.HEADING)


def is_item(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether it is in an item of a list."""
    return float(passage.kind is Kind.ITEM)


def is_code(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether it is code."""
    return float(passage.kind is Kind.CODE)


def is_quotation(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether it is in a quotation that the article sets apart."""
    return float(passage.kind is Kind.QUOTATION)


def is_short(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether it has three words at most."""
    return float(passage.length <= FEW_WORDS)


def rules_on_it(question: QuestionFeatures, passage: Passage) -> float:
    """Whether the sentence says what may, must or cannot be, where the question asks whether."""
    return float(question.asks_whether and RULE.search(passage.text) is not None)


def heading_match(question: QuestionFeatures, passage: Passage) -> float:
    """How well the question and the heading above match: 1 where they have the same words."""
    return _match(question, passage.heading)


def opens_matching_section(question: QuestionFeatures, passage: Passage) -> float:
    """The same for what comes first under that heading."""
    return heading_match(question, passage) if passage.opens_section and passage.opens_paragraph else 0.0


def title_match(question: QuestionFeatures, passage: Passage) -> float:
    """How well the question and the article's titles match."""
    return _match(question, passage.title)


def opens_matching_article(question: QuestionFeatures, passage: Passage) -> float:
    """The same for the first sentence of that article."""
    return title_match(question, passage) if passage.opens_article else 0.0


def definition(question: QuestionFeatures, passage: Passage) -> float:
    """How much the sentence looks like one that says what the thing is that the question asks about."""
    if question.defining is None:
        return 0.0
    if passage.kind is Kind.DEFINITION and question.terms.keys() <= passage.context:
        return 1.0
    found = question.defining.match(passage.text)
    return 0.0 if found is None else 1.0 if found[2] else TELLS if found[1] else BEGINS


def context_overlap(question: QuestionFeatures, passage: Passage) -> float:
    """The share of the question's terms, by idf, that is above the sentence and not in it."""
    return sum([w for t, w in question.terms.items() if t in passage.context and t not in passage.terms])


def own_fit(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The share of the question that the sentence speaks of, with words that mean much the same."""
    return passage.fits.own


def resumed_fit(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The share of the question that the sentence speaks of with the one before it, if it goes on about that."""
    return passage.fits.resumed


def resumed_whole_fit(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The same of both with all that is above."""
    return passage.fits.resumed_whole


def heading_fit(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The same of the heading above."""
    return passage.fits.heading


def whole_fit(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The same of the sentence with all that is above it."""
    return passage.fits.whole


def _match(question: QuestionFeatures, words: frozenset[int]) -> float:
    """The harmonic mean (F1) of the share of the question, by idf, that is in `words`, and of these in the question."""
    asked = sum([question.terms.get(word, 0.0) for word in words])
    said = sum([word in question.terms for word in words]) / max(1, len(words))
    return 2 * asked * said / (asked + said) if asked else 0.0


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
FIRST_STAGE_WEIGHT = 0.101
FEATURES: tuple[Feature, ...] = (
    Feature("character_ngrams", "runs of letters", 0.88, character_ngrams),
    Feature("prefix_overlap", "beginnings of words", 1.16, prefix_overlap),
    Feature("bigram_overlap", "words side by side", 1.59, bigram_overlap),
    Feature("stop_word_overlap", "small words", 1.35, stop_word_overlap),
    Feature("previous_sentence", "sentence before", 4.02, previous_sentence),
    Feature("next_sentence", "sentence after", 0.88, next_sentence),
    Feature("name_overlap", "names around", 2.74, name_overlap),
    Feature("article_overlap", "article", 0.34, article_overlap),
    Feature("title_match", "title", 1.57, title_match),
    Feature("opens_matching_article", "first of that article", 0.94, opens_matching_article),
    Feature("definition", "says what it is", 2.09, definition),
    Feature("context_overlap", "what is above it", 2.07, context_overlap),
    Feature("heading_match", "heading above it", 1.26, heading_match),
    Feature("opens_matching_section", "first under that heading", 2.03, opens_matching_section),
    Feature("own_fit", "like words", 0.84, own_fit),
    Feature("heading_fit", "like words in the heading", 1.37, heading_fit),
    Feature("whole_fit", "like words with what is above", 1.97, whole_fit),
    Feature("resumed_fit", "like words with the sentence it goes on from", 1.16, resumed_fit),
    Feature("resumed_whole_fit", "all of these together", 3.09, resumed_whole_fit),
    Feature("number_match", "says a number", 3.54, answer_type_match, AnswerType.NUMBER),
    Feature("count_match", "counts it", 2.38, count_match, AnswerType.NUMBER),
    Feature("time_match", "says a time", 2.46, answer_type_match, AnswerType.TIME),
    Feature("place_match", "says a place", 1.96, answer_type_match, AnswerType.PLACE),
    Feature("person_match", "says a person", 2.14, answer_type_match, AnswerType.PERSON),
    Feature("reason_match", "says a reason", 2.05, answer_type_match, AnswerType.REASON),
    Feature("rules_on_it", "says what may be", 1.13, rules_on_it),
    Feature("length", "length", -0.30, length),
    Feature("is_short", "few words", -0.87, is_short),
    Feature("is_question", "asks itself", -1.42, is_question),
    Feature("is_heading", "heading", -3.75, is_heading),
    Feature("is_item", "item of a list", -0.94, is_item),
    Feature("is_code", "code", -0.84, is_code),
    Feature("is_quotation", "quotation", -5.04, is_quotation),
)

# The same with a sentence encoder that reads along: other weights, and what it adds.
MEANING_FEATURES = (
    Feature("nearness", "near in meaning", WEIGHTS["nearness"], nearness),
    Feature("closeness", "nearest in meaning", WEIGHTS["closeness"], closeness),
    Feature("nearness_before", "sentence before near in meaning", WEIGHTS["nearness_before"], nearness_before),
    Feature("nearness_after", "sentence after near in meaning", WEIGHTS["nearness_after"], nearness_after),
)
FEATURES_WITH_MEANING: tuple[Feature, ...] = (
    *(feature._replace(weight=WEIGHTS.get(feature.key, feature.weight)) for feature in FEATURES),
    *MEANING_FEATURES,
)


def features_for(features: PassageFeatures) -> tuple[float, tuple[Feature, ...]]:
    """The weight of the first stage and the table of features that passages are ranked by."""
    if features.nearness is None:
        return FIRST_STAGE_WEIGHT, FEATURES
    return WEIGHTS["first_stage"], FEATURES_WITH_MEANING


def rerank(features: PassageFeatures, hits: Sequence[Hit]) -> list[Hit]:
    """The same sentences, best first, each score the sum of the first stage's parts and the features' parts.

    Equal scores keep the order in which the hits came.
    """
    question = features.question
    first_stage, table = features_for(features)
    rows = [feature for feature in table if feature.counts_for(question)]
    passages = features.of([hit.sentence for hit in hits])
    ranked = [_rescore(question, hit, passage, rows, first_stage) for hit, passage in zip(hits, passages, strict=True)]
    return sorted(ranked, key=lambda hit: -hit.score)


def _rescore(
    question: QuestionFeatures, hit: Hit, passage: Passage, rows: Sequence[Feature], first_stage: float
) -> Hit:
    parts = [FeatureScore(part.name, first_stage * part.value) for part in hit.parts]
    measured = [(row, row.measure(question, passage)) for row in rows]
    parts += [FeatureScore(row.label, row.weight * value, row.key) for row, value in measured if value]
    return Hit(hit.sentence, math.fsum([part.value for part in parts]), tuple(parts), found=hit.score)
