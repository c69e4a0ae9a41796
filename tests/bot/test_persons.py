"""What is kept of one person is counted, and gone when they wish it, without holding up the log of the others."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.config.errors import LogError
from bot.services.retention.data_subjects import DataSubjects
from bot.store.data_subject import Trace
from bot.store.filters import Filter
from bot.store.gaps import GapState
from bot.store.log_row import Vote
from bot.store.sqlite.log_maintenance import SqliteLogMaintenance
from bot.store.sqlite.maintenance import backups, deletion
from bot.store.sqlite.query_log import SqliteQueryLog
from tests.bot.fakes import NOON, row

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqliteQueryLog]:
    log = await SqliteQueryLog.open(tmp_path / "quoth.db")
    yield log
    await log.close()


class Hours:
    """A clock that a rewriting takes an hour of, and the pauses that somebody made."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    def clock(self) -> float:
        self.now += 1.0
        return self.now

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


async def fill(log: SqliteQueryLog) -> None:
    for number, asker in enumerate(("anna", "ben", "anna", "")):
        await log.add(dataclasses.replace(row(str(number)), asker=asker))
    await log.vote("1", Vote("anna", True, NOON))


async def test_what_is_kept_of_a_person_is_counted(log: SqliteQueryLog) -> None:
    await fill(log)
    persons = DataSubjects(SqliteLogMaintenance(log.path))

    assert await persons.trace("anna") == Trace(2, 1, NOON, NOON)
    assert await persons.trace("ben") == Trace(1, 0, NOON, NOON)
    assert await persons.trace("carl") == Trace()
    assert not await persons.trace("carl")


async def test_somebody_who_only_voted_or_only_waits_to_be_told_is_found_and_forgotten(log: SqliteQueryLog) -> None:
    asked = row("Who won?")
    await log.add(asked)
    await log.vote(asked.id, Vote("vera", False, NOON, "Nobody did."))
    await log.gaps.wish(asked.id, 42, "wim")
    await log.gaps.set([asked.id], GapState.CLOSED, guild=None, source="Prizes")
    persons = DataSubjects(SqliteLogMaintenance(log.path), pause=asyncio.sleep)
    assert await persons.trace("vera") == Trace(votes=1)
    assert await persons.trace("wim") == Trace(wishes=1)
    assert await persons.is_anywhere("wim")

    await persons.forget("wim")
    assert await log.gaps.due() == []
    assert len(await log.comments(asked.id)) == 1
    await persons.forget("vera")

    assert list(await log.comments(asked.id)) == []
    assert not await persons.is_anywhere("wim")
    assert not await persons.is_anywhere("vera")


async def test_a_person_who_is_only_in_a_backup_is_forgotten_there(log: SqliteQueryLog) -> None:
    await fill(log)
    backup = backups.folder_of(log.path) / "one.db"
    backups.back_up(log.path, backup)
    persons = DataSubjects(SqliteLogMaintenance(log.path))
    deletion.forget(log.path, Filter(asker="anna"))
    assert not await persons.trace("anna")
    assert await persons.is_anywhere("anna")

    assert await persons.forget("anna")

    assert not await persons.is_anywhere("anna")
    assert [found.asker for found in await log.recent(10)] == ["", "ben"]


async def test_between_two_rewritings_the_log_is_left_alone_and_nobody_waits_twice(log: SqliteQueryLog) -> None:
    await fill(log)
    hours = Hours()
    persons = DataSubjects(SqliteLogMaintenance(log.path), clock=hours.clock, pause=hours.pause)

    await asyncio.gather(*(persons.forget(asker) for asker in ("anna", "anna", "ben", "carl")))

    assert hours.pauses == [0.0, 8.0]


async def test_a_deletion_that_was_cut_short_is_made_up_for_the_next_time(
    log: SqliteQueryLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.sqlite.maintenance.deletion.EMPTYING_TRIES", 2)
    monkeypatch.setattr("bot.store.sqlite.connections.BUSY_TIMEOUT", 0.01)
    await fill(log)
    hours = Hours()
    persons = DataSubjects(SqliteLogMaintenance(log.path), clock=hours.clock, pause=hours.pause)
    with closing(sqlite3.connect(log.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM questions").fetchone()
        with pytest.raises(LogError, match="may still be read from its bytes"):
            await persons.forget("anna")
    assert not await persons.is_anywhere("anna")

    assert await persons.forget("anna")
    assert await persons.forget("anna")

    assert len(hours.pauses) == 2


async def test_a_damaged_file_that_may_have_somebody_is_told(
    log: SqliteQueryLog, caplog: pytest.LogCaptureFixture
) -> None:
    await fill(log)
    damaged = log.path.with_name("quoth.db.damaged-20250131T120000.000000Z")
    damaged.mkdir()  # which nobody can read as a file

    with caplog.at_level(logging.WARNING):
        assert not await DataSubjects(SqliteLogMaintenance(log.path)).forget("anna")

    assert f"may still be in {damaged.name}; delete it if it is not needed." in caplog.text
