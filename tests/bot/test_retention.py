"""Questions are kept for as long as their server wishes, and never for longer than the operator does."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import logging
from typing import TYPE_CHECKING

import pytest

from bot.services.retention.server_retention import forget_for_servers, server_retention
from bot.store.ids import new_id
from bot.store.preferences import MemoryPreferences, Server
from bot.store.sqlite.log_maintenance import SqliteLogMaintenance
from bot.store.sqlite.maintenance import backups
from bot.store.sqlite.query_log import SqliteQueryLog
from tests.bot.fakes import row
from tests.counting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqliteQueryLog]:
    log = await SqliteQueryLog.open(tmp_path / "quoth.db")
    yield log
    await log.close()


@pytest.fixture
async def preferences() -> MemoryPreferences:
    """Give the wishes of server 1, which keeps questions for a week, and of server 2, which keeps them for a year."""
    preferences = MemoryPreferences()
    await preferences.change(1, lambda _: Server(keep_days=7))
    await preferences.change(2, lambda _: Server(keep_days=365))
    await preferences.change(3, lambda _: Server(quotes=1))
    return preferences


async def fill(log: SqliteQueryLog) -> None:
    """Log a question of yesterday, of last month and of long ago in four servers and outside of them."""
    now = datetime.datetime.now(datetime.UTC)
    for days in (1, 30, 400):
        for guild in (None, 1, 2, 3, 4):
            at = now - datetime.timedelta(days=days)
            await log.add(dataclasses.replace(row(new_id(at), question=str(days), guild=guild), asked_at=at))


async def kept(log: SqliteQueryLog) -> dict[int | None, list[str]]:
    rows = await log.recent(100)
    return {guild: [row.question for row in rows if row.guild == guild] for guild in (None, 1, 2, 3, 4)}


async def test_each_server_keeps_its_questions_for_as_long_as_it_wishes_in_backups_too(
    log: SqliteQueryLog, preferences: MemoryPreferences, caplog: pytest.LogCaptureFixture
) -> None:
    await fill(log)
    backup = backups.folder_of(log.path) / "one.db"
    backups.back_up(log.path, backup)

    with caplog.at_level(logging.INFO):
        await forget_for_servers(preferences, SqliteLogMaintenance(log.path), operator_days=0)

    every = ["1", "30", "400"]
    assert await kept(log) == {None: every, 1: ["1"], 2: ["1", "30"], 3: every, 4: every}
    copy = await SqliteQueryLog.open(backup)
    assert await kept(copy) == await kept(log)
    await copy.close()
    assert "2 questions older than the 7 days of their server were deleted." in caplog.text


async def test_a_server_that_wishes_more_than_the_operator_is_left_to_the_operators_days(
    log: SqliteQueryLog, preferences: MemoryPreferences
) -> None:
    await fill(log)

    await forget_for_servers(preferences, SqliteLogMaintenance(log.path), operator_days=30)

    assert (await kept(log))[1] == ["1"]
    assert (await kept(log))[2] == ["1", "30", "400"]


async def test_retention_begins_with_the_bot_and_ends_with_it(
    log: SqliteQueryLog, preferences: MemoryPreferences
) -> None:
    await fill(log)

    async with (
        asyncio.timeout(PATIENCE),
        server_retention(preferences, SqliteLogMaintenance(log.path), operator_days=0),
    ):
        while len((await kept(log))[1]) > 1:
            pass

    assert [task.get_name() for task in asyncio.all_tasks() if "retention" in task.get_name()] == []


async def test_a_log_that_cannot_be_written_is_told_and_costs_nothing(
    tmp_path: Path, preferences: MemoryPreferences, caplog: pytest.LogCaptureFixture
) -> None:
    await forget_for_servers(preferences, SqliteLogMaintenance(tmp_path / "nowhere" / "quoth.db"), operator_days=0)

    assert "Questions that servers wish deleted are still in the log: The query log" in caplog.text
