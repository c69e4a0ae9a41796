"""Connections to the log's database, each for one thread at a time."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from psycopg.pq import TransactionStatus

from bot.config.log_address import shown_address
from bot.store.postgres.connection import SCHEMA, connect
from bot.store.postgres.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.store.postgres.connection import Connection

KEPT = 8  # connections that stay open for the next one who needs one


class ConnectionPool:
    """Hands out connections to the database at `address`, brought to today's schema with the first one.

    `name` is the address as people may read it. What goes wrong is psycopg's own error, and `LogError` where the schema
    is of a newer program.
    """

    def __init__(self, address: str, *, keep: int = KEPT) -> None:
        self.name = shown_address(address)
        self._address = address
        self._keep = keep
        self._idle: list[Connection] = []
        self._handing_over = threading.Lock()
        self._is_migrated = False
        self._is_closed = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads; all that is read in the block is as it was at one moment."""
        with self.connection() as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection
            connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that writes all that is written in the block, or nothing where it raises."""
        with self.connection() as connection, connection.transaction():
            yield connection

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection in autocommit mode."""
        connection = self._sound_one() or self._new_one()
        try:
            yield connection
        finally:
            self._take_back(connection)

    def exists(self) -> bool:
        """Whether there is a log in the database; nothing is made where there is none."""
        if self._is_migrated:
            return True
        with connect(self._address) as connection:
            found = connection.execute(f"SELECT to_regclass('{SCHEMA}.questions') IS NOT NULL AS found").fetchone()
            return bool(found and found["found"])

    def close(self) -> None:
        """Let go of the connections that nobody uses now, and of the others once they are given back."""
        with self._handing_over:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _new_one(self) -> Connection:
        connection = connect(self._address)
        try:
            if not self._is_migrated:
                migrate(connection, self.name)
                self._is_migrated = True
        except BaseException:
            connection.close()
            raise
        return connection

    def _sound_one(self) -> Connection | None:
        """A connection that is open already and still answers: the server may have gone and come back since."""
        while True:
            with self._handing_over:
                if not self._idle:
                    return None
                connection = self._idle.pop()
            try:
                connection.execute("")
            except psycopg.Error:
                connection.close()
            else:
                return connection

    def _take_back(self, connection: Connection) -> None:
        if not connection.closed and connection.info.transaction_status is TransactionStatus.IDLE:
            with self._handing_over:
                if not self._is_closed and len(self._idle) < self._keep:
                    self._idle.append(connection)
                    return
        connection.close()
