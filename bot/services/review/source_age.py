"""Old sources: which passages of a reply are from one, and which of them answers rest on most."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.core.model import Answer, NoAnswer
from retrieval.ingestion.date_ranges import days_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.query_log import QueryLog
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Article, Quote, Reply

DEFAULT_DAYS = 365


@dataclass(frozen=True, slots=True)
class StaleSource:
    """A source, and how many quotations in answers are from it."""

    article: Article
    quoted: int


def stale_before(days: int | None, today: datetime.date) -> datetime.date | None:
    """The first day of what is not old where sources are old after so many days; None where they never are."""
    if days is None:
        return None
    return today - datetime.timedelta(days=min(days, (today - datetime.date.min).days))


def mark_stale(reply: Reply, before: datetime.date | None) -> Reply:
    """The reply with those passages marked whose source is dated before that day."""
    match reply:
        case _ if before is None:
            return reply
        case Answer():
            return replace(reply, quotes=marked(reply.quotes, before))
        case NoAnswer():
            return replace(reply, nearest=marked(reply.nearest, before))


def marked(quotes: Sequence[Quote], before: datetime.date | None) -> tuple[Quote, ...]:
    """The quotes, marked where their source is dated before that day. A date counts as the last day that it may be."""
    if before is None:
        return tuple(quotes)
    return tuple(replace(quote, stale=is_stale(quote.article, before)) for quote in quotes)


def is_stale(article: Article, before: datetime.date) -> bool:
    return article.date is not None and days_of(article.date, article.precision).last < before


async def stale_sources(
    log: QueryLog, answerer: Answerer, before: datetime.date, *, guild: int | None = None
) -> list[StaleSource]:
    """The sources dated before that day that answers quoted, those first that most rest on, then the oldest.

    With `guild` only that server's answers count. Raises LogError.
    """
    quoted = {source.file for source in await log.sources(guild=guild)}
    articles = [article for file in quoted if (article := answerer.corpus.article(file)) and is_stale(article, before)]
    counts = await log.quote_counts([article.file for article in articles], guild=guild)
    found = [StaleSource(article, counts[article.file]) for article in articles if counts.get(article.file)]
    return sorted(found, key=lambda one: (-one.quoted, one.article.date or before, one.article.file))
