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
    from pathlib import Path

NIGHTLY = re.compile(r"nightly-\d{4}-\d\d-\d\d\.db")  # so that the order of the names is that of the days
FREE_BYTES_PER_BYTE = (
    1.1  # bytes that must be free for each byte of the log: a backup never fills the disk that the log needs
)


def folder_of(path: Path) -> Path:
    """The folder where backups of the log at `path` usually are."""
    return path.parent / "backups"


def backups(path: Path) -> list[Path]:
    """The backups of the log at `path` that are in that folder, whoever made them."""
    return sorted(folder_of(path).glob("*.db"))


def back_up(path: Path, target: Path, stop: Stop | None = None) -> int:
    """Copies the log at `path`, which may be in use, to the new file `target`; returns its number of questions.

    The copy is checked from end to end before it has its name. Whatever stands in the way is a `LogError`, and
    so it is where it was stopped.
    """
    stop = stop or Stop()
    draft = target.with_name(f"{target.name}.part")
    with log_errors(path, "backed up"):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.exists():
            raise FileExistsError(None, f"{target} is there already")
        _check_room(path, target.parent)
        try:
            os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
            with writing(path, any_thread=True) as connection, stop.may_interrupt(connection):
                connection.execute("VACUUM INTO ?", (str(draft),))
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
    target = folder_of(path) / f"nightly-{today}.db"
    made = None if target.exists() else target
    if made:
        back_up(path, target, stop)
    for old in nightly(path)[:-keep]:
        with log_errors(old, "deleted"):
            old.unlink()
    return made


def nightly(path: Path) -> list[Path]:
    """The backups of the log at `path` that `back_up_nightly` made, oldest first."""
    return [file for file in backups(path) if NIGHTLY.fullmatch(file.name)]


def drop_drafts(path: Path) -> None:
    """Deletes what is left of backups that were cut short. Raises LogError."""
    for draft in folder_of(path).glob("*.db.part"):
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
