"""How long it takes from the start of a process to its first answer, and how much memory serving takes.

    python -m benchmarks.starting
    python -m benchmarks.starting --large FOLDER --runs 20
    python -m benchmarks.starting --large FOLDER --serve 500

FOLDER is one of many articles, such as benchmarks.corpora writes; its index is made first, in a folder that is thrown
away. The commands take turns, so that whatever else the machine does falls on all of them. Times are of whole
processes, on one core: the clock's, and what the processor worked.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.asked import questions
from bot.app.answering import open_answerer
from bot.config.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

ASK = [sys.executable, "-c", "from bot.cli import main; main()", "ask"]
QUESTION = "Who leads the group now?"
PLAIN = "import nltk, numpy"


class Took(NamedTuple):
    """What a process took, in seconds."""

    clock: float
    work: float


def run(command: Sequence[str], data: str) -> Took:
    """Run a command to its end; its log and its index are in the folder `data`."""
    started = time.perf_counter()
    environment = {**os.environ, "QUOTH_DATA": data, "OMP_NUM_THREADS": "1", "PYTHONPYCACHEPREFIX": f"{data}/compiled"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as on a machine where this was started before
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    return Took(time.perf_counter() - started, used.ru_utime + used.ru_stime)


def compare(commands: dict[str, Sequence[str]], data: str, runs: int) -> None:
    """Print the median of each command, as seconds and as a share of the first."""
    for command in commands.values():  # what is read from the disk is there for all
        run(command, data)
    took: dict[str, list[Took]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            took[name].append(run(command, data))
    clock, work = ([statistics.median(getattr(t, of) for t in some) for some in took.values()] for of in Took._fields)
    for name, by_clock, worked in zip(took, clock, work, strict=True):
        ratios = f"{by_clock / clock[0]:.2f} and {worked / work[0]:.2f} times the first"
        print(f"{name}: {by_clock:.3f} s by the clock, {worked:.3f} s of work ({ratios})")


def memory() -> str:
    """What this process has in memory, as Linux tells it; "Anon" is its own, "File" what the system may take back."""
    wanted = ("VmHWM", "VmRSS", "RssAnon", "RssFile")
    lines = (line.split() for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return ", ".join(f"{what[0][:-1]} {int(what[1]) // 1024} MB" for what in lines if what[0][:-1] in wanted)


def serve(folder: Path, data: str, many: int) -> None:
    """Answer many questions from the index of a folder, and print what memory it takes and how long it took."""
    answerer = open_answerer(load_settings(seeds=folder, data=Path(data)))
    print(f"opened ({answerer.index.use.value}): {memory()}")
    took = []
    for question in questions(answerer, many):
        started = time.perf_counter()
        answerer.answer(question)
        took.append(time.perf_counter() - started)
    took.sort()
    print(f"after {many} questions: {memory()}")
    print(f"an answer: p50 {took[many // 2] * 1000:.1f} ms, p99 {took[many * 99 // 100] * 1000:.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", type=Path, help="a folder of many articles")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--serve", type=int, default=0, metavar="QUESTIONS", help="measure the memory instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        commands: dict[str, Sequence[str]] = {
            PLAIN: [sys.executable, "-c", PLAIN],
            "five articles": [*ASK, "--seeds", "seeds", QUESTION],
        }
        if options.large:
            run([*ASK, "--seeds", str(options.large), QUESTION], data)
            commands[str(options.large)] = [*ASK, "--seeds", str(options.large), QUESTION]
        if options.serve:
            serve(options.large or Path("seeds"), data, options.serve)
        else:
            compare(commands, data, options.runs)


if __name__ == "__main__":
    main()
