"""What was done with the index of a folder of articles, for whoever tells people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class IndexState(StrEnum):
    """What was done with the index of a folder: it held, or was written, could not be, or none is kept.

    One that others published is used as it is, and its folder is not looked at.
    """

    NONE = "none"
    FOUND = "found"
    WRITTEN = "written"
    FAILED = "failed"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What was done with an index: where it is, if anywhere, and a sentence where somebody should know more.

    `since` is how many files came, changed or went after it was written; they were read beside it.
    """

    use: IndexState
    path: Path | None = None
    note: str = ""
    since: int = 0


NO_INDEX = IndexStatus(IndexState.NONE)
