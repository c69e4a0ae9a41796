"""Connections to a log's file: one kind that writes safely, one that cannot write at all."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Seconds that a connection waits for another's lock. An answer waits for its log row, so this is short.
BUSY_TIMEOUT = 1.0

WRITER = ("PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON", "PRAGMA foreign_keys = ON")
READER = ("PRAGMA query_only = ON",)


def uri(path: Path, mode: str) -> str:
    """The file as SQLite takes it; mode "ro" only reads it, "rw" writes it too, and neither makes it."""
    return f"{path.absolute().as_uri()}?mode={mode}"


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads, for one thread; what is read in the block is of one moment."""
    with _connected(path, "ro", READER) as connection:
        connection.execute("BEGIN")
        yield connection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that writes, in autocommit mode, for one thread."""
    with _connected(path, "rw", WRITER) as connection:
        yield connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Writes all that is written in the block, or nothing where it raises."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it already
            connection.execute("ROLLBACK")
        raise


def write_nothing(connection: sqlite3.Connection) -> None:
    """Commit what changes nothing, down to the disk: it goes wrong where a row could not be written either."""
    with transaction(connection):
        number = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {number}")


@contextmanager
def _connected(path: Path, mode: str, settings: tuple[str, ...]) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(uri(path, mode), uri=True, timeout=BUSY_TIMEOUT, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        for setting in settings:
            connection.execute(setting)
        yield connection
    finally:
        connection.close()
