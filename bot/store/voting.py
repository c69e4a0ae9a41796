"""Votes on answers: one a person, counted on the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store import records
from bot.store.connecting import transaction

if TYPE_CHECKING:
    import sqlite3

    from bot.store.rows import Vote

TAKE_BACK = "DELETE FROM votes WHERE question_id = :id AND voter = :voter"
VOTE = "INSERT INTO votes (question_id, voter, helpful, voted_at) VALUES (:id, :voter, :helpful, :voted_at)"
COUNT = """
UPDATE questions SET
    up = (SELECT count(*) FROM votes WHERE question_id = questions.id AND helpful = 1),
    down = (SELECT count(*) FROM votes WHERE question_id = questions.id AND helpful = 0)
WHERE id = :id
"""


def vote(connection: sqlite3.Connection, id: str, vote: Vote, *, guild: int | None) -> bool:  # noqa: A002 - it is called that
    """Count `vote` in the place of the same person's last; False where there is no such row, or not in that guild."""
    values = {"id": records.storable(id), **records.vote_values(vote)}
    with transaction(connection):
        if not connection.execute(records.ONE, values | {"guild": guild}).fetchone():
            return False
        connection.execute(TAKE_BACK, values)
        if vote.helpful is not None:
            connection.execute(VOTE, values)
        connection.execute(COUNT, values)
    return True
