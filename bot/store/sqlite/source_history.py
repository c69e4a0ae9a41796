"""The history of the added sources in an SQLite file of its own, beside the folder that it tells of."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from bot.config.errors import LogError
from bot.store.source_history import SourceChange, SourceDeed, guild_of_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PATIENCE = 10.0  # seconds that one process waits for another
COLUMNS = (
    *("number", "at", "deed", "file", "sha256", "who", "about", "was_about"),
    *("moved_from", "authors", "staged", "done"),
)
SCHEMA = """
CREATE TABLE IF NOT EXISTS source_changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    deed TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    who TEXT NOT NULL,
    about TEXT NOT NULL,
    was_about TEXT NOT NULL,
    moved_from TEXT NOT NULL,
    authors TEXT NOT NULL,
    staged TEXT NOT NULL,
    done INTEGER NOT NULL,
    guild INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS source_changes_guild ON source_changes (guild, number);
"""
SELECT = f"SELECT {', '.join(COLUMNS)} FROM source_changes"  # noqa: S608 - names of our own


class SqliteSourceHistory:
    """The promises of `SourceHistory`, kept in the file `sources.db` of a data folder, which is made when needed."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "sources.db"
        self._lock = folder / "sources.lock"

    @contextmanager
    def alone(self) -> Iterator[None]:
        with _told(self._lock):
            self._lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = sqlite3.connect(self._lock, timeout=PATIENCE, isolation_level=None)
        with closing(lock):
            with _told(self._lock):
                lock.execute("PRAGMA journal_mode = MEMORY")
                lock.execute("BEGIN EXCLUSIVE")  # let go by the system where the process is killed
            yield

    def add(self, change: SourceChange) -> SourceChange:
        values = (
            *(change.at.isoformat(), change.deed.value, change.file, change.sha256, change.who),
            *(change.about, change.was_about, change.moved_from, _together(change.authors), change.staged),
            *(int(change.done), guild_of_file(change.file)),
        )
        names = f"{', '.join(COLUMNS[1:])}, guild"
        marks = ", ".join("?" * len(values))
        with self._open() as db:
            added = db.execute(f"INSERT INTO source_changes ({names}) VALUES ({marks})", values)  # noqa: S608 - names of our own
            (row,) = db.execute(f"{SELECT} WHERE number = ?", (added.lastrowid,)).fetchall()
        return _change(row)

    def finish(self, number: int) -> None:
        with self._open() as db:
            db.execute("UPDATE source_changes SET done = 1, staged = '' WHERE number = ?", (number,))

    def unfinished(self) -> Sequence[SourceChange]:
        return self._found("WHERE done = 0 ORDER BY number")

    def rows(
        self, *, guild: int | None = None, file: str | None = None, limit: int = 100, before: int | None = None
    ) -> Sequence[SourceChange]:
        wanted = {"guild = ?": guild, "? IN (file, moved_from)": file, "number < ?": before}
        given = {clause: value for clause, value in wanted.items() if value is not None}
        where = f"WHERE {' AND '.join(given)}" if given else ""
        return self._found(f"{where} ORDER BY number DESC LIMIT ?", *given.values(), limit)

    def row(self, number: int) -> SourceChange | None:
        return next(iter(self._found("WHERE number = ?", number)), None)

    def written_by(self, author: int) -> Sequence[SourceChange]:
        return self._found("WHERE instr(authors, ?) > 0 ORDER BY number DESC", _together((author,)))

    def done_by(self, who: str) -> int:
        if not self._file.exists():
            return 0
        with self._open() as db:
            ((count,),) = db.execute("SELECT count(*) FROM source_changes WHERE who = ?", (who,)).fetchall()
        return int(count)

    def blank(self, file: str) -> None:
        with self._open() as db:
            db.execute(
                "UPDATE source_changes SET authors = '', about = '{}', was_about = '{}' WHERE ? IN (file, moved_from)",
                (file,),
            )

    def forget(self, person: int) -> None:
        if not self._file.exists():
            return
        with self._open() as db:
            db.execute(
                "UPDATE source_changes SET authors = '', about = '{}', was_about = '{}' WHERE instr(authors, ?) > 0",
                (_together((person,)),),
            )
            db.execute("UPDATE source_changes SET who = '' WHERE who = ?", (str(person),))
        with self._open() as db:
            db.execute("VACUUM")

    def _found(self, rest: str, *values: int | str) -> Sequence[SourceChange]:
        if not self._file.exists():
            return []
        with self._open() as db:
            return [_change(row) for row in db.execute(f"{SELECT} {rest}", values).fetchall()]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with _told(self._file):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=PATIENCE, isolation_level=None)) as db:
                db.execute("PRAGMA synchronous = FULL")
                db.execute("PRAGMA secure_delete = ON")
                db.executescript(SCHEMA)
                yield db


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise LogError(
            f"The history of the sources {file} cannot be used: {error}; let the user who runs quoth write there, or "
            "set QUOTH_DATA to another folder."
        ) from error


def _together(ids: Sequence[int]) -> str:
    """Ids as one text in which each can be looked for."""
    return f" {' '.join(map(str, ids))} " if ids else ""


def _change(row: tuple[object, ...]) -> SourceChange:
    said: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    return SourceChange(
        **{
            **said,
            "at": datetime.datetime.fromisoformat(str(said["at"])),
            "deed": SourceDeed(str(said["deed"])),
            "authors": tuple(map(int, str(said["authors"]).split())),
            "done": bool(said["done"]),
        }
    )
