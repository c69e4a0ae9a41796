"""The commands over a log in PostgreSQL, and logs moved to it and back."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.store.gaps import GapState
from bot.store.log_row import LogRow, Vote
from bot.store.log_tables import LOG_TABLES
from bot.store.preferences import Server
from bot.store.reviews import Mark
from bot.store.sqlite.log_maintenance import SqliteLogMaintenance
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.preferences import SqlitePreferences
from bot.store.sqlite.query_log import SqliteQueryLog
from bot.store.sqlite.tables import SqliteTables
from tests.bot.fakes import NOON
from tests.contracts.query_log import FULL_ROW, PLAIN_ROW, week

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.running import Quoth

PASSWORD = "Pa55-word"
ELSEWHERE = f"postgresql://quoth:{PASSWORD}@127.0.0.1:1/quoth"


@pytest.fixture
def filled(folder: Path) -> Path:
    """Make a log in a file that has something in every table."""
    path = folder / "data" / "quoth.db"
    rows: list[LogRow] = [FULL_ROW, PLAIN_ROW, *week()]

    async def fill() -> None:
        log = await SqliteQueryLog.open(path)
        await asyncio.gather(*map(log.add, rows))
        await log.vote(PLAIN_ROW.id, Vote("ann", False, NOON, "It is \0 old"))
        await log.gaps.wish(FULL_ROW.id, 42, "ann")
        await log.gaps.set([FULL_ROW.id], GapState.CLOSED, guild=None, source="A")
        await log.gaps.note_read("sha256:1")
        await log.close()
        preferences = SqlitePreferences(path)
        await preferences.change(7, lambda _: Server(channels=(1, 2), keep_days=30, digest_channel=3, digest_at=NOON))
        await preferences.opt("ben", out=True)

    asyncio.run(fill())
    SqliteLogMaintenance(path).mark(FULL_ROW.id, Mark.WRONG)
    return path


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with SqliteTables(path).reading() as reader:
        return {table.name: list(reader.rows(table)) for table in LOG_TABLES}


def test_a_log_is_the_same_in_every_row_after_it_was_moved_to_postgresql_and_back(
    quoth: Quoth, filled: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTH_LOG", postgres)
    expected = everything(filled)
    assert all(expected.values())

    there = quoth("log", "copy", "data/quoth.db", "QUOTH_LOG")
    back = quoth("log", "copy", "QUOTH_LOG", "back.db")

    assert (there.status, back.status) == (0, 0)
    assert there.out.startswith("170 questions copied from data/quoth.db to postgresql://127.0.0.1:")
    assert everything(filled.parents[1] / "back.db") == expected


def test_what_is_moved_is_every_column_of_every_table_whatever_keeps_it(tmp_path: Path, postgres: str) -> None:
    from bot.store.postgres.query_log import PostgresQueryLog  # noqa: PLC0415 - where there is no server it is skipped

    async def make() -> None:
        await (await PostgresQueryLog.open(postgres)).close()

    asyncio.run(make())
    prepare(tmp_path / "quoth.db")
    moved = {table.name: set(table.columns) for table in LOG_TABLES}
    with closing(sqlite3.connect(tmp_path / "quoth.db")) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        in_file = {name: {row[1] for row in file.execute(f"PRAGMA table_info({name})")} for name in tables}
    with psycopg.connect(postgres) as server:
        found = server.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'quoth'"
        ).fetchall()
    on_server: dict[str, set[str]] = {}
    for table, column in found:
        on_server.setdefault(table, set()).add(column)

    assert moved == in_file
    assert moved == {name: columns for name, columns in on_server.items() if name not in OF_THE_SERVER}


OF_THE_SERVER = {
    "schema_version",
    "leases",
    "shared_notes",
    "sessions",
    "identify_turns",
}  # tables that are no part of the log


def test_a_log_is_not_copied_over_another(quoth: Quoth, filled: Path) -> None:
    other = filled.with_name("other.db")
    quoth("log", "copy", str(filled), str(other))

    ran = quoth("log", "copy", str(filled), str(other))

    assert (ran.status, ran.err) == (3, f"There is a log in {other} already; give a place where there is none.\n")
    assert quoth("log", "copy", "nowhere.db", "new.db").err == "There is no log nowhere.db; give the file of one.\n"
    assert not (filled.parents[1] / "new.db").exists()


def test_the_commands_show_the_same_of_a_log_whatever_keeps_it(
    quoth: Quoth, filled: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = (
        ("log", "recent", "-n", "200", "--json"),
        ("log", "search", "lamp", "--json"),
        ("log", "stats", "--json"),
        ("log", "show", PLAIN_ROW.id),
        ("log", "unanswered", "--json"),
    )
    in_file = [quoth(*command) for command in commands]
    quoth("log", "copy", str(filled), postgres)
    filled.unlink()
    monkeypatch.setenv("QUOTH_LOG", postgres)

    assert [quoth(*command) for command in commands] == in_file
    assert all(ran.out for ran in in_file[:4])


def test_questions_are_logged_there_and_doctor_says_what_the_server_is_to_see_to(
    quoth: Quoth, folder: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTH_LOG", postgres)
    before = quoth("doctor")

    quoth("ask", "Who lit the lamp?")
    after = quoth("doctor")

    assert "has no log yet; the first question makes it." in " ".join(before.out.split())
    told = " ".join(after.out.split())
    assert "1 question in postgresql://127.0.0.1:" in told
    assert "run pg_checksums --enable" in told
    assert "stays in the server's journal (WAL), in its archive and in dumps until these are deleted" in told
    assert quoth("log", "backup").out.startswith("1 question backed up to data/backups/quoth-")
    assert not (folder / "data" / "quoth.db").exists()


def test_a_person_is_forgotten_on_the_server_and_in_the_backups(
    quoth: Quoth, filled: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quoth("log", "copy", str(filled), postgres)
    monkeypatch.setenv("QUOTH_LOG", postgres)
    quoth("log", "backup", "data/backups/one.db")

    ran = quoth("log", "forget", "--asker", FULL_ROW.asker, "--yes")

    assert [line.partition(" in ")[0] for line in ran.out.splitlines()] == ["1 question forgotten"] * 2
    assert FULL_ROW.id not in quoth("log", "recent", "-n", "200").out


def test_an_answer_is_given_where_the_server_is_away_and_the_password_is_never_shown(
    quoth: Quoth, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del folder
    monkeypatch.setenv("QUOTH_LOG", ELSEWHERE)

    asked = quoth("ask", "Who lit the lamp?")
    listed = quoth("log", "recent")

    assert asked.status == 0
    assert "Ada Lindqvist" in asked.out
    assert (listed.status, listed.out) == (3, "")
    assert "The query log postgresql://127.0.0.1:1/quoth cannot be opened: its server does not answer" in listed.err
    for command in (("doctor",), ("log", "stats"), ("log", "copy", "QUOTH_LOG", "x.db"), ("--debug", "log", "recent")):
        ran = quoth(*command)
        assert PASSWORD not in ran.out + ran.err


@pytest.mark.parametrize("address", [f"mysql://quoth:{PASSWORD}@host/quoth", f"postgresql://quoth:{PASSWORD}@host:x/y"])
def test_what_is_no_address_is_said_without_a_word_of_it(
    quoth: Quoth, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("QUOTH_LOG", address)

    ran = quoth("log", "recent")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "QUOTH_LOG cannot be used: give the address of a PostgreSQL database such as "
        "postgresql://quoth@localhost/quoth, or leave it out for a SQLite file.\n"
    )
