"""Brings what can still be read of a damaged log into a new one."""

from __future__ import annotations

import logging
import sqlite3
import time
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.store.cancellation import Stop
from bot.store.filters import fold
from bot.store.sqlite import ranges
from bot.store.sqlite.connections import transaction, writing
from bot.store.sqlite.open_file import SALVAGED, put_aside
from bot.store.sqlite.sqlite_errors import log_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from bot.store.sqlite.statements import Values

logger = logging.getLogger(__name__)

NEVER = Stop()

PAUSE = 0.01  # seconds between two slices, for those who log meanwhile
SLICE = 1024  # records of pages that are written at once

# The tables in the order in which their rows lean on each other: what must be true of a row to be taken.
TABLES = {
    "servers": "true",
    "opted_out": "true",
    "questions": "true",
    "quotes": "EXISTS (SELECT 1 FROM questions WHERE id = :question_id)",
    "votes": "EXISTS (SELECT 1 FROM questions WHERE id = :question_id)",
    "marks": "EXISTS (SELECT 1 FROM questions WHERE id = :question_id)",
    "gaps": "EXISTS (SELECT 1 FROM questions WHERE id = :question_id)",
    "wishes": "EXISTS (SELECT 1 FROM questions WHERE id = :question_id)",
}
PREFERENCES = ("servers", "opted_out")
GUILD = "(SELECT guild FROM questions WHERE id = :question_id)"  # of a quote: files of an earlier schema lack it


def salvage(damaged: Path, path: Path, stop: Stop = NEVER, tables: Iterable[str] = TABLES) -> int | None:
    """Copies each row of the log `damaged` that can still be read to the log at `path`; returns how many questions.

    First SQLite reads what it can find; where that is not all, what is left is looked for on each page by itself. The
    damaged file stays as it is. None where it was cut short, since it was stopped or the damaged file was deleted
    meanwhile. A `LogError` where the new log cannot be written.
    """
    salvaged = 0
    with log_errors(path, "written"), writing(path) as log:
        columns = {table: _columns(log, table) for table in tables}
        for table, rows in _read(damaged, columns):
            if stop.stopped or not damaged.exists():  # what somebody had forgotten must not come back
                return None
            number = _insert(log, table, [_with_folded(row) for row in rows])
            salvaged += number if table == "questions" else 0
            time.sleep(PAUSE)
    return salvaged


def salvage_all(path: Path, stop: Stop = NEVER) -> None:
    """Salvages each damaged file that was put aside, unless that was done before, and says in the program's log how.

    One that was cut short is begun again the next time, and takes no row twice.
    """
    for damaged in put_aside(path):
        if stop.stopped or is_salvaged(damaged):
            continue
        try:
            if (number := salvage(damaged, path, stop)) is None:
                continue
            _mark_of(damaged).touch(mode=0o600)
        except (LogError, OSError) as error:
            logger.error("%s is not salvaged, or not all of it: %s", damaged.name, error)  # noqa: TRY400 - one line is enough
        else:
            logger.warning("%d questions of the damaged query log %s were salvaged.", number, damaged.name)


def is_salvaged(damaged: Path) -> bool:
    """Whether all that can be read of that damaged file was brought into the log."""
    return _mark_of(damaged).exists()


def salvage_preferences(path: Path) -> None:
    """Salvages what servers and people wished, which takes no time: nobody may be logged who does not wish it."""
    for damaged in put_aside(path):
        try:
            if not is_salvaged(damaged):
                salvage(damaged, path, tables=PREFERENCES)
        except (LogError, OSError) as error:
            logger.error("The wishes in %s are not salvaged: %s", damaged.name, error)  # noqa: TRY400 - likewise


def _mark_of(damaged: Path) -> Path:
    return damaged.with_name(f"{damaged.name}{SALVAGED}")


def _read(damaged: Path, columns: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, list[Values]]]:
    """Slices of the rows of the tables, as far as they can be read; `columns` are those of today."""
    with ranges.damaged_rows(damaged) as source:
        for table in columns:
            for rows in source.rows(table):
                yield table, [{name: row[name] for name in row.keys() if name in columns[table]} for row in rows]  # noqa: SIM118 - a row is no mapping
    if source.broken:
        # Questions first, as the others lean on them.
        for tables in (columns.keys() & {"questions"}, columns.keys() - {"questions"}):
            yield from _on_pages(damaged, columns, tables)


def _on_pages(
    damaged: Path, columns: Mapping[str, Sequence[str]], tables: AbstractSet[str]
) -> Iterator[tuple[str, list[Values]]]:
    from bot.store.sqlite.maintenance.btree_pages import records_in  # noqa: PLC0415 - hardly any log is ever damaged
    from bot.store.sqlite.maintenance.record_types import table_of  # noqa: PLC0415

    # Rows of one statement have the same columns: those that were added later are not in the rows of before.
    slices: dict[tuple[str, int], list[Values]] = {}
    for found in records_in(damaged, of_tables_only=tables == {"questions"}):
        table = table_of(found)
        if table not in tables:
            continue
        rows = slices.setdefault((table, len(found.values)), [])
        rows.append(dict(zip(columns[table], found.values, strict=False)))
        if len(rows) == SLICE:
            yield table, rows
            rows.clear()
    for (table, _), rows in slices.items():
        yield table, rows


def _columns(log: sqlite3.Connection, table: str) -> Sequence[str]:
    return [name for (name,) in log.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def _with_folded(values: Values) -> Values:
    """The row, with the column that searches compare computed again."""
    return values | ({"folded": fold(str(values["question"]))} if "question" in values else {})


def _insert(log: sqlite3.Connection, table: str, rows: Sequence[Values]) -> int:
    """Write those rows that keep the rules of the table and are not there yet; returns how many."""
    if not rows:
        return 0
    made = {name: f":{name}" for name in rows[0]} | ({"guild": GUILD} if table == "quotes" else {})
    names = ", ".join(f'"{name}"' for name in made)
    statement = f"INSERT OR IGNORE INTO {table} ({names}) SELECT {', '.join(made.values())} WHERE {TABLES[table]}"
    try:
        with transaction(log):
            return log.executemany(statement, rows).rowcount
    except sqlite3.IntegrityError:
        if len(rows) == 1:  # what a broken page made of it is no row
            return 0
        return sum(_insert(log, table, [row]) for row in rows)
