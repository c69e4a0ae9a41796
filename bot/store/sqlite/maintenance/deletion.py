"""Deletes rows of a log: in the log itself, in its backups, and in damaged files that were put aside."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.store.filters import Filter
from bot.store.sqlite import gaps, votes
from bot.store.sqlite.connections import transaction, writing
from bot.store.sqlite.log_search import conditions, index_for
from bot.store.sqlite.maintenance.backups import backups_in, drop_drafts, folder_of
from bot.store.sqlite.maintenance.recovery import is_salvaged, salvage_all
from bot.store.sqlite.open_file import drop, prepare, put_aside, put_aside_at
from bot.store.sqlite.sqlite_errors import is_locked, log_errors

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator
    from pathlib import Path

ROWS_AT_ONCE = 500  # rows forgotten at once: others wait for no longer than that takes
BETWEEN_SLICES = 0.02  # seconds between two slices, for those who wait
EMPTYING_TRIES = 50  # times that the journal is tried to be emptied, for those who read


def forget(path: Path, wanted: Filter) -> int:
    """Deletes the rows that `wanted` means, in slices, so that others can write meanwhile; returns how many.

    Where `wanted` is all of an asker, their votes go too; where it is all of theirs, everywhere or in one guild, so do
    their wishes to be told of something there. What is deleted is overwritten. Whatever stands in the way is a
    `LogError`.
    """
    forgotten = 0
    with log_errors(path, "written"), writing(path) as connection:
        while number := _forget_slice(connection, wanted):
            forgotten += number
            time.sleep(BETWEEN_SLICES)
        if wanted.asker and wanted == Filter(asker=wanted.asker):
            _take_votes_back(connection, wanted.asker)
        if wanted.asker and wanted == Filter(asker=wanted.asker, guild=wanted.guild):
            gaps.forget_wishes(connection, wanted.asker, wanted.guild)
    return forgotten


def wipe(path: Path) -> None:
    """Rewrites the file, so that nothing that was ever deleted is left in it or beside it.

    Raises LogError where somebody reads or writes all the time.
    """
    with log_errors(path, "rewritten"), writing(path) as connection:
        for _ in range(EMPTYING_TRIES):
            if _rewrite(connection):
                return
            time.sleep(BETWEEN_SLICES)
    raise LogError(
        f"The query log {path} is in use all the time, so what was forgotten may still be read from its bytes: "
        "stop the bot and run the same again."
    )


def forget_everywhere(path: Path, wanted: Filter) -> Iterator[tuple[Path, int]]:
    """Forgets rows in the log and in its backups, for good; gives each file with its number of rows that are gone.

    What is left of backups that were cut short is deleted. Files that were put aside are `drop_damaged`'s.
    """
    folder = folder_of(path)
    drop_drafts(folder)
    for file in (path, *backups_in(folder)):
        yield file, forget_for_good(file, wanted)


def forget_for_good(file: Path, wanted: Filter) -> int:
    """Forgets rows in one file, down to the bytes; returns how many. Raises LogError."""
    prepare(file)  # a backup of an earlier version has an earlier schema
    forgotten = forget(file, wanted)
    wipe(file)
    return forgotten


def forget_in_backups_too(path: Path, wanted: Filter) -> int:
    """Deletes rows in the log and in its backups; returns how many of the log. Raises LogError."""
    forgotten = forget(path, wanted)
    forget_in(folder_of(path), wanted)
    return forgotten


def forget_in(folder: Path, wanted: Filter) -> None:
    """Deletes rows in the backups of a folder. Raises LogError."""
    for file in backups_in(folder):
        prepare(file)  # likewise
        forget(file, wanted)


def forget_older(path: Path, oldest: datetime.datetime) -> int:
    """Forgets what was asked before `oldest`, in the log, in its backups and in what was put aside before then.

    Returns how many rows of the log are gone. Whatever stands in the way is a `LogError`.
    """
    forgotten = forget_in_backups_too(path, Filter(until=oldest))
    for damaged in put_aside(path):
        if put_aside_at(damaged) < oldest:
            drop(damaged)
    return forgotten


def drop_damaged(path: Path) -> list[Path]:
    """Deletes the damaged files that were put aside, each once what can be read of it is in the log; returns them.

    One that cannot be salvaged now stays, and the program's log says why.
    """
    salvage_all(path)
    salvaged = [damaged for damaged in put_aside(path) if is_salvaged(damaged)]
    for damaged in salvaged:
        drop(damaged)
    return salvaged


def _forget_slice(connection: sqlite3.Connection, wanted: Filter) -> int:
    found = conditions(wanted)
    oldest = f"{found} ORDER BY id LIMIT {ROWS_AT_ONCE}"
    with transaction(connection):
        return connection.execute(
            "DELETE FROM questions WHERE id IN"  # noqa: S608 - our own names alone; values are bound
            f" (SELECT id FROM questions INDEXED BY {index_for(wanted)} WHERE {oldest})",
            found.values,
        ).rowcount


def _take_votes_back(connection: sqlite3.Connection, voter: str) -> None:
    with transaction(connection):
        voted = connection.execute("SELECT question_id AS id FROM votes WHERE voter = ?", (voter,)).fetchall()
        connection.execute("DELETE FROM votes WHERE voter = ?", (voter,))
        connection.executemany(votes.COUNT, [{"id": id_} for (id_,) in voted])


def _rewrite(connection: sqlite3.Connection) -> bool:
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
