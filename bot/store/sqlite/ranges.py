"""The rows of a damaged log as far as SQLite itself can still read them: by ranges of their row numbers."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from bot.store.sqlite.connections import uri

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SLICE = 1024  # rows read at once
SMALLEST_ROW = 40  # bytes
SLACK = 10_000  # rows that may be newer than the newest that an index still names

KEYS = {"questions": "id", "quotes": "question_id"}
# Those with few rows, which are read in the order of their key.
SMALL = {
    "servers": ("guild",),
    "opted_out": ("asker",),
    "votes": ("question_id", "voter"),
    "marks": ("question_id",),
    "gaps": ("question_id",),
    "wishes": ("question_id", "user_id"),
}


@contextmanager
def damaged_rows(damaged: Path) -> Iterator[Ranges]:
    """The rows of the log `damaged`, for one thread."""
    with closing(sqlite3.connect(uri(damaged, "ro"), uri=True, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        # A text that is no UTF-8 any more has lost its row, not the whole slice.
        connection.text_factory = lambda text: text.decode(errors="replace")
        with suppress(sqlite3.DatabaseError):
            connection.execute("PRAGMA cell_size_check = ON")
        yield Ranges(connection)


class Ranges:
    """Reads the tables; `broken` once something could not be read. Made by `damaged_rows`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.broken = False
        self._connection = connection

    def rows(self, table: str) -> Iterator[list[sqlite3.Row]]:
        """Slices of the rows that can be read, in the order of their row numbers.

        A range that cannot be read is halved until only the rows on broken pages are left out.
        """
        if table in SMALL:
            yield self._from_both_ends(table)
            return
        low, most = self._bounds(table)
        while low <= most:
            yield from self._of_range(table, low, low + SLICE - 1)
            # Where many were forgotten there is a gap to jump over.
            following = self._number(f"SELECT min(rowid) FROM {table} WHERE rowid >= {low + SLICE}")  # noqa: S608 - one of ours
            if following == 0:
                return
            low = following or low + SLICE

    def _of_range(self, table: str, low: int, high: int) -> Iterator[list[sqlite3.Row]]:
        ranges = [(low, high)]
        while ranges:
            low, high = ranges.pop()
            try:
                yield self._connection.execute(
                    f"SELECT * FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid",  # noqa: S608 - likewise
                    (low, high),
                ).fetchall()
            except sqlite3.DatabaseError:
                self.broken = True
                if low < high:
                    middle = (low + high) // 2
                    ranges += [(middle + 1, high), (low, middle)]

    def _bounds(self, table: str) -> tuple[int, int]:
        """The least row number and the greatest, or numbers beyond them where they cannot be read."""
        least = self._number(f"SELECT min(rowid) FROM {table}")  # noqa: S608 - likewise
        most = self._number(f"SELECT max(rowid) FROM {table}")  # noqa: S608 - likewise
        if most is None:  # its last page is broken; an index may know about it
            newest = self._number(f"SELECT rowid FROM {table} ORDER BY {KEYS[table]} DESC LIMIT 1")  # noqa: S608 - likewise
            pages = self._number("PRAGMA page_count") or 0
            page_size = self._number("PRAGMA page_size") or 0
            most = newest + SLACK if newest else pages * page_size // SMALLEST_ROW
        return least or 1, most

    def _number(self, statement: str) -> int | None:
        """The number that a statement gives, 0 for NULL; None where it gives none, or cannot be read."""
        try:
            for (number,) in self._connection.execute(statement):
                return int(number or 0)
        except sqlite3.DatabaseError:
            self.broken = True
        return None

    def _from_both_ends(self, table: str) -> list[sqlite3.Row]:
        found: list[sqlite3.Row] = []
        for order in ("ASC", "DESC"):
            key = ", ".join(f"{column} {order}" for column in SMALL[table])
            try:
                for row in self._connection.execute(f"SELECT * FROM {table} ORDER BY {key}"):  # noqa: S608 - likewise
                    found.append(row)  # noqa: PERF402 - what was read before the damage is kept
            except sqlite3.DatabaseError:
                self.broken = True
        return found
