"""What the articles lack, in the file of the log."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.store.gaps import GapState, Unhelped, Wish
from bot.store.ids import first_id
from bot.store.sqlite.connections import reading, transaction, writing
from bot.store.text import storable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

Result = TypeVar("Result")


class RunInThread(Protocol):
    """Does some work with a connection of its own, in a thread; whatever goes wrong is a `LogError`."""

    async def __call__(
        self,
        done: str,
        connection_to: Callable[[Path], AbstractContextManager[sqlite3.Connection]],
        work: Callable[[sqlite3.Connection], Result],
        /,
    ) -> Result: ...


# Each half walks the index of its kind, newest first. A thank-you is not answered either, and is no gap.
UNHELPED = """
WITH found (id) AS (
    SELECT id FROM (
        SELECT id FROM questions INDEXED BY questions_unanswered
        WHERE outcome = 'no_answer' AND id >= :since {of_guild} ORDER BY id DESC LIMIT :limit
    )
    UNION
    SELECT id FROM (
        SELECT id FROM questions INDEXED BY questions_voted_down
        WHERE down > 0 AND id >= :since {of_guild} ORDER BY id DESC LIMIT :limit
    )
)
SELECT q.id, q.question, q.asker, q.asked_at, q.library, q.outcome, gaps.state, gaps.source
FROM found JOIN questions AS q USING (id) LEFT JOIN gaps ON gaps.question_id = q.id
WHERE q.reason IS NOT 'no_words'
ORDER BY q.id DESC LIMIT :limit
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


class SqliteGapLog:
    """Keeps the promises of `GapLog`; `in_thread` is how the log that it is part of works in a thread."""

    def __init__(self, in_thread: RunInThread) -> None:
        self._in_thread = in_thread

    async def unhelped(self, *, guild: int | None, since: datetime.datetime, limit: int) -> Sequence[Unhelped]:
        return await self._in_thread(
            "read", reading, lambda connection: unhelped_questions(connection, guild, since, limit)
        )

    async def set(self, ids: Sequence[str], state: GapState, *, guild: int | None, source: str | None = None) -> None:
        await self._in_thread("written", writing, lambda connection: set_state(connection, ids, state, guild, source))

    async def wish(self, id: str, user: int, asker: str) -> None:  # noqa: A002 - it is called that
        await self._write(WISHED, {"id": storable(id), "user": user, "asker": asker, "now": _now()})

    async def unwish(self, id: str, user: int) -> None:  # noqa: A002 - likewise
        await self._write(TAKE_BACK, {"id": storable(id), "user": user})

    async def due(self) -> Sequence[Wish]:
        return await self._in_thread(
            "read", reading, lambda connection: [_wish(row) for row in connection.execute(DUE)]
        )

    async def claim(self, wish: Wish) -> bool:
        return await self._write(CLAIM, {"id": wish.question_id, "user": wish.user, "now": _now()}) > 0

    async def last_read(self) -> str | None:
        statement = "SELECT library FROM readings"
        found = await self._in_thread("read", reading, lambda connection: connection.execute(statement).fetchone())
        return str(found[0]) if found else None

    async def note_read(self, library: str) -> None:
        await self._write(READ, {"library": library, "now": _now()})

    async def _write(self, statement: str, values: dict[str, object]) -> int:
        """Run one statement that writes; returns the number of rows that it changed."""
        return await self._in_thread(
            "written", writing, lambda connection: connection.execute(statement, values).rowcount
        )


def unhelped_questions(
    connection: sqlite3.Connection, guild: int | None, since: datetime.datetime, limit: int
) -> list[Unhelped]:
    """The questions that no answer helped, newest first; see `GapLog.unhelped`."""
    statement = UNHELPED.format(of_guild="" if guild is None else "AND guild = :guild")
    found = connection.execute(statement, {"guild": guild, "since": first_id(since), "limit": limit})
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


def set_state(
    connection: sqlite3.Connection, ids: Sequence[str], state: GapState, guild: int | None, source: str | None
) -> None:
    """Write down what is done about these questions, all or none."""
    values = {"state": state.value, "source": source, "guild": guild, "now": _now()}
    statement = OPEN if state is GapState.OPEN else SET
    with transaction(connection):
        connection.executemany(statement, [values | {"id": storable(found)} for found in ids])


def forget_wishes(connection: sqlite3.Connection, asker: str, guild: int | None) -> None:
    """Forget what somebody, by their keyed hash, wanted to be told: in one guild, or everywhere."""
    with transaction(connection):
        connection.execute(TAKE_ALL_BACK, {"asker": asker, "guild": guild})


def _wish(row: sqlite3.Row) -> Wish:
    return Wish(question_id=row[0], user=row[1], question=row[2], source=row[3], claimed=bool(row[4]))


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
