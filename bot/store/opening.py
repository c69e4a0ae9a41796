"""Makes a log's file ready for use: there, private, sound and of today's schema."""

from __future__ import annotations

import datetime
import logging
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.store.connecting import BUSY_TIMEOUT
from bot.store.failures import is_damage, told_as_log_errors
from bot.store.migrations import migrate

logger = logging.getLogger(__name__)

COMPANIONS = ("", "-wal", "-shm")
DAMAGED = re.compile(r".*\.damaged-[0-9T.]+Z")  # and not the companions of such a file


def prepare(path: Path, *, check: bool = True) -> None:
    """Leaves a sound file of today's schema at `path`, made anew where there is none or the one there is damaged.

    A damaged file is kept, under another name beside it (`put_aside` lists those); without `check` nobody looks whether
    it is damaged. Whatever stands in the way is a `LogError`.
    """
    with told_as_log_errors(path, "opened"):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if check and _is_damaged(path):
            _put_aside(path)
        _create(path)
        with closing(_connect(path)) as connection:
            _switch_to_wal(connection)
            migrate(connection, path)


def put_aside(path: Path) -> list[Path]:
    """The damaged files that once were the log at `path`, oldest first."""
    found = (file for file in path.parent.glob(f"{path.name}.damaged-*") if DAMAGED.fullmatch(file.name))
    return sorted(found)


def identity(path: Path) -> tuple[int, int] | None:
    """What tells this file from another that takes its place later; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)


def _create(path: Path) -> None:
    # SQLite gives the files it lays beside the log the rights of the log itself.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    # Asked first: the switch itself needs the file for itself alone, and it is made once in the life of a file.
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")


def _is_damaged(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with closing(_connect(path)) as connection:
            findings = connection.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return True
        raise
    return findings != [("ok",)]


def _put_aside(path: Path) -> None:
    now = datetime.datetime.now(datetime.UTC)
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%S.%fZ}")
    for companion in COMPANIONS:
        part = Path(f"{path}{companion}")
        if part.exists():
            part.rename(f"{aside}{companion}")
    logger.warning("The query log %s was damaged: it is kept as %s, and a new one was begun.", path, aside.name)
