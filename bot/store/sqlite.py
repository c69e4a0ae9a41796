"""The query log in a SQLite file."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import aiosqlite

from bot.errors import LogError
from bot.store import records, voting
from bot.store.connecting import BUSY_TIMEOUT, READER, WRITER, reading, uri, writing
from bot.store.failures import log_error, told_as_log_errors
from bot.store.filters import EVERY_ROW
from bot.store.finding import find, sources
from bot.store.opening import identity, prepare
from bot.store.salvaging import salvage_all, salvage_preferences
from bot.store.statistics import count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from bot.store.filters import Filter
    from bot.store.records import Values
    from bot.store.rows import LoggedSource, LogRow, Vote
    from bot.store.statistics import Stats

    Connected: TypeAlias = Callable[[Path], AbstractContextManager[sqlite3.Connection]]

Result = TypeVar("Result")

logger = logging.getLogger(__name__)

WAITING = 1024  # rows that may wait for the writer before `add` itself waits


@dataclass(frozen=True, slots=True)
class Pending:
    """A row on its way to the disk; `written` is done when it is there, or cannot be."""

    question: Values
    quotes: Sequence[Values]
    written: asyncio.Future[None]


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
        self.check = check
        self._writer: aiosqlite.Connection | None = None
        self._reader: aiosqlite.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._connecting = asyncio.Lock()
        self._queue: asyncio.Queue[Pending | None] = asyncio.Queue(WAITING)
        self._accepted: set[asyncio.Future[None]] = set()
        self._writing = asyncio.create_task(self._write_what_comes(), name="query log writer")
        self._closing: asyncio.Task[None] | None = None
        self._salvaging: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, path: Path, *, insist: bool = True, check: bool = True) -> SqliteQueryLog:
        """The log at `path`. Its folder and file are made where they are missing; a damaged file is put aside.

        What can be read of the damaged one is brought into the new one while that is in use. Without `check` nobody
        looks for damage first, which takes seconds where there are a million rows.

        Where that fails it is a `LogError`; but without `insist` it is one line in the program's own log, and each
        `add`, `recent` or `get` tries again, so that the log is there as soon as the disk is mended.
        """
        log = cls(path, check=check)
        try:
            await log._connect()
        except LogError as error:
            if insist:
                await log.close()
                raise
            logger.error("Answers are given but not logged: %s", error)  # noqa: TRY400 - one line is enough
        except BaseException:
            await log.close()
            raise
        return log

    async def add(self, row: LogRow) -> None:
        """Returns when the row is on the disk."""
        if self._closing:
            raise LogError(f"The query log {self.path} is closed: the row {row.id} came too late.")
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        with told_as_log_errors(self.path, "written"):
            pending = Pending(records.question_values(row), records.quote_values(row), written)
        self._accepted.add(written)
        written.add_done_callback(self._accepted.discard)
        try:
            await self._queue.put(pending)
            await written
        finally:
            written.cancel()  # where we stopped waiting; otherwise it is done, and this does nothing

    async def recent(self, limit: int, *, guild: int | None = None, before: str | None = None) -> Sequence[LogRow]:
        """The newest rows, of one guild or of all; with `before`, those older than that id."""
        statement = records.RECENT if guild is None else records.RECENT_OF_GUILD
        before = records.AFTER_EVERY_ID if before is None else records.storable(before)
        return await self._read(statement, {"limit": max(limit, 0), "guild": guild, "before": before})

    async def get(self, id: str, *, guild: int | None = None) -> LogRow | None:  # noqa: A002 - it is called that
        """The row of that id, None where there is none or it is another guild's."""
        found = await self._read(records.ONE, {"id": records.storable(id), "guild": guild})
        return found[0] if found else None

    async def find(self, wanted: Filter, limit: int, *, before: str | None = None) -> Sequence[LogRow]:
        """The newest rows that `wanted` means; with `before`, those older than that id."""
        return await self._apart("read", reading, lambda connection: find(connection, wanted, limit, before=before))

    async def stats(self, wanted: Filter = EVERY_ROW) -> Stats:
        """What the rows that `wanted` means say together."""
        return await self._apart("read", reading, lambda connection: count(connection, wanted))

    async def sources(self, *, guild: int | None = None) -> Sequence[LoggedSource]:
        """Every source that an answer quoted, to one guild or to all, in the order of their files."""
        return await self._apart("read", reading, lambda connection: sources(connection, guild))

    async def vote(self, id: str, vote: Vote, *, guild: int | None = None) -> bool:  # noqa: A002 - it is called that
        """Counts a vote in the place of the same person's last; False where there is no such row, or not in `guild`."""
        return await self._apart("written", writing, lambda connection: voting.vote(connection, id, vote, guild=guild))

    async def close(self) -> None:
        """Returns when what was accepted is written and the file is let go; may be called again."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close(), name="query log closer")
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        if self._accepted and not self._writing.done():
            await asyncio.wait({asyncio.gather(*self._accepted, return_exceptions=True)})
        if not self._writing.done():
            await self._queue.put(None)
        await asyncio.wait({self._writing, *([self._salvaging] if self._salvaging else [])})
        await self._disconnect()

    async def _read(self, statement: str, values: Mapping[str, object]) -> list[LogRow]:
        if self._closing:
            raise LogError(f"The query log {self.path} is closed.")
        await self._connect()
        with told_as_log_errors(self.path, "read"):
            if self._reader is None:
                raise ValueError("it is not open")
            found = await self._reader.execute_fetchall(statement, values)
            return list(records.rows_of(found))

    async def _apart(self, done: str, connected: Connected, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """What `work` gives, in a thread and with a connection of its own: what takes long holds up no other."""
        if self._closing:
            raise LogError(f"The query log {self.path} is closed.")
        await self._connect()

        def at_work() -> Result:
            with told_as_log_errors(self.path, done), connected(self.path) as connection:
                return work(connection)

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
            await self._connect()
            await self._commit(batch)
        except LogError as error:
            _tell(batch, error)
        except Exception as error:  # whatever it is, the writer lives on and those who wait are told
            if len(batch) == 1 or isinstance(error, sqlite3.OperationalError):
                _tell(batch, log_error(self.path, "written", error))
            else:  # one row is bad, not the file: each goes by itself, so that the others are kept
                for pending in batch:
                    await self._write([pending])
        else:
            _tell(batch, None)

    async def _commit(self, batch: Sequence[Pending]) -> None:
        writer = self._writer
        if writer is None:
            raise ValueError("it is not open")
        await writer.execute("BEGIN IMMEDIATE")
        try:
            await writer.executemany(records.ADD_QUESTION, [pending.question for pending in batch])
            await writer.executemany(records.ADD_QUOTE, [quote for pending in batch for quote in pending.quotes])
            await writer.execute("COMMIT")
        except BaseException:
            if writer.in_transaction:  # a full disk may have ended it already
                await writer.execute("ROLLBACK")
            raise

    async def _connect(self) -> None:
        """Opens the file where it is not open, or where another or none has taken its place since."""
        async with self._connecting:
            if self._file is not None and self._file == identity(self.path):
                return
            await self._disconnect()
            await asyncio.to_thread(prepare, self.path, check=self.check)
            await asyncio.to_thread(salvage_preferences, self.path)
            if self.check and (self._salvaging is None or self._salvaging.done()):
                self._salvaging = asyncio.create_task(asyncio.to_thread(salvage_all, self.path))
            with told_as_log_errors(self.path, "opened"):
                # Noted first: a file that is exchanged right now is noticed at the next write.
                file = identity(self.path)
                self._writer = await _connected(uri(self.path, "rw"), WRITER)
                self._reader = await _connected(uri(self.path, "ro"), READER)
                self._file = file

    async def _disconnect(self) -> None:
        # The reader first: who closes last tidies the file up, and the reader may not.
        connections, self._writer, self._reader, self._file = (self._reader, self._writer), None, None, None
        for connection in connections:
            if connection is not None:
                with suppress(sqlite3.Error, ValueError):  # what is closed already is closed
                    await connection.close()


async def _connected(file: str, settings: Sequence[str]) -> aiosqlite.Connection:
    connecting = aiosqlite.connect(file, uri=True, timeout=BUSY_TIMEOUT, isolation_level=None)
    # Its thread must not keep a program from ending. Until 0.21 the driver's connection is that thread itself.
    thread: Any = getattr(connecting, "_thread", connecting)
    thread.daemon = True
    connection = await connecting
    try:
        connection.row_factory = sqlite3.Row
        for setting in settings:
            await connection.execute_fetchall(setting)
    except BaseException:
        await connection.close()
        raise
    return connection


def _tell(batch: Sequence[Pending], error: LogError | None) -> None:
    for pending in batch:
        if pending.written.done():  # nobody waits any more
            continue
        if error is None:
            pending.written.set_result(None)
        else:
            pending.written.set_exception(error)
