"""What the articles lack, in the log's database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.store.gaps import GapState, Unhelped, Wish
from bot.store.ids import first_id
from bot.store.postgres.nul_escape import escaped, unescaped
from bot.store.postgres.statements import OF_GUILD, moment

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Sequence

    from bot.store.postgres.connection import Connection, Record
    from bot.store.postgres.statements import SqlValues

Result = TypeVar("Result")


class RunOnServer(Protocol):
    """Does some work with a connection, in a thread; whatever goes wrong is a `LogError`."""

    async def __call__(self, done: str, work: Callable[[Connection], Result], /) -> Result: ...


# A thank-you is not answered either, and is no gap.
UNHELPED = f"""
SELECT q.id, q.question, q.asker, q.asked_at, q.library, q.outcome, gaps.state, gaps.source
FROM questions AS q LEFT JOIN gaps ON gaps.question_id = q.id
WHERE (q.outcome = 'no_answer' OR q.down > 0) AND q.id >= %(since)s AND {OF_GUILD}
    AND q.reason IS DISTINCT FROM 'no_words'
ORDER BY q.id DESC LIMIT %(limit)s
""".encode()  # noqa: S608 - our own words
SET = f"""
INSERT INTO gaps (question_id, state, source, changed_at)
SELECT id, %(state)s, %(source)s, now() FROM questions WHERE id = ANY (%(ids)s::text[]) AND {OF_GUILD}
ON CONFLICT (question_id) DO UPDATE
SET state = excluded.state, source = excluded.source, changed_at = excluded.changed_at
""".encode()  # noqa: S608 - likewise
OPEN = f"""
DELETE FROM gaps USING questions
WHERE question_id = id AND id = ANY (%(ids)s::text[]) AND {OF_GUILD}
""".encode()  # noqa: S608 - likewise
WISHED = b"""
INSERT INTO wishes (question_id, user_id, asker, wished_at)
SELECT id, %(user)s, %(asker)s, now() FROM questions WHERE id = %(id)s ON CONFLICT DO NOTHING
"""
DUE = b"""
SELECT wishes.question_id, user_id, question, source, claimed_at IS NOT NULL AS claimed
FROM gaps JOIN wishes USING (question_id) JOIN questions ON questions.id = question_id
WHERE state = 'closed' AND source IS NOT NULL ORDER BY wished_at, user_id
"""
CLAIM = b"UPDATE wishes SET claimed_at = now() WHERE question_id = %(id)s AND user_id = %(user)s"
TAKE_BACK = b"DELETE FROM wishes WHERE question_id = %(id)s AND user_id = %(user)s"
TAKE_ALL_BACK = f"""
DELETE FROM wishes USING questions
WHERE question_id = id AND wishes.asker = %(asker)s AND wishes.asker <> '' AND {OF_GUILD}
""".encode()  # noqa: S608 - likewise
READ = b"""
INSERT INTO readings (one, library, read_at) VALUES (1, %(library)s, now())
ON CONFLICT (one) DO UPDATE SET library = excluded.library, read_at = excluded.read_at
"""
LAST_READ = b"SELECT library FROM readings"


class PostgresGapLog:
    """Keeps the promises of `GapLog`; `on_server` is how the log that it is part of does some work."""

    def __init__(self, on_server: RunOnServer) -> None:
        self._on_server = on_server

    async def unhelped(self, *, guild: int | None, since: datetime.datetime, limit: int) -> Sequence[Unhelped]:
        values = {"guild": guild, "since": first_id(since), "limit": limit}
        return await self._on_server(
            "read", lambda connection: [_unhelped(record) for record in connection.execute(UNHELPED, values)]
        )

    async def set(self, ids: Sequence[str], state: GapState, *, guild: int | None, source: str | None = None) -> None:
        values = {
            "ids": [escaped(id_) for id_ in ids],
            "state": state.value,
            "source": None if source is None else escaped(source),
            "guild": guild,
        }
        await self._write(OPEN if state is GapState.OPEN else SET, values)

    async def wish(self, id: str, user: int, asker: str) -> None:  # noqa: A002 - it is called that
        await self._write(WISHED, {"id": escaped(id), "user": user, "asker": escaped(asker)})

    async def unwish(self, id: str, user: int) -> None:  # noqa: A002 - likewise
        await self._write(TAKE_BACK, {"id": escaped(id), "user": user})

    async def due(self) -> Sequence[Wish]:
        return await self._on_server("read", lambda connection: [_wish(record) for record in connection.execute(DUE)])

    async def claim(self, wish: Wish) -> bool:
        return await self._write(CLAIM, {"id": escaped(wish.question_id), "user": wish.user}) > 0

    async def last_read(self) -> str | None:
        found = await self._on_server("read", lambda connection: connection.execute(LAST_READ).fetchone())
        return unescaped(found["library"]) if found else None

    async def note_read(self, library: str) -> None:
        await self._write(READ, {"library": escaped(library)})

    async def _write(self, statement: bytes, values: SqlValues) -> int:
        """Run one statement that writes; returns the number of rows that it changed."""
        return await self._on_server("written", lambda connection: connection.execute(statement, values).rowcount)


def forget_wishes(connection: Connection, asker: str, guild: int | None) -> None:
    """Forget what somebody, by their keyed hash, wanted to be told: in one guild, or everywhere."""
    connection.execute(TAKE_ALL_BACK, {"asker": escaped(asker), "guild": guild})


def _unhelped(record: Record) -> Unhelped:
    return Unhelped(
        id=unescaped(record["id"]),
        question=unescaped(record["question"]),
        asker=unescaped(record["asker"]),
        asked_at=moment(record["asked_at"]),
        library=unescaped(record["library"]),
        answered=record["outcome"] == "answer",
        state=GapState(record["state"]) if record["state"] else GapState.OPEN,
        source=unescaped(record["source"]),
    )


def _wish(record: Record) -> Wish:
    return Wish(
        question_id=unescaped(record["question_id"]),
        user=record["user_id"],
        question=unescaped(record["question"]),
        source=unescaped(record["source"]),
        claimed=record["claimed"],
    )
