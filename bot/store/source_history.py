"""What was done with the added sources: by whom, when, to which file. Nothing in it is ever changed by a later deed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence
    from contextlib import AbstractContextManager


class SourceDeed(StrEnum):
    """What was done with a source."""

    ADDED = "added"
    REPLACED = "replaced"
    RENAMED = "renamed"
    REMOVED = "removed"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class SourceChange:
    """One row of the history.

    `file` is the source's path below the folder of added sources, `moved_from` the one that it had before, where it
    was moved. `about` is what is said of it, as JSON, and `was_about` what was said of it before. `who` is the id of a
    person on Discord, or a user of the machine; "" where somebody wished not to be known any more. `authors` are the
    ids of the members who wrote what the source says, where it is a member's answer. `staged` names the content that
    is put in place, "" where none is.
    """

    at: datetime.datetime
    deed: SourceDeed
    file: str
    sha256: str
    who: str
    about: str = "{}"
    was_about: str = "{}"
    moved_from: str = ""
    authors: tuple[int, ...] = ()
    staged: str = ""
    number: int = 0
    done: bool = False

    @property
    def guild(self) -> int | None:
        """The server whose source it is; None for one of the operator's."""
        return guild_of_file(self.file)

    @property
    def puts_aside(self) -> bool:
        """Whether content that was there before is kept for some time."""
        return self.deed not in (SourceDeed.ADDED, SourceDeed.RENAMED)


class SourceTrace(NamedTuple):
    """What the added sources have of a person: answers that they wrote, and changes that they made."""

    answers: int = 0
    changes: int = 0


def guild_of_file(file: str) -> int | None:
    """The server that an added file belongs to: the first folder of its path is "@" and the server's id."""
    first, slash, _ = file.partition("/")
    return int(first[1:]) if slash and first.startswith("@") and first[1:].isdecimal() else None


class SourceHistory(Protocol):
    """Keeps the rows.

    Promises: a row is kept when `add` returns, under a number higher than any before; rows come back newest first;
    within `alone` no other process is in its `alone`; whatever goes wrong is a `LogError`.
    """

    def alone(self) -> AbstractContextManager[None]: ...

    def add(self, change: SourceChange) -> SourceChange:
        """Keep a row, and give it with its number."""
        ...

    def finish(self, number: int) -> None:
        """Note that what a row says is so on the disk."""
        ...

    def unfinished(self) -> Sequence[SourceChange]:
        """The rows of which nobody noted that, oldest first."""
        ...

    def rows(
        self, *, guild: int | None = None, file: str | None = None, limit: int = 100, before: int | None = None
    ) -> Sequence[SourceChange]:
        """Rows of a server's sources (with None those of all), or of one file; `before` is a row's number."""
        ...

    def row(self, number: int) -> SourceChange | None: ...

    def written_by(self, author: int) -> Sequence[SourceChange]:
        """The rows on sources that say what that member wrote."""
        ...

    def done_by(self, who: str) -> int:
        """How many rows there are of what that person did."""
        ...

    def blank(self, file: str) -> None:
        """Leave in no row what was said of that file, nor who wrote it."""
        ...

    def forget(self, person: int) -> None:
        """Leave that person's id in no row, neither as who did something nor as an author, nor what is said by them."""
        ...
