"""What is kept of a log: backups are sound, and what is forgotten is gone, down to the bytes."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import logging
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.errors import LogError
from bot.keeping import forget_older, kept_to
from bot.store import keeping
from bot.store.filters import Filter, Thumbs
from bot.store.ids import new_id
from bot.store.rows import LoggedQuote, LogRow, Vote
from bot.store.sqlite import SqliteQueryLog
from tests.bot.fakes import NOON, row

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

SECRET = "Whiskerton"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "quoth.db"


@pytest.fixture
async def log(path: Path) -> AsyncIterator[SqliteQueryLog]:
    log = await SqliteQueryLog.open(path)
    yield log
    await log.close()


def asked(number: int, *, asker: str, guild: int | None = None) -> LogRow:
    """Give a question of some length, which says who asked it where that is Anna."""
    at = NOON + datetime.timedelta(days=number)
    words = f"{SECRET if asker == 'anna' else 'Somebody'} {number} " * (number * 37 % 400)
    quote = LoggedQuote("a.txt", "A", "ff", 0, 9, words, 1.0)
    made = row(new_id(at), question=words, guild=guild, quotes=(quote, quote))
    return dataclasses.replace(made, asked_at=at, asker=asker)


async def fill(log: SqliteQueryLog) -> list[LogRow]:
    """Log 1,200 questions of Anna and Ben in two guilds, in no order; give them newest first."""
    rows = [asked(number, asker=("anna", "ben")[number % 2], guild=number % 3 or None) for number in range(1200)]
    await asyncio.gather(*(log.add(rows[number * 7 % 1200]) for number in range(1200)))
    return rows[::-1]


def files_in(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if file.is_file()]


def bytes_beside(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.rglob("*")) if file.is_file())


async def test_a_backup_is_a_whole_log_of_one_file(path: Path, log: SqliteQueryLog, tmp_path: Path) -> None:
    rows = await fill(log)
    target = tmp_path / "elsewhere" / "copy.db"

    assert keeping.backup(path, target) == 1200
    await log.add(row("1"))

    assert [file.name for file in target.parent.iterdir()] == ["copy.db"]
    assert oct(target.stat().st_mode & 0o777) == "0o600"
    copy = await SqliteQueryLog.open(target)
    assert list(await copy.recent(2000)) == rows
    await copy.close()


async def test_a_backup_takes_the_place_of_nothing_and_leaves_nothing_half_done(
    path: Path, log: SqliteQueryLog, tmp_path: Path
) -> None:
    await log.add(row("1"))
    taken = tmp_path / "taken.db"
    taken.write_text("mine")

    with pytest.raises(LogError, match=r"cannot be backed up: .*taken\.db is there already"):
        keeping.backup(path, taken)
    with pytest.raises(LogError, match="cannot be backed up"):
        keeping.backup(tmp_path / "nowhere.db", tmp_path / "copy.db")

    assert taken.read_text() == "mine"
    assert files_in(tmp_path) == ["taken.db"]


async def test_a_copy_that_is_not_sound_is_no_backup(path: Path, log: SqliteQueryLog, tmp_path: Path) -> None:
    await fill(log)
    await log.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, 'asker      TEXT', 'asker   INTEGER')")
        connection.commit()

    with pytest.raises(LogError, match="cannot be backed up: "):
        keeping.backup(path, tmp_path / "copy.db")

    assert files_in(tmp_path) == []


async def test_a_forgotten_asker_is_gone_from_the_log_and_its_backups_to_the_last_byte(
    path: Path, log: SqliteQueryLog
) -> None:
    rows = await fill(log)
    keeping.backup(path, keeping.backups(path) / "one.db")
    of_ben = [found for found in rows if found.asker == "ben"]
    for voter, helpful in (("anna", False), ("carl", True)):
        await log.vote(of_ben[0].id, Vote(voter, helpful, NOON))
    assert SECRET.encode() in bytes_beside(path)

    gone = await asyncio.to_thread(lambda: list(keeping.forget_everywhere(path, Filter(asker="anna"))))

    assert gone == [(path, 600), (keeping.backups(path) / "one.db", 600)]
    assert SECRET.casefold().encode() not in bytes_beside(path).lower()
    assert list(await log.recent(2000)) == [dataclasses.replace(of_ben[0], up=1), *of_ben[1:]]
    assert list(await log.find(Filter(thumbs=Thumbs.DOWN), 10)) == []


async def test_a_forgotten_server_takes_no_other_along(path: Path, log: SqliteQueryLog) -> None:
    rows = await fill(log)

    assert keeping.forget(path, Filter(guild=1)) == 400
    assert keeping.forget(path, Filter(guild=1)) == 0

    assert list(await log.recent(2000)) == [found for found in rows if found.guild != 1]


async def test_an_asker_who_is_forgotten_in_one_server_keeps_the_votes_in_others(
    path: Path, log: SqliteQueryLog
) -> None:
    elsewhere = asked(1, asker="ben", guild=2)
    await log.add(elsewhere)
    await log.vote(elsewhere.id, Vote("anna", False, NOON))

    keeping.forget(path, Filter(asker="anna", guild=1))
    kept = await log.recent(1)
    keeping.forget(path, Filter(asker="anna"))

    assert (kept[0].down, (await log.recent(1))[0].down) == (1, 0)


async def test_rows_are_logged_while_others_are_forgotten(path: Path, log: SqliteQueryLog) -> None:
    await fill(log)

    forgetting = asyncio.create_task(asyncio.to_thread(keeping.forget, path, Filter(asker="anna")))
    added = 0
    while not forgetting.done():
        await log.add(row(f"zz{added}"))
        added += 1

    assert forgetting.result() == 600
    assert added > 1
    assert len(await log.recent(5000)) == 600 + added


async def test_what_cannot_be_wiped_because_somebody_reads_is_told(
    path: Path, log: SqliteQueryLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.keeping.TRIES", 2)
    await fill(log)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM questions").fetchone()
        keeping.forget(path, Filter(asker="anna"))

        with pytest.raises(LogError, match="is in use all the time, so what was forgotten may still be read"):
            await asyncio.to_thread(keeping.wipe, path)


async def test_what_is_older_than_it_may_be_is_deleted_and_what_is_not_stays(
    path: Path, log: SqliteQueryLog, caplog: pytest.LogCaptureFixture
) -> None:
    now = datetime.datetime.now(datetime.UTC)
    rows = [
        row(new_id(at), question=str(days)) for days in (29, 31, 400) for at in [now - datetime.timedelta(days=days)]
    ]
    for found in rows:
        await log.add(found)

    with caplog.at_level(logging.INFO):
        async with kept_to(0, path):
            assert len(await log.recent(10)) == 3
        await forget_older(30, path)

    assert list(await log.recent(10)) == rows[:1]
    assert "2 questions older than 30 days were deleted from the query log." in caplog.text


async def test_retention_begins_with_the_bot_and_ends_with_it(path: Path, log: SqliteQueryLog) -> None:
    await log.add(asked(1, asker="anna"))

    async with asyncio.timeout(10), kept_to(1, path):
        while await log.recent(1):
            pass

    assert [task.get_name() for task in asyncio.all_tasks() if "retention" in task.get_name()] == []


async def test_a_log_that_cannot_be_kept_small_is_told_and_costs_nothing(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await forget_older(1, path)

    assert "Old questions are still in the log: The query log" in caplog.text
