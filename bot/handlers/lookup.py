"""What a request is about: the row of an answer, for whoever may see it, or an article."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from bot.services.article_catalogue import catalogue_of
from bot.store.log_row import Surface

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.services.article_catalogue import ArticleCatalogue
    from bot.services.caller import Caller
    from bot.store.log_row import LogRow
    from bot.store.query_log import QueryLog
    from retrieval.answer.answerer import Answerer

Given = ParamSpec("Given")
Found = TypeVar("Found")


async def in_catalogue(
    answerer: Answerer,
    look: Callable[Concatenate[ArticleCatalogue, Given], Found],
    /,
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> Found:
    """What `look` finds in the catalogue of an answerer's articles, of which there may be tens of thousands."""
    corpus = answerer.corpus
    return await asyncio.to_thread(lambda: look(catalogue_of(corpus), *args, **kwargs))


async def row_for(log: QueryLog, id: str, caller: Caller, *, asker: Callable[[int], str]) -> LogRow | None:  # noqa: A002 - it is called that
    """The row of that id, None where there is none, or where the answer was given in another place.

    What was answered privately is its asker's alone. Raises LogError.
    """
    row = await log.get(id, guild=caller.guild)
    # Asked without a server, the log gives the rows of all.
    if row is None or (row.guild, row.channel) != (caller.guild, caller.channel):
        return None
    if row.private and (not row.asker or row.asker != asker(caller.user)):
        return None
    return row


def is_private(row: LogRow) -> bool:
    """Whether the asker alone was shown the answer."""
    return row.private or row.surface is Surface.MENU
