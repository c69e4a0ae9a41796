"""Makes a log's file ready for use, private and of today's schema, and puts a damaged one aside."""

from __future__ import annotations

import datetime
import errno
import logging
import os
import re
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from bot.store.sqlite.connections import BUSY_TIMEOUT
from bot.store.sqlite.migrations import migrate
from bot.store.sqlite.sqlite_errors import is_damage, is_locked, log_errors

logger = logging.getLogger(__name__)

COMPANIONS = ("", "-wal", "-shm", "-journal")
SWITCH_PAUSE = 0.005  # seconds between two tries to switch a new file to WAL
SALVAGED = ".salvaged"  # the end of the name of an empty file beside a damaged one
MOMENT = "%Y%m%dT%H%M%S.%fZ"
DAMAGED = re.compile(r".*\.damaged-([0-9T.]+Z)")  # and not the companions of such a file


def prepare(path: Path) -> None:
    """Leaves a file of today's schema at `path`, made anew where there is none; nobody looks whether it is damaged.

    Whatever stands in the way, such as damage that cannot be overlooked, is a `LogError`.
    """
    with log_errors(path, "opened"):
        _prepare(path)


def prepare_anew(path: Path) -> None:
    """As `prepare`, but a file whose damage cannot be overlooked is put aside first, and a new one made."""
    with log_errors(path, "opened"):
        try:
            _prepare(path)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            lay_aside(path)
            _prepare(path)


def lay_aside(path: Path) -> None:
    """Gives the damaged log at `path` another name beside it (`put_aside` lists those). Raises OSError."""
    now = datetime.datetime.now(datetime.UTC)
    aside = path.with_name(f"{path.name}.damaged-{now:{MOMENT}}")
    for companion in COMPANIONS:
        part = Path(f"{path}{companion}")
        if part.exists():
            part.rename(f"{aside}{companion}")
    logger.warning("The query log %s was damaged: it is kept as %s, and a new one was begun.", path, aside.name)


def put_aside(path: Path) -> list[Path]:
    """The damaged files that once were the log at `path`, oldest first."""
    found = (file for file in path.parent.glob(f"{path.name}.damaged-*") if DAMAGED.fullmatch(file.name))
    return sorted(found)


def put_aside_at(damaged: Path) -> datetime.datetime:
    """When that damaged file was put aside, as its name tells."""
    return datetime.datetime.strptime(damaged.name.rpartition("-")[2], MOMENT).replace(tzinfo=datetime.UTC)


def drop(damaged: Path) -> None:
    """Deletes a damaged file that was put aside, and what lies beside it. Raises LogError."""
    with log_errors(damaged, "deleted"):
        for companion in (*COMPANIONS, SALVAGED):
            Path(f"{damaged}{companion}").unlink(missing_ok=True)


def identity(path: Path) -> tuple[int, int] | None:
    """What tells this file from another that takes its place later; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _prepare(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check_rights(path)
    # One that is there already is left to SQLite alone: a process that closes a file, however it opened it, loses every
    # lock that it has on that file. Another process would then take the journal away from under its connections.
    with suppress(FileExistsError):
        # SQLite gives the files it lays beside the log the rights of the log itself.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        for folder in path.absolute().parents[:2]:
            _sync(folder)
    with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)) as connection:
        _switch_to_wal(connection)
        migrate(connection, path)


def _check_rights(path: Path) -> None:
    """Raises the OSError that opening a file at `path` would raise."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        is_read_only = hasattr(os, "statvfs") and os.statvfs(path).f_flag & os.ST_RDONLY
        code = errno.EROFS if is_read_only else errno.EACCES
        raise OSError(code, os.strerror(code))


def _sync(folder: Path) -> None:
    """Have the names in a folder outlive a power cut, where the system lets one say so."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    # Asked first: the switch needs the file for itself alone, and it is made once in the life of a file. Where several
    # make it at once, SQLite refuses all but one of them on the spot, without its busy timeout: they ask again.
    give_up = time.monotonic() + BUSY_TIMEOUT
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not is_locked(error) or time.monotonic() > give_up:
                raise
            time.sleep(SWITCH_PAUSE)
