"""When the power goes, only what was synced is sure to be on the disk: no row that was told to be safe is lost."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.store.log_row import LoggedQuote
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.query_log import SqliteQueryLog
from tests.bot.disks import Disk, Step, can_note, noted
from tests.bot.fakes import row

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_note(), reason="this Python's SQLite cannot be reached with ctypes"),
]

ROWS = 300
LONG = "It is so. " * 2000  # so that the journal is brought into the file a few times


async def log_rows(path: Path, disk: Disk) -> None:
    """Have four callers log rows, and note among the steps of the disk when each was told that its row is safe."""
    log = await SqliteQueryLog.open(path)

    async def caller(first: int) -> None:
        for number in range(first, ROWS, 4):
            quote = LoggedQuote("a.txt", "A", "0", 0, 4, LONG[: number % 9 * 2500], 1.0)
            await log.add(row(f"{number:04}", quotes=(quote,)))
            disk.steps.append(Step("said", f"{number:04}"))

    await asyncio.gather(*map(caller, range(4)))
    await log.examined()
    await log.close()


def lost_at_cuts(disk: Disk, folder: Path, cuts: int) -> int:
    """Cut the power many times by chance, and count the rows that were told to be safe and are not there."""
    chance, lost = random.Random(100), 0  # noqa: S311 - nothing is kept secret here
    for cut in range(cuts):
        at = chance.randint(1, len(disk.steps))
        there = folder / str(cut)
        there.mkdir()
        for name, content in disk.after_a_cut(at, chance).items():
            (there / name).write_bytes(content)
        said = {step.file for step in disk.steps[:at] if step.what == "said"}
        prepare(there / "quoth.db")
        with closing(sqlite3.connect(there / "quoth.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            lost += len(said - {id_ for (id_,) in connection.execute("SELECT id FROM questions")})
    return lost


def test_no_row_that_was_told_to_be_safe_is_lost_when_the_power_goes(tmp_path: Path) -> None:
    with noted() as disk:
        asyncio.run(log_rows(tmp_path / "quoth.db", disk))

    said = [number for number, step in enumerate(disk.steps) if step.what == "said"]
    assert len(said) == ROWS
    assert Step("sync", "quoth.db") in disk.steps[said[0] : said[-1]], "the journal was brought in meanwhile"
    assert lost_at_cuts(disk, tmp_path, cuts=100) == 0


def test_without_a_sync_for_each_transaction_rows_would_be_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held, so that the test before is known to be able to fail."""
    monkeypatch.setattr(
        "bot.store.sqlite.log_file.WRITER", ("PRAGMA synchronous = NORMAL", "PRAGMA secure_delete = ON")
    )
    with noted() as disk:
        asyncio.run(log_rows(tmp_path / "quoth.db", disk))

    assert lost_at_cuts(disk, tmp_path, cuts=10) > 0
