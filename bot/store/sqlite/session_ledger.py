"""The sessions that processes of one machine begin with Discord, in a small file beside the log."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from bot.store.sqlite.sqlite_errors import log_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

WAITING = 5.0  # seconds that a process waits for another that writes it
TABLES = (
    "CREATE TABLE IF NOT EXISTS sessions (begun_at REAL NOT NULL)",
    "CREATE TABLE IF NOT EXISTS turns (bucket INTEGER PRIMARY KEY, free_at REAL NOT NULL)",
)
TURN = """
INSERT INTO turns VALUES (:bucket, :now + :pause)
ON CONFLICT (bucket) DO UPDATE SET free_at = max(free_at, :now) + :pause RETURNING free_at - :pause
"""


class SqliteSessionLedger:
    """Keeps the promises of `SessionLedger` with a file in `data`; `clock` gives seconds since 1970."""

    def __init__(self, data: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._path = data / "sessions.db"
        self._clock = clock

    def ages(self, lasting: float) -> Sequence[float]:
        now = self._clock()
        with self._transaction() as connection:
            connection.execute("DELETE FROM sessions WHERE begun_at <= ?", (now - lasting,))
            found = connection.execute("SELECT begun_at FROM sessions ORDER BY begun_at").fetchall()
        return [now - begun_at for (begun_at,) in found]

    def add(self) -> None:
        with self._transaction() as connection:
            connection.execute("INSERT INTO sessions VALUES (?)", (self._clock(),))

    def turn(self, bucket: int, pause: float) -> float:
        now = self._clock()
        with self._transaction() as connection:
            found = connection.execute(TURN, {"bucket": bucket, "now": now, "pause": pause}).fetchone()
        return max(0.0, float(found[0]) - now)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with log_errors(self._path, "written"):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=WAITING, isolation_level=None)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                for table in TABLES:
                    connection.execute(table)
                yield connection
                connection.execute("COMMIT")
