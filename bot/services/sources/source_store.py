"""Puts sources into the folder of added ones and takes them out: each deed is on the disk as a whole, or not at all.

A deed is first written into the history and then done. One that was cut short, even by a `kill -9`, is finished by
whoever comes next; before its row is in the history nothing has happened. What is replaced or removed is kept for
thirty days, and comes back with `restore`.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.services.sources.source_disk import SourceDisk, write
from bot.services.sources.source_errors import SourceProblem, SourceStoreError
from bot.services.sources.source_places import is_place
from bot.store.source_history import SourceChange, SourceDeed
from retrieval.ingestion.registry import is_read
from retrieval.ingestion.source_folders import MEMBER_ANSWER, SourceAbout, about_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from bot.store.source_history import SourceHistory

KEPT_DAYS = 30
WAITING = 86_400  # seconds until what nobody kept or discarded goes
MOST_PRUNED = 100_000  # rows that are looked at for what was put aside


@dataclass(frozen=True, slots=True)
class AddedSource:
    """A source that was added: its path below their folder, what was said of it, and its size in bytes."""

    file: str
    about: SourceAbout
    size: int

    @property
    def name(self) -> str:
        """What it was called when it was added, else the name of its file."""
        return self.about.name or self.file.rpartition("/")[2]

    @property
    def is_member_answer(self) -> bool:
        return self.file.endswith(MEMBER_ANSWER)


class SourceStore:
    """The added sources of a data folder. Its methods block: the bot calls them in threads.

    Raises SourceStoreError where something cannot be done as it is asked for, LogError where the history or the disk
    cannot be used. `now` gives the time.
    """

    def __init__(
        self,
        data: Path,
        history: SourceHistory,
        *,
        now: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    ) -> None:
        self.folder = data / "sources"
        self.aside = data / "sources-aside"
        self.history = history
        self._disk = SourceDisk(self.folder, self.aside)
        self._now = now

    def listed(self, guild: int | None = None) -> Sequence[AddedSource]:
        """The sources that are there, in the order of their paths: those of a server, or (None) all."""
        found = []
        for path in _files_below(self.folder):
            file = path.relative_to(self.folder).as_posix()
            if (guild is None or file.startswith(f"@{guild}/")) and is_read(file):
                found.append(AddedSource(file, self._about(file), path.stat().st_size))
        return sorted(found, key=lambda one: one.file.split("/"))

    def find(self, file: str) -> AddedSource:
        """The source at a path. Raises SourceStoreError where there is none."""
        path = self.folder / file
        if not is_place(file) or not path.is_file():
            raise SourceStoreError(SourceProblem.NOT_THERE, file)
        return AddedSource(file, self._about(file), path.stat().st_size)

    def content(self, file: str) -> bytes:
        """What is in a source."""
        self.find(file)
        return (self.folder / file).read_bytes()

    def stage(self, content: bytes) -> str:
        """Put content where it waits to be kept, and give the name by which it is known there."""
        name = secrets.token_hex(8)
        self.aside.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(self.aside / f"new-{name}", content)
        return name

    def staged(self, name: str) -> bytes | None:
        """Content that waits; None where it is not there any more."""
        if not name.isalnum():
            return None
        try:
            return (self.aside / f"new-{name}").read_bytes()
        except OSError:
            return None

    def discard(self, name: str) -> None:
        """Forget content that waits."""
        if name.isalnum():
            (self.aside / f"new-{name}").unlink(missing_ok=True)

    def add(self, file: str, staged: str, *, who: str, about: SourceAbout, authors: Sequence[int] = ()) -> SourceChange:
        """Make a new source of content that waits."""
        if not is_place(file) or not is_read(file):
            raise SourceStoreError(SourceProblem.NO_PLACE, file)
        with self.alone():
            if (self.folder / file).exists() or (self.folder / file).parent.is_file():
                raise SourceStoreError(SourceProblem.IS_THERE, file)
            return self.do(SourceDeed.ADDED, file, who, staged=staged, about=about, authors=tuple(authors))

    def replace(self, file: str, staged: str, *, who: str, about: SourceAbout | None = None) -> SourceChange:
        """Put content that waits in the place of a source's; what is said of it stays where `about` is None."""
        with self.alone():
            was = self.find(file).about
            return self.do(SourceDeed.REPLACED, file, who, staged=staged, about=about or was, was=was)

    def rename(self, file: str, *, who: str, about: SourceAbout, to: str = "") -> SourceChange:
        """Say something else of a source, and move it to the path `to` where that is given."""
        with self.alone():
            was = self.find(file).about
            if to and to != file:
                if not is_place(to) or not is_read(to):
                    raise SourceStoreError(SourceProblem.NO_PLACE, to)
                if (self.folder / to).exists() or (self.folder / to).parent.is_file():
                    raise SourceStoreError(SourceProblem.IS_THERE, to)
                return self.do(SourceDeed.RENAMED, to, who, about=about, was=was, moved_from=file)
            return self.do(SourceDeed.RENAMED, file, who, about=about, was=was)

    def remove(self, file: str, *, who: str) -> SourceChange:
        """Take a source out; for thirty days it can be restored."""
        with self.alone():
            was = self.find(file).about
            return self.do(SourceDeed.REMOVED, file, who, about=was, was=was)

    def restore(self, number: int, *, who: str) -> SourceChange:
        """Bring back what the deed of that number removed or replaced."""
        with self.alone():
            row = self.history.row(number)
            kept = self.aside / str(number)
            if row is None or not row.puts_aside or not kept.is_file() or self._is_over(row):
                raise SourceStoreError(SourceProblem.NOT_KEPT, row.file if row else str(number))
            staged = self.stage(kept.read_bytes())
            there = self._about(row.file) if (self.folder / row.file).exists() else SourceAbout()
            about = SourceAbout.of(row.was_about)
            return self.do(
                SourceDeed.RESTORED, row.file, who, staged=staged, about=about, was=there, authors=row.authors
            )

    def is_kept(self, row: SourceChange) -> bool:
        """Whether what a deed removed or replaced can still be brought back."""
        return row.puts_aside and not self._is_over(row) and (self.aside / str(row.number)).is_file()

    def recover(self) -> None:
        """Finish what was cut short."""
        if self.history.unfinished():
            with self.alone():
                pass

    def prune(self) -> None:
        """Delete what was kept for thirty days, and what nobody decided on within a day."""
        if not self.aside.is_dir():
            return
        with self.alone():
            waits = {f"new-{row.staged}" for row in self.history.unfinished()}
            for path in self.aside.iterdir():
                if path.name.startswith("new-"):
                    age = self._now().timestamp() - path.stat().st_mtime
                    if path.name not in waits and age > WAITING:
                        path.unlink(missing_ok=True)
                elif path.name.isdecimal():
                    row = self.history.row(int(path.name))
                    if row is None or self._is_over(row):
                        path.unlink(missing_ok=True)

    def authors(self, file: str) -> Sequence[int]:
        """Who wrote what the source at a path says now; nobody where it is no member's answer, or gone."""
        if not (self.folder / file).is_file():
            return ()
        return next((row.authors for row in self.history.rows(file=file, limit=1)), ())

    def _is_over(self, row: SourceChange) -> bool:
        return self._now() - row.at > datetime.timedelta(days=KEPT_DAYS)

    def _about(self, file: str) -> SourceAbout:
        try:
            return SourceAbout.of(about_path(self.folder / file).read_text(encoding="utf-8"))
        except (OSError, UnicodeError):
            return SourceAbout()

    def alone(self) -> _Alone:
        """Do one deed at a time in a data folder, after those that were cut short."""
        return _Alone(self)

    def do(
        self,
        deed: SourceDeed,
        file: str,
        who: str,
        *,
        about: SourceAbout,
        was: SourceAbout | None = None,
        staged: str = "",
        moved_from: str = "",
        authors: tuple[int, ...] = (),
    ) -> SourceChange:
        """Write a deed into the history, and do it."""
        if staged and (content := self.staged(staged)) is not None:
            digest = hashlib.sha256(content).hexdigest()
        elif staged:
            raise SourceStoreError(SourceProblem.NOT_WAITING, file)
        else:
            digest = hashlib.sha256((self.folder / (moved_from or file)).read_bytes()).hexdigest()
        change = SourceChange(
            at=self._now(),
            deed=deed,
            file=file,
            sha256=digest,
            who=who,
            about=about.text,
            was_about=(was or SourceAbout()).text,
            moved_from=moved_from,
            authors=authors or tuple(self.authors(moved_from or file)),
            staged=staged,
        )
        row = self.history.add(change)  # from here on it will be done, whatever happens
        self.carry_out(row)
        return row

    def carry_out(self, row: SourceChange) -> None:
        """Make the disk be as a row says, and note that it is."""
        self._disk.apply(row)
        self.history.finish(row.number)


class _Alone:
    """Lets one deed at a time be done in a data folder, after those that were cut short."""

    def __init__(self, store: SourceStore) -> None:
        self._store = store
        self._lock = store.history.alone()

    def __enter__(self) -> None:
        self._lock.__enter__()
        try:
            for row in self._store.history.unfinished():
                self._store.carry_out(row)
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise

    def __exit__(self, *_: object) -> None:
        self._lock.__exit__(None, None, None)


def _files_below(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name.startswith((".", "~")):
            continue
        if path.is_dir():
            yield from _files_below(path)
        elif path.is_file():
            yield path
