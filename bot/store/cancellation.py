"""Cuts short what a thread does with the log, from another thread."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class Interruptible(Protocol):
    """A connection whose statement, if one is running, another thread can end."""

    def interrupt(self) -> None: ...


class Stop:
    """Is `stopped` once somebody has called `stop`; call it again and again until the work has ended."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._connection: Interruptible | None = None
        self._handing_over = threading.Lock()

    @property
    def stopped(self) -> bool:
        """Whether the work is to end."""
        return self._stopped.is_set()

    @contextmanager
    def may_interrupt(self, connection: Interruptible) -> Iterator[None]:
        """Within it, a running statement of `connection`, which any thread may use, fails once `stop` is called."""
        with self._handing_over:
            self._connection = connection
        try:
            yield
        finally:
            with self._handing_over:
                self._connection = None

    def stop(self) -> None:
        """End the work. A statement that is about to begin is missed, which is why this is called repeatedly."""
        self._stopped.set()
        with self._handing_over:
            if self._connection:
                self._connection.interrupt()
