"""What a damaged log still has is brought into the new one."""

from __future__ import annotations

import datetime
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.store.filters import Filter, Thumbs
from bot.store.log_row import LoggedQuote, LogRow, Vote
from bot.store.reviews import Mark
from bot.store.sqlite import statements
from bot.store.sqlite.connections import reading, writing
from bot.store.sqlite.maintenance import deletion
from bot.store.sqlite.maintenance.recovery import salvage
from bot.store.sqlite.migrations import MIGRATIONS
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.query_log import SqliteQueryLog
from bot.store.sqlite.reviews import set_mark
from tests.bot.fakes import NOON, row

if TYPE_CHECKING:
    from pathlib import Path

PAGE = 4096


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    return tmp_path / "damaged.db"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make an empty log."""
    prepare(path := tmp_path / "quoth.db")
    return path


def write(path: Path, count: int) -> list[LogRow]:
    """Make a log of so many rows with two quotations each; give them newest first."""
    quote = LoggedQuote("a.txt", "A", "ff", 0, 9, "It is so. " * 20, 1.0)
    rows = [
        row(f"{number:016}", question=f"Question {number}?", guild=1, quotes=(quote, quote)) for number in range(count)
    ]
    prepare(path)
    with writing(path) as connection:
        connection.execute("BEGIN")
        connection.executemany(statements.ADD_QUESTION, map(statements.question_values, rows))
        connection.executemany(statements.ADD_QUOTE, [quote for row in rows for quote in statements.quote_values(row)])
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return rows[::-1]


def root_of(path: Path, name: str) -> int:
    """Give the first page of a table or an index, counted from 0."""
    with reading(path) as connection:
        page: int = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
        return page - 1


def by_chance(path: Path, count: int, seed: int) -> list[int]:
    """Choose so many pages of the file, counted from 0."""
    return random.Random(seed).sample(range(path.stat().st_size // PAGE), count)  # noqa: S311 - nothing is kept secret here


def zero(path: Path, pages: list[int]) -> None:
    """Put zeros in the place of pages, counted from 0."""
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(bytes(PAGE))


async def open_and_examine(path: Path) -> None:
    log = await SqliteQueryLog.open(path)
    await log.examined()
    await log.close()


def rows_of(path: Path) -> list[LogRow]:
    with reading(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return list(statements.rows_of(connection.execute(statements.RECENT, {"before": "z", "limit": 1_000_000})))


def test_a_sound_file_is_salvaged_whole_and_twice_is_once(damaged: Path, path: Path) -> None:
    rows = write(damaged, 3000)

    assert (salvage(damaged, path), salvage(damaged, path)) == (3000, 0)

    assert rows_of(path) == rows


def test_a_mark_is_salvaged_with_its_row(damaged: Path, path: Path) -> None:
    newest = write(damaged, 5)[0].id
    set_mark(damaged, newest, Mark.RIGHT)

    salvage(damaged, path)

    with reading(path) as connection:
        assert [tuple(row)[:2] for row in connection.execute("SELECT question_id, mark FROM marks")] == [
            (newest, "right")
        ]


@pytest.mark.parametrize("seed", range(2))
def test_a_row_is_salvaged_as_it_was_or_without_what_stood_on_a_broken_page(
    damaged: Path, path: Path, seed: int
) -> None:
    rows = {found.id: found for found in write(damaged, 1500)}
    zero(damaged, by_chance(damaged, 8, seed))
    broken = damaged.read_bytes()

    salvaged = rows_of(path) if salvage(damaged, path) else []

    assert all(found.question == rows[found.id].question for found in salvaged)
    assert all(set(found.quotes) <= set(rows[found.id].quotes) for found in salvaged)
    assert len(salvaged) > 1350
    assert damaged.read_bytes() == broken


@pytest.mark.parametrize("what", ["the file", "questions", "quotes", "questions_by_time", "all of them"])
def test_the_first_page_of_anything_may_be_gone_and_every_row_comes_back(damaged: Path, path: Path, what: str) -> None:
    rows = write(damaged, 1500)
    names = ["questions", "quotes", "questions_by_time"]
    pages = {name: root_of(damaged, name) for name in names} | {"the file": 0}
    zero(damaged, list(pages.values()) if what == "all of them" else [pages[what]])

    assert salvage(damaged, path) == 1500

    assert rows_of(path) == rows


async def test_votes_marks_and_long_texts_are_found_on_their_pages(damaged: Path, path: Path) -> None:
    log = await SqliteQueryLog.open(damaged)
    await log.add(row("1", question="Who leads the group now? " * 2000, guild=7))
    await log.add(row("2", question="né \N{GRINNING FACE}", guild=None, confidence=1.0))
    await log.vote("1", Vote("anna", False, NOON))
    rows = list(await log.recent(9))
    await log.close()
    set_mark(damaged, "2", Mark.WRONG)
    zero(damaged, [0])

    salvage(damaged, path)

    assert rows_of(path) == rows
    with reading(path) as connection:
        assert [tuple(found)[:2] for found in connection.execute("SELECT * FROM marks")] == [("2", "wrong")]
        assert [tuple(found)[:3] for found in connection.execute("SELECT * FROM votes")] == [("1", "anna", 0)]


@pytest.mark.slow
async def test_of_twenty_thousand_rows_with_twenty_pages_zeroed_ninety_nine_of_a_hundred_are_salvaged(
    path: Path,
) -> None:
    rows = write(path, 20_000)
    zero(path, [0, root_of(path, "questions"), *by_chance(path, 18, seed=1)])

    log = await SqliteQueryLog.open(path)
    await log.add(row("zz"))
    await log.examined()
    await log.add(row("zzz"))
    assert [found.id for found in await log.recent(2)] == ["zzz", "zz"], "what came before it was put aside is salvaged"
    await log.close()

    assert len(rows_of(path)) - 2 >= 0.99 * len(rows)


async def test_what_a_stop_cut_short_is_salvaged_at_the_next_start_and_never_again(path: Path) -> None:
    write(path.with_name("quoth.db.damaged-20250131T120000.000000Z"), 5)

    await open_and_examine(path)
    salvaged = [found.id for found in rows_of(path)]
    deletion.forget(path, Filter(guild=1))
    await open_and_examine(path)

    assert len(salvaged) == 5
    assert rows_of(path) == [], "what was forgotten since does not come back"


async def test_votes_are_salvaged_with_their_rows(damaged: Path, path: Path) -> None:
    write(damaged, 3)
    log = await SqliteQueryLog.open(damaged)
    await log.vote(f"{1:016}", Vote("anna", False, NOON + datetime.timedelta(days=1)))
    await log.close()

    salvage(damaged, path)

    log = await SqliteQueryLog.open(path)
    assert [found.id for found in await log.find(Filter(thumbs=Thumbs.DOWN), 9)] == [f"{1:016}"]
    await log.vote(f"{1:016}", Vote("anna", None, NOON))
    assert list(await log.find(Filter(thumbs=Thumbs.DOWN), 9)) == []
    await log.close()


async def test_a_file_of_an_earlier_schema_is_searched_like_any_other_once_salvaged(damaged: Path, path: Path) -> None:
    with closing(sqlite3.connect(damaged)) as connection:
        for statement in MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute(
            "INSERT INTO questions (id, asked_at, surface, question, outcome, confidence, elapsed_ms, library, version,"
            " guild, asker) VALUES ('1', '2025-01-31T12:00:00.123456+00:00', 'command', 'Who leads the CAFÉ now?',"
            " 'answer', 0.75, 3.5, 'sha256:0', '0.1.0', 7, '')"
        )
        connection.execute("INSERT INTO quotes VALUES ('1', 0, 'a.txt', 'A', 'ff', 0, 5, 'It is', 1.5, 0)")
        connection.execute(
            "INSERT INTO quotes VALUES ('no such question', 0, 'a.txt', 'A', 'ff', 0, 5, 'It is', 1.5, 0)"
        )
        connection.commit()

    assert salvage(damaged, path) == 1

    log = await SqliteQueryLog.open(path)
    assert [found.id for found in await log.find(Filter(guild=7, source="a.txt", words="cafe"), 9)] == ["1"]
    await log.close()


def test_what_is_no_log_has_nothing_to_salvage(damaged: Path, path: Path) -> None:
    damaged.write_bytes(b"not a database" * 1000)

    assert salvage(damaged, path) == 0
    assert rows_of(path) == []
