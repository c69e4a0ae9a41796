"""Votes on answers in PostgreSQL: one a person, counted on the row, with a comment where they made one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.log_row import Comment
from bot.store.postgres import statements
from bot.store.postgres.nul_escape import escaped, unescaped

if TYPE_CHECKING:
    from bot.store.log_row import Vote
    from bot.store.postgres.connection import Connection

# Whoever votes holds the row first: two who count at once would each miss the other's vote.
HOLD = f"SELECT id FROM questions WHERE id = %(id)s AND {statements.OF_GUILD} FOR NO KEY UPDATE".encode()  # noqa: S608 - our own words
TAKE_BACK = b"DELETE FROM votes WHERE question_id = %(id)s AND voter = %(voter)s"
VOTE = b"""
INSERT INTO votes (question_id, voter, helpful, voted_at, comment)
VALUES (%(id)s, %(voter)s, %(helpful)s, %(voted_at)s, %(comment)s)
ON CONFLICT (question_id, voter) DO UPDATE SET
    helpful = excluded.helpful,
    voted_at = excluded.voted_at,
    comment = CASE
        WHEN excluded.comment = '' AND votes.helpful = excluded.helpful THEN votes.comment ELSE excluded.comment
    END
"""
COMMENTS = f"""
SELECT comment, helpful, voted_at FROM votes JOIN questions ON questions.id = votes.question_id
WHERE question_id = %(id)s AND {statements.OF_GUILD} AND comment <> '' ORDER BY voted_at, voter
""".encode()  # noqa: S608 - likewise
COUNT = b"""
UPDATE questions SET
    up = (SELECT count(*) FROM votes WHERE question_id = questions.id AND helpful),
    down = (SELECT count(*) FROM votes WHERE question_id = questions.id AND NOT helpful)
WHERE id = %(id)s
"""


def vote(connection: Connection, id: str, vote: Vote, *, guild: int | None) -> bool:  # noqa: A002 - it is called that
    """Count `vote` in the place of the same person's last; False where there is no such row, or not in that guild."""
    values = {"id": escaped(id), "guild": guild, **statements.vote_values(vote)}
    # A popular answer has many voters at once, who wait for each other; each waits for all before them.
    connection.execute("SET LOCAL lock_timeout = '30s'")
    if connection.execute(HOLD, values).fetchone() is None:
        return False
    connection.execute(TAKE_BACK if vote.helpful is None else VOTE, values)
    connection.execute(COUNT, values)
    return True


def comments(connection: Connection, id: str, *, guild: int | None) -> list[Comment]:  # noqa: A002 - likewise
    """What people said of the answer with that id, in the order of time; nothing where it is another guild's."""
    found = connection.execute(COMMENTS, {"id": escaped(id), "guild": guild})
    return [
        Comment(unescaped(record["comment"]), record["helpful"], statements.moment(record["voted_at"]))
        for record in found
    ]
