"""Lets one bot at a time use a data folder: two would give every answer twice, or each half of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from bot.config.errors import SettingsError
from bot.store.sqlite.sqlite_errors import is_locked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "running.lock"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Holds the data folder as long as the block runs; the system lets it go where the process is killed.

    The lock is that of an empty SQLite file, which every system knows. Terminal commands do not ask for it. Where the
    folder cannot be written the block runs all the same, as no answer is lost for want of it.

    Raises SettingsError where another bot holds it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / NAME, timeout=0.0, isolation_level=None)
    except (OSError, sqlite3.Error):
        yield
        return
    with closing(lock):
        try:
            lock.execute("PRAGMA journal_mode = MEMORY")  # no second file, for which there may be no room
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if is_locked(error):
                raise SettingsError(
                    f"Another bot is running with the data folder {folder}, and two would answer everything twice: "
                    "stop that one first, or give this one a token (DISCORD_TOKEN) and a folder (QUOTH_DATA) of its "
                    "own."
                ) from error
        yield
