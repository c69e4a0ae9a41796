"""The wishes of servers and people in the file of the query log."""

from __future__ import annotations

import asyncio
import datetime
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bot.store.collection_rules import read_rules, written_rules
from bot.store.preferences import UNTOUCHED, Server
from bot.store.sqlite.connections import reading, transaction, writing
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.sqlite_errors import log_errors
from bot.store.text import storable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping
    from pathlib import Path

Result = TypeVar("Result")

FRESH_SECONDS = 60.0  # seconds for which what was read is taken as what is there: another process seldom writes it
FRESH_SHARED = 0.5  # the same, where another process serves other servers with this log

SERVERS = """
SELECT guild, channels, quotes, logged, keep_days, language, told, forums, digest_channel, digest_at,
    collections, stale_days FROM servers
"""
SET_SERVER = """
INSERT OR REPLACE INTO servers
    (guild, channels, quotes, logged, keep_days, language, told, forums, digest_channel, digest_at, collections,
    stale_days)
VALUES
    (:guild, :channels, :quotes, :logged, :keep_days, :language, :told, :forums, :digest_channel, :digest_at,
    :collections, :stale_days)
"""
OPTED_OUT = "SELECT asker FROM opted_out"
OPT_OUT = "INSERT OR IGNORE INTO opted_out (asker, since) VALUES (:asker, :since)"
OPT_IN = "DELETE FROM opted_out WHERE asker = :asker"


@dataclass(frozen=True, slots=True)
class Known:
    """All that was wished, as it stood in the file at one moment."""

    servers: Mapping[int, Server]
    out: frozenset[str]
    read_at: float


class SqlitePreferences:
    """Keeps wishes in the log's file at `path`, and in memory for `fresh` seconds. `clock` gives seconds."""

    def __init__(
        self, path: Path, *, fresh: float = FRESH_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.path = path
        self._fresh = fresh
        self._clock = clock
        self._known: Known | None = None
        self._one_at_a_time = asyncio.Lock()

    async def server(self, guild: int) -> Server:
        return (await self._all()).servers.get(guild, UNTOUCHED)

    async def servers(self) -> Mapping[int, Server]:
        """Every server that ever wished something, by its id."""
        return (await self._all()).servers

    async def change(self, guild: int, change: Callable[[Server], Server]) -> Server:
        """Replace a server's wishes by what `change` makes of them, and return that."""

        def changed(connection: sqlite3.Connection) -> Server:
            found = [_server(row) for row in connection.execute(f"{SERVERS} WHERE guild = ?", (guild,))]
            server = change(found[0] if found else UNTOUCHED)
            connection.execute(SET_SERVER, _values(guild, server))
            return server

        return await self._write(changed)

    async def opted_out(self, asker: str) -> bool:
        """Whether that asker, a keyed hash, wishes not to be logged."""
        return storable(asker) in (await self._all()).out

    async def anybody_opted_out(self) -> bool:
        return bool((await self._all()).out)

    async def opt(self, asker: str, *, out: bool) -> None:
        """Note that an asker does not wish to be logged, or does again."""
        since = datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
        values = {"asker": storable(asker), "since": since}
        if asker:
            await self._write(lambda connection: connection.execute(OPT_OUT if out else OPT_IN, values))

    async def _all(self) -> Known:
        async with self._one_at_a_time:
            if self._known is None or self._clock() - self._known.read_at > self._fresh:
                self._known = await asyncio.to_thread(self._read)
            return self._known

    def _read(self) -> Known:
        prepare(self.path)
        with log_errors(self.path, "read"), reading(self.path) as connection:
            servers = {row["guild"]: _server(row) for row in connection.execute(SERVERS)}
            out = frozenset(asker for (asker,) in connection.execute(OPTED_OUT))
        return Known(servers, out, self._clock())

    async def _write(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        def at_work() -> Result:
            prepare(self.path)
            with log_errors(self.path, "written"), writing(self.path) as connection, transaction(connection):
                return work(connection)

        async with self._one_at_a_time:
            done = await asyncio.to_thread(at_work)
            self._known = None
            return done


def _server(row: sqlite3.Row) -> Server:
    return Server(
        channels=tuple(json.loads(row["channels"])),
        quotes=row["quotes"],
        logged=bool(row["logged"]),
        keep_days=row["keep_days"],
        language=row["language"],
        told=bool(row["told"]),
        collections=read_rules(row["collections"]),
        stale_days=row["stale_days"],
        forums=tuple(json.loads(row["forums"])),
        digest_channel=row["digest_channel"],
        digest_at=datetime.datetime.fromisoformat(row["digest_at"]) if row["digest_at"] else None,
    )


def _values(guild: int, server: Server) -> dict[str, object]:
    return {
        "guild": guild,
        "channels": json.dumps(server.channels),
        "quotes": server.quotes,
        "logged": server.logged,
        "keep_days": server.keep_days,
        "language": server.language,
        "told": server.told,
        "collections": written_rules(server.collections),
        "stale_days": server.stale_days,
        "forums": json.dumps(server.forums),
        "digest_channel": server.digest_channel,
        "digest_at": server.digest_at.isoformat(timespec="microseconds") if server.digest_at else None,
    }
