"""Deletes rows of a log in PostgreSQL, in slices, so that others can write meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.store.filters import Filter
from bot.store.postgres import gaps, votes
from bot.store.postgres.log_search import conditions
from bot.store.postgres.nul_escape import escaped
from bot.store.postgres.postgres_errors import log_errors

if TYPE_CHECKING:
    from bot.store.postgres.connection import Connection
    from bot.store.postgres.connection_pool import ConnectionPool

ROWS_AT_ONCE = 500  # rows forgotten at once: others wait for no longer than that takes
BETWEEN_SLICES = 0.02  # seconds between two slices, for those who wait
SLICE = "DELETE FROM questions WHERE id IN (SELECT id FROM questions WHERE {found} ORDER BY id LIMIT {most})"
VOTED = b"SELECT question_id AS id FROM votes WHERE voter = %(voter)s ORDER BY question_id"
HOLD_VOTED = b"SELECT id FROM questions WHERE id = ANY (%(ids)s::text[]) ORDER BY id FOR NO KEY UPDATE"
TAKE_VOTES_BACK = b"DELETE FROM votes WHERE voter = %(voter)s AND question_id = ANY (%(ids)s::text[])"
FREE_ROOM = b"VACUUM questions, quotes, votes, marks, gaps, wishes"


def forget(pool: ConnectionPool, wanted: Filter) -> int:
    """Deletes the rows that `wanted` means, and returns how many.

    Where `wanted` is all of an asker, their votes go too; where it is all of theirs, everywhere or in one guild, so do
    their wishes to be told of something there. Whatever stands in the way is a `LogError`.
    """
    forgotten = 0
    found, values = conditions(wanted)
    statement = SLICE.format(found=found, most=ROWS_AT_ONCE).encode()
    with log_errors(pool.name, "written"):
        while number := _forget_slice(pool, statement, values):
            forgotten += number
            time.sleep(BETWEEN_SLICES)
        with pool.writing() as connection:
            if wanted.asker and wanted == Filter(asker=wanted.asker):
                _take_votes_back(connection, wanted.asker)
            if wanted.asker and wanted == Filter(asker=wanted.asker, guild=wanted.guild):
                gaps.forget_wishes(connection, wanted.asker, wanted.guild)
    return forgotten


def free_room(pool: ConnectionPool) -> None:
    """Has the server free the room of deleted rows, which it fills with others; until then their bytes are there.

    Raises LogError.
    """
    with log_errors(pool.name, "tidied up"), pool.connection() as connection:
        connection.execute(FREE_ROOM)


def _forget_slice(pool: ConnectionPool, statement: bytes, values: dict[str, object]) -> int:
    with pool.writing() as connection:
        return connection.execute(statement, values).rowcount


def _take_votes_back(connection: Connection, asker: str) -> None:
    voter = {"voter": escaped(asker)}
    # Each answer is held before its votes are counted, as whoever votes does.
    ids = [record["id"] for record in connection.execute(VOTED, voter)]
    connection.execute(HOLD_VOTED, {"ids": ids})
    connection.execute(TAKE_VOTES_BACK, {**voter, "ids": ids})
    for id_ in ids:
        connection.execute(votes.COUNT, {"id": id_})
