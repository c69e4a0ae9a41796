"""Votes on answers: one a person, counted on the row, with a comment where they made one."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from bot.store.log_row import Comment
from bot.store.sqlite import statements
from bot.store.sqlite.connections import transaction
from bot.store.text import storable

if TYPE_CHECKING:
    import sqlite3

    from bot.store.log_row import Vote

TAKE_BACK = "DELETE FROM votes WHERE question_id = :id AND voter = :voter"
VOTE = """
INSERT INTO votes (question_id, voter, helpful, voted_at, comment)
VALUES (:id, :voter, :helpful, :voted_at, :comment)
ON CONFLICT (question_id, voter) DO UPDATE SET
    helpful = excluded.helpful,
    voted_at = excluded.voted_at,
    comment = iif(excluded.comment = '' AND helpful = excluded.helpful, comment, excluded.comment)
"""
COMMENTS = """
SELECT votes.comment, votes.helpful, votes.voted_at FROM votes JOIN questions ON questions.id = votes.question_id
WHERE question_id = :id AND (:guild IS NULL OR questions.guild = :guild) AND comment <> ''
ORDER BY votes.voted_at, votes.voter
"""
COUNT = """
UPDATE questions SET
    up = (SELECT count(*) FROM votes WHERE question_id = questions.id AND helpful = 1),
    down = (SELECT count(*) FROM votes WHERE question_id = questions.id AND helpful = 0)
WHERE id = :id
"""


def vote(connection: sqlite3.Connection, id: str, vote: Vote, *, guild: int | None) -> bool:  # noqa: A002 - it is called that
    """Count `vote` in the place of the same person's last; False where there is no such row, or not in that guild."""
    values = {"id": storable(id), **statements.vote_values(vote)}
    with transaction(connection):
        if not connection.execute(statements.ONE, values | {"guild": guild}).fetchone():
            return False
        connection.execute(TAKE_BACK if vote.helpful is None else VOTE, values)
        connection.execute(COUNT, values)
    return True


def comments(connection: sqlite3.Connection, id: str, *, guild: int | None) -> list[Comment]:  # noqa: A002 - likewise
    """What people said of the answer with that id, in the order of time; nothing where it is another guild's."""
    found = connection.execute(COMMENTS, {"id": storable(id), "guild": guild})
    return [Comment(text, bool(helpful), datetime.datetime.fromisoformat(at)) for text, helpful, at in found]
