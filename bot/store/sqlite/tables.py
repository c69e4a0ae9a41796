"""The tables of a log in a SQLite file, for moving it from one store to another."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot.config.errors import LogError
from bot.store.log_tables import ColumnKind
from bot.store.sqlite.connections import reading, transaction, writing
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.sqlite_errors import log_errors

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bot.store.log_tables import LogTable, TableRow


class SqliteTables:
    """Keeps the promises of `TableStore` for the file at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        return str(self.path)

    @contextmanager
    def reading(self) -> Iterator[OpenTables]:
        if not self.path.exists():
            raise LogError(f"There is no log {self.path}; give the file of one.")
        prepare(self.path)
        with log_errors(self.path, "read"), reading(self.path) as connection:
            yield OpenTables(connection)

    @contextmanager
    def writing(self) -> Iterator[OpenTables]:
        prepare(self.path)
        with log_errors(self.path, "written"), writing(self.path) as connection, transaction(connection):
            yield OpenTables(connection)


class OpenTables:
    """Reads and writes with one connection; made by `SqliteTables`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, table: LogTable) -> Iterator[TableRow]:
        names = ", ".join(f'"{name}"' for name in table.columns)
        kinds = tuple(table.columns.values())
        statement = f"SELECT {names} FROM {table.name} ORDER BY {', '.join(table.key)}"  # noqa: S608 - our own names
        for row in self._connection.execute(statement):
            yield tuple(_read(value, kind) for value, kind in zip(row, kinds, strict=True))

    def insert(self, table: LogTable, rows: Iterable[TableRow]) -> None:
        names = ", ".join(f'"{name}"' for name in table.columns)
        places = ", ".join("?" for _ in table.columns)
        statement = f"INSERT INTO {table.name} ({names}) VALUES ({places})"  # noqa: S608 - likewise
        self._connection.executemany(statement, (tuple(map(_written, row)) for row in rows))


def _read(value: Any, kind: ColumnKind) -> object:
    match kind:
        case ColumnKind.FLAG:
            return bool(value)
        case ColumnKind.MOMENT if value is not None:
            return datetime.datetime.fromisoformat(value).astimezone(datetime.UTC)
        case _:
            return value


def _written(value: object) -> object:
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="microseconds")
    return value
