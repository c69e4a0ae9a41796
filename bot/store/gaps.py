"""What the articles lack, as the log keeps it: questions that no answer helped, what is done about them, who waits.

A question is open until somebody says otherwise: only planned and closed ones have a row of their own.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.store.ids import first_id
from bot.store.sqlite import statements
from bot.store.sqlite.connections import reading, transaction, writing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

Result = TypeVar("Result")


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

    `source` is the name of the one that does, and `claimed` says that telling was begun before and not ended.
    """

    question_id: str
    user: int
    question: str
    source: str
    claimed: bool


class Apart(Protocol):
    """Does some work with a connection of its own, in a thread; whatever goes wrong is a `LogError`."""

    async def __call__(
        self,
        done: str,
        connected: Callable[[Path], AbstractContextManager[sqlite3.Connection]],
        work: Callable[[sqlite3.Connection], Result],
        /,
    ) -> Result: ...


# Each half walks the index of its kind, newest first. A thank-you is not answered either, and is no gap.
UNHELPED = """
WITH found (id) AS (
    SELECT id FROM (
        SELECT id FROM questions INDEXED BY questions_unanswered
        WHERE outcome = 'no_answer' AND id >= :since {of_guild} ORDER BY id DESC LIMIT :most
    )
    UNION
    SELECT id FROM (
        SELECT id FROM questions INDEXED BY questions_voted_down
        WHERE down > 0 AND id >= :since {of_guild} ORDER BY id DESC LIMIT :most
    )
)
SELECT q.id, q.question, q.asker, q.asked_at, q.library, q.outcome, gaps.state, gaps.source
FROM found JOIN questions AS q USING (id) LEFT JOIN gaps ON gaps.question_id = q.id
WHERE q.reason IS NOT 'no_words'
ORDER BY q.id DESC LIMIT :most
"""
SET = """
INSERT OR REPLACE INTO gaps (question_id, state, source, changed_at)
SELECT id, :state, :source, :now FROM questions WHERE id = :id AND (:guild IS NULL OR guild = :guild)
"""
OPEN = """
DELETE FROM gaps WHERE question_id = :id
AND EXISTS (SELECT 1 FROM questions WHERE id = :id AND (:guild IS NULL OR guild = :guild))
"""
WISHED = """
INSERT OR IGNORE INTO wishes (question_id, user_id, asker, wished_at) SELECT id, :user, :asker, :now
FROM questions WHERE id = :id
"""
DUE = """
SELECT wishes.question_id, user_id, question, source, claimed_at IS NOT NULL
FROM gaps JOIN wishes USING (question_id) JOIN questions ON questions.id = question_id
WHERE state = 'closed' AND source IS NOT NULL ORDER BY wished_at, user_id
"""
CLAIM = "UPDATE wishes SET claimed_at = :now WHERE question_id = :id AND user_id = :user"
TAKE_BACK = "DELETE FROM wishes WHERE question_id = :id AND user_id = :user"
TAKE_ALL_BACK = """
DELETE FROM wishes WHERE asker = :asker AND asker <> ''
AND (:guild IS NULL OR question_id IN (SELECT id FROM questions WHERE guild = :guild))
"""
READ = "INSERT OR REPLACE INTO readings (one, library, read_at) VALUES (1, :library, :now)"


class GapLog:
    """The part of a query log that is about gaps; `apart` is how that log works in a thread."""

    def __init__(self, apart: Apart) -> None:
        self._apart = apart

    async def unhelped(self, *, guild: int | None, since: datetime.datetime, most: int) -> Sequence[Unhelped]:
        """The newest of the questions asked since then that no answer helped, of one guild or of all, newest first."""
        return await self._apart("read", reading, lambda connection: unhelped(connection, guild, since, most))

    async def set(self, ids: Sequence[str], state: GapState, *, guild: int | None, source: str | None = None) -> None:
        """Say what is done about these questions; where `guild` is given, about those of that guild alone."""
        await self._apart("written", writing, lambda connection: put(connection, ids, state, guild, source))

    async def wish(self, id: str, user: int, asker: str) -> None:  # noqa: A002 - it is called that
        """Keep that this person wants to be told; `asker` is their keyed hash, by which they are forgotten."""
        values = {"id": statements.storable(id), "user": user, "asker": asker, "now": _now()}
        await self._apart("written", writing, lambda connection: connection.execute(WISHED, values).rowcount)

    async def unwish(self, id: str, user: int) -> None:  # noqa: A002 - likewise
        """Keep it no longer: the person was told, or does not want it any more."""
        values = {"id": statements.storable(id), "user": user}
        await self._apart("written", writing, lambda connection: connection.execute(TAKE_BACK, values).rowcount)

    async def due(self) -> Sequence[Wish]:
        """Who is to be told now, the longest waiting first."""
        return await self._apart("read", reading, lambda connection: [_wish(row) for row in connection.execute(DUE)])

    async def claim(self, wish: Wish) -> bool:
        """Note that telling begins; False where the wish was taken back meanwhile. It is on the disk on return."""
        values = {"id": wish.question_id, "user": wish.user, "now": _now()}
        return bool(await self._apart("written", writing, lambda found: found.execute(CLAIM, values).rowcount))

    async def last_read(self) -> str | None:
        """The fingerprint of the articles that open questions were last asked of again; None where they never were."""
        statement = "SELECT library FROM readings"
        found = await self._apart("read", reading, lambda connection: connection.execute(statement).fetchone())
        return str(found[0]) if found else None

    async def note_read(self, library: str) -> None:
        """Keep that all open questions were asked again of the articles with that fingerprint."""
        values = {"library": library, "now": _now()}
        await self._apart("written", writing, lambda connection: connection.execute(READ, values).rowcount)


def unhelped(connection: sqlite3.Connection, guild: int | None, since: datetime.datetime, most: int) -> list[Unhelped]:
    """The questions that no answer helped, newest first; see `GapLog.unhelped`."""
    statement = UNHELPED.format(of_guild="" if guild is None else "AND guild = :guild")
    found = connection.execute(statement, {"guild": guild, "since": first_id(since), "most": most})
    return [
        Unhelped(
            id=row[0],
            question=row[1],
            asker=row[2],
            asked_at=datetime.datetime.fromisoformat(row[3]),
            library=row[4],
            answered=row[5] == "answer",
            state=GapState(row[6]) if row[6] else GapState.OPEN,
            source=row[7],
        )
        for row in found
    ]


def put(
    connection: sqlite3.Connection, ids: Sequence[str], state: GapState, guild: int | None, source: str | None
) -> None:
    """Write down what is done about these questions, all or none."""
    values = {"state": state.value, "source": source, "guild": guild, "now": _now()}
    statement = OPEN if state is GapState.OPEN else SET
    with transaction(connection):
        connection.executemany(statement, [values | {"id": statements.storable(found)} for found in ids])


def forget_wishes(connection: sqlite3.Connection, asker: str, guild: int | None) -> None:
    """Forget what somebody, by their keyed hash, wanted to be told: in one guild, or everywhere."""
    with transaction(connection):
        connection.execute(TAKE_ALL_BACK, {"asker": asker, "guild": guild})


def _wish(row: sqlite3.Row) -> Wish:
    return Wish(question_id=row[0], user=row[1], question=row[2], source=row[3], claimed=bool(row[4]))


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
