"""Learns the table of retrieval/search/reranking/calibration.py from labelled questions, and prints it.

    python -m benchmarks.learn_confidence ../shared/data/communities/* ../shared/data/{new_wiki,selqa_dev}

Libraries of many sizes are made of each set: all of its articles, a half, a quarter, an eighth, and a few articles cut
into pieces, so that all are on one subject. Each is asked questions that it answers, and as many that are labelled as
having no answer or whose article is not in it, every third of them in small letters, as people type. Questions to all
articles are judged once more without the passages that answer them, as if the library spoke of the subject and did not
say that; so are most questions that communities ask in vain. A logistic
regression learns to tell the two apart, and is then calibrated (Platt, "Probabilistic outputs for support vector
machines", 1999, with a ceiling) to how often the first sentence is right, where three in four questions are such that
the library answers. Judged by cross-validation: each set with what was learnt from the others.

Run it after `benchmarks.learn_weights`: the score after reranking is one of the signals. With `--model FOLDER` a
sentence encoder reads along, and the second table is learnt, that of
retrieval/search/reranking/confidence_with_meaning.py; with `--write` that file is written.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.learn_weights import write_table
from benchmarks.question_sets import Question, answerer_over, in_pieces, questions_of, whole
from benchmarks.with_model import remembering
from retrieval.ingestion.library import load
from retrieval.search.reranking import confidence_with_meaning
from retrieval.search.reranking.calibration import SIGNALS, SIGNALS_WITH_MEANING, ConfidenceModel
from retrieval.search.reranking.reranker import rerank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from benchmarks.with_model import RememberingEncoder
    from retrieval.core.model import Hit
    from retrieval.ingestion.library import Library

GONE = "passages gone"
GONE_WEIGHT = 3.0
AROUND = 3  # blocks on either side of a passage that answers, which go with it
TOP = 12  # hits among which it has to be
ENOUGH = 20  # questions of a kind that a library does not answer, to count for as much as those that it answers
ANSWERABLE = 0.75  # of the questions that a server's people ask, an assumption
SMALL_LETTERS = 3  # every third question


@dataclass(frozen=True)
class Kinds:
    """Libraries of a kind: `share` of the articles, each cut into `pieces`, `times` over, asked `count` questions each.

    `weight` is what the kind counts for in learning.
    """

    name: str
    share: float
    pieces: int
    times: int
    count: int
    weight: float


KINDS = (
    Kinds("whole", 1, 1, 1, 300, 4.0),
    Kinds("half", 1 / 2, 1, 1, 300, 3.0),
    Kinds("quarter", 1 / 4, 1, 1, 300, 1.5),
    Kinds("eighth", 1 / 8, 1, 1, 200, 1.0),
    Kinds("three articles in pieces", 1 / 16, 5, 3, 100, 1.0),
    Kinds("one article in pieces", 1 / 48, 5, 3, 60, 1.0),
)


@dataclass(frozen=True)
class Asked:
    """What was asked: `values` has the shape (questions, signals), all else (questions,).

    `here` tells whether the library has the article,
    `right` whether the first sentence answers; `group` is the set and the kind of library, `weight` counts in learning.
    """

    values: NDArray[np.float64]
    here: NDArray[np.bool_]
    right: NDArray[np.bool_]
    group: NDArray[np.str_]
    weight: NDArray[np.float64]


def ask(
    library: Library,
    questions: list[Question],
    kind: Kinds,
    name: str,
    chance: random.Random,
    encoder: RememberingEncoder | None = None,
) -> Iterator[tuple[Any, ...]]:
    """The rows of Asked for the libraries of one kind."""
    files = [article.file for article in library.articles]
    group = f"{name}, {kind.name}"
    for _ in range(kind.times):
        kept = set(chance.sample(files, max(1, round(len(files) * kind.share))))
        articles = tuple(article for article in library.articles if article.file in kept)
        answerer = answerer_over(dataclasses.replace(library, articles=in_pieces(articles, kind.pieces)), encoder)
        for here in (True, False):
            pool = [q for q in questions if any(file in kept for file, _ in q.gold) is here]
            for number, question in enumerate(chance.sample(pool, min(kind.count // 2, len(pool)))):
                text = question.text.lower() if number % SMALL_LETTERS == 0 else question.text
                analysis = answerer.analyze(text, after=question.previous(answerer))
                features = answerer.features(analysis)
                hits = rerank(features, answerer.candidates(analysis.query)) if analysis.query.terms else []
                if not hits:
                    continue
                right = here and answers(question, hits[0])
                signals = ConfidenceModel(features, hits).signals(hits[0])
                yield signals, here, right, group, kind.weight
                others = without_answer(question, hits) if here and kind.share == 1 else []
                if others:
                    signals_without = ConfidenceModel(features, others).signals(others[0])
                    yield signals, True, right, f"{name}, {GONE}", GONE_WEIGHT
                    yield signals_without, False, False, f"{name}, {GONE}", GONE_WEIGHT


def answers(question: Question, hit: Hit) -> bool:
    """Whether a hit answers a question."""
    return question.answered_at(whole(hit.sentence.article.file), hit.sentence.span)


def without_answer(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """The hits as they would be if what answers were not in the library; none where nothing of it was found.

    The articles speak of the subject and still do not answer, which is what most questions in vain are like.
    """
    gone = [hit.sentence for hit in hits[:TOP] if answers(question, hit)]
    near = {(one.article.file, one.paragraph + step) for one in gone for step in range(-AROUND, AROUND + 1)}
    kept = [hit for hit in hits if (hit.sentence.article.file, hit.sentence.paragraph) not in near]
    return [hit for hit in kept if not answers(question, hit)] if gone else []


def _rows_of(folder: Path, model: Path | None = None) -> list[tuple[Any, ...]]:
    """The rows of Asked for all libraries that are made of one set."""
    library, questions, chance = load(folder / "articles"), questions_of(folder), random.Random(7)
    kinds = [kind for kind in KINDS if kind.share * len(library.articles) >= 1]
    with remembering(model, folder.name) as encoder:
        return [row for kind in kinds for row in ask(library, questions, kind, folder.name, chance, encoder)]


def asked_of(folders: list[Path], model: Path | None = None) -> Asked:
    """All kinds of libraries made of the sets in `folders`, asked."""
    with ProcessPoolExecutor() as pool:
        rows = [row for of_one in pool.map(_rows_of, folders, repeat(model)) for row in of_one]
    values, here, right, group, weight = (np.array(column) for column in zip(*rows, strict=True))
    for name in set(group):
        for one in (True, False):
            rows_of = (group == name) & (here == one)
            weight[rows_of] /= max(ENOUGH, np.sum(rows_of))
    return Asked(values, here, right, group, weight / weight.sum())


def regression(asked: Asked, rows: NDArray[np.bool_], *, l2: float = 1e-3) -> NDArray[np.float64]:
    """The weights of a logistic regression that tells what is here, then its bias, by Newton's method."""
    mean, spread = asked.values[rows].mean(0), asked.values[rows].std(0) + 1e-9
    values = np.column_stack([(asked.values[rows] - mean) / spread, np.ones(rows.sum())])
    weight, here = asked.weight[rows] / asked.weight[rows].sum(), asked.here[rows]
    found = np.zeros(values.shape[1])
    ridge = l2 * np.diag([*[1.0] * (len(found) - 1), 0.0])
    for _ in range(30):
        said = 1 / (1 + np.exp(-values @ found))
        slope = values.T @ (weight * (said - here)) + ridge @ found
        found -= np.linalg.solve((values * (weight * said * (1 - said))[:, None]).T @ values + ridge, slope)
    weights = found[:-1] / spread
    return np.append(weights, found[-1] - weights @ mean)


def calibration(sure: NDArray[np.float64], asked: Asked, rows: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Ceiling, slope and shift with which ceiling / (1 + exp(-slope * sure - shift)) is likeliest the share right."""
    weight = asked.weight * np.where(asked.here, ANSWERABLE, 1 - ANSWERABLE)
    weight, right, sure = weight[rows] / weight[rows].sum(), asked.right[rows], sure[rows]
    best = (np.inf, (1.0, 1.0, 0.0))
    for ceiling in np.arange(0.8, 1.0, 0.01):
        slope, shift = 1.0, 0.0
        for _ in range(300):
            base = 1 / (1 + np.exp(-slope * sure - shift))
            said = np.clip(ceiling * base, 1e-9, 1 - 1e-9)
            change = weight * (said - right) / (said * (1 - said)) * ceiling * base * (1 - base)
            slope, shift = slope - 2.0 * np.sum(change * sure) / 10, shift - 2.0 * np.sum(change)
        loss = -np.sum(weight * np.where(right, np.log(said), np.log(1 - said)))
        best = min(best, (loss, (float(ceiling), slope, shift)))
    return best[1]


def confidence(asked: Asked, rows: NDArray[np.bool_]) -> tuple[float, NDArray[np.float64]]:
    """The ceiling, and the calibrated weights and bias, learnt from `rows`."""
    weights = regression(asked, rows)
    ceiling, slope, shift = calibration(asked.values @ weights[:-1] + weights[-1], asked, rows)
    return ceiling, np.append(slope * weights[:-1], slope * weights[-1] + shift)


def figures(sure: NDArray[np.float64], here: NDArray[np.bool_]) -> str:
    """How well a confidence tells what is here."""
    yes, no = sure[here], sure[~here]
    area = np.mean((yes[:, None] > no) + 0.5 * (yes[:, None] == no))
    error = np.sqrt(area * (1 - area) / min(len(yes), len(no)))
    return f"AUC {area:.3f} ±{error:.3f}  kept at 5 % false answers {100 * np.mean(yes > np.quantile(no, 0.95)):.1f} %"


def write_confidence(ceiling: float, weights: dict[str, float], bias: float) -> None:
    """Write what was learnt with an encoder."""
    module = Path(confidence_with_meaning.__file__)
    written = re.sub(r"(?m)^CEILING = .*", f"CEILING = {ceiling:.2f}", module.read_text(encoding="utf-8"))
    module.write_text(re.sub(r"(?m)^BIAS = .*", f"BIAS = {bias:.3f}", written), encoding="utf-8")
    write_table(module, weights)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="folders with articles/ and questions.jsonl")
    parser.add_argument("--model", type=Path, help="the folder of a sentence encoder, which reads along")
    parser.add_argument("--write", action="store_true", help="with --model: write the table that was learnt")
    options = parser.parse_args()
    if options.write and not options.model:
        parser.error("--write needs --model: the table without one has functions beside its weights")
    asked = asked_of(options.folders, options.model)
    sure = _print_judged(asked)
    ceiling, weights = confidence(asked, np.ones(len(sure), dtype=bool))
    print(f"\nCEILING = {ceiling:.2f}\nBIAS = {weights[-1]:.3f}")
    signals = SIGNALS_WITH_MEANING if options.model else SIGNALS
    if options.write:
        write_confidence(ceiling, dict(zip((s.key for s in signals), weights[:-1].tolist(), strict=True)), weights[-1])
    for signal, value in zip(signals, weights[:-1], strict=True):
        print(f'    Signal("{signal.key}", "{signal.label}", {value:.3f}, …)')


def _print_judged(asked: Asked) -> NDArray[np.float64]:
    """Print how well each set is judged by what was learnt from the others, and give the confidences."""
    sure = np.zeros(len(asked.here))
    sets = np.array([group.rpartition(", ")[0] for group in asked.group])
    for name in np.unique(sets):
        mine = sets == name
        ceiling, weights = confidence(asked, ~mine)
        sure[mine] = ceiling / (1 + np.exp(-asked.values[mine] @ weights[:-1] - weights[-1]))
    for group in dict.fromkeys(asked.group):
        rows = asked.group == group
        if asked.here[rows].all() or not asked.here[rows].any():
            continue  # a whole library that nobody asked anything else
        print(f"{group:42}{figures(sure[rows], asked.here[rows])}")
    weight = asked.weight * np.where(asked.here, ANSWERABLE, 1 - ANSWERABLE)
    print("\nconfidence   said    right   questions")
    for low in np.arange(0, 1, 0.1):
        rows = (sure >= low) & (sure < low + 0.1)
        if rows.any():
            said, right = (np.average(what[rows], weights=weight[rows]) for what in (sure, asked.right))
            print(f"{low:.1f} to {low + 0.1:.1f}   {said:.3f}   {right:.3f}   {rows.sum():,}")
    halves = np.char.endswith(asked.group, ", half")
    for name, chosen in (("halves", halves), ("all articles", np.char.endswith(asked.group, ", whole"))):
        print(f"\n{name}: least   answerable kept   others answered")
        for least in np.arange(0.05, 0.75, 0.05):
            kept, false = (100 * np.mean(sure[chosen & rows] >= least) for rows in (asked.here, ~asked.here))
            print(f"{least:.2f}    {kept:5.1f} %          {false:5.1f} %")
    return sure


if __name__ == "__main__":
    main()
