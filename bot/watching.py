"""Looks at the folder of articles from time to time, while the bot runs, and answers from it as it is."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.pages.wording import counted
from bot.sharing import without_looking_for_garbage
from retrieval.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from typing import TypeAlias

    from bot.desk import Desk
    from retrieval.answering import Answerer
    from retrieval.changing import Change

    Refresh: TypeAlias = Callable[[Answerer], tuple[Answerer, Change]]

logger = logging.getLogger(__name__)


@asynccontextmanager
async def watched(desk: Desk, every: float, refresh: Refresh) -> AsyncIterator[None]:
    """Looks every so many seconds, as long as the block runs, whether `refresh` gives an answerer of changed articles.

    0 is never. A question that is being answered keeps the answerer that it started with.
    """
    if not every:
        yield
        return
    looking = asyncio.create_task(_look_on(desk, every, refresh), name="articles")
    try:
        yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


async def look_again(desk: Desk, refresh: Refresh) -> None:
    """Looks once; a folder that cannot be read is told, and the desk goes on with the articles that it had."""
    before = desk.answerer
    try:
        with without_looking_for_garbage():
            after, change = await asyncio.to_thread(refresh, before)
    except LibraryError as error:
        logger.warning("The articles are those of before: %s", error)
        return
    if any(change):
        logger.info(
            "The articles have changed: %d came, %d changed, %d went; %s can be asked now.",
            *change,
            counted(len(after.library.articles), "article"),
        )
    for problem in after.library.problems:
        if problem not in before.library.problems:
            logger.warning("%s", problem)
    if after is not before:
        desk.answerer = after


async def _look_on(desk: Desk, every: float, refresh: Refresh) -> None:
    while True:
        await asyncio.sleep(every)
        await look_again(desk, refresh)
