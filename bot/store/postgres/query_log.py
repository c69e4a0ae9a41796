"""The query log in a PostgreSQL database."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from bot.config.errors import LogError
from bot.store.filters import EVERY_ROW, Filter
from bot.store.postgres import log_search, statements, votes
from bot.store.postgres.connection_pool import ConnectionPool
from bot.store.postgres.nul_escape import escaped
from bot.store.postgres.postgres_errors import log_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from bot.store.gaps import GapLog
    from bot.store.log_row import Comment, LoggedSource, LogRow, RowNote, ShownQuote, Vote
    from bot.store.log_statistics import Stats
    from bot.store.postgres.connection import Connection

Result = TypeVar("Result")

# Rows are written by so many threads at once, each with a connection: the server brings what is committed at the same
# time to its disk together, and so nothing is gathered here.
WRITERS = 8


class PostgresQueryLog:
    """Keeps what was asked and answered in one database, which processes on many machines may have open at once.

    It keeps the promises of `QueryLog`, and these: after the server was away it is used again as soon as it is back;
    one who stops waiting for `add` does not stop the write.

    Made by `open`.
    """

    def __init__(self, address: str) -> None:
        self._pool = ConnectionPool(address)
        self.name = self._pool.name
        self._threads = ThreadPoolExecutor(WRITERS, thread_name_prefix="query log")
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, address: str, *, insist: bool = True) -> PostgresQueryLog:
        """The log in the database at `address`, whose tables are made where they are missing.

        Where that fails it is a `LogError`; but without `insist` nothing is said of it, and whatever is done with the
        log tries again and says it, so that the log is there as soon as the server is.
        """
        log = cls(address)
        try:
            await log._write("opened", lambda _: None)
        except LogError:
            if insist:
                await log.close()
                raise
        except BaseException:
            await log.close()
            raise
        return log

    @cached_property
    def gaps(self) -> GapLog:
        """What the articles lack, and who waits for it."""
        from bot.store.postgres.gaps import PostgresGapLog  # noqa: PLC0415 - many a command needs none

        return PostgresGapLog(self._write)

    async def add(self, row: LogRow) -> None:
        """Returns when the row is on the disk of the server."""
        with log_errors(self.name, "written"):
            question, quotes = statements.question_values(row), statements.quote_values(row)

        def added(connection: Connection) -> None:
            connection.execute(statements.ADD_QUESTION.encode(), question)
            if quotes:
                connection.cursor().executemany(statements.ADD_QUOTE.encode(), quotes)

        await self._write("written", added)

    async def note(self, id: str, note: RowNote) -> None:  # noqa: A002 - it is called that
        """Returns when what became of the answer is on the disk; where there is no such row, nothing happens."""
        values = statements.note_values(id, note)
        await self._write("written", lambda connection: connection.execute(statements.NOTE.encode(), values))

    async def quoted_from_others(
        self, digests: Collection[str], limit: int, *, guild: int | None = None
    ) -> Sequence[ShownQuote]:
        """The quotations of answers from articles whose digest is not one of those, the newest answers first."""
        return await self._read(
            lambda connection: log_search.quoted_from_others(connection, digests, limit, guild=guild)
        )

    async def recent(self, limit: int, *, guild: int | None = None, before: str | None = None) -> Sequence[LogRow]:
        """The newest rows, of one guild or of all; with `before`, those older than that id."""
        return await self.find(Filter(guild=guild), limit, before=before)

    async def get(self, id: str, *, guild: int | None = None) -> LogRow | None:  # noqa: A002 - it is called that
        """The row of that id, None where there is none or it is another guild's."""
        values = {"id": escaped(id), "guild": guild}
        return await self._read(
            lambda connection: next(statements.rows_of(connection.execute(statements.ONE.encode(), values)), None)
        )

    async def find(
        self, wanted: Filter, limit: int, *, before: str | None = None, after: str | None = None
    ) -> Sequence[LogRow]:
        """The newest rows that `wanted` means; with `before`, those older than that id.

        With `after` they are the oldest of those newer than that id, the newest of these first as ever.
        """
        return await self._read(
            lambda connection: log_search.find(connection, wanted, limit, before=before, after=after)
        )

    async def stats(self, wanted: Filter = EVERY_ROW) -> Stats:
        """What the rows that `wanted` means say together."""
        from bot.store.postgres.statistics import count  # noqa: PLC0415 - it reads words as the articles' are read

        return await self._read(lambda connection: count(connection, wanted))

    async def sources(self, *, guild: int | None = None) -> Sequence[LoggedSource]:
        """Every source that an answer quoted, to one guild or to all, in the order of their files."""
        return await self._read(lambda connection: log_search.sources(connection, guild))

    async def vote(self, id: str, vote: Vote, *, guild: int | None = None) -> bool:  # noqa: A002 - it is called that
        """Counts a vote in the place of the same person's last; False where there is no such row, or not in `guild`."""
        return await self._write("written", lambda connection: votes.vote(connection, id, vote, guild=guild))

    async def health(self) -> str | None:
        """What keeps rows from being written (a server that is away, a standby); None where nothing does."""
        try:
            # It has a place in the server's journal, and waits until that is on the disk.
            await self._write("written", lambda connection: connection.execute("SELECT pg_current_xact_id()"))
        except LogError as error:
            return str(error)
        return None

    async def examined(self) -> None:
        """Nobody looks for damage here: the server has checksums; `quoth doctor` says whether it uses them."""

    async def comments(self, id: str, *, guild: int | None = None) -> Sequence[Comment]:  # noqa: A002 - likewise
        """What people said of the answer with that id, in the order of time."""
        return await self._read(lambda connection: votes.comments(connection, id, guild=guild))

    async def quote_counts(self, files: Sequence[str], *, guild: int | None = None) -> Mapping[str, int]:
        """How often answers quoted each of those files, to one guild or to all."""
        return await self._read(lambda connection: log_search.quote_counts(connection, files, guild=guild))

    async def close(self) -> None:
        """Returns when what was accepted is written and the connections are let go; may be called again."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close(), name="query log closer")
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        self._pool.close()

    async def _read(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` gives, with all that it reads as it was at one moment."""

        def at_work() -> Result:
            with log_errors(self.name, "read"), self._pool.reading() as connection:
                return work(connection)

        return await self._in_thread(at_work)

    async def _write(self, done: str, work: Callable[[Connection], Result]) -> Result:
        """What `work` gives; all that it writes is on the disk of the server then, or nothing of it."""

        def at_work() -> Result:
            with log_errors(self.name, done), self._pool.writing() as connection:
                return work(connection)

        return await self._in_thread(at_work)

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        if self._closing:
            raise LogError(f"The query log {self.name} is closed.")
        # Shielded: what was begun is ended, also where nobody waits for it any more.
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._threads, work))
