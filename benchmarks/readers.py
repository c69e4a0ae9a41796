"""What several processes take that answer from one published index, and how long it takes one to take up a new one.

    quoth publish SHARED --seeds FOLDER
    python -m benchmarks.readers SHARED --processes 3

Each process opens the index, answers questions made of its sentences, and tells its memory: its own, and the pages of
the index, which all share and the system may take back. Times are from the start of a process's opening to the first
answer, and by the processor for an answer. Linux only.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.asked import questions as made_questions
from bot.app.answering import open_answerer
from bot.config.settings import load_settings
from retrieval.index.published import open_published

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


class Reader(NamedTuple):
    """What one process tells: seconds until it was ready, milliseconds of work for an answer, and megabytes."""

    ready: float
    answer: float
    own: float
    shared: float


def memory() -> tuple[float, float]:
    """The megabytes that this process has for itself, and those of files, in proportion where others have them too."""
    said = dict(
        line.split(":") for line in Path("/proc/self/smaps_rollup").read_text().splitlines() if line.endswith("kB")
    )
    own, files = said["Pss_Anon"], said["Pss_File"]
    return int(own.split()[0]) / 1000, int(files.split()[0]) / 1000


def read(place: str, data: Path, questions: int, told: Connection) -> None:
    started = time.perf_counter()
    answerer = open_answerer(load_settings(index=place, data=data))
    answerer.answer("Who was where?")
    ready = time.perf_counter() - started
    asked = made_questions(answerer, questions)
    took = []
    for question in asked:
        before = time.process_time()
        answerer.answer(question)
        took.append(1000 * (time.process_time() - before))
    told.send("done")
    told.recv()  # all have asked, so that what they share is counted as shared
    told.send(Reader(ready, statistics.median(took), *memory()))
    told.recv()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("place", help="a folder of `quoth publish`, or its address")
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--questions", type=int, default=200, help="for each process")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where what is fetched is kept")
    options = parser.parse_args()
    processes = multiprocessing.get_context("spawn")
    pipes = []
    for _ in range(options.processes):
        mine, its = processes.Pipe()
        processes.Process(target=read, args=(options.place, options.data, options.questions, its), daemon=True).start()
        pipes.append(mine)
    for step in ("asked", "told"):
        found = [pipe.recv() for pipe in pipes]
        if step == "told":
            for number, reader in enumerate(found, 1):
                print(
                    f"process {number}: ready in {reader.ready:.2f} s, an answer {reader.answer:.1f} ms of work (p50), "
                    f"{reader.own:.0f} MB of its own, {reader.shared:.0f} MB of the index as its share"
                )
        for pipe in pipes:
            pipe.send(step)
    started = time.perf_counter()
    open_published(options.place, options.data / "index")
    print(f"a new generation is opened in {time.perf_counter() - started:.2f} s, beside the answers")


if __name__ == "__main__":
    main()
