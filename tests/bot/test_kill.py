"""A process that is killed at any moment has lost no row that it was told is safe."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteQueryLog

KILLS = 24

# Ten callers add rows as fast as they can, and say each id as soon as `add` returned.
CHILD = """
import asyncio, dataclasses, pathlib, sys
from bot.store.rows import LoggedQuote
from bot.store.sqlite import SqliteQueryLog
from tests.bot.fakes import row

async def main(path, run):
    log = await SqliteQueryLog.open(pathlib.Path(path))

    async def caller(number):
        for count in range(1_000_000):
            id = f"{run}-{number}-{count:07}"
            quote = LoggedQuote("a.txt", "A", "0", 0, 400, "x" * 400, 1.0)
            await log.add(row(id, quotes=(quote, quote)))
            print(id, flush=True)

    await asyncio.gather(*(caller(number) for number in range(10)))

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.slow
async def test_every_row_that_was_acknowledged_outlives_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "quoth.db"
    chance = random.Random(24)  # noqa: S311 - nothing is kept secret here
    acknowledged: list[str] = []

    for run in range(KILLS):
        said = run_until_killed(path, run, lines=chance.randint(1, 200))
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


def run_until_killed(path: Path, run: int, lines: int) -> list[str]:
    """Give the ids that a child said before it was killed, which is some time after it said that many."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), str(run)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as child:
        assert child.stdout
        try:
            said = [child.stdout.readline() for _ in range(lines)]
        finally:
            child.send_signal(signal.SIGKILL)
        # What it said until the signal came counts too; a line that was cut short does not.
        said += child.stdout.readlines()
    return [line.strip() for line in said if line.endswith("\n")]
