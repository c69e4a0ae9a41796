"""The weights of the confidence's signals where a sentence encoder reads along, by their keys.

Learnt by `python -m benchmarks.learn_confidence --model FOLDER --write …`; benchmarks/README.md has the figures.
"""

CEILING = 0.91
BIAS = -4.7
WEIGHTS = {"nearness": 1.0, "nearest": 0.0}
