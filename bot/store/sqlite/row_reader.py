"""Reads the log from its first row to its last, for work that takes long: read-only, in slices, while others write."""

from __future__ import annotations

import datetime
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from bot.store.filters import EVERY_ROW
from bot.store.reviews import Mark, Review
from bot.store.sqlite import statements, votes
from bot.store.sqlite.connections import is_without_room, reading, reading_by_statement
from bot.store.sqlite.log_search import conditions
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.reviews import MARKED, MARKS
from bot.store.sqlite.sqlite_errors import log_errors
from bot.store.text import storable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bot.store.filters import Filter
    from bot.store.log_row import Comment, LogRow
    from bot.store.log_statistics import Stats

SLICE = 500  # rows in memory at once
ALL = -1  # SQLite's LIMIT for no limit


class SqliteLogReader:
    """Keeps the promises of `LogReader`; made by `open_reader`, for one thread.

    No statement outlives a slice, so that it is in nobody's way.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def select(
        self, wanted: Filter = EVERY_ROW, *, newest: int | None = None, reviewed: bool = False
    ) -> SqliteRowSelection:
        found = conditions(wanted)
        condition = f"{found} AND {MARKED}" if reviewed else f"{found}"
        values = found.values | {"newest": ALL if newest is None else newest}
        count, first, last = self.execute(statements.bounds(condition), values)[0]
        return SqliteRowSelection(self, count, condition, {**values, "first": first, "last": last})

    def get(self, id: str) -> LogRow | None:  # noqa: A002 - it is called that
        found = self.execute(statements.ONE, {"id": storable(id), "guild": None})
        return next(statements.rows_of(found), None)

    def review_of(self, id: str) -> Review | None:  # noqa: A002 - likewise
        return self.reviews(id, id).get(id)

    def comments(self, id: str) -> list[Comment]:  # noqa: A002 - likewise
        with log_errors(self.path, "read"):
            return votes.comments(self._connection, id, guild=None)

    def stats(self, wanted: Filter = EVERY_ROW) -> Stats:
        from bot.store.sqlite.statistics import count  # noqa: PLC0415 - it reads words as the articles' are read

        with log_errors(self.path, "read"), reading(self.path) as connection:
            return count(connection, wanted)

    def reviews(self, first: str, last: str) -> dict[str, Review]:
        """The reviews of the rows from one id to another, by their ids."""
        found = self.execute(MARKS, {"first": first, "last": last})
        return {id_: Review(Mark(mark), datetime.datetime.fromisoformat(marked_at)) for id_, mark, marked_at in found}

    def execute(self, statement: str, values: Mapping[str, object]) -> list[sqlite3.Row]:
        """All that one statement finds. Raises LogError."""
        with log_errors(self.path, "read"):
            return self._connection.execute(statement, values).fetchall()


class SqliteRowSelection:
    """Rows of one log that meet a condition, up to the last one that there was when they were selected."""

    def __init__(self, reader: SqliteLogReader, count: int, condition: str, values: Mapping[str, object]) -> None:
        self.count = count
        self._reader = reader
        self._condition = condition
        self._values = values

    def __iter__(self) -> Iterator[tuple[LogRow, Review | None]]:
        """Read a slice at a time."""
        statement = statements.slice_of(self._condition)
        after = ""
        while rows := list(
            statements.rows_of(self._reader.execute(statement, {**self._values, "after": after, "size": SLICE}))
        ):
            after = rows[-1].id
            reviews = self._reader.reviews(rows[0].id, after)
            for row in rows:
                yield row, reviews.get(row.id)


@contextmanager
def open_reader(path: Path) -> Iterator[SqliteLogReader]:
    """Open the log at `path` for reading, brought to today's schema first. Raises LogError."""
    if not is_without_room(path):
        prepare(path)
    with ExitStack() as opened:
        with log_errors(path, "opened"):
            connection = opened.enter_context(reading_by_statement(path))
        yield SqliteLogReader(path, connection)
