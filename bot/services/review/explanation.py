"""Why a logged question was answered as it was, worked out again where the same articles still give the same reply."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bot.services.asked_sources import asked_sources
from bot.services.review.replay import Obstacle, Replay, ReplayChange

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.store.log_row import LogRow
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Reply


class Unexplained(StrEnum):
    """Why there is no explanation today."""

    OTHER_ARTICLES = "other_articles"
    OTHER_REPLY = "other_reply"  # another version or another setting would reply otherwise
    EARLIER_IS_GONE = "earlier_is_gone"  # it follows up a question that is no longer in the log


def reproduce_reply(row: LogRow, answerer: Answerer, earlier: Callable[[str], LogRow | None]) -> Reply | Unexplained:
    """The reply of a row as it was given, or why it cannot be had today; `earlier` gives the row of an id.

    The question is asked again as it was asked then. What the parts of a score explain is the reply that was given
    only where the one of today shows the same passages in the same order.
    """
    if row.library != asked_sources(row).view_of(answerer, row).library.fingerprint:
        return Unexplained.OTHER_ARTICLES
    again = Replay(answerer, earlier).ask(row)
    if isinstance(again, Obstacle):
        return Unexplained.EARLIER_IS_GONE
    if again.change is not ReplayChange.SAME or again.gone or again.new:
        return Unexplained.OTHER_REPLY
    return again.reply
