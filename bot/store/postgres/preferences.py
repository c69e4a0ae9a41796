"""The wishes of servers and people in the log's database.

Nothing is remembered: what another process wrote holds for the next question here.
"""

from __future__ import annotations

import asyncio
import datetime
import json
from typing import TYPE_CHECKING, TypeVar

from bot.store.collection_rules import read_rules, written_rules
from bot.store.postgres.nul_escape import escaped
from bot.store.postgres.postgres_errors import log_errors
from bot.store.preferences import UNTOUCHED, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.store.postgres.connection import Connection, Record
    from bot.store.postgres.connection_pool import ConnectionPool

Result = TypeVar("Result")

COLUMNS = (
    *("channels", "quotes", "logged", "keep_days", "language", "told", "collections", "stale_days"),
    *("forums", "digest_channel", "digest_at"),
)
SERVERS = f"SELECT guild, {', '.join(COLUMNS)} FROM servers"  # noqa: S608 - our own names alone
OF_ONE = f"{SERVERS} WHERE guild = %(guild)s"
SET_SERVER = f"""
INSERT INTO servers (guild, {", ".join(COLUMNS)})
VALUES (%(guild)s, {", ".join(f"%({name})s" for name in COLUMNS)})
ON CONFLICT (guild) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in COLUMNS)}
""".encode()  # noqa: S608 - likewise
# Two who change one server at once come after each other, also where there is no row yet that they could hold.
HOLD_SERVER = b"SELECT pg_advisory_xact_lock(hashtextextended('quoth server ' || %(guild)s, 0))"
IS_OUT = b"SELECT EXISTS (SELECT FROM opted_out WHERE asker = %(asker)s) AS found"
ANYBODY_OUT = b"SELECT EXISTS (SELECT FROM opted_out) AS found"
OPT_OUT = b"INSERT INTO opted_out (asker, since) VALUES (%(asker)s, now()) ON CONFLICT DO NOTHING"
OPT_IN = b"DELETE FROM opted_out WHERE asker = %(asker)s"


class PostgresPreferences:
    """Keeps wishes in the database whose connections `pool` hands out."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    async def server(self, guild: int) -> Server:
        found = await self._run(
            "read", lambda connection: connection.execute(OF_ONE.encode(), {"guild": guild}).fetchone()
        )
        return _server(found) if found else UNTOUCHED

    async def servers(self) -> Mapping[int, Server]:
        """Every server that ever wished something, by its id."""
        found = await self._run("read", lambda connection: connection.execute(SERVERS.encode()).fetchall())
        return {record["guild"]: _server(record) for record in found}

    async def change(self, guild: int, change: Callable[[Server], Server]) -> Server:
        """Replace a server's wishes by what `change` makes of them, and return that."""

        def changed(connection: Connection) -> Server:
            connection.execute(HOLD_SERVER, {"guild": str(guild)})
            found = connection.execute(OF_ONE.encode(), {"guild": guild}).fetchone()
            server = change(_server(found) if found else UNTOUCHED)
            connection.execute(SET_SERVER, _values(guild, server))
            return server

        return await self._run("written", changed)

    async def opted_out(self, asker: str) -> bool:
        """Whether that asker, a keyed hash, wishes not to be logged."""
        return await self._is_true(IS_OUT, asker)

    async def anybody_opted_out(self) -> bool:
        return await self._is_true(ANYBODY_OUT)

    async def opt(self, asker: str, *, out: bool) -> None:
        """Note that an asker does not wish to be logged, or does again."""
        values = {"asker": escaped(asker)}
        if asker:
            await self._run("written", lambda connection: connection.execute(OPT_OUT if out else OPT_IN, values))

    async def _is_true(self, statement: bytes, asker: str = "") -> bool:
        values = {"asker": escaped(asker)}
        found = await self._run("read", lambda connection: connection.execute(statement, values).fetchone())
        return bool(found and found["found"])

    async def _run(self, done: str, work: Callable[[Connection], Result]) -> Result:
        def at_work() -> Result:
            with log_errors(self._pool.name, done), self._pool.writing() as connection:
                return work(connection)

        return await asyncio.to_thread(at_work)


def _server(record: Record) -> Server:
    return Server(
        channels=tuple(json.loads(record["channels"])),
        quotes=record["quotes"],
        logged=record["logged"],
        keep_days=record["keep_days"],
        language=record["language"],
        told=record["told"],
        collections=read_rules(record["collections"]),
        stale_days=record["stale_days"],
        forums=tuple(json.loads(record["forums"])),
        digest_channel=record["digest_channel"],
        digest_at=record["digest_at"] and record["digest_at"].astimezone(datetime.UTC),
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
        "digest_at": server.digest_at,
    }
