"""The composition root: the one place that names concrete classes, from the settings to a desk that answers.

It alone decides what keeps the log. What only some commands need is imported by the function that needs it: a question
on the command line is to be answered as soon as possible.
"""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from bot.services.question_service import Desk
from bot.store.sqlite.query_log import SqliteQueryLog
from retrieval.answer.answerer import Answerer
from retrieval.index.open_index import open_corpus
from retrieval.ingestion.source_folders import AddedFolder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.config.settings import Settings
    from bot.services.sources.source_store import SourceStore
    from bot.store.log_maintenance import LogMaintenance
    from bot.store.query_log import QueryLog
    from retrieval.index.corpus import Corpus
    from retrieval.index.status import IndexStatus
    from retrieval.index.writer.update import LibraryChange

logger = logging.getLogger(__name__)


def open_answerer(settings: Settings, *, progress: Callable[[int, int], None] | None = None) -> Answerer:
    """Read the articles, or their index, and make them ready for questions.

    `progress` is called with (steps done, steps in all), twice over, while articles are read.

    Raises LibraryError where the folder of articles cannot be used.
    """
    corpus, index = open_corpus(settings.seeds, settings.index_folder, added=added_sources(settings), progress=progress)
    return _answerer(settings, corpus, index)


def refresh(settings: Settings, answerer: Answerer) -> tuple[Answerer, LibraryChange]:
    """The answerer of the articles as they are now, at the cost of what changed; the same one where nothing did.

    Raises LibraryError where the folder of articles cannot be used.
    """
    from retrieval.index.writer.update import changed  # noqa: PLC0415
    from retrieval.ingestion.source_folders import look_in  # noqa: PLC0415

    corpus, change = changed(answerer.corpus, look_in(answerer.library.folders))
    if corpus is answerer.corpus:
        return answerer, change
    return _answerer(settings, corpus, answerer.index), change


def added_sources(settings: Settings) -> AddedFolder:
    """The folder of the sources that are added while the library is in use."""
    return AddedFolder(settings.data / "sources", members=settings.member_answers)


def source_store(settings: Settings) -> SourceStore:
    """The added sources, and what was done with them. Nothing is opened or made before it is asked for something."""
    from bot.services.sources.source_store import SourceStore  # noqa: PLC0415
    from bot.store.sqlite.source_history import SqliteSourceHistory  # noqa: PLC0415

    return SourceStore(settings.data, SqliteSourceHistory(settings.data))


def _answerer(settings: Settings, corpus: Corpus, index: IndexStatus) -> Answerer:
    return Answerer(
        corpus.library,
        corpus=corpus,
        index=index,
        limit=settings.limit,
        min_confidence=settings.enough,
        sure_confidence=settings.sure,
    )


@asynccontextmanager
async def open_log(settings: Settings, *, insist: bool = False, check: bool = True) -> AsyncIterator[QueryLog]:
    """Open the query log, and close it at the end. Without `insist` no answer is lost for want of a log.

    With `check` it is looked through for damage while it is in use; see `SqliteQueryLog.open`.
    """
    log = await SqliteQueryLog.open(settings.log_file, insist=insist, check=check)
    try:
        yield log
    finally:
        await log.close()


def log_maintenance(settings: Settings) -> LogMaintenance:
    """What looks after the query log as a whole. Nothing is opened or made before it is asked for something."""
    from bot.store.sqlite.log_maintenance import SqliteLogMaintenance  # noqa: PLC0415

    return SqliteLogMaintenance(settings.log_file)


@asynccontextmanager
async def open_desk(settings: Settings, answerer: Answerer) -> AsyncIterator[Desk]:
    """Open the desk where `answerer` answers and every question is logged."""
    async with open_log(settings) as log:
        yield Desk(answerer, log)


async def serve(settings: Settings, answerer: Answerer, *, sync: bool) -> None:
    """Serve the desk on Discord until told to stop; `sync` sends the commands to Discord even if they are unchanged.

    Raises SettingsError where another bot runs with the same data folder.
    """
    from bot.config import log_format  # noqa: PLC0415
    from bot.config.interpreter import share_the_interpreter  # noqa: PLC0415
    from bot.discord import runner  # noqa: PLC0415 - discord.py alone takes half a second
    from bot.handlers import Reception  # noqa: PLC0415
    from bot.services.article_watcher import article_watch, say_problems  # noqa: PLC0415
    from bot.services.retention.data_subjects import DataSubjects  # noqa: PLC0415
    from bot.services.retention.log_maintenance import log_upkeep  # noqa: PLC0415
    from bot.services.retention.server_retention import server_retention  # noqa: PLC0415
    from bot.services.sources.address_fetch import AddressFetcher  # noqa: PLC0415
    from bot.services.sources.source_desk import SourceDesk  # noqa: PLC0415
    from bot.services.sources.source_upkeep import source_upkeep  # noqa: PLC0415
    from bot.store.asker_hash import AskerHash  # noqa: PLC0415
    from bot.store.sqlite.one_at_a_time import alone_in  # noqa: PLC0415
    from bot.store.sqlite.preferences import SqlitePreferences  # noqa: PLC0415

    log_format.configure(settings)
    answerer.prepare()
    say_problems(answerer)
    share_the_interpreter()
    preferences = SqlitePreferences(settings.log_file)
    maintenance = log_maintenance(settings)
    with alone_in(settings.data):
        async with (
            open_desk(settings, answerer) as desk,
            log_upkeep(maintenance, days=settings.keep_days, backups=settings.backups),
            server_retention(preferences, maintenance, operator_days=settings.keep_days),
            article_watch(desk, settings.watch, partial(refresh, settings)),
            source_upkeep(source_store(settings)),
        ):
            if problem := await desk.log.health():
                logger.error("Answers are given but not logged: %s", problem)
            added = SourceDesk(desk, source_store(settings), AddressFetcher(settings.fetch), partial(refresh, settings))
            reception = Reception(
                desk,
                added=added,
                asker=AskerHash.open(settings.data, insist=False).hash,
                operator=settings,
                preferences=preferences,
                persons=DataSubjects(maintenance),
            )
            await runner.serve(settings, reception, sync=sync)
