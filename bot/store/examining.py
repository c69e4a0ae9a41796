"""Looks for damage in a log's file, and salvages what was damaged before, while the log is in use."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING

from bot.store.connecting import reading
from bot.store.failures import is_damage, told_as_log_errors
from bot.store.salvaging import salvage_all

if TYPE_CHECKING:
    from pathlib import Path


class Examiner:
    """Works in a thread, which may take long where there are a million rows; `stop` cuts it short from another."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stopped = threading.Event()
        self._checking: sqlite3.Connection | None = None
        self._handing_over = threading.Lock()

    def is_damaged(self) -> bool:
        """Whether SQLite finds damage in the file, read from end to end; False too where it was stopped.

        Raises LogError where the file cannot be reached.
        """
        with told_as_log_errors(self.path, "checked"):
            return not self._stopped.is_set() and self._findings() != ["ok"]

    def salvage(self) -> None:
        """Salvages the damaged files that were put aside, or goes on with that; see `salvage_all`."""
        salvage_all(self.path, self._stopped)

    def stop(self) -> None:
        """Ends what goes on as soon as it can be; called again and again, until that is so."""
        self._stopped.set()
        with self._handing_over:
            if self._checking:
                self._checking.interrupt()

    def _findings(self) -> list[str]:
        try:
            with reading(self.path, any_thread=True) as connection:
                self._hand(connection)
                try:
                    return [finding for (finding,) in connection.execute("PRAGMA quick_check(1)")]
                finally:
                    self._hand(None)
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                return [str(error)]
            if self._stopped.is_set():
                return ["ok"]
            raise

    def _hand(self, connection: sqlite3.Connection | None) -> None:
        with self._handing_over:
            self._checking = connection
