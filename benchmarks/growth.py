"""How long a whole answer takes in libraries of several sizes, and how much it grows from the first to the last.

    taskset -c 0 python -m benchmarks.growth SMALL LARGE --questions 300

The folders are of many articles, such as benchmarks.corpora writes; their indexes are kept in --data DIR, where they
are used again, or in a folder that is thrown away. Each library is served by a process of its own, as the bot serves
it, and they take turns, so that whatever else the machine does falls on all of them. Times are by the clock and by the
processor, from the question to the Reply; the memory is that after all questions.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.asked import kinds_of
from benchmarks.starting import memory
from bot.app.answering import open_answerer
from bot.config.interpreter import share_the_interpreter
from bot.config.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

    from retrieval.answer.answerer import Answerer

TURN = 20  # questions


class Took(NamedTuple):
    """What an answer took, in milliseconds."""

    clock: float
    work: float


def took(answerer: Answerer, question: str) -> Took:
    started, work = time.perf_counter(), time.process_time()
    answerer.answer(question)
    return Took(1000 * (time.perf_counter() - started), 1000 * (time.process_time() - work))


def served(folder: Path, data: Path, many: int, questions: Connection) -> None:
    """Tell how many sentences a folder has, then what the questions took that are told by kind and place."""
    os.environ["OMP_NUM_THREADS"] = "1"
    answerer = open_answerer(load_settings(seeds=folder, data=data))
    kinds = kinds_of(answerer, many)
    answerer.prepare()
    share_the_interpreter()
    questions.send((len(answerer.corpus.sentences), list(kinds)))
    while told := questions.recv():
        kind, places = told
        questions.send([took(answerer, kinds[kind][place]) for place in places])
    questions.send(memory())


def report(found: dict[str, list[list[Took]]], names: Sequence[str]) -> None:
    """Print for each kind the figures of each library, and how many times those of the first the last takes."""
    for kind, libraries in found.items():
        for by in Took._fields:
            ordered = [sorted(getattr(one, by) for one in library) for library in libraries]
            figures = [(each[len(each) // 2], each[len(each) * 99 // 100]) for each in ordered]
            said = ", ".join(f"{name} {p50:.1f} and {p99:.1f}" for name, (p50, p99) in zip(names, figures, strict=True))
            times = figures[-1][0] / figures[0][0]
            print(f"{kind}, by the {by}: p50 and p99 in ms: {said}; p50 {times:.2f} times the first")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="folders of many articles, the smallest first")
    parser.add_argument("--questions", type=int, default=300, help="of each kind")
    parser.add_argument("--data", type=Path, help="where the indexes are kept")
    options = parser.parse_args()
    processes = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as kept:
        asked = []
        for folder in options.folders:
            data = options.data or Path(kept)
            open_answerer(load_settings(seeds=folder, data=data))  # makes the index, for which it takes other processes
            mine, its = processes.Pipe()
            processes.Process(target=served, args=(folder, data, options.questions, its), daemon=True).start()
            its.close()  # so that it is seen when the process is gone
            asked.append(mine)
        opened = [questions.recv() for questions in asked]
        found: dict[str, list[list[Took]]] = {kind: [[] for _ in asked] for kind in opened[0][1]}
        for first in range(0, options.questions, TURN):
            for kind, libraries in found.items():
                for library, questions in zip(libraries, asked, strict=True):
                    questions.send((kind, range(first, min(first + TURN, options.questions))))
                    library.extend(questions.recv())
        report(found, [f"{sentences:,}" for sentences, _ in opened])
        for (sentences, _), questions in zip(opened, asked, strict=True):
            questions.send(None)
            print(f"{sentences:,} sentences: {questions.recv()}")


if __name__ == "__main__":
    main()
