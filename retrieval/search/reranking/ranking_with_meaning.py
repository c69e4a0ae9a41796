"""The weights of the reranker's features where a sentence encoder reads along, by their keys.

Learnt, all at once, by `python -m benchmarks.learn_weights --model FOLDER --write …`; benchmarks/README.md has the
figures. What is not named here weighs what it does without.
"""

WEIGHTS = {
    "first_stage": 0.039,
    "character_ngrams": -0.669,
    "prefix_overlap": 0.937,
    "bigram_overlap": 0.293,
    "stop_word_overlap": 1.344,
    "previous_sentence": 3.282,
    "next_sentence": 0.079,
    "name_overlap": 1.190,
    "article_overlap": 2.399,
    "title_match": -1.367,
    "context_overlap": 1.143,
    "heading_match": -1.589,
    "opens_matching_section": 2.263,
    "own_fit": 1.065,
    "heading_fit": 1.361,
    "whole_fit": 1.636,
    "number_match": 2.849,
    "count_match": 1.298,
    "time_match": 2.244,
    "place_match": 2.196,
    "person_match": 2.695,
    "reason_match": 1.893,
    "rules_on_it": 0.599,
    "length": 0.085,
    "is_short": -0.726,
    "is_question": -0.359,
    "is_heading": -3.785,
    "is_item": -0.489,
    "is_code": -0.410,
    "is_quotation": -3.909,
    "nearness": 4.008,
    "closeness": 1.889,
    "nearness_before": 3.637,
    "nearness_after": -0.969,
}
