"""Reads the log from its first row to its last, for work that takes long: in slices, while others write."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from bot.store.filters import EVERY_ROW
from bot.store.postgres import statements, votes
from bot.store.postgres.log_search import conditions
from bot.store.postgres.nul_escape import escaped
from bot.store.postgres.postgres_errors import log_errors
from bot.store.reviews import Mark, Review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.store.filters import Filter
    from bot.store.log_row import Comment, LogRow
    from bot.store.log_statistics import Stats
    from bot.store.postgres.connection import Connection, Record
    from bot.store.postgres.connection_pool import ConnectionPool
    from bot.store.postgres.statements import SqlValues

SLICE = 500  # rows in memory at once
MARKED = "id IN (SELECT question_id FROM marks)"
MARKS = "SELECT question_id, mark, marked_at FROM marks WHERE question_id BETWEEN %(first)s AND %(last)s"


class PostgresLogReader:
    """Keeps the promises of `LogReader`; made by `open_reader`, for one thread.

    Each slice is a statement of its own, so that no snapshot is held while others write.
    """

    def __init__(self, pool: ConnectionPool, connection: Connection) -> None:
        self.name = pool.name
        self._pool = pool
        self._connection = connection

    def select(
        self, wanted: Filter = EVERY_ROW, *, newest: int | None = None, reviewed: bool = False
    ) -> PostgresRowSelection:
        found, values = conditions(wanted)
        condition = f"{found} AND {MARKED}" if reviewed else found
        meant = self.execute(statements.bounds(condition), values | {"newest": newest})[0]
        return PostgresRowSelection(self, meant.pop("count"), condition, values | meant)

    def get(self, id: str) -> LogRow | None:  # noqa: A002 - it is called that
        return next(statements.rows_of(self.execute(statements.ONE, {"id": escaped(id), "guild": None})), None)

    def review_of(self, id: str) -> Review | None:  # noqa: A002 - likewise
        return self.reviews(id, id).get(id)

    def comments(self, id: str) -> list[Comment]:  # noqa: A002 - likewise
        with log_errors(self.name, "read"):
            return votes.comments(self._connection, id, guild=None)

    def stats(self, wanted: Filter = EVERY_ROW) -> Stats:
        from bot.store.postgres.statistics import count  # noqa: PLC0415 - it reads words as the articles' are read

        with log_errors(self.name, "read"), self._pool.reading() as connection:
            return count(connection, wanted)

    def reviews(self, first: str, last: str) -> dict[str, Review]:
        """The reviews of the rows from one id to another, by their ids."""
        found = self.execute(MARKS, {"first": escaped(first), "last": escaped(last)})
        return {
            record["question_id"]: Review(Mark(record["mark"]), statements.moment(record["marked_at"]))
            for record in found
        }

    def execute(self, statement: str, values: SqlValues) -> list[Record]:
        """All that one statement finds. Raises LogError."""
        with log_errors(self.name, "read"):
            return self._connection.execute(statement.encode(), values).fetchall()


class PostgresRowSelection:
    """Rows of one log that meet a condition, up to the last one that there was when they were selected."""

    def __init__(self, reader: PostgresLogReader, count: int, condition: str, values: SqlValues) -> None:
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
            after = escaped(rows[-1].id)
            reviews = self._reader.reviews(rows[0].id, rows[-1].id)
            for row in rows:
                yield row, reviews.get(row.id)


@contextmanager
def open_reader(pool: ConnectionPool) -> Iterator[PostgresLogReader]:
    """Open the log for reading. Raises LogError."""
    with ExitStack() as opened:
        with log_errors(pool.name, "opened"):
            connection = opened.enter_context(pool.connection())
        yield PostgresLogReader(pool, connection)
