"""The composition root: the one place that names concrete classes, from the settings to a desk that answers.

What only some commands need is imported by the function that needs it: a question on the command line is to be answered
as soon as that can be.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from bot.services.question_service import Desk
from bot.store.sqlite.query_log import SqliteQueryLog
from retrieval.answer.answerer import Answerer
from retrieval.index.open_index import open_corpus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractContextManager

    from bot.config.settings import Settings
    from bot.store.reviews import Mark
    from bot.store.sqlite.reader import LogReader
    from retrieval.index.writer.update import LibraryChange


def open_answerer(settings: Settings, *, progress: Callable[[int, int], None] | None = None) -> Answerer:
    """Read the articles, or their index, and make them ready for questions.

    `progress` is told (steps done, steps in all), twice over, while articles are read.

    Raises LibraryError where the folder of articles cannot be used.
    """
    corpus, index = open_corpus(settings.seeds, settings.index_folder, progress=progress)
    return Answerer(corpus.library, corpus=corpus, index=index, limit=settings.limit, enough=settings.enough)


def refreshed(settings: Settings, answerer: Answerer) -> tuple[Answerer, LibraryChange]:
    """The answerer of the articles as they are now, for the price of what changed; the same one where nothing did.

    Raises LibraryError where the folder of articles cannot be used.
    """
    from retrieval.index.writer.update import changed  # noqa: PLC0415
    from retrieval.ingestion.scanner import look  # noqa: PLC0415

    corpus, change = changed(answerer.corpus, look(settings.seeds))
    if corpus is answerer.corpus:
        return answerer, change
    index = answerer.index
    return Answerer(corpus.library, corpus=corpus, index=index, limit=settings.limit, enough=settings.enough), change


@asynccontextmanager
async def open_log(settings: Settings, *, insist: bool = False, check: bool = True) -> AsyncIterator[SqliteQueryLog]:
    """Open the query log, and close it at the end. Without `insist` no answer is lost for want of a log.

    With `check` it is looked through for damage while it is in use; see `SqliteQueryLog.open`.
    """
    log = await SqliteQueryLog.open(settings.log_file, insist=insist, check=check)
    try:
        yield log
    finally:
        await log.close()


def read_log(settings: Settings) -> AbstractContextManager[LogReader]:
    """Open the query log for reading all of it, however long it is. Raises LogError."""
    from bot.store.sqlite.reader import open_reader  # noqa: PLC0415

    return open_reader(settings.log_file)


def mark(settings: Settings, id: str, as_what: Mark | None) -> bool:  # noqa: A002 - it is called that
    """Mark a row of the query log, or with None take its mark away; False where there is none. Raises LogError."""
    from bot.store.reviews import set_mark  # noqa: PLC0415

    return set_mark(settings.log_file, id, as_what)


@asynccontextmanager
async def open_desk(settings: Settings, answerer: Answerer) -> AsyncIterator[Desk]:
    """Open the desk where `answerer` answers and every question is logged."""
    async with open_log(settings) as log:
        yield Desk(answerer, log)


async def serve(settings: Settings, answerer: Answerer, *, sync: bool) -> None:
    """Serve the desk on Discord until told to stop; `sync` sends the commands to Discord even if they are unchanged."""
    from bot.config import log_format  # noqa: PLC0415
    from bot.config.interpreter import share_the_interpreter  # noqa: PLC0415
    from bot.discord import runner  # noqa: PLC0415 - discord.py alone takes half a second
    from bot.services.article_watcher import say_problems, watched  # noqa: PLC0415
    from bot.services.retention.log_maintenance import kept  # noqa: PLC0415
    from bot.services.retention.server_retention import kept_for_servers  # noqa: PLC0415
    from bot.store.sqlite.preferences import SqlitePreferences  # noqa: PLC0415

    log_format.configure(settings)
    answerer.prepare()
    say_problems(answerer)
    share_the_interpreter()
    preferences = SqlitePreferences(settings.log_file)
    async with (
        open_desk(settings, answerer) as desk,
        kept(settings.log_file, days=settings.keep_days, backups=settings.backups),
        kept_for_servers(preferences, settings.log_file, most=settings.keep_days),
        watched(desk, settings.watch, partial(refreshed, settings)),
    ):
        await runner.serve(settings, desk, preferences, sync=sync)
