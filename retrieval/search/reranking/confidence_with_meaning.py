"""The weights of the confidence's signals where a sentence encoder reads along, by their keys.

Learnt by `python -m benchmarks.learn_confidence --model FOLDER --write …`; benchmarks/README.md has the figures.
"""

CEILING = 0.94
BIAS = -6.786
WEIGHTS = {
    "first_stage": 0.633,
    "character_ngrams": 1.246,
    "whole_fit": 1.629,
    "better_fit": 4.324,
    "section_fit": 3.605,
    "own_overlap": -1.709,
    "heading_precision": 0.534,
    "names_missing": 0.496,
    "unknown_word": 1.323,
    "query_length": 0.664,
    "passage_length": -0.004,
    "together": 0.948,
    "spread": -1.026,
    "nearness": 3.509,
    "nearest": -1.906,
}
