"""Connections to a log's file: one kind that writes safely, one that cannot write at all."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import aiosqlite

from bot.store.sqlite.sqlite_errors import has_no_room

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# Seconds that a connection waits for another's lock. An answer waits for its log row, so this is short.
BUSY_TIMEOUT = 1.0

WRITER = ("PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON", "PRAGMA foreign_keys = ON")
READER = ("PRAGMA query_only = ON",)
# Reads without the file that connections share beside the log, which a full disk has no room for; nobody else may then.
SHARED = 32_768  # bytes of that file, at least
ALONE = ("PRAGMA locking_mode = EXCLUSIVE", *READER)


def uri(path: Path, mode: str) -> str:
    """The address of the file for SQLite; mode "ro" only reads it, "rw" writes it too, and neither creates it."""
    return f"{path.absolute().as_uri()}?mode={mode}"


@contextmanager
def reading(path: Path, *, any_thread: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection that only reads; all that is read in the block is as it was at one moment.

    It is for one thread; with `any_thread` another thread may interrupt it.
    """
    with _connection(path, *readable(path), any_thread=any_thread) as connection:
        connection.execute("BEGIN")
        yield connection


def readable(path: Path) -> tuple[str, tuple[str, ...]]:
    """The mode and the settings of a connection that only reads, also where the disk is full."""
    return ("rw", ALONE) if is_without_room(path) else ("ro", READER)


def is_without_room(path: Path) -> bool:
    """Whether the disk has no room even for what connections to this log, which is there, would share beside it."""
    shared = path.with_name(f"{path.name}-shm")
    try:
        return path.exists() and not (shared.exists() and shared.stat().st_size >= SHARED) and has_no_room(path)
    except OSError:
        return False


@contextmanager
def reading_by_statement(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads; each statement finds what is there when it runs. It is for one thread."""
    with _connection(path, *readable(path)) as connection:
        yield connection


@contextmanager
def writing(path: Path, *, any_thread: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection that writes, in autocommit mode; for one thread, unless another may interrupt it, as above."""
    with _connection(path, "rw", WRITER, any_thread=any_thread) as connection:
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


async def connect(path: Path, mode: str, settings: Sequence[str]) -> aiosqlite.Connection:
    """A connection for an event loop, with a thread of its own; the modes are those of `uri`."""
    connecting = aiosqlite.connect(uri(path, mode), uri=True, timeout=BUSY_TIMEOUT, isolation_level=None)
    # Its thread must not keep a program from ending. Until 0.21 the driver's connection is that thread itself.
    thread: Any = getattr(connecting, "_thread", connecting)
    thread.daemon = True
    connection = await connecting
    try:
        connection.row_factory = sqlite3.Row
        for setting in settings:
            await connection.execute_fetchall(setting)
    except BaseException:
        await connection.close()
        raise
    return connection


@contextmanager
def _connection(
    path: Path, mode: str, settings: tuple[str, ...], *, any_thread: bool = False
) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(
        uri(path, mode), uri=True, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=not any_thread
    )
    try:
        connection.row_factory = sqlite3.Row
        for setting in settings:
            connection.execute(setting)
        yield connection
    finally:
        connection.close()
