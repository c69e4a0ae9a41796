"""Cuts short what a thread does with SQLite, from another thread."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator


class Stop:
    """Is `stopped` once somebody has called `stop`, again and again until what was to end has ended."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._connection: sqlite3.Connection | None = None
        self._handing_over = threading.Lock()

    @property
    def stopped(self) -> bool:
        """Whether what goes on is to end."""
        return self._stopped.is_set()

    @contextmanager
    def may_interrupt(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Statements of `connection`, one for any thread, end with an error once `stop` is called."""
        with self._handing_over:
            self._connection = connection
        try:
            yield
        finally:
            with self._handing_over:
                self._connection = None

    def stop(self) -> None:
        """End it. A statement that is just about to begin is not seen, so this is called again."""
        self._stopped.set()
        with self._handing_over:
            if self._connection:
                self._connection.interrupt()
