"""What many rows of the query log say together."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from bot.store.ids import first_id
from bot.store.log_statistics import Day, Quoted, Stats
from bot.store.question_words import MOST_LISTED, WORDS_OF_NEWEST, percentile, subjects
from bot.store.sqlite.log_search import Conditions, conditions, conditions_on_quotes, index_for
from bot.store.sqlite.statements import AFTER_EVERY_ID

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from bot.store.filters import Filter

DAY = datetime.timedelta(days=1)


def count(connection: sqlite3.Connection, wanted: Filter) -> Stats:
    """What the rows that `wanted` means say together; the words and the times are those of the newest 10,000."""
    counted = list(_days(connection, wanted))
    questions, times = _newest(connection, wanted)
    return Stats(
        asked=sum(day.asked for day, *_ in counted),
        answered=sum(day.answered for day, *_ in counted),
        tentative=sum(tentative for _, tentative, _, _ in counted),
        up=sum(up for _, _, up, _ in counted),
        down=sum(down for *_, down in counted),
        days=tuple(day for day, *_ in counted if day.asked),
        sources=_sources(connection, wanted),
        newest=len(times),
        subjects=tuple(subjects(questions)),
        p50_ms=percentile(times, 50),
        p99_ms=percentile(times, 99),
    )


def _days(connection: sqlite3.Connection, wanted: Filter) -> Iterator[tuple[Day, int, int, int]]:
    """Each day between the first and the last row, with its tentative answers and its votes.

    A day is a stretch of the index that is walked: so nothing is sorted, however many rows there are.
    """
    found, table = conditions(wanted), _table(wanted)
    bounds = connection.execute(
        f"SELECT (SELECT asked_at FROM {table} WHERE {found} ORDER BY id LIMIT 1),"  # noqa: S608 - our own names alone
        f" (SELECT asked_at FROM {table} WHERE {found} ORDER BY id DESC LIMIT 1)",
        found.values,
    ).fetchone()
    if bounds[0] is None:
        return
    first, last = (datetime.date.fromisoformat(moment[:10]) for moment in bounds)
    statement = (
        "SELECT count(*), total(outcome = 'answer'), total(tentative), total(up), total(down)"  # noqa: S608 - likewise
        f" FROM {table} WHERE id >= :day AND id < :next_day AND {found}"
    )
    date = first
    while date <= last:
        day = {
            "day": "" if date == first else _midnight(date),
            "next_day": AFTER_EVERY_ID if date == last else _midnight(date + DAY),
        }
        asked, *others = connection.execute(statement, found.values | day).fetchone()
        answered, tentative, up, down = map(int, others)
        yield Day(date, asked, answered), tentative, up, down
        date += DAY


def _newest(connection: sqlite3.Connection, wanted: Filter) -> tuple[list[str], list[float]]:
    """The questions of the newest rows, and their milliseconds in order."""
    found = conditions(wanted)
    rows = connection.execute(
        f"SELECT question, elapsed_ms FROM {_table(wanted)} WHERE {found} ORDER BY id DESC LIMIT {WORDS_OF_NEWEST}",  # noqa: S608 - likewise
        found.values,
    ).fetchall()
    return [question for question, _ in rows], sorted(elapsed_ms for _, elapsed_ms in rows)


def _sources(connection: sqlite3.Connection, wanted: Filter) -> tuple[Quoted, ...]:
    """The most quoted sources, each by the name that it was quoted with last."""
    found = conditions_on_quotes(wanted) or _by_question(conditions(wanted), _table(wanted))
    sources = connection.execute(
        "SELECT file, count(*) AS times, max(question_id) FROM quotes INDEXED BY quotes_by_source"  # noqa: S608 - likewise
        f" WHERE near = 0 AND {found} GROUP BY file ORDER BY times DESC, file LIMIT {MOST_LISTED}",
        found.values,
    ).fetchall()
    name = "SELECT name FROM quotes WHERE question_id = ? AND file = ? ORDER BY position LIMIT 1"
    return tuple(
        Quoted(file, connection.execute(name, (newest, file)).fetchone()[0], times) for file, times, newest in sources
    )


def _by_question(found: Conditions, table: str) -> Conditions:
    return Conditions((f"question_id IN (SELECT id FROM {table} WHERE {found})",), found.values)  # noqa: S608 - likewise


def _table(wanted: Filter) -> str:
    return f"questions INDEXED BY {index_for(wanted)}"


def _midnight(date: datetime.date) -> str:
    return first_id(datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC))
