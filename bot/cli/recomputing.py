"""Computes the answer of a row of the log again, so that it can be explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replaying import Change, Obstacle, Replay

if TYPE_CHECKING:
    from bot.store.rows import LogRow
    from bot.store.slices import LogReader
    from retrieval.answering import Answerer
    from retrieval.model import Reply

NO_ARTICLES = "the articles are not there today"
CHANGED = "the articles have changed since"
OTHERWISE = "from the same articles, today’s version and settings answer it otherwise"
EARLIER_IS_GONE = "the question that it follows up is no longer in the log"


def recomputed(row: LogRow, reader: LogReader, today: Answerer | None) -> Reply | str:
    """Give the reply of the row, the same passages in the same order; or why it cannot be had, as a clause.

    `today` answers from the articles of today, where there are any.
    """
    if today is None:
        return NO_ARTICLES
    if today.library.fingerprint != row.library:
        return CHANGED
    found = Replay(today, reader.get).ask(row)
    if isinstance(found, Obstacle):
        return EARLIER_IS_GONE
    same = found.change is Change.SAME and not (found.gone or found.new)
    return found.reply if same else OTHERWISE
