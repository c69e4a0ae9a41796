"""What can still be read of a damaged log, brought into a new one."""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from bot.errors import LogError
from bot.store.connecting import transaction, uri, writing
from bot.store.failures import told_as_log_errors
from bot.store.filters import folded
from bot.store.opening import put_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

logger = logging.getLogger(__name__)

SLICE = 1024  # rows read, and then written, at once
PAUSE = 0.01  # seconds between two slices, for those who log meanwhile
SMALLEST_ROW = 40  # bytes
SLACK = 10_000  # rows that may be newer than the newest that an index still names

# The tables in the order in which their rows lean on each other: what must be true of a row to be taken.
TABLES = {
    "servers": "true",
    "opted_out": "true",
    "questions": "true",
    "quotes": "EXISTS (SELECT 1 FROM questions WHERE id = :question_id)",
    "votes": "EXISTS (SELECT 1 FROM questions WHERE id = :question_id)",
    "marks": "EXISTS (SELECT 1 FROM questions WHERE id = :question_id)",
}
# Those with few rows, which are read in the order of their key.
SMALL = {"servers": ("guild",), "opted_out": ("asker",), "votes": ("question_id", "voter"), "marks": ("question_id",)}
PREFERENCES = ("servers", "opted_out")
GUILD = "(SELECT guild FROM questions WHERE id = :question_id)"  # of a quote: files of an earlier schema lack it


def salvage(damaged: Path, path: Path, tables: Iterable[str] = TABLES) -> int:
    """Copies each row of the log `damaged` that can still be read to the log at `path`; returns how many questions.

    The table is read by ranges of its row numbers, and a range that cannot be read is halved until only the rows on
    broken pages are left out. The damaged file stays as it is. A `LogError` where the new log cannot be written.
    """
    salvaged = 0
    with told_as_log_errors(path, "written"), writing(path) as log, closing(_opened(damaged)) as source:
        for table in tables:
            columns = _columns(log, table)
            for rows in _readable(source, table):
                number = _taken(log, table, [_fitting(row, columns) for row in rows])
                salvaged += number if table == "questions" else 0
                time.sleep(PAUSE)
    return salvaged


def salvage_all(path: Path) -> None:
    """Salvages each damaged file that was put aside, unless that was done before, and says in the program's log how.

    One that was cut short is begun again the next time, and takes no row twice.
    """
    for damaged in put_aside(path):
        done = _done(damaged)
        try:
            if done.exists():
                continue
            number = salvage(damaged, path)
            done.touch(mode=0o600)
        except (LogError, OSError) as error:
            logger.error("%s is not salvaged, or not all of it: %s", damaged.name, error)  # noqa: TRY400 - one line is enough
        else:
            logger.warning("%d questions of the damaged query log %s were salvaged.", number, damaged.name)


def salvage_preferences(path: Path) -> None:
    """Salvages what servers and people wished, which takes no time: nobody may be logged who does not wish it."""
    for damaged in put_aside(path):
        try:
            if not _done(damaged).exists():
                salvage(damaged, path, PREFERENCES)
        except (LogError, OSError) as error:
            logger.error("The wishes in %s are not salvaged: %s", damaged.name, error)  # noqa: TRY400 - likewise


def _done(damaged: Path) -> Path:
    return damaged.with_name(f"{damaged.name}.salvaged")


def _opened(damaged: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(uri(damaged, "ro"), uri=True, isolation_level=None)
    connection.row_factory = sqlite3.Row
    # A text that is no UTF-8 any more has lost its row, not the whole slice.
    connection.text_factory = lambda text: text.decode(errors="replace")
    with suppress(sqlite3.DatabaseError):
        connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _readable(source: sqlite3.Connection, table: str) -> Iterator[list[sqlite3.Row]]:
    """Slices of the rows that can be read, in the order of their row numbers."""
    if table in SMALL:
        yield _from_both_ends(source, table)
        return
    low, most = _bounds(source, table)
    while low <= most:
        yield from _of_range(source, table, low, low + SLICE - 1)
        # Where many were forgotten there is a gap to jump over.
        following = _number(source, f"SELECT min(rowid) FROM {table} WHERE rowid >= {low + SLICE}")  # noqa: S608 - one of TABLES
        if following == 0:
            return
        low = following or low + SLICE


def _of_range(source: sqlite3.Connection, table: str, low: int, high: int) -> Iterator[list[sqlite3.Row]]:
    ranges = [(low, high)]
    while ranges:
        low, high = ranges.pop()
        try:
            yield source.execute(
                f"SELECT * FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid",  # noqa: S608 - likewise
                (low, high),
            ).fetchall()
        except sqlite3.DatabaseError:
            if low < high:
                middle = (low + high) // 2
                ranges += [(middle + 1, high), (low, middle)]


def _bounds(source: sqlite3.Connection, table: str) -> tuple[int, int]:
    """The least row number and the greatest, or numbers beyond them where they cannot be read."""
    least = _number(source, f"SELECT min(rowid) FROM {table}")  # noqa: S608 - likewise
    most = _number(source, f"SELECT max(rowid) FROM {table}")  # noqa: S608 - likewise
    if most is None:  # its last page is broken; an index may know about it
        key = {"questions": "id", "quotes": "question_id"}[table]
        newest = _number(source, f"SELECT rowid FROM {table} ORDER BY {key} DESC LIMIT 1")  # noqa: S608 - likewise
        pages = _number(source, "PRAGMA page_count") or 0
        page_size = _number(source, "PRAGMA page_size") or 0
        most = newest + SLACK if newest else pages * page_size // SMALLEST_ROW
    return least or 1, most


def _number(source: sqlite3.Connection, statement: str) -> int | None:
    """The number that a statement gives, 0 for NULL; None where it gives none, or cannot be read."""
    with suppress(sqlite3.DatabaseError):
        for (number,) in source.execute(statement):
            return int(number or 0)
    return None


def _from_both_ends(source: sqlite3.Connection, table: str) -> list[sqlite3.Row]:
    found: list[sqlite3.Row] = []
    for order in ("ASC", "DESC"):
        key = ", ".join(f"{column} {order}" for column in SMALL[table])
        with suppress(sqlite3.DatabaseError):
            for row in source.execute(f"SELECT * FROM {table} ORDER BY {key}"):  # noqa: S608 - our own words
                found.append(row)  # noqa: PERF402 - what was read before the damage is kept
    return found


def _columns(log: sqlite3.Connection, table: str) -> Sequence[str]:
    return [name for (name,) in log.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def _fitting(row: sqlite3.Row, columns: Sequence[str]) -> dict[str, Any]:
    """The row with today's columns alone, and what searches compare made anew."""
    values = {name: row[name] for name in row.keys() if name in columns}  # noqa: SIM118 - a row is no mapping
    return values | ({"folded": folded(str(values["question"]))} if "folded" in columns else {})


def _taken(log: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> int:
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
        return sum(_taken(log, table, [row]) for row in rows)
