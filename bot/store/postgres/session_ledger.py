"""The sessions that processes on all machines begin with Discord, by the clock of the log's server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.store.postgres.postgres_errors import log_errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.postgres.connection import Record
    from bot.store.postgres.connection_pool import ConnectionPool

DROP_OLD = b"DELETE FROM sessions WHERE begun_at <= now() - make_interval(secs => %(lasting)s)"
AGES = b"SELECT extract(epoch FROM now() - begun_at)::double precision AS age FROM sessions ORDER BY begun_at"
ADD = b"INSERT INTO sessions (begun_at) VALUES (now())"
TURN = b"""
INSERT INTO identify_turns (bucket, free_at) VALUES (%(bucket)s, now() + make_interval(secs => %(pause)s))
ON CONFLICT (bucket) DO UPDATE
SET free_at = greatest(identify_turns.free_at, now()) + make_interval(secs => %(pause)s)
RETURNING extract(epoch FROM free_at - now())::double precision - %(pause)s AS wait
"""


class PostgresSessionLedger:
    """Keeps the promises of `SessionLedger` in the database whose connections `pool` hands out."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    def ages(self, lasting: float) -> Sequence[float]:
        self._run(DROP_OLD, lasting=lasting)
        return [record["age"] for record in self._run(AGES)]

    def add(self) -> None:
        self._run(ADD)

    def turn(self, bucket: int, pause: float) -> float:
        return max(0.0, float(self._run(TURN, bucket=bucket, pause=pause)[0]["wait"]))

    def _run(self, statement: bytes, **values: Any) -> list[Record]:
        with log_errors(self._pool.name, "written"), self._pool.writing() as connection:
            done = connection.execute(statement, values)
            return done.fetchall() if done.description else []
