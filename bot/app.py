"""The composition root: the one place that names concrete classes, from the settings to a desk that answers."""

from __future__ import annotations

from contextlib import AbstractContextManager, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from bot.desk import Desk
from bot.keeping import kept_to
from bot.store.marks import set_mark
from bot.store.slices import LogReader, open_reader
from bot.store.sqlite import SqliteQueryLog
from bot.watching import watched
from retrieval.answering import Answerer
from retrieval.changing import changed
from retrieval.folder import look
from retrieval.opening import open_corpus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.settings import Settings
    from bot.store.marks import Mark
    from retrieval.changing import Change


def open_answerer(settings: Settings, *, progress: Callable[[int, int], None] | None = None) -> Answerer:
    """Read the articles, or their index, and make them ready for questions.

    `progress` is told (steps done, steps in all), twice over, while articles are read.

    Raises LibraryError where the folder of articles cannot be used.
    """
    corpus, index = open_corpus(settings.seeds, settings.index_folder, progress=progress)
    return Answerer(corpus.library, corpus=corpus, index=index, limit=settings.limit, enough=settings.enough)


def refreshed(settings: Settings, answerer: Answerer) -> tuple[Answerer, Change]:
    """The answerer of the articles as they are now, for the price of what changed; the same one where nothing did.

    Raises LibraryError where the folder of articles cannot be used.
    """
    corpus, change = changed(answerer.corpus, look(settings.seeds))
    if corpus is answerer.corpus:
        return answerer, change
    index = answerer.index
    return Answerer(corpus.library, corpus=corpus, index=index, limit=settings.limit, enough=settings.enough), change


@asynccontextmanager
async def open_log(settings: Settings, *, insist: bool = False, check: bool = True) -> AsyncIterator[SqliteQueryLog]:
    """Open the query log, and close it at the end. Without `insist` no answer is lost for want of a log.

    Without `check` it is taken as sound, and is there at once.
    """
    log = await SqliteQueryLog.open(settings.log_file, insist=insist, check=check)
    try:
        yield log
    finally:
        await log.close()


def read_log(settings: Settings) -> AbstractContextManager[LogReader]:
    """Open the query log for reading all of it, however long it is. Raises LogError."""
    return open_reader(settings.log_file)


def mark(settings: Settings, id: str, as_what: Mark | None) -> bool:  # noqa: A002 - it is called that
    """Mark a row of the query log, or with None take its mark away; False where there is none. Raises LogError."""
    return set_mark(settings.log_file, id, as_what)


@asynccontextmanager
async def open_desk(settings: Settings, answerer: Answerer) -> AsyncIterator[Desk]:
    """Open the desk where `answerer` answers and every question is logged."""
    async with open_log(settings) as log:
        yield Desk(answerer, log)


async def serve(settings: Settings, answerer: Answerer, *, sync: bool) -> None:
    """Serve the desk on Discord until told to stop; `sync` sends the commands to Discord even if they are unchanged."""
    from bot import runner  # noqa: PLC0415 - discord.py takes half a second to import, and only this needs it

    async with (
        open_desk(settings, answerer) as desk,
        kept_to(settings.keep_days, settings.log_file),
        watched(desk, settings.watch, partial(refreshed, settings)),
    ):
        await runner.serve(settings, desk, sync=sync)
