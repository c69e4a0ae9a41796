"""What a server's week was like: questions, how many were answered, new gaps, and what is to be corrected."""

from __future__ import annotations

import asyncio
import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.services.review.gaps import groups_of, is_closed, unhelped
from bot.store.filters import Filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.gaps import Unhelped
    from bot.store.query_log import QueryLog
    from retrieval.answer.answerer import Answerer

WEEK = datetime.timedelta(days=7)
MOST_GAPS = 5


@dataclass(frozen=True, slots=True)
class NewGap:
    """A question that got no help, and how many asked the same."""

    question: str
    times: int


@dataclass(frozen=True, slots=True)
class Digest:
    """One week of one server. `gaps` are the largest of the `new_gaps`, by a question that was asked for all to see."""

    since: datetime.datetime
    asked: int
    answered: int
    new_gaps: int
    gaps: tuple[NewGap, ...]
    corrections: int


async def digest_of(
    log: QueryLog, answerer: Answerer, guild: int, *, now: datetime.datetime, corrections: int
) -> Digest:
    """The last week of a server with so many `corrections`. Raises LogError."""
    since = now - WEEK
    stats = await log.stats(Filter(guild=guild, since=since))
    rows = [row for row in await unhelped(log, guild=guild, now=now, since=since) if not is_closed(row)]
    groups = await asyncio.to_thread(groups_of, rows, answerer)
    named = [await _named(log, group, guild) for group in groups[: 2 * MOST_GAPS]]
    gaps = tuple(gap for gap in named if gap)[:MOST_GAPS]
    return Digest(since, stats.asked, stats.answered, len(groups), gaps, corrections)


async def _named(log: QueryLog, group: Sequence[Unhelped], guild: int) -> NewGap | None:
    """A gap by its newest question that was not asked in private; None where each was."""
    for question in group:
        row = await log.get(question.id, guild=guild)
        if row and not row.private:
            return NewGap(row.question, len(group))
    return None
