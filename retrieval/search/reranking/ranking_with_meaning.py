"""What the reranker sees where a sentence encoder reads along, and what its features weigh then, by their keys.

The weights were learnt, all at once, by `python -m benchmarks.learn_weights --model FOLDER --write …`;
benchmarks/README.md has the figures. What is not named here weighs what it does without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.search.reranking.passage_features import Passage
    from retrieval.search.reranking.question_features import QuestionFeatures

WEIGHTS = {
    "first_stage": 0.044,
    "character_ngrams": -0.148,
    "prefix_overlap": 1.197,
    "bigram_overlap": 0.893,
    "stop_word_overlap": 1.333,
    "previous_sentence": 3.162,
    "next_sentence": 0.251,
    "name_overlap": 1.757,
    "article_overlap": 2.081,
    "title_match": -1.099,
    "context_overlap": 1.569,
    "heading_match": -1.709,
    "opens_matching_section": 2.183,
    "own_fit": 0.863,
    "heading_fit": 1.471,
    "whole_fit": 1.669,
    "number_match": 2.919,
    "count_match": 1.427,
    "time_match": 2.228,
    "place_match": 1.892,
    "person_match": 1.888,
    "reason_match": 1.789,
    "rules_on_it": 0.538,
    "length": 0.131,
    "is_short": -0.749,
    "is_question": -0.351,
    "is_heading": -4.613,
    "is_item": -0.511,
    "is_code": -0.436,
    "is_quotation": -4.451,
    "nearness": 2.993,
    "closeness": 2.387,
    "nearness_before": 3.203,
    "nearness_after": -0.139,
}


def nearness(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - one signature for all features
    """How near the sentence, with what is above it, is in meaning."""
    return passage.nearness.unit


def closeness(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """How little it is behind the one that is nearest of all."""
    return passage.nearness.closeness


def nearness_before(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """How much nearer the sentence before is."""
    return passage.nearness.before


def nearness_after(question: QuestionFeatures, passage: Passage) -> float:  # noqa: ARG001 - as above
    """How much nearer the sentence after is."""
    return passage.nearness.after
