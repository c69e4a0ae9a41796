"""What the articles lack, as the log keeps it: questions that no answer helped, what is done about them, who waits.

A question is open until somebody says otherwise: only planned and closed ones have a record of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence


class GapState(StrEnum):
    """What is done about a question that the articles do not answer."""

    OPEN = "open"
    PLANNED = "planned"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Unhelped:
    """A question without an answer, or with one that was voted down. `source` is the name of the one that closed it.

    `asker` is a keyed hash, empty where nobody is named; `library` is the fingerprint of the articles it was asked of.
    """

    id: str
    question: str
    asker: str
    asked_at: datetime.datetime
    library: str
    answered: bool
    state: GapState
    source: str | None


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody, by their id on Discord, wants to be told once when a source answers a question.

    `source` is the name of the one that does, and `claimed` says that telling them was begun before, and not finished.
    """

    question_id: str
    user: int
    question: str
    source: str
    claimed: bool


class GapLog(Protocol):
    """The part of a query log that is about gaps.

    Promises, held for every implementation by tests/contracts/gap_log.py: what was set or wished is kept when the call
    returns; a guild sees and changes its own questions alone; a wish goes with its question and with its asker;
    whatever goes wrong is a `LogError`.
    """

    async def unhelped(self, *, guild: int | None, since: datetime.datetime, limit: int) -> Sequence[Unhelped]:
        """The newest of the questions asked since then that no answer helped, of one guild or of all, newest first."""
        ...

    async def set(self, ids: Sequence[str], state: GapState, *, guild: int | None, source: str | None = None) -> None:
        """Say what is done about these questions; with `guild`, about those of that guild alone."""
        ...

    async def wish(self, id: str, user: int, asker: str) -> None:  # noqa: A002 - it is called that
        """Keep that this person wants to be told; `asker` is their keyed hash, by which they can be forgotten."""
        ...

    async def unwish(self, id: str, user: int) -> None:  # noqa: A002 - likewise
        """Drop that wish: the person was told, or no longer wants to be."""
        ...

    async def due(self) -> Sequence[Wish]:
        """The wishes that can be met now, the longest waiting first."""
        ...

    async def claim(self, wish: Wish) -> bool:
        """Note that telling begins; False where the wish was taken back meanwhile. It is kept when this returns."""
        ...

    async def last_read(self) -> str | None:
        """The fingerprint of the articles that open questions were last asked of again; None where they never were."""
        ...

    async def note_read(self, library: str) -> None:
        """Keep that all open questions were asked again of the articles with that fingerprint."""
        ...
