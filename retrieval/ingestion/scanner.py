"""What is in a folder of articles: its files, how large they are and when they were last changed."""

from __future__ import annotations

import errno
import os
import stat
import time
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.analysis.synonyms import NAMES_FILE
from retrieval.core.arrays import StringArray
from retrieval.core.errors import LibraryError
from retrieval.ingestion.folder_settings import SETTINGS_FILE
from retrieval.ingestion.left_aside import HIDDEN, PACKAGES, sort_by_ending, sort_of
from retrieval.ingestion.registry import is_read, largest_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

MOMENT = 1_000_000_000  # nanoseconds: what file systems tell apart, and some more
DEEPEST = 64  # folders in each other; what is deeper is a mistake, or meant to be one
OWN = (NAMES_FILE, SETTINGS_FILE)  # files that say something of all articles
OUTSIDE = -1  # in place of the size of a link that leads out of the folder
NO_FILE = -2  # in place of the size of a pipe or a device
# A folder that is passed over like one that went away meanwhile.
PASSED = (errno.ENOENT, errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENAMETOOLONG, errno.ENOTDIR)


class ScannedFile(NamedTuple):
    """A file: its path in the folder with forward slashes, its size in bytes and when it was changed, in ns.

    Of what is no article only the path is known. A folder that is not looked into has a slash at its end.
    """

    file: str
    size: int = 0
    changed: int = 0

    @property
    def is_article(self) -> bool:
        """Whether it is one by its name and ending."""
        return is_read(self.file) and self.size >= 0 and self.file not in OWN and not sort_of(self.file)

    @property
    def is_readable(self) -> bool:
        """Whether it is an article, and no larger than one of its kind may be."""
        return self.is_article and self.size <= largest_size(os.path.splitext(self.file)[1])  # noqa: PTH122 - as above

    @property
    def sort(self) -> str:
        """What it is called that is left aside; "" for an article, for what should be one, and for the folder's own."""
        if self.file in OWN or self.size == OUTSIDE or self.is_article:
            return ""
        return "pipe or device" if self.size == NO_FILE else sort_of(self.file) or sort_by_ending(self.file)


@dataclass(frozen=True, slots=True, eq=False)
class SourceFiles:
    """The files of a library as they were when they were read, in the order of their paths: `size`, `changed`.

    `problems` has for each a sentence where it was left out, "" where it was not; `remarks` what was guessed in it or
    left aside, a sentence a line.
    """

    files: StringArray
    size: NDArray[np.int64]
    changed: NDArray[np.int64]
    problems: StringArray
    remarks: StringArray

    @classmethod
    def of(cls, seen: Sequence[ScannedFile], problems: Sequence[str], remarks: Sequence[str] = ()) -> SourceFiles:
        files, size, changed = zip(*seen, strict=True) if seen else ((), (), ())
        return cls(
            files=StringArray.of(files),
            size=np.array(size, dtype=np.int64),
            changed=np.array(changed, dtype=np.int64),
            problems=StringArray.of(problems),
            remarks=StringArray.of(remarks),
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
        """How many files came, changed or went since, but for those that are left aside."""
        if self.are(seen):
            return 0
        before, now = ({one.file: one for one in files if not one.sort} for files in (self.seen(), seen))
        same = sum(before.get(file) == one for file, one in now.items())
        return len(now) - same + len(before.keys() - now.keys())

    def listed(self) -> dict[str, tuple[ScannedFile, str]]:
        """Each file and its problem, by its path."""
        return {one.file: (one, problem) for one, problem in zip(self.seen(), self.problems, strict=True)}

    def seen(self) -> Iterator[ScannedFile]:
        """Each file, in order."""
        return map(ScannedFile, self.files, self.size.tolist(), self.changed.tolist())


def look(folder: Path) -> list[ScannedFile]:
    """The files in `folder` and below it, in the order of their paths, its own among them.

    Hidden folders and those of packages are not looked into. Raises LibraryError where the folder is none or cannot be
    read.
    """
    try:
        if not folder.is_dir():
            wrong = "is not a folder" if folder.exists() else "does not exist"
            raise LibraryError(
                f"The folder of articles {folder} {wrong}; name one with --seeds or QUOTH_SEEDS and put articles in it."
            )
        found: list[ScannedFile] = []
        _Look(os.path.realpath(folder), time.time_ns() - MOMENT, found).into(os.fspath(folder), "", 0)
    except OSError as error:
        raise LibraryError(
            f"The folder of articles {folder} cannot be read ({error.strerror}); check that this user may read it."
        ) from error
    return found


class _Look(NamedTuple):
    """A look at a folder, whose path without links is `home`; what was changed after `settled` may change again."""

    home: str
    settled: int
    found: list[ScannedFile]

    def into(self, folder: str, below: str, depth: int) -> None:
        """Add the files of a folder and of those in it, in order; one of those that may not be read has none."""
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=attrgetter("name"))
        for entry in listed:
            try:  # not `suppress`, which takes a tenth of the time of a large folder
                self._add(entry, f"{below}{entry.name}", depth)
            except OSError as error:
                if error.errno not in PASSED:
                    raise

    def _add(self, entry: os.DirEntry[str], file: str, depth: int) -> None:
        if entry.is_dir(follow_symlinks=False):
            if entry.name.startswith(HIDDEN) or entry.name in PACKAGES or depth >= DEEPEST:
                self.found.append(ScannedFile(f"{file}/"))
            else:
                self.into(entry.path, f"{file}/", depth + 1)
            return
        one = ScannedFile(file)
        if not one.is_article and file not in OWN:
            linked = entry.is_symlink() and entry.is_dir()
            self.found.append(ScannedFile(f"{file}/") if linked else one)
            return
        state = entry.stat()
        if not stat.S_ISREG(state.st_mode):
            self.found.append(ScannedFile(f"{file}/") if stat.S_ISDIR(state.st_mode) else one._replace(size=NO_FILE))
        elif entry.is_symlink() and not self._is_inside(entry.path):
            self.found.append(one._replace(size=OUTSIDE))
        else:
            self.found.append(ScannedFile(file, state.st_size, self._time(state.st_mtime_ns)))

    def _time(self, changed: int) -> int:
        """When a file was changed; one that was changed a moment ago may change again without a later time.

        Its time is given as one that no file has again, so that it is read once more.
        """
        return changed if changed < self.settled else -self.settled

    def _is_inside(self, link: str) -> bool:
        return os.path.realpath(link).startswith(os.path.join(self.home, ""))  # noqa: PTH118 - as strings, which are compared
