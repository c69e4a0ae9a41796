"""Looks after the file of a log, its backups, and the damaged files beside it."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from bot.store.log_maintenance import DamagedFile
from bot.store.sqlite import open_file, persons, reviews
from bot.store.sqlite.maintenance import backups, deletion
from bot.store.sqlite.maintenance.recovery import is_salvaged
from bot.store.sqlite.row_reader import open_reader
from bot.store.sqlite.sqlite_errors import log_errors

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from bot.store.cancellation import Stop
    from bot.store.data_subject import Trace
    from bot.store.filters import Filter
    from bot.store.log_maintenance import LogMaintenance
    from bot.store.reviews import Mark
    from bot.store.sqlite.row_reader import SqliteLogReader


class SqliteLogMaintenance:
    """Keeps the promises of `LogMaintenance` for the log at `path`. Nothing is opened before it is needed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def backup_folder(self) -> Path:
        return backups.folder_of(self.path)

    @property
    def name(self) -> str:
        return str(self.path)

    def exists(self) -> bool:
        return self.path.exists()

    def size(self) -> int:
        with log_errors(self.path, "read"):
            return self.path.stat().st_size

    def advice(self) -> Sequence[str]:
        return ()

    def as_file(self) -> AbstractContextManager[tuple[Path, LogMaintenance]]:
        return nullcontext((self.path, self))

    def prepare(self) -> None:
        open_file.prepare(self.path)

    def read(self) -> AbstractContextManager[SqliteLogReader]:
        return open_reader(self.path)

    def back_up(self, target: Path, stop: Stop | None = None) -> int:
        return backups.back_up(self.path, target, stop)

    def back_up_nightly(self, today: datetime.date, *, keep: int, stop: Stop | None = None) -> Path | None:
        return backups.back_up_nightly(self.path, today, keep=keep, stop=stop)

    def nightly_backups(self) -> Sequence[Path]:
        return backups.nightly_in(self.backup_folder)

    def damaged_files(self) -> Sequence[DamagedFile]:
        return [DamagedFile(damaged, is_salvaged(damaged)) for damaged in open_file.put_aside(self.path)]

    def drop_damaged(self) -> Sequence[Path]:
        return deletion.drop_damaged(self.path)

    def forget(self, wanted: Filter) -> int:
        return deletion.forget_in_backups_too(self.path, wanted)

    def forget_older(self, oldest: datetime.datetime) -> int:
        return deletion.forget_older(self.path, oldest)

    def forget_for_good(self, wanted: Filter) -> Iterator[tuple[str, int]]:
        return ((str(file), number) for file, number in deletion.forget_everywhere(self.path, wanted))

    def trace(self, asker: str) -> Trace:
        return persons.trace(self.path, asker)

    def is_anywhere(self, asker: str) -> bool:
        return any(persons.trace(file, asker) for file in (self.path, *backups.backups_in(self.backup_folder)))

    def mark(self, id: str, mark: Mark | None) -> bool:  # noqa: A002 - it is called that
        return reviews.set_mark(self.path, id, mark)
