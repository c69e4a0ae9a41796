"""What is in a folder of articles: its files, how large they are and when they were last changed."""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.core.arrays import StringArray
from retrieval.core.errors import LibraryError
from retrieval.ingestion.reader import READERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

MOMENT = 1_000_000_000  # nanoseconds: what file systems tell apart, and some more
HIDDEN = (".", "~")  # what a name begins with that is passed over


class ScannedFile(NamedTuple):
    """A file: its path in the folder with forward slashes, its size in bytes and when it was changed, in ns."""

    file: str
    size: int
    changed: int

    @property
    def is_article(self) -> bool:
        """Whether it is one by its ending."""
        return os.path.splitext(self.file)[1].lower() in READERS  # noqa: PTH122 - quicker for thousands of files


@dataclass(frozen=True, slots=True, eq=False)
class SourceFiles:
    """The files of a library as they were when they were read, in the order of their paths: `size`, `changed`.

    `problems` has for each a sentence where it was left out, "" where it was not.
    """

    files: StringArray
    size: NDArray[np.int64]
    changed: NDArray[np.int64]
    problems: StringArray

    @classmethod
    def of(cls, seen: Sequence[ScannedFile], problems: Sequence[str]) -> SourceFiles:
        files, size, changed = zip(*seen, strict=True) if seen else ((), (), ())
        return cls(
            files=StringArray.of(files),
            size=np.array(size, dtype=np.int64),
            changed=np.array(changed, dtype=np.int64),
            problems=StringArray.of(problems),
        )

    def are(self, seen: Sequence[ScannedFile]) -> bool:
        """Whether nothing came, went or changed since."""
        if len(seen) != len(self.size):
            return False
        now = SourceFiles.of(seen, ())
        return (
            np.array_equal(self.files.letters, now.files.letters)
            and np.array_equal(self.files.offsets, now.files.offsets)
            and np.array_equal(self.size, now.size)
            and np.array_equal(self.changed, now.changed)
        )

    def differ(self, seen: Sequence[ScannedFile]) -> int:
        """How many files came, changed or went since."""
        if self.are(seen):
            return 0
        before = self.listed()
        same = sum(one.file in before and before[one.file][0] == one for one in seen)
        return len(seen) - same + len(before.keys() - {one.file for one in seen})

    def listed(self) -> dict[str, tuple[ScannedFile, str]]:
        """Each file and its problem, by its path."""
        rows = zip(self.files, self.size.tolist(), self.changed.tolist(), self.problems, strict=True)
        return {file: (ScannedFile(file, size, changed), problem) for file, size, changed, problem in rows}


def look(folder: Path) -> list[ScannedFile]:
    """The files in `folder` and below it, in the order of their paths, the file of names among them.

    Hidden files are passed over. Raises LibraryError where the folder is none or cannot be read.
    """
    try:
        if not folder.is_dir():
            wrong = "is not a folder" if folder.exists() else "does not exist"
            raise LibraryError(
                f"The folder of articles {folder} {wrong}; name one with --seeds or QUOTH_SEEDS and put articles in it."
            )
        found: list[ScannedFile] = []
        _add_files(os.fspath(folder), "", time.time_ns(), found)
    except OSError as error:
        raise LibraryError(
            f"The folder of articles {folder} cannot be read ({error.strerror}); check that this user may read it."
        ) from error
    return found


def _add_files(folder: str, below: str, now: int, found: list[ScannedFile]) -> None:
    """Add the files of a folder and of those in it, in order; one of those that may not be read has none.

    A file that was changed a moment ago may change again without a later time: its time is given as one that no file
    has again, so that it is read once more.
    """
    with os.scandir(folder) as entries:
        listed = sorted([entry for entry in entries if not entry.name.startswith(HIDDEN)], key=attrgetter("name"))
    settled = now - MOMENT
    for entry in listed:
        try:  # not `suppress`, which takes a tenth of the time of a large folder
            if entry.is_dir(follow_symlinks=False):
                _add_files(entry.path, f"{below}{entry.name}/", now, found)
            else:
                state = entry.stat()
                if stat.S_ISREG(state.st_mode):
                    changed = state.st_mtime_ns
                    found.append(ScannedFile(below + entry.name, state.st_size, changed if changed < settled else -now))
        except (FileNotFoundError, PermissionError):  # it went away meanwhile, or is not ours to read
            pass
