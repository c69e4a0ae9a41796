"""What went wrong with the log's file, in one sentence for the person who runs the bot."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.config.errors import LogError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

LEAST_ROOM = 65_536  # bytes; what SQLite lays beside a log takes half of that

DAMAGE = "it is damaged; the bot, where it runs, or `quoth doctor` begins a new one and keeps what can be read"

# SQLite's primary result code -> what it means here, and what to do.
CAUSES = {
    sqlite3.SQLITE_FULL: "the disk is full; free some space, and logging goes on by itself",
    sqlite3.SQLITE_BUSY: "another program holds it locked; close that program, and logging goes on by itself",
    sqlite3.SQLITE_LOCKED: "another program holds it locked; close that program, and logging goes on by itself",
    sqlite3.SQLITE_READONLY: "it is read-only; let the user who runs quoth write to the file and its folder",
    sqlite3.SQLITE_PERM: "that is not permitted; let the user who runs quoth write to the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "it is not a file that can be opened; check its folder, or set QUOTH_DATA to another",
    sqlite3.SQLITE_IOERR: "the disk failed; check the disk, or set QUOTH_DATA to a folder on another",
    sqlite3.SQLITE_CORRUPT: DAMAGE,
    sqlite3.SQLITE_NOTADB: DAMAGE,
    sqlite3.SQLITE_CONSTRAINT: "the row breaks a rule of the log",
    sqlite3.SQLITE_TOOBIG: "the row is too large",
}


def is_damage(error: BaseException | None) -> bool:
    """Whether SQLite says that the file itself is broken, rather than that it could not be reached."""
    return _primary_code(error) in DAMAGED


def is_locked(error: sqlite3.Error) -> bool:
    """Whether SQLite says that another program reads or writes just now."""
    return _primary_code(error) in LOCKED


def has_no_room(path: Path) -> bool:
    """Whether the disk of the log is full, or as good as full for SQLite."""
    try:
        return shutil.disk_usage(path.parent).free < LEAST_ROOM
    except OSError:
        return False


def log_error(path: Path, what: str, error: Exception) -> LogError:
    """The sentence for `error`, which came up when the log at `path` was to be opened, read or written (`what`)."""
    match error:
        case sqlite3.Error():
            code = _primary_code(error)
            if code == sqlite3.SQLITE_IOERR and has_no_room(path):
                code = sqlite3.SQLITE_FULL
            cause = CAUSES.get(code, str(error))
            detail = f" ({error})" if cause != str(error) else ""
        case OSError():
            cause = f"{error.strerror or error}; check the folder and who may write there, or set QUOTH_DATA to another"
            detail = ""
        case _:
            cause, detail = str(error), ""
    return LogError(f"The query log {path} cannot be {what}: {cause}{detail}.")


@contextmanager
def log_errors(path: Path, what: str) -> Iterator[None]:
    """Turns whatever SQLite, its driver or the file system raises into a `LogError`."""
    try:
        yield
    except (sqlite3.Error, OSError, ValueError, OverflowError) as error:
        raise log_error(path, what, error) from error


def _primary_code(error: BaseException | None) -> int:
    # The low byte; the rest tells variants apart. Errors of Python's own driver carry no code.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
