"""The promise of what looks after a whole query log: its backups, its damaged files, and what it may keep of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from bot.store.cancellation import Stop
    from bot.store.data_subject import Trace
    from bot.store.filters import Filter
    from bot.store.log_reader import LogReader
    from bot.store.reviews import Mark


@dataclass(frozen=True, slots=True)
class DamagedFile:
    """A damaged file that was put aside; `recovered` says that all that can be read of it is in the log again."""

    path: Path
    recovered: bool


class LogMaintenance(Protocol):
    """Looks after a log that may be in use meanwhile, by this process or by others.

    Nothing here needs an event loop, and all of it may take long where the log is large: call it in a thread.

    Promises, held for every implementation by tests/contracts/log_maintenance.py: a backup holds what the log held, was
    checked, and replaces no file; what is deleted goes from the log and from its backups; of an asker who is deleted
    for good nothing is left that `trace` or `is_anywhere` finds; a mark is kept when the call returns, and goes with
    its row; whatever goes wrong is a `LogError`.
    """

    @property
    def backup_folder(self) -> Path:
        """The folder where backups usually are."""
        ...

    @property
    def name(self) -> str:
        """The place of the log, as people may read it: without a password."""
        ...

    def exists(self) -> bool:
        """Whether there is a log yet; nothing is made where there is none."""
        ...

    def size(self) -> int:
        """The bytes that it takes."""
        ...

    def advice(self) -> Sequence[str]:
        """What whoever runs the bot must see to, as what keeps the log does not: a sentence each."""
        ...

    def as_file(self) -> AbstractContextManager[tuple[Path, LogMaintenance]]:
        """A SQLite file to look at in the block, and what reads it: the log itself, or a copy as it is now.

        A copy is deleted at the end of the block.
        """
        ...

    def prepare(self) -> None:
        """Bring the log to today's schema; it is made where there is none."""
        ...

    def read(self) -> AbstractContextManager[LogReader]:
        """Open the log for reading all of it, brought to today's schema first."""
        ...

    def back_up(self, target: Path, stop: Stop | None = None) -> int:
        """Copy the log to the new file `target` and check the copy; returns its number of questions.

        Stopped, it is a `LogError`, and no file is left.
        """
        ...

    def back_up_nightly(self, today: datetime.date, *, keep: int, stop: Stop | None = None) -> Path | None:
        """Make the backup of `today` and delete the oldest beyond `keep`; returns it, None where it was there already.

        Backups that somebody made by hand are neither counted nor deleted.
        """
        ...

    def nightly_backups(self) -> Sequence[Path]:
        """The backups that `back_up_nightly` made, oldest first."""
        ...

    def damaged_files(self) -> Sequence[DamagedFile]:
        """The damaged files that once were the log, oldest first."""
        ...

    def drop_damaged(self) -> Sequence[Path]:
        """Delete the damaged files, each once what can be read of it is in the log; returns them.

        One that cannot be recovered now stays, and the program's own log says why.
        """
        ...

    def forget(self, wanted: Filter) -> int:
        """Delete the rows that `wanted` means, in the log and in its backups; returns how many of the log."""
        ...

    def forget_older(self, oldest: datetime.datetime) -> int:
        """Delete what was asked before `oldest`, and damaged files of before then; returns how many rows of the log."""
        ...

    def forget_for_good(self, wanted: Filter) -> Iterator[tuple[str, int]]:
        """Delete rows in the log and in its backups, down to the bytes as far as these are in our hands.

        Gives each place, once it is done, with the number of rows that are gone. Where `wanted` is all of an asker,
        their votes and wishes go too.
        """
        ...

    def trace(self, asker: str) -> Trace:
        """What the log has of an asker, who must not be the empty name."""
        ...

    def is_anywhere(self, asker: str) -> bool:
        """Whether the log or one of its backups has anything of that asker."""
        ...

    def mark(self, id: str, mark: Mark | None) -> bool:  # noqa: A002 - it is called that
        """Give the row of that id a mark in place of the one it has, or with None take it away.

        False where there is no such row.
        """
        ...
