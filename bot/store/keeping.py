"""What is kept of a log and what is not: backups, and rows that are forgotten."""

from __future__ import annotations

import os
import sqlite3
import time
from typing import TYPE_CHECKING

from bot.errors import LogError
from bot.store import gaps, voting
from bot.store.connecting import reading, transaction, writing
from bot.store.failures import is_locked, told_as_log_errors
from bot.store.filters import Filter
from bot.store.finding import conditions, index_for
from bot.store.opening import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SLICE = 500  # rows forgotten at once: others wait for no longer than that takes
PAUSE = 0.02  # seconds between two slices, for those who wait
TRIES = 50  # times that the journal is tried to be emptied, for those who read


def backup(path: Path, target: Path) -> int:
    """Copies the log at `path`, which may be in use, to the new file `target`; returns its number of questions.

    The copy is checked from end to end before it has its name. Whatever stands in the way is a `LogError`.
    """
    draft = target.with_name(f"{target.name}.part")
    with told_as_log_errors(path, "backed up"):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.exists():
            raise FileExistsError(None, f"{target} is there already")
        try:
            os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
            with writing(path) as connection:
                connection.execute("VACUUM INTO ?", (str(draft),))
            questions = _checked(draft)
            _on_disk(draft)
            draft.rename(target)
        finally:
            draft.unlink(missing_ok=True)
    return questions


def forget(path: Path, wanted: Filter) -> int:
    """Deletes the rows that `wanted` means, in slices, so that others can write meanwhile; returns how many.

    Where an asker is forgotten wholly, their votes go too, and where they are forgotten wholly in a guild, what they
    want to be told of there. What is deleted is overwritten. Whatever stands in the way
    is a `LogError`.
    """
    forgotten = 0
    with told_as_log_errors(path, "written"), writing(path) as connection:
        while number := _forget_slice(connection, wanted):
            forgotten += number
            time.sleep(PAUSE)
        if wanted.asker and wanted == Filter(asker=wanted.asker):
            _take_votes_back(connection, wanted.asker)
        if wanted.asker and wanted == Filter(asker=wanted.asker, guild=wanted.guild):
            gaps.forget_wishes(connection, wanted.asker, wanted.guild)
    return forgotten


def wipe(path: Path) -> None:
    """Rewrites the file, so that nothing that was ever deleted is left in it or beside it.

    A `LogError` where somebody reads or writes all the while.
    """
    with told_as_log_errors(path, "rewritten"), writing(path) as connection:
        for _ in range(TRIES):
            if _rewritten(connection):
                return
            time.sleep(PAUSE)
    raise LogError(
        f"The query log {path} is in use all the time, so what was forgotten may still be read from its bytes: "
        "stop the bot and run the same again."
    )


def backups(path: Path) -> Path:
    """The folder where backups of a log usually are."""
    return path.parent / "backups"


def forget_everywhere(path: Path, wanted: Filter) -> Iterator[tuple[Path, int]]:
    """Forgets rows in the log and in its backups, for good; gives each file with its number of rows that are gone."""
    for file in (path, *sorted(backups(path).glob("*.db"))):
        prepare(file, check=False)  # a backup of an earlier version has an earlier schema
        yield file, forget(file, wanted)
        wipe(file)


def _forget_slice(connection: sqlite3.Connection, wanted: Filter) -> int:
    found = conditions(wanted)
    with transaction(connection):
        return connection.execute(
            "DELETE FROM questions WHERE id IN"  # noqa: S608 - our own names alone; values are bound
            f" (SELECT id FROM questions INDEXED BY {index_for(wanted)} WHERE {found} ORDER BY id LIMIT {SLICE})",
            found.values,
        ).rowcount


def _take_votes_back(connection: sqlite3.Connection, voter: str) -> None:
    with transaction(connection):
        voted = connection.execute("SELECT question_id AS id FROM votes WHERE voter = ?", (voter,)).fetchall()
        connection.execute("DELETE FROM votes WHERE voter = ?", (voter,))
        connection.executemany(voting.COUNT, [{"id": id_} for (id_,) in voted])


def _rewritten(connection: sqlite3.Connection) -> bool:
    """Rewrite the file and empty its journal; False where somebody is in the way."""
    # Deleted rows are overwritten where they stood, but SQLite may have moved them before, and leaves such traces.
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        if is_locked(error):
            return False
        raise
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _checked(copy: Path) -> int:
    with reading(copy) as connection:
        findings = [finding for (finding,) in connection.execute("PRAGMA integrity_check(1)")]
        if findings != ["ok"]:
            raise ValueError(f"the copy is not sound ({findings[0]}); check the disk and try again")
        number: int = connection.execute("SELECT count(*) FROM questions").fetchone()[0]
        return number


def _on_disk(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())
