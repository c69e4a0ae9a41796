"""The steps that lead to today's schema, from whatever schema a file has."""

from __future__ import annotations

import dataclasses
import datetime
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from bot.config.errors import LogError
from bot.store.filters import Filter, Thumbs, fold
from bot.store.log_row import LoggedQuote
from bot.store.log_statistics import Quoted
from bot.store.sqlite.log_search import page_of
from bot.store.sqlite.migrations import MIGRATIONS, migrate
from bot.store.sqlite.query_log import SqliteQueryLog
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
            "up",
            "down",
            "folded",
            "private",
            "tentative",
            "weaker",
            "message",
            "withdrawn",
            "corrected",
            "asked_of",
        ]
    )
    assert columns(connection, "quotes") == snapshot(
        ["question_id", "position", "file", "name", "sha256", "start", "end", "text", "score", "near", "guild"]
    )
    assert columns(connection, "marks") == snapshot(["question_id", "mark", "marked_at"])
    assert all(strict for _, strict in connection.execute("SELECT name, strict FROM pragma_table_list('questions')"))


def test_migrating_twice_changes_nothing(connection: sqlite3.Connection, path: Path) -> None:
    migrate(connection, path)
    before = schema(connection)

    migrate(connection, path)

    assert schema(connection) == before


@pytest.mark.parametrize("earlier", range(1, len(MIGRATIONS)))
async def test_a_log_of_every_earlier_schema_is_read_searched_and_written_today(
    connection: sqlite3.Connection, path: Path, earlier: int
) -> None:
    connection.create_function("quoth_folded", 1, fold, deterministic=True)
    for number, step in enumerate(MIGRATIONS[:earlier]):
        for statement in step:
            connection.execute(statement)
        if number == 0:
            connection.execute(
                "INSERT INTO questions (id, asked_at, surface, question, outcome, confidence, elapsed_ms, library,"
                " version, guild, asker) VALUES ('1', '2025-01-31T12:00:00.123456+00:00', 'command',"
                " 'Who leads the CAFÉ now?', 'answer', 0.75, 3.5, 'sha256:0', '0.1.0', 7, '')"
            )
            connection.execute("INSERT INTO quotes VALUES ('1', 0, 'a.txt', 'A', 'ff', 0, 5, 'It is', 1.5, 0)")
    connection.execute(f"PRAGMA user_version = {earlier}")
    old = row(
        "1",
        question="Who leads the CAFÉ now?",
        guild=7,
        weaker=True,  # as every answer was then
        quotes=(LoggedQuote("a.txt", "A", "ff", 0, 5, "It is", 1.5),),
    )

    log = await SqliteQueryLog.open(path)
    await log.add(row("2"))

    assert await log.recent(10) == [row("2"), old]
    assert await log.find(Filter(guild=7, source="a.txt", words="cafe"), 10) == [old]
    assert (await log.stats(Filter(guild=7))).sources == (Quoted("a.txt", "A", 1),)
    await log.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(
    connection: sqlite3.Connection, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(connection, path)
    before = schema(connection)
    broken = (*MIGRATIONS, ("CREATE TABLE more (a TEXT) STRICT", "ALTER TABLE nowhere ADD COLUMN b TEXT"))
    monkeypatch.setattr("bot.store.sqlite.migrations.MIGRATIONS", broken)

    with pytest.raises(sqlite3.OperationalError, match="no such table: nowhere"):
        migrate(connection, path)

    assert schema(connection) == before
    assert version(connection) == len(MIGRATIONS)


def test_later_steps_alone_are_taken_by_a_file_that_went_through_the_first(
    connection: sqlite3.Connection, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(connection, path)
    monkeypatch.setattr(
        "bot.store.sqlite.migrations.MIGRATIONS", (*MIGRATIONS, ("ALTER TABLE questions ADD COLUMN mood TEXT",))
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


MONDAY = datetime.datetime(2025, 1, 6, tzinfo=datetime.UTC)


@pytest.mark.parametrize("guild", [None, 1], ids=["everywhere", "in a guild"])
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Filter(unanswered=True), "questions_unanswered"),
        (Filter(thumbs=Thumbs.UP), "questions_voted_up"),
        (Filter(thumbs=Thumbs.DOWN), "questions_voted_down"),
        (Filter(asker="a"), "questions_by_asker"),
        (Filter(channel=1), "questions_by_channel"),
        (Filter(source="a.txt"), "quotes_by_source"),
        (Filter(since=MONDAY), None),
        (Filter(until=MONDAY), None),
    ],
)
def test_each_filter_walks_an_index_that_tells_the_guild_too_and_sorts_nothing(
    connection: sqlite3.Connection, path: Path, wanted: Filter, index: str | None, guild: int | None
) -> None:
    migrate(connection, path)
    statement, values = page_of(dataclasses.replace(wanted, guild=guild))

    plan = [
        step[3] for step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values | {"before": "z", "limit": 1})
    ]

    expected = index or ("questions_by_time" if guild is None else "questions_by_guild")
    assert re.fullmatch(rf"SEARCH \w+ USING COVERING INDEX {expected} \(.*(id|question_id)[<>]\?.*\)", plan[0])
    assert not [step for step in plan if "TEMP B-TREE" in step or step.startswith("SCAN")]
