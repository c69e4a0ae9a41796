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
    "first_stage": 0.041,
    "character_ngrams": -0.942,
    "prefix_overlap": 0.616,
    "bigram_overlap": 0.304,
    "stop_word_overlap": 1.203,
    "previous_sentence": 2.206,
    "next_sentence": 0.026,
    "name_overlap": 0.128,
    "article_overlap": 2.284,
    "title_match": -1.811,
    "opens_matching_article": 1.273,
    "definition": 0.833,
    "context_overlap": 1.428,
    "heading_match": -1.723,
    "opens_matching_section": 2.252,
    "own_fit": -0.107,
    "heading_fit": 1.307,
    "whole_fit": 0.247,
    "resumed_fit": 1.524,
    "resumed_whole_fit": 1.828,
    "number_match": 2.769,
    "count_match": 2.116,
    "time_match": 2.154,
    "place_match": 2.835,
    "person_match": 2.893,
    "reason_match": 1.964,
    "rules_on_it": 0.555,
    "length": 0.017,
    "is_short": -0.837,
    "is_question": -0.274,
    "is_heading": -3.607,
    "is_item": -0.535,
    "is_code": -0.372,
    "is_quotation": -3.940,
    "nearness": 3.983,
    "closeness": 1.844,
    "nearness_before": 4.146,
    "nearness_after": -1.207,
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
