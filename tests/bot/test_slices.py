"""The whole log is read from its first row to its last, a slice at a time, beside whoever writes."""

from __future__ import annotations

import dataclasses
import datetime
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.config.errors import LogError
from bot.store.filters import Filter
from bot.store.ids import first_id
from bot.store.reviews import Mark
from bot.store.sqlite import row_reader as slices
from bot.store.sqlite.query_log import SqliteQueryLog
from bot.store.sqlite.reviews import set_mark
from bot.store.sqlite.row_reader import SqliteLogReader, open_reader
from tests.bot.fakes import NOON
from tests.contracts.query_log import FULL_ROW, numbered

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.store.log_row import LogRow

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "quoth.db"


@pytest.fixture(autouse=True)
def _short_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SLICE", 3)


async def fill(path: Path, *rows: LogRow) -> None:
    log = await SqliteQueryLog.open(path)
    for row in rows:
        await log.add(row)
    await log.close()


def hourly(number: int) -> LogRow:
    asked_at = NOON + number * HOUR
    return dataclasses.replace(numbered(number), id=first_id(asked_at), asked_at=asked_at, quotes=FULL_ROW.quotes)


@pytest.fixture
async def reader(path: Path) -> AsyncIterator[SqliteLogReader]:
    await fill(path, *(hourly(number) for number in (5, 2, 7, 1, 3, 6, 4)))
    with open_reader(path) as reader:
        yield reader


def test_every_row_comes_once_oldest_first_and_whole(reader: SqliteLogReader) -> None:
    chosen = reader.select()

    assert chosen.count == 7
    assert list(chosen) == [(hourly(number), None) for number in range(1, 8)]


@pytest.mark.parametrize(
    ("since", "newest", "numbers"),
    [
        (NOON + 5 * HOUR, None, [5, 6, 7]),
        (NOON + 5 * HOUR + datetime.timedelta(seconds=1), None, [6, 7]),
        ((NOON + 5 * HOUR).astimezone(datetime.timezone(9 * HOUR)), None, [5, 6, 7]),
        (None, 4, [4, 5, 6, 7]),
        (None, 100, [1, 2, 3, 4, 5, 6, 7]),
        (NOON + 2 * HOUR, 2, [6, 7]),
        (NOON + 100 * HOUR, None, []),
    ],
)
def test_the_newest_since_a_moment_are_chosen(
    reader: SqliteLogReader, since: datetime.datetime | None, newest: int | None, numbers: list[int]
) -> None:
    chosen = reader.select(Filter(since=since), newest=newest)

    assert chosen.count == len(numbers)
    assert [row for row, _ in chosen] == [hourly(number) for number in numbers]


def test_marks_come_with_their_rows_and_can_be_what_is_chosen(reader: SqliteLogReader, path: Path) -> None:
    for number, mark in ((2, Mark.WRONG), (6, Mark.REFUSE), (2, Mark.RIGHT), (4, Mark.WRONG), (4, None)):
        assert set_mark(path, hourly(number).id, mark)

    reviewed = reader.select(reviewed=True)

    assert [(row.id, review.mark if review else None) for row, review in reader.select()] == [
        (hourly(number).id, {2: Mark.RIGHT, 6: Mark.REFUSE}.get(number)) for number in range(1, 8)
    ]
    assert [row for row, _ in reviewed] == [hourly(2), hourly(6)]
    assert reviewed.count == 2
    assert [row for row, _ in reader.select(newest=1, reviewed=True)] == [hourly(6)]


async def test_what_is_logged_while_the_log_is_read_is_left_for_the_next_time(
    reader: SqliteLogReader, path: Path
) -> None:
    rows = iter(reader.select())
    first = next(rows)[0]

    await fill(path, hourly(8))

    assert [first, *(row for row, _ in rows)] == [hourly(number) for number in range(1, 8)]
    assert reader.select().count == 8


def test_rows_that_are_forgotten_meanwhile_are_passed_over(reader: SqliteLogReader, path: Path) -> None:
    rows = iter(reader.select())
    first = next(rows)[0]

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM questions WHERE id = ?", (hourly(5).id,))

    assert [first, *(row for row, _ in rows)] == [hourly(number) for number in (1, 2, 3, 4, 6, 7)]


def test_one_row_is_found_by_its_id(reader: SqliteLogReader) -> None:
    assert reader.get(hourly(3).id) == hourly(3)
    assert reader.get("\ud83d") is None


def test_a_reader_cannot_write(reader: SqliteLogReader) -> None:
    with pytest.raises(LogError, match="read-only"):
        reader.execute("DELETE FROM questions", {})


def test_a_mark_needs_a_row_and_goes_with_it(reader: SqliteLogReader, path: Path) -> None:
    del reader
    assert not set_mark(path, "nowhere", Mark.RIGHT)
    assert not set_mark(path, "nowhere", None)
    set_mark(path, hourly(1).id, Mark.RIGHT)

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM questions WHERE id = ?", (hourly(1).id,))
        assert connection.execute("SELECT count(*) FROM marks").fetchall() == [(0,)]


def test_a_log_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="cannot be opened"), open_reader(tmp_path):
        pass
