"""What the disk does for a row of the history, so that it is done as a whole however often it is begun."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.store.source_history import SourceDeed
from retrieval.ingestion.source_folders import about_path

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.source_history import SourceChange


@dataclass(frozen=True, slots=True)
class SourceDisk:
    """The folder of the sources, and the one for what was put aside: by the number of a row, or "new-" and a name."""

    folder: Path
    aside: Path

    def apply(self, row: SourceChange) -> None:
        """Make the disk be as a row says; of what is so already nothing is done again."""
        target, kept = self.folder / row.file, self.aside / str(row.number)
        if row.deed is SourceDeed.REMOVED:
            if target.exists():
                self.aside.mkdir(mode=0o700, parents=True, exist_ok=True)
                target.replace(kept)
            about_path(target).unlink(missing_ok=True)
            sync(self.aside)
        elif row.deed is SourceDeed.RENAMED:
            self._move(row, target)
        elif (new := self.aside / f"new-{row.staged}").exists():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if target.exists() and not kept.exists():
                copy(target, kept)
            self._say(target, row.about)
            new.replace(target)
        sync(target.parent)
        self._sweep(target.parent)

    def _move(self, row: SourceChange, target: Path) -> None:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._say(target, row.about)
        if not row.moved_from:
            return
        old = self.folder / row.moved_from
        if old.is_file():
            old.replace(target)
        about_path(old).unlink(missing_ok=True)
        sync(old.parent)
        self._sweep(old.parent)

    def _say(self, target: Path, about: str) -> None:
        """Write beside a file what is said of it."""
        path = about_path(target)
        if about == "{}":
            path.unlink(missing_ok=True)
            return
        draft = self.aside / f"about-{secrets.token_hex(8)}"
        self.aside.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(draft, json.dumps(json.loads(about), ensure_ascii=False).encode())
        draft.replace(path)

    def _sweep(self, folder: Path) -> None:
        """Remove folders that nothing is in any more."""
        while folder != self.folder:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def write(path: Path, content: bytes) -> None:
    """Write a file that is on the disk when this returns."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:  # noqa: PTH123
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync(path.parent)


def copy(path: Path, to: Path) -> None:
    try:
        to.hardlink_to(path)  # whole or not at all
    except OSError:
        draft = to.with_name(f"copy-{to.name}")
        shutil.copyfile(path, draft)
        draft.replace(to)


def sync(folder: Path) -> None:
    """Have the names in a folder on the disk; some systems have no way to ask for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
