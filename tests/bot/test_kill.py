"""A process that is killed at any moment has lost no row that it was told is safe."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.store.sqlite.query_log import SqliteQueryLog

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = 100
KILLED = "killed\n"

# For each line on its input it starts a process that logs until it is killed, and says when that is so: ten callers add
# rows as fast as they can, and say each id as soon as `add` returned.
NURSERY = """
import asyncio, os, pathlib, sys
from contextlib import suppress
from bot.config.errors import LogError
from bot.store.log_row import LoggedQuote
from bot.store.sqlite.query_log import SqliteQueryLog
from tests.bot.fakes import row

def say(line):
    os.write(1, (line + chr(10)).encode())  # at once: one that is killed meanwhile leaves no half line behind

async def main(path, run):
    log = await SqliteQueryLog.open(pathlib.Path(path))

    async def caller(number):
        for count in range(1_000_000):
            id = f"{run}-{number}-{count:07}"
            quote = LoggedQuote("a.txt", "A", "0", 0, 400, "x" * 400, 1.0)
            with suppress(LogError):  # a slow disk may keep it locked; then it is not told to be safe
                await log.add(row(id, quotes=(quote, quote)))
                say(id)

    await asyncio.gather(*(caller(number) for number in range(10)))

for line in sys.stdin:
    child = os.fork()
    if not child:
        say(f"child {os.getpid()}")
        try:
            asyncio.run(main(sys.argv[1], line.strip()))
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    say("killed")
"""


@pytest.mark.slow
async def test_every_row_that_was_acknowledged_outlives_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "quoth.db"
    chance = random.Random(24)  # noqa: S311 - nothing is kept secret here
    acknowledged: list[str] = []

    with nursery(path) as children:
        for run in range(KILLS):
            said = run_until_killed(children, run, lines=chance.randint(1, 100))
            assert said, f"run {run} never wrote a row"
            acknowledged += said

            with closing(sqlite3.connect(path)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    log = await SqliteQueryLog.open(path)
    rows = {row.id: row for row in await log.recent(1_000_000)}
    await log.close()
    assert [id_ for id_ in acknowledged if id_ not in rows] == []
    assert {len(row.quotes) for row in rows.values()} == {2}
    assert files_in(tmp_path) == ["quoth.db"], "nothing was put aside as damaged"


def files_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@contextmanager
def nursery(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start what starts the processes: each is there at once, since Python and the program are loaded already."""
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as children:
        yield children


def run_until_killed(children: subprocess.Popen[str], run: int, lines: int) -> list[str]:
    """Give the ids that a process said before it was killed, which is some time after it said that many."""
    assert children.stdin
    assert children.stdout
    children.stdin.write(f"{run}\n")
    children.stdin.flush()
    child = int(children.stdout.readline().removeprefix("child "))
    said: list[str] = []
    while len(said) < lines and (line := children.stdout.readline()) not in {KILLED, ""}:
        said.append(line.strip())
    assert len(said) == lines, f"run {run} ended by itself"
    os.kill(child, signal.SIGKILL)
    # What it said until the signal came counts too.
    while (line := children.stdout.readline()) not in {KILLED, ""}:
        said.append(line.strip())
    return said
