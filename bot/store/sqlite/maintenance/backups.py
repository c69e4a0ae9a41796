"""Backups of a log: whole, checked from end to end, and of one file each."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

from bot.store.cancellation import Stop
from bot.store.sqlite.connections import reading, writing
from bot.store.sqlite.sqlite_errors import log_errors

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable
    from pathlib import Path

NIGHTLY = re.compile(r"nightly-\d{4}-\d\d-\d\d\.db")  # so that the order of the names is that of the days
FREE_BYTES_PER_BYTE = (
    1.1  # bytes that must be free for each byte of the log: a backup never fills the disk that the log needs
)


def folder_of(path: Path) -> Path:
    """The folder where backups of the log at `path` usually are."""
    return path.parent / "backups"


def backups_in(folder: Path) -> list[Path]:
    """The backups that are in a folder, whoever made them."""
    return sorted(folder.glob("*.db"))


def back_up(path: Path, target: Path, stop: Stop | None = None) -> int:
    """Copies the log at `path`, which may be in use, to the new file `target`; returns its number of questions.

    The copy is checked from end to end before it has its name. Whatever stands in the way is a `LogError`, and
    so it is where it was stopped.
    """
    stop = stop or Stop()

    def copy(draft: Path) -> None:
        _check_room(path, target.parent)
        with writing(path, any_thread=True) as connection, stop.may_interrupt(connection):
            connection.execute("VACUUM INTO ?", (str(draft),))

    with log_errors(path, "backed up"):
        return write_checked(target, copy, stop)


def write_checked(target: Path, copy: Callable[[Path], None], stop: Stop) -> int:
    """Have `copy` fill a file, check that from end to end, and name it `target`; returns its number of questions.

    Raises OSError, ValueError, or what SQLite or `copy` raises; then there is no such file.
    """
    draft = target.with_name(f"{target.name}.part")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if target.exists():
        raise FileExistsError(None, f"{target} is there already")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        copy(draft)
        questions = _check(draft, stop)
        _sync(draft)
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return questions


def back_up_nightly(path: Path, today: datetime.date, *, keep: int, stop: Stop | None = None) -> Path | None:
    """Makes the backup of `today` and deletes the oldest beyond `keep`; returns it, or None where it was there already.

    Backups that somebody made by hand are not counted and not deleted. Raises LogError.
    """
    return make_nightly(folder_of(path), today, lambda target: back_up(path, target, stop), keep=keep)


def make_nightly(folder: Path, today: datetime.date, make: Callable[[Path], object], *, keep: int) -> Path | None:
    """Has `make` write the backup of `today` in `folder`; see `back_up_nightly`. Raises LogError."""
    target = folder / f"nightly-{today}.db"
    made = None if target.exists() else target
    if made:
        make(target)
    for old in nightly_in(folder)[:-keep]:
        with log_errors(old, "deleted"):
            old.unlink()
    return made


def nightly_in(folder: Path) -> list[Path]:
    """The backups in `folder` that `make_nightly` made, oldest first."""
    return [file for file in backups_in(folder) if NIGHTLY.fullmatch(file.name)]


def drop_drafts(folder: Path) -> None:
    """Deletes what is left of backups that were cut short. Raises LogError."""
    for draft in folder.glob("*.db.part"):
        with log_errors(draft, "deleted"):
            draft.unlink()


def _check_room(path: Path, folder: Path) -> None:
    size, free = path.stat().st_size, shutil.disk_usage(folder).free
    if free < FREE_BYTES_PER_BYTE * size:
        raise ValueError(
            f"it has {size / 1e6:,.0f} MB, and {folder} has {free / 1e6:,.0f} MB left; free some space, or keep fewer "
            "backups (QUOTH_BACKUPS)"
        )


def _check(copy: Path, stop: Stop) -> int:
    with reading(copy, any_thread=True) as connection, stop.may_interrupt(connection):
        findings = [finding for (finding,) in connection.execute("PRAGMA integrity_check(1)")]
        if findings != ["ok"]:
            raise ValueError(f"the copy is not sound ({findings[0]}); check the disk and try again")
        number: int = connection.execute("SELECT count(*) FROM questions").fetchone()[0]
        return number


def _sync(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())
