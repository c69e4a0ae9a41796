"""The weights of the reranker's features where a sentence encoder reads along, by their keys.

Learnt, all at once, by `python -m benchmarks.learn_weights --model FOLDER --write …`; benchmarks/README.md has the
figures. What is not named here weighs what it does without.
"""

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
