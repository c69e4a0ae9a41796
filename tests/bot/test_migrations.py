"""The steps that lead to today's schema, from whatever schema a file has."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from bot.errors import LogError
from bot.store.migrations import MIGRATIONS, migrate
from bot.store.sqlite import SqliteQueryLog
from tests.bot.fakes import row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "quoth.db"


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def schema(connection: sqlite3.Connection) -> list[str]:
    return [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")]


def version(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def test_an_empty_file_gets_the_whole_schema(connection: sqlite3.Connection, path: Path) -> None:
    migrate(connection, path)

    assert version(connection) == len(MIGRATIONS)
    assert columns(connection, "questions") == snapshot(
        [
            "id",
            "asked_at",
            "surface",
            "question",
            "outcome",
            "confidence",
            "elapsed_ms",
            "library",
            "version",
            "guild",
            "channel",
            "asker",
            "reason",
            "follows",
            "narrowed_to",
            "at_most",
        ]
    )
    assert columns(connection, "quotes") == snapshot(
        ["question_id", "position", "file", "name", "sha256", "start", "end", "text", "score", "near"]
    )
    assert columns(connection, "marks") == snapshot(["question_id", "mark", "marked_at"])
    assert all(strict for _, strict in connection.execute("SELECT name, strict FROM pragma_table_list('questions')"))


def test_migrating_twice_changes_nothing(connection: sqlite3.Connection, path: Path) -> None:
    migrate(connection, path)
    before = schema(connection)

    migrate(connection, path)

    assert schema(connection) == before


async def test_a_log_of_the_first_schema_is_read_and_written_today(connection: sqlite3.Connection, path: Path) -> None:
    for statement in MIGRATIONS[0]:
        connection.execute(statement)
    connection.execute("PRAGMA user_version = 1")
    connection.execute(
        "INSERT INTO questions VALUES ('1', '2025-01-31T12:00:00.123456+00:00', 'command', 'Who leads the group now?',"
        " 'answer', 0.75, 3.5, 'sha256:0', '0.1.0', NULL, NULL, '', NULL, NULL)"
    )

    log = await SqliteQueryLog.open(path)
    await log.add(row("2"))

    assert await log.recent(10) == [row("2"), row("1")]
    await log.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(
    connection: sqlite3.Connection, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(connection, path)
    before = schema(connection)
    broken = (*MIGRATIONS, ("CREATE TABLE more (a TEXT) STRICT", "ALTER TABLE nowhere ADD COLUMN b TEXT"))
    monkeypatch.setattr("bot.store.migrations.MIGRATIONS", broken)

    with pytest.raises(sqlite3.OperationalError, match="no such table: nowhere"):
        migrate(connection, path)

    assert schema(connection) == before
    assert version(connection) == len(MIGRATIONS)


def test_later_steps_alone_are_taken_by_a_file_that_went_through_the_first(
    connection: sqlite3.Connection, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(connection, path)
    monkeypatch.setattr(
        "bot.store.migrations.MIGRATIONS", (*MIGRATIONS, ("ALTER TABLE questions ADD COLUMN mood TEXT",))
    )

    migrate(connection, path)

    assert columns(connection, "questions")[-1] == "mood"
    assert version(connection) == len(MIGRATIONS) + 1


async def test_a_log_of_a_newer_quoth_is_refused_and_left_alone(connection: sqlite3.Connection, path: Path) -> None:
    newer = len(MIGRATIONS) + 6
    connection.execute(f"PRAGMA user_version = {newer}")

    with pytest.raises(LogError) as caught:
        await SqliteQueryLog.open(path)

    assert str(caught.value) == (
        f"The query log {path} is of schema version {newer}, and this quoth knows up to {len(MIGRATIONS)}: "
        "install a newer quoth, or set QUOTH_DATA to another folder."
    )
    assert version(connection) == newer
    assert schema(connection) == []


async def test_a_file_of_something_else_is_refused_and_left_alone(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("CREATE TABLE questions (of_another_program TEXT)")

    with pytest.raises(LogError, match="table questions already exists"):
        await SqliteQueryLog.open(path)

    assert columns(connection, "questions") == ["of_another_program"]


def test_the_newest_of_a_guild_are_found_by_an_index(connection: sqlite3.Connection, path: Path) -> None:
    migrate(connection, path)

    plan = connection.execute(
        "EXPLAIN QUERY PLAN SELECT * FROM questions WHERE guild = 1 AND id < 'z' ORDER BY id DESC LIMIT 10"
    ).fetchall()

    assert [step[3] for step in plan] == ["SEARCH questions USING INDEX questions_by_guild (guild=? AND id<?)"]
