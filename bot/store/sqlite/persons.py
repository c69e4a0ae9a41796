"""What a log keeps of one person, by the keyed hash that stands for them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from bot.store.data_subject import Trace
from bot.store.sqlite.connections import reading
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.sqlite_errors import log_errors

if TYPE_CHECKING:
    from pathlib import Path

ASKED = """
SELECT count(*), min(asked_at), max(asked_at)
FROM questions INDEXED BY questions_by_asker WHERE asker = :asker AND asker <> ''
"""
VOTED = "SELECT count(*) FROM votes INDEXED BY votes_by_voter WHERE voter = :asker"
WISHED = "SELECT count(*) FROM wishes INDEXED BY wishes_by_asker WHERE asker = :asker"


def trace(path: Path, asker: str) -> Trace:
    """What the log at `path` has of an asker, who must not be the empty name. Raises LogError."""
    prepare(path)
    with log_errors(path, "read"), reading(path) as connection:
        questions, first, last = connection.execute(ASKED, {"asker": asker}).fetchone()
        (votes,) = connection.execute(VOTED, {"asker": asker}).fetchone()
        (wishes,) = connection.execute(WISHED, {"asker": asker}).fetchone()
    first, last = (moment and datetime.datetime.fromisoformat(moment) for moment in (first, last))
    return Trace(questions, votes, first, last, wishes)
