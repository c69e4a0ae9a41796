"""Learns the table of retrieval/search/reranking/reranker.py from labelled questions, and prints it.

    python -m benchmarks.learn_weights ../shared/data/new_wiki ../shared/data/selqa_dev

A linear model under a softmax over the candidates of each question: the loss is the negative log of the share that
the right sentences get (a listwise loss; Cao et al., "Learning to rank: from pairwise approach to listwise approach",
ICML 2007, its top-one case). Every set counts alike, however many questions it has. Judged by cross-validation: the
articles are dealt into ten parts, and each part is judged with weights learnt from the other nine.

Every set is asked over all its articles, and over each long one by itself.
"""

from __future__ import annotations

import argparse
import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.question_sets import PARTS, in_pieces, questions_of, whole
from retrieval.answer.answerer import CANDIDATES, Answerer
from retrieval.ingestion.library import load
from retrieval.search.reranking.reranker import FEATURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from benchmarks.question_sets import Question

PIECES = 5  # of an article that is a library by itself
LONG = 100  # sentences of an article that can be one
KEYS = ("first_stage", *(feature.key for feature in FEATURES))


@dataclass(frozen=True)
class Examples:
    """`values` (questions, candidates, features), `right` and `there` (questions, candidates), `part` (questions,)."""

    values: NDArray[np.float64]
    right: NDArray[np.bool_]
    there: NDArray[np.bool_]
    part: NDArray[np.int64]


def sets_of(folder: Path) -> dict[str, Examples]:
    """The examples of a set by name: over all articles, and over each long one by itself, cut into pieces.

    A server's library is often on one subject; there, what tells one subject from another tells nothing.
    """
    library, questions = load(folder / "articles"), questions_of(folder)
    found = {folder.name: examples_of(Answerer(library), questions)}
    alone = []
    for article in library.articles:
        answerer = Answerer(dataclasses.replace(library, articles=in_pieces([article], PIECES)))
        mine = [question for question in questions if question.gold[0][0] == article.file]
        if len(answerer.corpus.sentences) >= LONG and mine:
            alone.append(examples_of(answerer, mine))
    if alone:
        joined = ([getattr(e, field.name) for e in alone] for field in dataclasses.fields(Examples))
        found[f"{folder.name}, one subject"] = Examples(*map(np.concatenate, joined))
    return found


def examples_of(answerer: Answerer, questions: Sequence[Question]) -> Examples:
    """The candidates of every question, measured by the features as they are in the program."""
    values = np.zeros((len(questions), CANDIDATES, len(KEYS)))
    right = np.zeros(values.shape[:2], dtype=bool)
    there = np.zeros(values.shape[:2], dtype=bool)
    for n, question in enumerate(questions):
        analysis = answerer.analyze(question.text)
        features = answerer.features(analysis)
        asked = features.question
        for k, hit in enumerate(answerer.searcher.search(analysis.query, CANDIDATES)):
            sentence = hit.sentence
            (passage,) = features.of([sentence])
            values[n, k] = [hit.score, *(f.measure(asked, passage) if f.counts_for(asked) else 0.0 for f in FEATURES)]
            right[n, k] = question.answered_at(whole(sentence.article.file), sentence.span)
            there[n, k] = True
    return Examples(values, right, there, np.array([question.part for question in questions]))


def learn(
    sets: list[Examples], without: int | None = None, *, l2: float = 1e-3, steps: int = 400
) -> NDArray[np.float64]:
    """Weights, shape (features,), from all questions but those of part `without`; Adam (Kingma and Ba 2015)."""
    kept = [(s, s.right.any(1) & (s.part != without)) for s in sets]
    values = np.concatenate([s.values[k] for s, k in kept])
    right = np.concatenate([s.right[k] for s, k in kept])
    there = np.concatenate([s.there[k] for s, k in kept])
    share = np.concatenate([np.full(k.sum(), 1 / (len(sets) * k.sum())) for _, k in kept])
    scale = values[there].std(0) + 1e-9
    values = values / scale
    weights, mean, square = np.zeros(values.shape[2]), np.zeros(values.shape[2]), np.zeros(values.shape[2])
    for step in range(1, steps + 1):
        scores = np.where(there, values @ weights, -np.inf)
        odds = np.exp(scores - scores.max(1, keepdims=True))
        given = odds / odds.sum(1, keepdims=True)
        wanted = np.where(right, odds, 0)
        wanted /= wanted.sum(1, keepdims=True)
        slope = np.einsum("nk,nkf->f", (given - wanted) * share[:, None], values) + l2 * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        pace = 0.05 if step < 0.6 * steps else 0.01
        weights -= pace * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    found: NDArray[np.float64] = weights / scale
    return found


def ranks(examples: Examples, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rank of the first right candidate of each question, infinite where there is none, shape (questions,)."""
    order = np.argsort(np.where(examples.there, -scores, np.inf), axis=1, kind="stable")
    right = np.take_along_axis(examples.right, order, 1)
    return np.where(right.any(1), right.argmax(1) + 1.0, np.inf)


def figures(found: NDArray[np.float64]) -> str:
    """R@1, R@10 and MRR@10 in percent, with the standard error of R@1."""
    first, ten = np.mean(found == 1), np.mean(found <= 10)
    mrr = np.mean(np.where(found <= 10, 1 / found, 0))
    error = np.sqrt(first * (1 - first) / len(found))
    return f"R@1 {100 * first:.1f} ±{100 * error:.1f}  R@10 {100 * ten:.1f}  MRR {100 * mrr:.1f}"


def judged(sets: list[Examples], columns: list[int]) -> list[str]:
    """The cross-validated figures of each set with these features alone."""
    cut = [Examples(s.values[:, :, columns], s.right, s.there, s.part) for s in sets]
    found = [np.zeros(len(s.part)) for s in cut]
    for part in range(PARTS):
        weights = learn(cut, part)
        for place, s in zip(found, cut, strict=True):
            mine = s.part == part
            place[mine] = ranks(s, s.values @ weights)[mine]
    return [figures(place) for place in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="folders with articles/ and questions.jsonl")
    parser.add_argument(
        "--steps", action="store_true", help="also judge the table grown row by row, and each row left out"
    )
    options = parser.parse_args()
    named = {name: examples for folder in options.folders for name, examples in sets_of(folder).items()}
    sets = list(named.values())
    everything = list(range(len(KEYS)))
    for (name, s), said in zip(named.items(), judged(sets, everything), strict=True):
        print(f"{name}: {len(s.part):,} questions, right among the candidates {100 * s.right.any(1).mean():.1f} %")
        print(f"  {'first stage alone':30}{figures(ranks(s, s.values[:, :, 0]))}")
        print(f"  {'all features, cross-validated':30}{said}")
    if options.steps:
        for count in range(1, len(KEYS)):
            print(f"+ {KEYS[count]:28}", *judged(sets, everything[: count + 1]), sep="   ")
        for left in everything[1:]:
            print(f"without {KEYS[left]:22}", *judged(sets, [c for c in everything if c != left]), sep="   ")
    weights = learn(sets)
    print(f"\nFIRST_STAGE_WEIGHT = {weights[0]:.3f}")
    for feature, weight in zip(FEATURES, weights[1:], strict=True):
        print(f'    Feature("{feature.key}", "{feature.label}", {weight:.2f}, …)')


if __name__ == "__main__":
    main()
