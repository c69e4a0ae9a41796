"""What a log keeps of one person, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """How many questions and votes are a person's, and when they asked first and last, in UTC.

    `wishes` is the number of questions of whose answer they want to be told; their Discord id stands beside those until
    they are.
    """

    questions: int = 0
    votes: int = 0
    first: datetime.datetime | None = None
    last: datetime.datetime | None = None
    wishes: int = 0

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.questions or self.votes or self.wishes)
