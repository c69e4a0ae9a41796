"""Looks after a log in PostgreSQL, and after its backups, which are SQLite files.

A backup is a log that `quoth log copy` brings back, and that can be looked through for one person: no dump of the
server could be rid of somebody. What the server does itself (checksums, its journal, dumps of all of it) is left to it.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.store.cancellation import Stop
from bot.store.data_subject import Trace
from bot.store.filters import Filter
from bot.store.log_copy import copy_log
from bot.store.postgres import deletion
from bot.store.postgres.connection_pool import ConnectionPool
from bot.store.postgres.nul_escape import escaped
from bot.store.postgres.postgres_errors import log_errors
from bot.store.postgres.row_reader import open_reader
from bot.store.postgres.statements import moment
from bot.store.postgres.tables import PostgresTables
from bot.store.sqlite.backup_folder import BackupFolder
from bot.store.sqlite.log_maintenance import SqliteLogMaintenance
from bot.store.sqlite.tables import SqliteTables

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from bot.store.log_maintenance import DamagedFile, LogMaintenance
    from bot.store.postgres.row_reader import PostgresLogReader
    from bot.store.reviews import Mark

ASKED = b"""
SELECT count(*) AS questions, min(asked_at) AS first, max(asked_at) AS last,
    (SELECT count(*) FROM votes WHERE voter = %(asker)s) AS votes,
    (SELECT count(*) FROM wishes WHERE asker = %(asker)s) AS wishes
FROM questions WHERE asker = %(asker)s AND asker <> ''
"""
SET_MARK = b"""
INSERT INTO marks (question_id, mark, marked_at) SELECT id, %(mark)s, now() FROM questions WHERE id = %(id)s
ON CONFLICT (question_id) DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at
"""
CLEAR_MARK = b"DELETE FROM marks WHERE question_id = %(id)s"
HAS_ROW = b"SELECT FROM questions WHERE id = %(id)s"
SAFETY = b"""
SELECT current_setting('data_checksums') = 'on' AS checksums, current_setting('fsync') = 'on' AS fsync,
    current_setting('full_page_writes') = 'on' AS full_page_writes,
    EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') AS word_index,
    pg_database_size(current_database()) AS size
"""


class PostgresLogMaintenance:
    """Keeps the promises of `LogMaintenance`; backups are in the folder `backups` of `folder`."""

    def __init__(self, address: str, folder: Path) -> None:
        self._pool = ConnectionPool(address, keep=0)  # what is looked after now and then holds no connection
        self.name = self._pool.name
        self._tables = PostgresTables(self._pool)
        self._backups = BackupFolder(folder / "backups")

    @property
    def backup_folder(self) -> Path:
        return self._backups.folder

    def exists(self) -> bool:
        with log_errors(self.name, "opened"):
            return self._pool.exists()

    def advice(self) -> Sequence[str]:
        with log_errors(self.name, "read"), self._pool.reading() as connection:
            found = connection.execute(SAFETY).fetchone() or {}
        return [text for setting, text in ADVICE.items() if not found[setting]] + [ALWAYS]

    def size(self) -> int:
        with log_errors(self.name, "read"), self._pool.reading() as connection:
            found = connection.execute(SAFETY).fetchone() or {}
        return int(found["size"])

    @contextmanager
    def as_file(self) -> Iterator[tuple[Path, LogMaintenance]]:
        with tempfile.TemporaryDirectory(prefix="quoth-review-") as folder:
            copy = Path(folder) / "quoth.db"
            copy_log(self._tables, SqliteTables(copy))
            yield copy, SqliteLogMaintenance(copy)

    def prepare(self) -> None:
        with log_errors(self.name, "opened"), self._pool.connection():
            pass

    def read(self) -> AbstractContextManager[PostgresLogReader]:
        return open_reader(self._pool)

    def back_up(self, target: Path, stop: Stop | None = None) -> int:
        stop = stop or Stop()
        return self._backups.make(target, lambda draft: self._copy_to(draft, stop), stop)

    def back_up_nightly(self, today: datetime.date, *, keep: int, stop: Stop | None = None) -> Path | None:
        return self._backups.make_nightly(today, lambda target: self.back_up(target, stop), keep=keep)

    def nightly_backups(self) -> Sequence[Path]:
        return self._backups.nightly()

    def damaged_files(self) -> Sequence[DamagedFile]:
        return []

    def drop_damaged(self) -> Sequence[Path]:
        return []

    def forget(self, wanted: Filter) -> int:
        forgotten = deletion.forget(self._pool, wanted)
        self._backups.forget(wanted)
        return forgotten

    def forget_older(self, oldest: datetime.datetime) -> int:
        return self.forget(Filter(until=oldest))

    def forget_for_good(self, wanted: Filter) -> Iterator[tuple[str, int]]:
        forgotten = deletion.forget(self._pool, wanted)
        deletion.free_room(self._pool)
        yield self.name, forgotten
        yield from self._backups.forget_for_good(wanted)

    def trace(self, asker: str) -> Trace:
        with log_errors(self.name, "read"), self._pool.reading() as connection:
            found = connection.execute(ASKED, {"asker": escaped(asker)}).fetchone() or {}
        first, last = (found[name] and moment(found[name]) for name in ("first", "last"))
        return Trace(found["questions"], found["votes"], first, last, found["wishes"])

    def is_anywhere(self, asker: str) -> bool:
        return bool(self.trace(asker)) or self._backups.has(asker)

    def mark(self, id: str, mark: Mark | None) -> bool:  # noqa: A002 - it is called that
        values = {"id": escaped(id), "mark": mark and mark.value}
        with log_errors(self.name, "written"), self._pool.writing() as connection:
            connection.execute(CLEAR_MARK if mark is None else SET_MARK, values)
            return connection.execute(HAS_ROW, values).fetchone() is not None

    def _copy_to(self, draft: Path, stop: Stop) -> None:
        copy_log(self._tables, SqliteTables(draft), stop)


# What the server does not do, and what that means for the log.
ADVICE = {
    "fsync": "The server runs with fsync off: rows that were acknowledged are lost at a power cut; set fsync = on.",
    "full_page_writes": (
        "The server runs with full_page_writes off: a power cut can tear its pages; set full_page_writes = on."
    ),
    "checksums": (
        "The server has no checksums, so it does not notice a disk that lies; stop it and run pg_checksums --enable."
    ),
    "word_index": (
        "The extension pg_trgm is missing, so a search reads every question; let an administrator run "
        "CREATE EXTENSION pg_trgm, and then set QUOTH_LOG anew."
    ),
}
ALWAYS = (
    "What is deleted stays in the server's journal (WAL), in its archive and in dumps until these are deleted; Quoth "
    "deletes it from the log and from its own backups alone. Damaged tables are mended from pg_dump or the archive."
)
