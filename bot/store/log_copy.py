"""Moves a log from one store to another, and reads both again to be sure."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.store.cancellation import Stop
from bot.store.log_tables import LOG_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.store.log_tables import LogTable, TableReader, TableRow, TableStore, TableWriter


def copy_log(source: TableStore, target: TableStore, stop: Stop | None = None) -> dict[str, int]:
    """Copy every row of `source` to `target`, where no log may be yet; returns the number of rows of each table.

    Both are read again, row by row, before anything is kept. Where they differ, where there is a log already, or where
    it is stopped, it is a `LogError`, and `target` is as it was.
    """
    stop = stop or Stop()
    with source.reading() as reader, target.writing() as writer:
        _check_empty(writer, target.name)
        for table in LOG_TABLES:
            writer.insert(table, _until_stopped(reader.rows(table), stop, source.name))
        return {table.name: _compared(table, reader, writer, stop, source.name) for table in LOG_TABLES}


def _check_empty(writer: TableWriter, name: str) -> None:
    for table in LOG_TABLES:
        if next(writer.rows(table), None) is not None:
            raise LogError(f"There is a log in {name} already; give a place where there is none.")


def _compared(table: LogTable, reader: TableReader, writer: TableWriter, stop: Stop, name: str) -> int:
    number = 0
    both = zip_longest(_until_stopped(reader.rows(table), stop, name), writer.rows(table))
    for number, (row, copied) in enumerate(both, start=1):
        if row != copied:
            raise LogError(
                f"Row {number:,} of the table {table.name} is not what it was after copying; nothing was kept of it. "
                f"Look with `quoth doctor` whether {name} is damaged."
            )
    return number


def _until_stopped(rows: Iterator[TableRow], stop: Stop, name: str) -> Iterator[TableRow]:
    for row in rows:
        if stop.stopped:
            raise LogError(f"Copying the query log {name} was stopped.")
        yield row
