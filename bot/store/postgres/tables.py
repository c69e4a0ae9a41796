"""The tables of a log in PostgreSQL, for moving it from one store to another."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from typing import TYPE_CHECKING

from psycopg.rows import tuple_row

from bot.store.postgres.nul_escape import escaped, unescaped
from bot.store.postgres.postgres_errors import log_errors
from bot.store.postgres.statements import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.store.log_tables import LogTable, TableRow
    from bot.store.postgres.connection import Connection
    from bot.store.postgres.connection_pool import ConnectionPool

AT_ONCE = 2_000  # rows that are fetched at once


class PostgresTables:
    """Keeps the promises of `TableStore` for the database whose connections `pool` hands out."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    @property
    def name(self) -> str:
        return self._pool.name

    @contextmanager
    def reading(self) -> Iterator[ServerTables]:
        with log_errors(self.name, "read"), self._pool.reading() as connection:
            yield ServerTables(connection)

    @contextmanager
    def writing(self) -> Iterator[ServerTables]:
        with log_errors(self.name, "written"), self._pool.writing() as connection:
            yield ServerTables(connection)


class ServerTables:
    """Reads and writes with one connection; made by `PostgresTables`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, table: LogTable) -> Iterator[TableRow]:
        names = ", ".join(f'"{name}"' for name in table.columns)
        statement = f"SELECT {names} FROM {table.name} ORDER BY {', '.join(table.key)}"  # noqa: S608 - our own names
        # A cursor of the server: the driver's own would have every row in memory.
        with self._connection.cursor(f"rows of {table.name}", row_factory=tuple_row) as cursor:
            cursor.itersize = AT_ONCE
            for row in cursor.execute(statement.encode()):
                yield tuple(map(_read, row))

    def insert(self, table: LogTable, rows: Iterable[TableRow]) -> None:
        names = ", ".join(f'"{name}"' for name in table.columns)
        statement = f"COPY {table.name} ({names}) FROM STDIN"
        with self._connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            for row in rows:
                copy.write_row([escaped(value) if isinstance(value, str) else value for value in row])


def _read(value: object) -> object:
    match value:
        case str():
            return unescaped(value)
        case datetime.datetime():
            return moment(value)
        case _:
            return value
