"""The log from its first row to its last, for work that takes long: read-only, in slices, while others write."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.store.filters import EVERY_ROW
from bot.store.reviews import Mark, Review
from bot.store.sqlite import statements, votes
from bot.store.sqlite.connections import BUSY_TIMEOUT, is_without_room, readable, uri
from bot.store.sqlite.errors import told_as_log_errors
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.search import conditions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bot.store.filters import Filter
    from bot.store.log_row import Comment, LogRow

SLICE = 500  # rows in memory at once
ALL = -1  # SQLite's LIMIT for no limit


@dataclass(frozen=True, slots=True)
class RowSelection:
    """Which rows are to be read: `count` of them at the moment of choosing; what is logged later is not among them."""

    count: int
    condition: str
    values: Mapping[str, object]


class LogReader:
    """Reads one log; made by `open_reader`. No statement outlives a slice, so that it is in nobody's way.

    What goes wrong is a LogError.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def choose(self, wanted: Filter = EVERY_ROW, *, newest: int | None = None, reviewed: bool = False) -> RowSelection:
        """The rows that `wanted` means; with `reviewed` those that have a mark; of these the `newest` so many."""
        found = conditions(wanted)
        condition = f"{found}{statements.MARKED if reviewed else ''}"
        values = found.values | {"newest": ALL if newest is None else newest}
        count, first, last = self._execute(statements.chosen(condition), values)[0]
        return RowSelection(count, condition, {**values, "first": first, "last": last})

    def rows(self, chosen: RowSelection) -> Iterator[tuple[LogRow, Review | None]]:
        """The chosen rows that are still there, oldest first, each with its review where it has one."""
        statement = statements.slice_of(chosen.condition)
        after = ""
        while rows := list(
            statements.rows_of(self._execute(statement, {**chosen.values, "after": after, "size": SLICE}))
        ):
            after = rows[-1].id
            reviews = self._reviews(rows[0].id, after)
            for row in rows:
                yield row, reviews.get(row.id)

    def get(self, id: str) -> LogRow | None:  # noqa: A002 - it is called that
        """The row of that id, None where there is none."""
        found = self._execute(statements.ONE, {"id": statements.storable(id), "guild": None})
        return next(statements.rows_of(found), None)

    def review_of(self, id: str) -> Review | None:  # noqa: A002 - likewise
        """The mark of the row of that id, None where it has none."""
        return self._reviews(id, id).get(id)

    def comments(self, id: str) -> list[Comment]:  # noqa: A002 - likewise
        """What people said of the answer with that id, in the order of time."""
        with told_as_log_errors(self.path, "read"):
            return votes.comments(self._connection, id, guild=None)

    def _reviews(self, first: str, last: str) -> dict[str, Review]:
        found = self._execute(statements.MARKS, {"first": first, "last": last})
        return {id_: Review(Mark(mark), datetime.datetime.fromisoformat(marked_at)) for id_, mark, marked_at in found}

    def _execute(self, statement: str, values: Mapping[str, object]) -> list[sqlite3.Row]:
        with told_as_log_errors(self.path, "read"):
            return self._connection.execute(statement, values).fetchall()


@contextmanager
def open_reader(path: Path) -> Iterator[LogReader]:
    """Open the log at `path` for reading, brought to today's schema first. Raises LogError."""
    if not is_without_room(path):
        prepare(path)
    with told_as_log_errors(path, "opened"):
        mode, settings = readable(path)
        connection = sqlite3.connect(uri(path, mode), uri=True, timeout=BUSY_TIMEOUT, isolation_level=None)
    with closing(connection):
        connection.row_factory = sqlite3.Row
        with told_as_log_errors(path, "opened"):
            for setting in settings:
                connection.execute(setting)
        yield LogReader(path, connection)
