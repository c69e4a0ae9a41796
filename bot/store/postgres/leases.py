"""Leases between processes on any machines that share a database: its advisory locks."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

import psycopg

from bot.store.postgres.nul_escape import escaped, unescaped
from bot.store.postgres.postgres_errors import log_errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.store.postgres.connection import Connection
    from bot.store.postgres.connection_pool import ConnectionPool

# The server lets a lock go when the connection is gone that took it. The table has the notes alone.
NUMBER = "hashtextextended('quoth lease ' || {name}, 0)"
TAKE = f"SELECT pg_try_advisory_lock({NUMBER.format(name='%(name)s')}) AS taken".encode()
DROP = f"SELECT pg_advisory_unlock({NUMBER.format(name='%(name)s')})".encode()
SET_NOTE = b"""
INSERT INTO leases (name, note, taken_at) VALUES (%(name)s, %(note)s, now())
ON CONFLICT (name) DO UPDATE SET note = excluded.note, taken_at = excluded.taken_at
"""
GET_NOTE = b"SELECT note FROM leases WHERE name = %(name)s"
# A lock's number stands there in two halves.
HELD = f"""
SELECT name, note FROM leases WHERE starts_with(name, %(prefix)s) AND EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 1
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND ((classid::bigint << 32) | objid::bigint) = {NUMBER.format(name="leases.name")}
) ORDER BY name
""".encode()  # noqa: S608 - our own words
FORGET_OLD = b"DELETE FROM leases WHERE taken_at < now() - interval '30 days' AND starts_with(name, 'process ')"
RECALL = b"SELECT text FROM shared_notes WHERE name = %(name)s"
REMEMBER = b"""
INSERT INTO shared_notes (name, text) VALUES (%(name)s, %(text)s) ON CONFLICT (name) DO UPDATE SET text = excluded.text
"""
SOMEBODY = "another process"


class PostgresLeases:
    """Keeps the promises of `Leases` with one connection of its own, taken from `pool` and held.

    Where the server was away, what was held is taken again at the next call, unless another was quicker.
    """

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool
        self._held: dict[str, str] = {}
        self._connection: Connection | None = None
        self._holding = ExitStack()
        self._one_at_a_time = threading.Lock()

    def take(self, name: str, note: str = "") -> str | None:
        with self._one_at_a_time, log_errors(self._pool.name, "leased"):
            connection = self._open()
            if name in self._held or self._lock(connection, name, note):
                return None
            found = connection.execute(GET_NOTE, {"name": escaped(name)}).fetchone()
            return (unescaped(found["note"]) if found else "") or SOMEBODY

    def drop(self, name: str) -> None:
        with self._one_at_a_time, log_errors(self._pool.name, "leased"):
            connection = self._open()
            if self._held.pop(name, None) is not None:
                connection.execute(DROP, {"name": escaped(name)})

    def held(self, prefix: str) -> Mapping[str, str]:
        with self._one_at_a_time, log_errors(self._pool.name, "leased"):
            found = self._open().execute(HELD, {"prefix": escaped(prefix)}).fetchall()
        return {unescaped(record["name"]): unescaped(record["note"]) or SOMEBODY for record in found}

    def recall(self, name: str) -> str:
        with self._one_at_a_time, log_errors(self._pool.name, "read"):
            found = self._open().execute(RECALL, {"name": escaped(name)}).fetchone()
        return unescaped(found["text"]) if found else ""

    def remember(self, name: str, text: str) -> None:
        with self._one_at_a_time, log_errors(self._pool.name, "written"):
            self._open().execute(REMEMBER, {"name": escaped(name), "text": escaped(text)})

    def close(self) -> None:
        with self._one_at_a_time:
            self._let_go()
            self._held.clear()

    def _open(self) -> Connection:
        """The connection; where it was lost, another, with all that was held taken again."""
        if self._connection is not None:
            try:
                self._connection.execute("")
            except psycopg.Error:
                self._let_go()
            else:
                return self._connection
        self._connection = connection = self._holding.enter_context(self._pool.connection())
        connection.execute(FORGET_OLD)
        held, self._held = self._held, {}
        for name, note in held.items():
            self._lock(connection, name, note)
        return connection

    def _lock(self, connection: Connection, name: str, note: str) -> bool:
        found = connection.execute(TAKE, {"name": escaped(name)}).fetchone()
        if not (found and found["taken"]):
            return False
        connection.execute(SET_NOTE, {"name": escaped(name), "note": escaped(note)})
        self._held[name] = note
        return True

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()  # and with it every lock
            self._connection = None
        self._holding.close()
