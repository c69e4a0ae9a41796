"""Looks at the folder of articles from time to time, and whenever asked to, and has questions answered from it.

Whoever runs the bot as a service can ask for a look with SIGHUP. In a terminal SIGHUP means that the window was closed,
and ends the bot as it ends any program.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING

from bot.i18n import counted
from retrieval.core.errors import LibraryError
from retrieval.index.gc_pause import without_looking_for_garbage
from retrieval.search.meaning.readiness import MeaningState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from typing import TypeAlias

    from bot.services.question_service import Desk
    from retrieval.answer.answerer import Answerer
    from retrieval.index.writer.update import LibraryChange

    Refresh: TypeAlias = Callable[[Answerer], tuple[Answerer, LibraryChange]]
    GoOn: TypeAlias = Callable[[Answerer], Answerer]

logger = logging.getLogger(__name__)

HANGUP = getattr(signal, "SIGHUP", None)  # Windows has none


@asynccontextmanager
async def article_watch(
    desk: Desk, every: float, refresh: Refresh, *, go_on: GoOn | None = None
) -> AsyncIterator[None]:
    """Looks for changed articles `every` so many seconds, as long as the block runs.

    `refresh` gives the answerer of the articles as they are now. With 0 it looks only at SIGHUP, which always has it
    look at once. In between, `go_on` makes some of the embeddings that the answerer waits for. A question that is being
    answered keeps the answerer that it started with.
    """
    asked = asyncio.Event()
    looking = asyncio.create_task(_look_on(desk, every, refresh, asked, go_on), name="articles")
    try:
        with _at_hangup(asked.set):
            yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


@contextmanager
def hangup_shield() -> Iterator[None]:
    """Within it SIGHUP does nothing to a service, but for where `article_watch` looks at the articles.

    Before that block the articles are being read in any case, and after it the bot ends.
    """
    if HANGUP is None or sys.stderr.isatty():
        yield
        return
    before = signal.signal(HANGUP, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(HANGUP, before)


@contextmanager
def _at_hangup(do: Callable[[], None]) -> Iterator[None]:
    if HANGUP is None or sys.stderr.isatty():
        yield
        return
    before = signal.getsignal(HANGUP)
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(HANGUP, do)
    try:
        yield
    finally:
        loop.remove_signal_handler(HANGUP)
        signal.signal(HANGUP, before)


async def look_again(desk: Desk, refresh: Refresh, *, report_none: bool = False) -> None:
    """Looks once; where the folder cannot be read that is logged, and the desk keeps the articles that it has.

    With `report_none` it is also logged that nothing has changed.
    """
    async with desk.looking:  # one look at a time: the answerer of an earlier one would take the place of a later
        await _look(desk, refresh, report_none=report_none)


async def _look(desk: Desk, refresh: Refresh, *, report_none: bool) -> None:
    before = desk.answerer
    try:
        with without_looking_for_garbage():
            after, change = await asyncio.to_thread(refresh, before)
    except LibraryError as error:
        logger.warning("The articles are those of before: %s", error)
        return
    if any(change):
        logger.info("%s", what_changed(after, change))
    elif report_none:
        logger.info("The articles have not changed: %s can be asked.", counted(len(after.library.articles), "article"))
    for problem in new_problems(before, after):
        logger.warning("%s", problem)
    if after.meaning_status != before.meaning_status and after.meaning_status.note:
        logger.warning("%s", after.meaning_status.note)
    if after is not before:
        desk.answerer = after


def what_changed(after: Answerer, change: LibraryChange) -> str:
    """Say in a sentence how many articles came, changed and went, and how many there are `after` that."""
    return (
        f"The articles have changed: {change.came} came, {change.changed} changed, {change.went} went; "
        f"{counted(len(after.library.articles), 'article')} can be asked now."
    )


def say_problems(answerer: Answerer) -> None:
    """Tell the log of every article that cannot be read; what comes up later is told when it does."""
    for problem in answerer.library.problems:
        logger.warning("%s", problem)
    if answerer.meaning_status.note:
        logger.warning("%s", answerer.meaning_status.note)


def new_problems(before: Answerer, after: Answerer) -> list[str]:
    """Give a sentence for everything that is left out of the articles now and was not before."""
    return [problem for problem in after.library.problems if problem not in before.library.problems]


async def make_embeddings(desk: Desk, go_on: GoOn) -> None:
    """Make some more of the embeddings that the answerer waits for, and have it use them once all are there."""
    answerer, before = desk.answerer, desk.answerer.meaning_status
    after = await asyncio.to_thread(go_on, answerer)
    if desk.answerer is not answerer:
        return  # another one has its articles now
    if after is not answerer:
        desk.answerer = after
    match after.meaning_status.state:
        case MeaningState.READY:
            logger.info("The embeddings of all articles are made: %s reads along now.", after.meaning_status.model)
        case MeaningState.FAILED:
            logger.warning("%s", after.meaning_status.note)
        case _ if not before.made:
            many = f"{before.missing:,}"
            logger.info("Embeddings are being made, %s to go; until then words alone find answers.", many)


async def _look_on(desk: Desk, every: float, refresh: Refresh, asked: asyncio.Event, go_on: GoOn | None) -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + every if every else None
        while go_on and desk.answerer.meaning_status.state is MeaningState.WAITING and not asked.is_set():
            if due is not None and loop.time() >= due:
                break
            await make_embeddings(desk, go_on)
        with suppress(TimeoutError):
            async with asyncio.timeout_at(due):
                await asked.wait()
        was_asked = asked.is_set()
        asked.clear()
        if was_asked:
            logger.info("Looking at the articles at once, as SIGHUP asks.")
        await look_again(desk, refresh, report_none=was_asked)
