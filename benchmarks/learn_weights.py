"""Learns the table of retrieval/search/reranking/reranker.py from labelled questions, and prints it.

    python -m benchmarks.learn_weights ../shared/data/communities/* ../shared/data/new_wiki ../shared/data/selqa_dev

A linear model under a softmax over the candidates of each question: the loss is the negative log of the share that
the right sentences get (a listwise loss; Cao et al., "Learning to rank: from pairwise approach to listwise approach",
ICML 2007, its top-one case). Every set counts alike, however many questions it has. Judged by cross-validation: each
set with weights learnt from the others, so that no library is judged by what was learnt from it. Printed by set and,
where questions have one, by kind.

With `--model FOLDER` a sentence encoder reads along, and the second table is learnt, that of
retrieval/search/reranking/ranking_with_meaning.py; with `--write` that file is written.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.question_sets import answerer_of, questions_of, whole
from benchmarks.with_model import remembering
from retrieval.search.reranking import ranking_with_meaning
from retrieval.search.reranking.reranker import FEATURES, FEATURES_WITH_MEANING, features_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from benchmarks.question_sets import Question
    from retrieval.answer.answerer import Answerer

MOST = 400  # questions of a set, drawn evenly


@dataclass(frozen=True)
class Examples:
    """The candidates of all answerable questions of a set, one question behind the other.

    `values` (candidates, features), `right` (candidates,) and `question` (candidates,), the number of the question that
    each is of; `kinds` has the kind of each question.
    """

    values: NDArray[np.float64]
    right: NDArray[np.bool_]
    question: NDArray[np.int64]
    kinds: Sequence[str]


def examples_of(answerer: Answerer, questions: Sequence[Question]) -> Examples:
    """The candidates of every question, measured by the features as they are in the program."""
    values: list[list[float]] = []
    right: list[bool] = []
    numbers: list[int] = []
    for number, question in enumerate(questions):
        analysis = answerer.analyze(question.text, after=question.previous(answerer))
        features = answerer.features(analysis)
        hits = answerer.candidates(analysis.query)
        asked = features.question
        _, table = features_for(features)
        for hit, passage in zip(hits, features.of([hit.sentence for hit in hits]), strict=True):
            values.append([hit.score, *(f.measure(asked, passage) if f.counts_for(asked) else 0.0 for f in table)])
            right.append(question.answered_at(whole(hit.sentence.article.file), hit.sentence.span))
            numbers.append(number)
    measured = np.array(values, dtype=np.float64).reshape(len(numbers), -1)
    return Examples(measured, np.array(right), np.array(numbers), [question.kind for question in questions])


def examples_in(folder: Path, model: Path | None = None) -> Examples:
    """The candidates of the questions of a set; the encoder in the folder `model` reads along where one is given."""
    questions = [question for question in questions_of(folder) if question.gold]
    with remembering(model, folder.name) as encoder:
        return examples_of(answerer_of(folder, encoder), questions[:: max(1, len(questions) // MOST)])


def learn(
    sets: Sequence[Examples], columns: Sequence[int], *, l2: float = 1e-3, steps: int = 250
) -> NDArray[np.float64]:
    """Weights, shape (columns,), from the questions that have a right candidate; Adam (Kingma and Ba 2015)."""
    tables, rights, numbers, shares = [], [], [], []
    before = 0
    for one in sets:
        found = np.unique(one.question[one.right])
        rows = np.isin(one.question, found)
        numbers.append(np.searchsorted(found, one.question[rows]) + before)
        tables.append(one.values[rows][:, columns])
        rights.append(one.right[rows])
        shares.append(np.full(len(found), 1 / (len(sets) * max(1, len(found)))))
        before += len(found)
    values, right = np.concatenate(tables), np.concatenate(rights).astype(float)
    question, share = np.concatenate(numbers), np.concatenate(shares)
    starts = np.flatnonzero(np.diff(question, prepend=-1))
    scale = values.std(0) + 1e-9
    values /= scale
    weights, mean, square = np.zeros(len(columns)), np.zeros(len(columns)), np.zeros(len(columns))
    for step in range(1, steps + 1):
        scores = values @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[question])
        given = odds / np.add.reduceat(odds, starts)[question]
        wanted = odds * right
        wanted /= np.add.reduceat(wanted, starts)[question]
        slope = values.T @ ((given - wanted) * share[question]) + l2 * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        pace = 0.05 if step < 0.6 * steps else 0.01
        weights -= pace * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    unscaled: NDArray[np.float64] = weights / scale
    return unscaled


def ranks(examples: Examples, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rank of the first right candidate of each question, infinite where there is none, shape (questions,)."""
    found = np.full(len(examples.kinds), np.inf)
    order = np.lexsort((-scores, examples.question))
    question = examples.question[order]
    starts = np.searchsorted(question, np.arange(len(examples.kinds)))
    places = np.arange(len(question)) - starts[question] + 1.0
    right = examples.right[order]
    np.minimum.at(found, question[right], places[right])
    return found


def figures(found: NDArray[np.float64]) -> str:
    """R@1, R@3, R@10 and MRR@10 in percent, with the standard error of R@1."""
    first, three, ten = (np.mean(found <= rank) for rank in (1, 3, 10))
    mrr = np.mean(np.where(found <= 10, 1 / found, 0))
    error = np.sqrt(first * (1 - first) / len(found))
    return f"R@1 {100 * first:.1f} ±{100 * error:.1f}  R@3 {100 * three:.1f}  R@10 {100 * ten:.1f}  MRR {100 * mrr:.1f}"


def judged(sets: dict[str, Examples], columns: list[int]) -> dict[str, NDArray[np.float64]]:
    """The ranks in each set, with these features alone and weights that were learnt from the other sets."""
    found = {}
    for name, one in sets.items():
        others = [other for other_name, other in sets.items() if other_name != name] or [one]
        found[name] = ranks(one, one.values[:, columns] @ learn(others, columns))
    return found


def _print_kinds(sets: dict[str, Examples], found: dict[str, NDArray[np.float64]]) -> None:
    by_kind = defaultdict(list)
    for name, one in sets.items():
        for kind, rank in zip(one.kinds, found[name], strict=True):
            if kind:
                by_kind[kind].append(rank)
    for kind, places in sorted(by_kind.items(), key=lambda item: -len(item[1])):
        print(f"  {kind:30}{len(places):5}  {figures(np.array(places))}")


def write_table(module: Path, weights: dict[str, float]) -> None:
    """Write the weights of a module whose last statement they are."""
    head, name, _ = module.read_text(encoding="utf-8").partition("WEIGHTS = {")
    rows = "".join(f'    "{key}": {weight:.3f},\n' for key, weight in weights.items())
    module.write_text(f"{head}{name}\n{rows}}}\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="folders with articles/ and questions.jsonl")
    parser.add_argument("--steps", action="store_true", help="also judge the table without each of its rows")
    parser.add_argument("--model", type=Path, help="the folder of a sentence encoder, which reads along")
    parser.add_argument("--write", action="store_true", help="with --model: write the table that was learnt")
    options = parser.parse_args()
    if options.write and not options.model:
        parser.error("--write needs --model: the table without one has functions beside its weights")
    features = FEATURES_WITH_MEANING if options.model else FEATURES
    keys = ("first_stage", *(feature.key for feature in features))
    with ProcessPoolExecutor() as pool:
        examples = pool.map(examples_in, options.folders, repeat(options.model))
        sets = {folder.name: one for folder, one in zip(options.folders, examples, strict=True)}
    everything = list(range(len(keys)))
    found = judged(sets, everything)
    for name, one in sets.items():
        among = len(np.unique(one.question[one.right])) / len(one.kinds)
        print(f"{name}: {len(one.kinds):,} questions, right among the candidates {100 * among:.1f} %")
        print(f"  {'first stage alone':30}{figures(ranks(one, one.values[:, 0]))}")
        print(f"  {'learnt from the other sets':30}{figures(found[name])}")
    print("By kind:")
    _print_kinds(sets, found)
    if options.steps:
        for left in everything[1:]:
            without = judged(sets, [column for column in everything if column != left])
            print(f"without {keys[left]:22}", *(figures(places)[:10] for places in without.values()), sep="  ")
    weights = learn(list(sets.values()), everything)
    if options.write:
        write_table(Path(ranking_with_meaning.__file__), dict(zip(keys, weights.tolist(), strict=True)))
    print(f"\nFIRST_STAGE_WEIGHT = {weights[0]:.3f}")
    for feature, weight in zip(features, weights[1:], strict=True):
        print(f'    Feature("{feature.key}", "{feature.label}", {weight:.2f}, …)')


if __name__ == "__main__":
    main()
