"""The file of a log that is in use: its connections, and what happens when it is exchanged, deleted or damaged."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeAlias

from bot.config.errors import LogError
from bot.store.cancellation import Stop
from bot.store.sqlite.connections import READER, WRITER, connect
from bot.store.sqlite.maintenance.integrity_check import is_damaged
from bot.store.sqlite.maintenance.recovery import salvage_all, salvage_preferences
from bot.store.sqlite.open_file import identity, lay_aside, prepare, prepare_anew
from bot.store.sqlite.sqlite_errors import is_damage, log_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import aiosqlite

    Identity: TypeAlias = tuple[int, int] | None

logger = logging.getLogger(__name__)

BETWEEN_STOPS = 0.05  # seconds between two tries to stop what goes on in a thread


class LogFile:
    """Has the file at `path` open: `writer` and `reader` are its connections, None while it is not.

    With `check` it is read from end to end for damage, in a thread, each time it is opened: a damaged file is put aside
    and a new one begun, and then what can be read of the damaged one is brought into that. Both while it is in use.
    `in_hand` is held by who writes, so that nobody puts the file aside meanwhile.
    """

    def __init__(self, path: Path, *, check: bool) -> None:
        self.path = path
        self.check = check
        self.writer: aiosqlite.Connection | None = None
        self.reader: aiosqlite.Connection | None = None
        self.in_hand = asyncio.Lock()
        self._identity: Identity = None
        self._connecting = asyncio.Lock()
        self._stop = Stop()
        self._examining: asyncio.Task[None] | None = None
        self._closing = False

    async def connect(self) -> None:
        """Opens the file where it is not open, or where another or none has taken its place since. Raises LogError."""
        async with self._connecting:
            if self._identity is not None and self._identity == identity(self.path):
                return
            await self._disconnect()
            await asyncio.to_thread(prepare_anew if self.check else prepare, self.path)
            await asyncio.to_thread(salvage_preferences, self.path)
            with log_errors(self.path, "opened"):
                # Noted first: a file that is exchanged right now is noticed at the next write.
                found = identity(self.path)
                self.writer = await connect(self.path, "rw", WRITER)
                self.reader = await connect(self.path, "ro", READER)
                self._identity = found
            self._look_for_damage()

    async def begin_anew(self) -> None:
        """Puts the file aside as damaged, unless another has taken its place already, and begins a new one.

        Raises LogError.
        """
        await self._replace(self._identity)

    @contextmanager
    def damage_watch(self, done: str) -> Iterator[None]:
        """Turns what goes wrong into a LogError; where it tells of damage, the whole file is looked through for it."""
        try:
            with log_errors(self.path, done):
                yield
        except LogError as error:
            if is_damage(error.__cause__):
                self._look_for_damage()
            raise

    async def examined(self) -> None:
        """Returns when the file was looked through for damage, and what was damaged is salvaged."""
        if self._examining:
            await asyncio.wait({self._examining})

    async def close(self) -> None:
        """Returns when the file is let go. Looking for damage, or salvaging, is cut short and begun again next time."""
        self._closing = True
        while self._examining and not self._examining.done():
            self._stop.stop()
            await asyncio.wait({self._examining}, timeout=BETWEEN_STOPS)
        await self._disconnect()

    def _look_for_damage(self) -> None:
        if self.check and not self._closing and (self._examining is None or self._examining.done()):
            self._examining = asyncio.create_task(self._examine(self._identity), name="query log examiner")

    async def _examine(self, examined: Identity) -> None:
        try:
            if await asyncio.to_thread(is_damaged, self.path, self._stop):
                await self._replace(examined)
            await asyncio.to_thread(salvage_all, self.path, self._stop)
        except LogError as error:
            logger.error("The query log was not looked through for damage: %s", error)  # noqa: TRY400 - one line is enough

    async def _replace(self, damaged: Identity) -> None:
        async with self.in_hand, self._connecting:
            await self._disconnect()
            with log_errors(self.path, "put aside"):
                if damaged is not None and damaged == identity(self.path):
                    lay_aside(self.path)
        await self.connect()

    async def _disconnect(self) -> None:
        # The reader first: who closes last tidies the file up, and the reader may not.
        connections, self.writer, self.reader, self._identity = (self.reader, self.writer), None, None, None
        for connection in connections:
            if connection is not None:
                with suppress(sqlite3.Error, ValueError):  # what is closed already is closed
                    await connection.close()
