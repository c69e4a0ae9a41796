"""A folder of backups, each a SQLite log, whatever keeps the log itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.sqlite import persons
from bot.store.sqlite.connections import writing
from bot.store.sqlite.maintenance import backups, deletion
from bot.store.sqlite.sqlite_errors import log_errors

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.store.cancellation import Stop
    from bot.store.filters import Filter


class BackupFolder:
    """Looks after the backups in `folder`. Whatever goes wrong is a `LogError`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, target: Path, copy: Callable[[Path], None], stop: Stop) -> int:
        """Have `copy` write a log into a file, and check it; returns its number of questions."""

        def copy_and_close(draft: Path) -> None:
            copy(draft)
            with writing(draft) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")  # a backup is one file

        with log_errors(target, "written"):
            return backups.write_checked(target, copy_and_close, stop)

    def make_nightly(self, today: datetime.date, make: Callable[[Path], object], *, keep: int) -> Path | None:
        """Have `make` write the backup of `today`, and delete the oldest beyond `keep`; see `LogMaintenance`."""
        return backups.make_nightly(self.folder, today, make, keep=keep)

    def nightly(self) -> list[Path]:
        return backups.nightly_in(self.folder)

    def forget(self, wanted: Filter) -> None:
        """Delete rows in every backup."""
        deletion.forget_in(self.folder, wanted)

    def forget_for_good(self, wanted: Filter) -> Iterator[tuple[str, int]]:
        """Delete rows down to the bytes; gives each backup with the number of rows that are gone."""
        backups.drop_drafts(self.folder)
        for file in backups.backups_in(self.folder):
            yield str(file), deletion.forget_for_good(file, wanted)

    def has(self, asker: str) -> bool:
        """Whether one of the backups has anything of that asker."""
        return any(persons.trace(file, asker) for file in backups.backups_in(self.folder))
