"""Looks for damage in a log's file while it is in use."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from bot.store.sqlite.connections import reading
from bot.store.sqlite.sqlite_errors import is_damage, log_errors

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.cancellation import Stop


def is_damaged(path: Path, stop: Stop) -> bool:
    """Whether SQLite finds damage in the log at `path`, read from end to end; False too where it was stopped.

    That takes long where there are a million rows, so it is for a thread. Raises LogError where the file cannot be
    reached.
    """
    with log_errors(path, "checked"):
        return not stop.stopped and _findings(path, stop) != ["ok"]


def _findings(path: Path, stop: Stop) -> list[str]:
    try:
        with reading(path, any_thread=True) as connection, stop.may_interrupt(connection):
            return [finding for (finding,) in connection.execute("PRAGMA quick_check(1)")]
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return [str(error)]
        if stop.stopped:
            return ["ok"]
        raise
