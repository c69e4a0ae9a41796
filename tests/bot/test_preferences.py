"""The wishes of servers and people, in the log's file and in memory."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.config.errors import LogError
from bot.store.preferences import MemoryPreferences, Server
from bot.store.sqlite.maintenance.recovery import salvage
from bot.store.sqlite.open_file import put_aside
from bot.store.sqlite.preferences import FRESH_SECONDS, SqlitePreferences
from bot.store.sqlite.query_log import SqliteQueryLog
from tests.contracts.preferences import ALL, PreferencesContract

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "quoth.db"


class TestSqlitePreferences(PreferencesContract):
    @pytest.fixture
    def preferences(self, path: Path) -> SqlitePreferences:
        return SqlitePreferences(path)


class TestMemoryPreferences(PreferencesContract):
    @pytest.fixture
    def preferences(self) -> MemoryPreferences:
        return MemoryPreferences()


@pytest.mark.parametrize(
    ("server", "channel", "parent", "answers"),
    [
        (Server(), 1, None, True),
        (Server(channels=(1, 2)), 2, None, True),
        (Server(channels=(1, 2)), 3, None, False),
        (Server(channels=(1, 2)), 9, 2, True),
        (Server(channels=(9,)), 9, 2, True),
        (Server(channels=(1,)), None, None, False),
    ],
)
def test_the_bot_answers_in_the_channels_that_are_listed_and_in_their_threads(
    server: Server, channel: int | None, parent: int | None, *, answers: bool
) -> None:
    assert server.answers_in(channel, parent) is answers


@pytest.mark.parametrize(("most", "wished", "days"), [(0, None, 0), (30, None, 30), (0, 7, 7), (30, 7, 7), (7, 30, 7)])
def test_nothing_is_kept_for_longer_than_the_operator_keeps_it(most: int, wished: int | None, days: int) -> None:
    assert Server(keep_days=wished).days(most) == days


async def test_wishes_outlive_the_process(path: Path) -> None:
    before = SqlitePreferences(path)
    await before.change(7, lambda _: ALL)
    await before.opt("anna", out=True)

    after = SqlitePreferences(path)

    assert await after.server(7) == ALL
    assert await after.opted_out("anna")


async def test_what_another_process_writes_is_seen_within_a_minute(path: Path) -> None:
    now = [0.0]
    preferences = SqlitePreferences(path, clock=lambda: now[0])
    assert not await preferences.opted_out("anna")
    await SqlitePreferences(path).opt("anna", out=True)

    assert not await preferences.opted_out("anna")
    now[0] = FRESH_SECONDS + 1
    assert await preferences.opted_out("anna")


async def test_wishes_that_cannot_be_read_or_kept_are_log_errors(path: Path) -> None:
    path.parent.write_text("a file in the place of the folder")
    preferences = SqlitePreferences(path)

    with pytest.raises(LogError):
        await preferences.server(7)
    with pytest.raises(LogError):
        await preferences.change(7, lambda _: ALL)
    with pytest.raises(LogError):
        await preferences.opt("anna", out=True)


def damage(path: Path) -> None:
    """Overwrite the page where the questions begin."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'questions'").fetchone()
    sound = path.read_bytes()
    path.write_bytes(sound[: (page - 1) * 4096] + b"\xff" * 4096 + sound[page * 4096 :])


async def test_nobody_is_logged_against_their_wish_while_a_damaged_log_is_salvaged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.sqlite.log_file.salvage_all", lambda *_: None)  # it may take minutes
    await SqlitePreferences(path).opt("anna", out=True)
    damage(path)

    log = await SqliteQueryLog.open(path)
    await log.examined()

    assert [file.name for file in put_aside(path)] != []
    assert await SqlitePreferences(path).opted_out("anna")
    await log.close()


async def test_wishes_come_back_from_a_log_that_was_damaged(path: Path, tmp_path: Path) -> None:
    damaged = SqlitePreferences(path)
    await damaged.change(7, lambda _: ALL)
    await damaged.opt("anna", out=True)
    anew = SqlitePreferences(tmp_path / "new.db")
    await anew.opt("ben", out=True)

    salvage(path, tmp_path / "new.db")

    found = SqlitePreferences(tmp_path / "new.db")
    assert await found.server(7) == ALL
    assert await found.opted_out("anna")
    assert await found.opted_out("ben")
