"""Quoth's own ranking beside that of a sentence encoder alone, and both together, over the same units of labelled sets.

    python -m benchmarks.neural_peers --model FOLDER ../shared/data/communities/* ../shared/data/selqa_dev

Quoth's is that of its answers: `Answerer.candidates`, reranked. The encoder's is the cosine of the question with every
unit, each read as "title > headings (column heads). unit"; searched exactly, among embeddings of a byte a number. The
third is that of answers where the encoder reads along (QUOTH_MODEL). All look for a unit that covers a gold place
(retrieval.evaluation.labelled_questions), on one thread, and read a follow-up after the question before it. Quoth's
weights were learnt on some of these sets (benchmarks/learn_weights.py), which flatters it there; the encoder learnt on
none of them, as far as its makers say.
Printed are the shares of the questions with a right unit among the first 1, 3 and 10 and the mean of 1 / rank, by set
and by kind of question, the median milliseconds that a question takes from its words to its ten best units, and what
embedding the units costs, for those that no run before had to embed. Times are those of the processor.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING

from benchmarks.question_sets import answerer_of, questions_of
from benchmarks.with_model import RememberingEncoder
from retrieval.core.errors import ModelError
from retrieval.search.reranking.reranker import rerank

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.question_sets import Question
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Sentence

DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Found:
    """How a ranking did on one question: the rank of the first right unit, from 1, None below DEEPEST."""

    kind: str
    rank: int | None
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Compared:
    """A set asked each way, and what embedding its units took."""

    quoth: Sequence[Found]
    encoder: Sequence[Found]
    both: Sequence[Found]
    units: int
    seconds: float


WAYS = (attrgetter("quoth"), attrgetter("encoder"), attrgetter("both"))


def compare(folder: Path, encoder: RememberingEncoder) -> Compared:
    """Ask the questions of a set that have an answer, each way."""
    plain = answerer_of(folder)
    questions = [question for question in questions_of(folder) if question.gold]
    started = time.process_time()
    both = answerer_of(folder, encoder)
    seconds = time.process_time() - started
    return Compared(
        quoth=[by_quoth(plain, question) for question in questions],
        encoder=[by_encoder(both, question) for question in questions],
        both=[by_quoth(both, question) for question in questions],
        units=len(plain.corpus.sentences),
        seconds=seconds,
    )


def by_quoth(answerer: Answerer, question: Question) -> Found:
    """How the ranking that answers are made of does on a question."""
    previous = question.previous(answerer)
    started = time.process_time()
    analysis = answerer.analyze(question.text, after=previous)
    hits = rerank(answerer.features(analysis), answerer.candidates(analysis.query))
    milliseconds = (time.process_time() - started) * 1000
    return Found(question.kind, rank_of(question, (hit.sentence for hit in hits[:DEEPEST])), milliseconds)


def by_encoder(answerer: Answerer, question: Question) -> Found:
    """How nearness in meaning alone ranks the units for a question."""
    assert answerer.meaning is not None
    query = answerer.analyze(question.text, after=question.previous(answerer)).query
    started = time.process_time()
    near = answerer.meaning.near(query).nearest(DEEPEST)
    milliseconds = (time.process_time() - started) * 1000
    return Found(question.kind, rank_of(question, answerer.corpus.sentences_at(near)), milliseconds)


def rank_of(question: Question, ranked: Iterable[Sentence]) -> int | None:
    """The place, from 1, of the first unit that answers a question."""
    return next((rank for rank, unit in enumerate(ranked, 1) if question.answered_by(unit)), None)


def figures(found: Sequence[Found]) -> str:
    """R@1 / R@3 / R@10 / MRR@10 in per cent."""
    shares = [fmean(each.rank is not None and each.rank <= k for each in found) for k in (1, 3, DEEPEST)]
    mrr = fmean(1 / each.rank if each.rank else 0.0 for each in found)
    return " / ".join(f"{100 * value:.1f}" for value in (*shares, mrr))


def by_kind(compared: Iterable[Compared]) -> dict[str, list[list[Found]]]:
    """What became of the questions of each kind, each way, over all sets; those that have no kind are left out."""
    kinds: dict[str, list[list[Found]]] = defaultdict(lambda: [[] for _ in WAYS])
    for each in compared:
        for found in zip(*(way(each) for way in WAYS), strict=True):
            if found[0].kind:
                for column, one in zip(kinds[found[0].kind], found, strict=True):
                    column.append(one)
    return kinds


def _row(label: str, columns: Sequence[Sequence[Found]]) -> str:
    return f"| {label} | {len(columns[0])} | {' | '.join(figures(column) for column in columns)} |"


def _costs(name: str, compared: Compared) -> str:
    times = [f"{median(found.milliseconds for found in way(compared)):.1f}" for way in WAYS]
    return f"| {name} | {' | '.join(times)} | {compared.units:,} | {compared.seconds:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="FOLDER_OF_SET")
    parser.add_argument("--model", type=Path, required=True, help="the folder of the encoder")
    asked = parser.parse_args()
    try:
        encoder = RememberingEncoder(asked.model, threads=os.cpu_count() or 1)
    except ModelError as error:
        sys.exit(f"{asked.model} cannot be used: {error}")
    name = encoder.encoder.model.name
    compared = {}
    for folder in asked.sets:
        print(f"{folder.name} …", file=sys.stderr)
        compared[folder.name] = compare(folder, encoder)
    encoder.keep()
    head = f"questions | Quoth: R@1 / R@3 / R@10 / MRR@10 | {name}: the same | both |\n|---|---|---|---|---|"
    print(f"| set | {head}")
    for label, each in compared.items():
        print(_row(label, [way(each) for way in WAYS]))
    if len(compared) > 1:
        print(_row("all", [[found for each in compared.values() for found in way(each)] for way in WAYS]))
    print(f"\n| kind, all sets | {head}")
    for kind, columns in sorted(by_kind(compared.values()).items()):
        print(_row(kind, columns))
    print(f"\n| set | Quoth, ms | {name}, ms | both, ms | units | seconds to read and embed what is new |")
    print("|---|---|---|---|---|---|")
    for label, each in compared.items():
        print(_costs(label, each))


if __name__ == "__main__":
    main()
