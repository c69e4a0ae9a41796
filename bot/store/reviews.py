"""What a person who reviewed a row of the log found: right, wrong, or one that should have been refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime


class Mark(StrEnum):
    """What a reviewer says of a row.

    RIGHT: what was shown answers the question, or it was rightly refused. WRONG: it does not, or was wrongly refused.
    REFUSE: the articles do not answer it, so that it should be refused.
    """

    RIGHT = "right"
    WRONG = "wrong"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Review:
    """A mark, and when it was given, in UTC."""

    mark: Mark
    marked_at: datetime.datetime
