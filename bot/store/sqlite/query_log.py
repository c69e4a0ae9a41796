"""The query log in a SQLite file.

What looks through many rows is imported where that is done: a question on the command line adds one row and is gone.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from bot.config.errors import LogError
from bot.store.filters import EVERY_ROW
from bot.store.sqlite import statements, votes
from bot.store.sqlite.connections import is_without_room, reading, write_nothing, writing
from bot.store.sqlite.log_file import LogFile
from bot.store.sqlite.pending_row import Pending, settle
from bot.store.sqlite.sqlite_errors import is_damage, log_error, log_errors
from bot.store.text import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from bot.store.filters import Filter
    from bot.store.gaps import GapLog
    from bot.store.log_row import Comment, LoggedSource, LogRow, RowNote, ShownQuote, Vote
    from bot.store.log_statistics import Stats

    Connected: TypeAlias = Callable[[Path], AbstractContextManager[sqlite3.Connection]]

Result = TypeVar("Result")

logger = logging.getLogger(__name__)

QUEUE_SIZE = 1024  # rows that may wait for the writer before `add` itself waits


class SqliteQueryLog:
    """Keeps what was asked and answered in one SQLite file, which several processes may have open at once.

    It keeps the promises of `QueryLog`, and these: rows that wait at the same time are written in one transaction; a
    row that cannot be written takes no other with it; after a failed write the next one tries afresh, and where the
    file was deleted or put aside meanwhile it begins a new one; text that is no text (a lone surrogate) comes back as
    U+FFFD; one who stops waiting for `add` does not stop the write.

    Made by `open`.
    """

    def __init__(self, path: Path, *, check: bool = True) -> None:
        self.path = path
        self._file = LogFile(path, check=check)
        self._queue: asyncio.Queue[Pending | None] = asyncio.Queue(QUEUE_SIZE)
        self._accepted: set[asyncio.Future[None]] = set()
        self._one_at_a_time = asyncio.Lock()  # of those who write beside the writer, such as votes
        self._writing = asyncio.create_task(self._write_what_comes(), name="query log writer")
        self._closing: asyncio.Task[None] | None = None

    @cached_property
    def gaps(self) -> GapLog:
        """What the articles lack, and who waits for it."""
        from bot.store.sqlite.gaps import SqliteGapLog  # noqa: PLC0415

        return SqliteGapLog(self._in_thread)

    @classmethod
    async def open(cls, path: Path, *, insist: bool = True, check: bool = True) -> SqliteQueryLog:
        """The log at `path`. Its folder and file are made where they are missing.

        With `check` it is read from end to end while it is in use. A damaged file is put aside and a new one begun, and
        what can be read of the damaged one is brought into that, while it is in use too; `examined` waits for the end.

        Where that fails it is a `LogError`; but without `insist` nothing is said of it, and each `add`, `recent` or
        `get` tries again and says it, so that the log is there as soon as the disk is mended.
        """
        log = cls(path, check=check)
        try:
            await log._file.connect()
        except LogError:
            if insist:
                await log.close()
                raise
        except BaseException:
            await log.close()
            raise
        return log

    async def add(self, row: LogRow) -> None:
        """Returns when the row is on the disk."""
        with log_errors(self.path, "written"):
            question, quotes = statements.question_values(row), statements.quote_values(row)
        await self._accept(row.id, lambda written: Pending(written, question, quotes))

    async def note(self, id: str, note: RowNote) -> None:  # noqa: A002 - it is called that
        """Returns when what became of the answer is on the disk; where there is no such row, nothing happens."""
        values = statements.note_values(id, note)
        await self._accept(id, lambda written: Pending(written, note=values))

    async def quoted_from_others(
        self, digests: Collection[str], limit: int, *, guild: int | None = None
    ) -> Sequence[ShownQuote]:
        """The quotations of answers from articles whose digest is not one of those, the newest answers first."""
        from bot.store.sqlite.log_search import quoted_from_others  # noqa: PLC0415

        return await self._in_thread(
            "read", reading, lambda connection: quoted_from_others(connection, digests, limit, guild=guild)
        )

    async def _accept(self, id: str, pending_of: Callable[[asyncio.Future[None]], Pending]) -> None:  # noqa: A002 - likewise
        """Hand something to the writer, and return when it is on the disk."""
        if self._closing:
            raise LogError(f"The query log {self.path} is closed: the row {id} came too late.")
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        pending = pending_of(written)
        self._accepted.add(written)
        written.add_done_callback(self._accepted.discard)
        try:
            await self._queue.put(pending)
            await written
        finally:
            written.cancel()  # where we stopped waiting; otherwise it is done, and this does nothing

    async def recent(self, limit: int, *, guild: int | None = None, before: str | None = None) -> Sequence[LogRow]:
        """The newest rows, of one guild or of all; with `before`, those older than that id."""
        statement = statements.RECENT if guild is None else statements.RECENT_OF_GUILD
        before = statements.AFTER_EVERY_ID if before is None else storable(before)
        return await self._read(statement, {"limit": max(limit, 0), "guild": guild, "before": before})

    async def get(self, id: str, *, guild: int | None = None) -> LogRow | None:  # noqa: A002 - it is called that
        """The row of that id, None where there is none or it is another guild's."""
        found = await self._read(statements.ONE, {"id": storable(id), "guild": guild})
        return found[0] if found else None

    async def find(
        self, wanted: Filter, limit: int, *, before: str | None = None, after: str | None = None
    ) -> Sequence[LogRow]:
        """The newest rows that `wanted` means; with `before`, those older than that id.

        With `after` they are the oldest of those newer than that id, the newest of these first as ever.
        """
        from bot.store.sqlite.log_search import find  # noqa: PLC0415

        return await self._in_thread(
            "read", reading, lambda connection: find(connection, wanted, limit, before=before, after=after)
        )

    async def stats(self, wanted: Filter = EVERY_ROW) -> Stats:
        """What the rows that `wanted` means say together."""
        from bot.store.sqlite.statistics import count  # noqa: PLC0415

        return await self._in_thread("read", reading, lambda connection: count(connection, wanted))

    async def sources(self, *, guild: int | None = None) -> Sequence[LoggedSource]:
        """Every source that an answer quoted, to one guild or to all, in the order of their files."""
        from bot.store.sqlite.log_search import sources  # noqa: PLC0415

        return await self._in_thread("read", reading, lambda connection: sources(connection, guild))

    async def vote(self, id: str, vote: Vote, *, guild: int | None = None) -> bool:  # noqa: A002 - it is called that
        """Counts a vote in the place of the same person's last; False where there is no such row, or not in `guild`."""
        return await self._in_thread(
            "written", writing, lambda connection: votes.vote(connection, id, vote, guild=guild)
        )

    async def health(self) -> str | None:
        """What keeps rows from being written (a full disk, a read-only file); None where nothing does."""
        try:
            await self._in_thread("written", writing, write_nothing)
        except LogError as error:
            return str(error)
        return None

    async def examined(self) -> None:
        """Returns when the file was looked through for damage, and what was damaged is salvaged."""
        await self._file.examined()

    async def comments(self, id: str, *, guild: int | None = None) -> Sequence[Comment]:  # noqa: A002 - likewise
        """What people said of the answer with that id, in the order of time."""
        return await self._in_thread("read", reading, lambda connection: votes.comments(connection, id, guild=guild))

    async def quote_counts(self, files: Sequence[str], *, guild: int | None = None) -> Mapping[str, int]:
        """How often answers quoted each of those files, to one guild or to all."""
        from bot.store.sqlite.log_search import quote_counts  # noqa: PLC0415

        return await self._in_thread("read", reading, lambda connection: quote_counts(connection, files, guild=guild))

    async def close(self) -> None:
        """Returns when what was accepted is written and the file is let go; may be called again.

        Looking for damage, or salvaging, is cut short: it is done when the log is opened the next time.
        """
        if self._closing is None:
            self._closing = asyncio.create_task(self._close(), name="query log closer")
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        if self._accepted and not self._writing.done():
            await asyncio.wait({asyncio.gather(*self._accepted, return_exceptions=True)})
        if not self._writing.done():
            await self._queue.put(None)
        await asyncio.wait({self._writing})
        await self._file.close()

    async def _read(self, statement: str, values: Mapping[str, object]) -> list[LogRow]:
        if self._closing:
            raise LogError(f"The query log {self.path} is closed.")
        await self._file.connect()
        with self._file.damage_watch("read"):
            if self._file.reader is None:
                raise ValueError("it is not open")
            found = await self._file.reader.execute_fetchall(statement, values)
            return list(statements.rows_of(found))

    async def _in_thread(
        self, done: str, connection_to: Connected, work: Callable[[sqlite3.Connection], Result]
    ) -> Result:
        """What `work` gives, in a thread and with a connection of its own: what takes long holds up no other."""
        if self._closing:
            raise LogError(f"The query log {self.path} is closed.")
        if connection_to is not reading or not is_without_room(self.path):
            await self._file.connect()

        def at_work() -> Result:
            with connection_to(self.path) as connection:
                return work(connection)

        with self._file.damage_watch(done):
            if connection_to is not writing:
                return await asyncio.to_thread(at_work)
            # SQLite has them wait by trying again and again: of many at once, one would try in vain for too long.
            async with self._one_at_a_time:
                return await asyncio.to_thread(at_work)

    async def _write_what_comes(self) -> None:
        """The one writer: takes all that waits, writes it in one transaction, and tells each who waits."""
        ending = False
        while not ending:
            taken = [await self._queue.get()]
            while not self._queue.empty():
                taken.append(self._queue.get_nowait())
            ending = None in taken
            await self._write([pending for pending in taken if pending is not None])

    async def _write(self, batch: Sequence[Pending]) -> None:
        try:
            await self._store(batch)
        except LogError as error:
            settle(batch, error)
        except Exception as error:  # whatever it is, the writer lives on and those who wait are told
            if len(batch) == 1 or isinstance(error, sqlite3.OperationalError):
                settle(batch, log_error(self.path, "written", error))
            else:  # one row is bad, not the file: each goes by itself, so that the others are kept
                for pending in batch:
                    await self._write([pending])
        else:
            settle(batch, None)

    async def _store(self, batch: Sequence[Pending]) -> None:
        """Writes the batch, or raises; a file that turns out to be damaged is put aside, and the next one gets it."""
        try:
            await self._connect_and_commit(batch)
        except sqlite3.DatabaseError as error:
            if not (self._file.check and is_damage(error)):
                raise
            await self._file.begin_anew()
            await self._connect_and_commit(batch)

    async def _connect_and_commit(self, batch: Sequence[Pending]) -> None:
        async with self._file.in_hand:
            await self._file.connect()
            await self._commit(batch)

    async def _commit(self, batch: Sequence[Pending]) -> None:
        writer = self._file.writer
        if writer is None:
            raise ValueError("it is not open")
        await writer.execute("BEGIN IMMEDIATE")
        try:
            questions = [pending.question for pending in batch if pending.question]
            await writer.executemany(statements.ADD_QUESTION, questions)
            await writer.executemany(statements.ADD_QUOTE, [quote for pending in batch for quote in pending.quotes])
            notes = [pending.note for pending in batch if pending.note]
            if notes:
                await writer.executemany(statements.NOTE, notes)
            await writer.execute("COMMIT")
        except BaseException:
            if writer.in_transaction:  # a full disk may have ended it already
                await writer.execute("ROLLBACK")
            raise
