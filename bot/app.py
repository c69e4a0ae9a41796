"""The composition root: the one place that names concrete classes, from the settings to a desk that answers.

It alone decides what keeps the log. What only some commands need is imported by the function that needs it: a question
on the command line is to be answered as soon as possible.
"""

from __future__ import annotations

import logging
import math
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config.errors import SettingsError
from bot.config.log_address import is_address
from bot.services.question_service import Desk
from bot.store.sqlite.query_log import SqliteQueryLog
from retrieval.answer.answerer import Answerer
from retrieval.index.open_index import open_corpus
from retrieval.ingestion.source_folders import AddedFolder
from retrieval.search.meaning.readiness import NO_MODEL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from bot.config.settings import Settings
    from bot.services.sources.source_desk import SourceDesk
    from bot.services.sources.source_store import SourceStore
    from bot.store.leases import Leases, SessionLedger
    from bot.store.log_maintenance import LogMaintenance
    from bot.store.log_tables import TableStore
    from bot.store.preferences import Preferences
    from bot.store.query_log import QueryLog
    from retrieval.index.corpus import Corpus
    from retrieval.index.generations import Generation
    from retrieval.index.status import IndexStatus
    from retrieval.index.writer.update import LibraryChange
    from retrieval.search.meaning.opening import MeaningOpener, OpenedMeaning

logger = logging.getLogger(__name__)

SOON_MADE = 1000  # embeddings that are made before the first answer, in some seconds; more are made beside answers
A_ROUND = 2.0  # seconds that embeddings are made between two looks at the articles


def open_answerer(settings: Settings, *, progress: Callable[[int, int], None] | None = None) -> Answerer:
    """Read the articles, or their index, or the one that was published, and make them ready for questions.

    `progress` is called with (steps done, steps in all), twice over, while articles are read. A model that is set reads
    along if all embeddings are there; `with_meaning` makes those that are not.

    Raises LibraryError where the folder of articles, or what is published, cannot be used.
    """
    if settings.index is not None:
        from retrieval.index.published import open_published  # noqa: PLC0415

        opened = open_published(settings.index, settings.index_folder)
    else:
        opened = _opened(settings, progress)
    return with_meaning(settings, _answerer(settings, *opened), most=0)


def refresh(settings: Settings, answerer: Answerer) -> tuple[Answerer, LibraryChange]:
    """The answerer of the articles as they are now, at the cost of what changed; the same one where nothing did.

    Raises LibraryError where the folder of articles, or what is published, cannot be used.
    """
    if settings.index is not None:
        return _newly_published(settings, answerer)
    from retrieval.index.writer.update import changed  # noqa: PLC0415
    from retrieval.ingestion.source_folders import look_in  # noqa: PLC0415

    corpus, change = changed(answerer.corpus, look_in(answerer.library.folders))
    if corpus is answerer.corpus:
        return answerer, change
    return with_meaning(settings, _answerer(settings, corpus, answerer.index), most=SOON_MADE), change


def with_meaning(
    settings: Settings,
    answerer: Answerer,
    *,
    most: float = math.inf,
    seconds: float = math.inf,
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Answerer:
    """The same answerer, for which the model that is set reads along, once the embeddings of its articles are made.

    Where more than `most` texts have to be encoded they are not yet, and `answerer` says so; see MeaningOpener.open.
    """
    if settings.model is None or answerer.meaning is not None:
        return answerer
    opened = _meaning_opener(settings.model, settings.index_folder).open(
        answerer.corpus, most=most, seconds=seconds, threads=threads, progress=progress
    )
    if opened.index is None:
        answerer.meaning_status = opened.status
        return answerer
    return _answerer(settings, answerer.corpus, answerer.index, opened)


@lru_cache(maxsize=1)
def _meaning_opener(model: Path, kept: Path) -> MeaningOpener:
    from retrieval.search.meaning.opening import MeaningOpener  # noqa: PLC0415 - few have a model

    return MeaningOpener(model, kept)


def _newly_published(settings: Settings, before: Answerer) -> tuple[Answerer, LibraryChange]:
    """The answerer of what is published now, and what changed; the same one where that did not."""
    from retrieval.index.published import newer  # noqa: PLC0415
    from retrieval.index.writer.update import LibraryChange, between  # noqa: PLC0415

    found = newer(str(settings.index), settings.index_folder, before.index)
    if found is None:
        return before, LibraryChange()
    corpus, index = found
    answerer = with_meaning(settings, _answerer(settings, corpus, index), most=SOON_MADE)
    return answerer, between(before.corpus, corpus)


def publish(
    settings: Settings, folder: Path, *, progress: Callable[[int, int], None] | None = None
) -> tuple[Generation, bool]:
    """Put the index of the articles into a folder from which others answer; whether it is another than before.

    Raises LibraryError where the folder of articles cannot be used, OSError where the other one cannot be written.
    """
    from retrieval.index import generations  # noqa: PLC0415

    corpus, index = _opened(settings, progress)
    if index.path and not (len(corpus.parts) == 1 and corpus.parts[0].is_whole):
        index.path.unlink()  # what changed since was read beside it, and only one that is whole can be published
        corpus, index = _opened(settings, progress)
    return generations.publish(corpus, folder)


def _opened(settings: Settings, progress: Callable[[int, int], None] | None) -> tuple[Corpus, IndexStatus]:
    """The corpus of the articles and of the added sources, and what was done with their index."""
    return open_corpus(
        settings.seeds,
        settings.index_folder,
        added=added_sources(settings),
        memory=settings.build_memory * 1_000_000,
        progress=progress,
    )


def added_sources(settings: Settings) -> AddedFolder:
    """The folder of the sources that are added while the library is in use."""
    return AddedFolder(settings.data / "sources", members=settings.member_answers)


def source_store(settings: Settings) -> SourceStore:
    """The added sources, and what was done with them. Nothing is opened or made before it is asked for something."""
    from bot.services.sources.source_store import SourceStore  # noqa: PLC0415
    from bot.store.sqlite.source_history import SqliteSourceHistory  # noqa: PLC0415

    return SourceStore(settings.data, SqliteSourceHistory(settings.data))


def _answerer(settings: Settings, corpus: Corpus, index: IndexStatus, opened: OpenedMeaning | None = None) -> Answerer:
    return Answerer(
        corpus.library,
        corpus=corpus,
        index=index,
        meaning=opened.index if opened else None,
        meaning_status=opened.status if opened else NO_MODEL,
        limit=settings.limit,
        min_confidence=settings.enough,
        sure_confidence=settings.sure,
    )


@asynccontextmanager
async def open_log(settings: Settings, *, insist: bool = False, check: bool = True) -> AsyncIterator[QueryLog]:
    """Open the query log, and close it at the end. Without `insist` no answer is lost for want of a log.

    With `check` it is looked through for damage while it is in use; see `SqliteQueryLog.open`.
    """
    log = await _open_log(settings, insist=insist, check=check)
    try:
        yield log
    finally:
        await log.close()


async def _open_log(settings: Settings, *, insist: bool, check: bool) -> QueryLog:
    if settings.log_address is None:
        return await SqliteQueryLog.open(settings.log_file, insist=insist, check=check)
    require_driver()
    from bot.store.postgres.query_log import PostgresQueryLog  # noqa: PLC0415

    return await PostgresQueryLog.open(settings.log_address, insist=insist)


def log_maintenance(settings: Settings) -> LogMaintenance:
    """What looks after the query log as a whole. Nothing is opened or made before it is asked for something."""
    if settings.log_address is None:
        from bot.store.sqlite.log_maintenance import SqliteLogMaintenance  # noqa: PLC0415

        return SqliteLogMaintenance(settings.log_file)
    require_driver()
    from bot.store.postgres.log_maintenance import PostgresLogMaintenance  # noqa: PLC0415

    return PostgresLogMaintenance(settings.log_address, settings.data)


def log_tables(place: str) -> TableStore:
    """The log at an address, or in the file of that path, to be copied from or to."""
    if not is_address(place):
        from bot.store.sqlite.tables import SqliteTables  # noqa: PLC0415

        return SqliteTables(Path(place))
    require_driver()
    from bot.store.postgres.connection_pool import ConnectionPool  # noqa: PLC0415
    from bot.store.postgres.tables import PostgresTables  # noqa: PLC0415

    return PostgresTables(ConnectionPool(place, keep=0))


@dataclass(frozen=True, slots=True)
class SharedState:
    """What the processes of one bot have in common beside the log. `ledger` is None where one process is all."""

    preferences: Preferences
    leases: Leases
    ledger: SessionLedger | None


@contextmanager
def open_shared_state(settings: Settings) -> Iterator[SharedState]:
    """What servers and people wish, and what processes agree on, kept where the query log is."""
    with _open_shared_state(settings) as shared, closing(shared.leases):
        yield shared if settings.shards else replace(shared, ledger=None)


@contextmanager
def _open_shared_state(settings: Settings) -> Iterator[SharedState]:
    if settings.log_address is None:
        from bot.store.sqlite.leases import SqliteLeases  # noqa: PLC0415
        from bot.store.sqlite.preferences import FRESH_SECONDS, FRESH_SHARED, SqlitePreferences  # noqa: PLC0415
        from bot.store.sqlite.session_ledger import SqliteSessionLedger  # noqa: PLC0415

        preferences = SqlitePreferences(settings.log_file, fresh=FRESH_SHARED if settings.shards else FRESH_SECONDS)
        yield SharedState(preferences, SqliteLeases(settings.data), SqliteSessionLedger(settings.data))
        return
    require_driver()
    from bot.store.postgres.connection_pool import ConnectionPool  # noqa: PLC0415
    from bot.store.postgres.leases import PostgresLeases  # noqa: PLC0415
    from bot.store.postgres.preferences import PostgresPreferences  # noqa: PLC0415
    from bot.store.postgres.session_ledger import PostgresSessionLedger  # noqa: PLC0415

    with closing(ConnectionPool(settings.log_address)) as pool:
        yield SharedState(PostgresPreferences(pool), PostgresLeases(pool), PostgresSessionLedger(pool))


def require_driver() -> None:
    """Raise a SettingsError where a PostgreSQL database is asked for, and what speaks to one is not installed."""
    if find_spec("psycopg") is None:
        raise SettingsError(
            "QUOTH_LOG is a PostgreSQL database, and psycopg, which speaks to one, is not installed: install Quoth "
            "with its extra, pip install 'quoth[postgres]', or set QUOTH_LOG no more."
        )


@asynccontextmanager
async def open_desk(settings: Settings, answerer: Answerer) -> AsyncIterator[Desk]:
    """Open the desk where `answerer` answers and every question is logged."""
    async with open_log(settings) as log:
        yield Desk(answerer, log)


def _source_desk(settings: Settings, desk: Desk) -> SourceDesk | None:
    """Where sources are added; None where the index is published elsewhere, and they are added there."""
    from bot.services.sources.address_fetch import AddressFetcher  # noqa: PLC0415
    from bot.services.sources.source_desk import SourceDesk  # noqa: PLC0415

    if settings.index is not None:
        return None
    return SourceDesk(desk, source_store(settings), AddressFetcher(settings.fetch), partial(refresh, settings))


async def serve(settings: Settings, answerer: Answerer, *, sync: bool) -> None:
    """Serve the desk on Discord until told to stop; `sync` sends the commands to Discord even if they are unchanged.

    Raises SettingsError where another bot serves some of the same servers with the same log.
    """
    from bot.config import log_format  # noqa: PLC0415
    from bot.config.interpreter import share_the_interpreter  # noqa: PLC0415
    from bot.discord import runner  # noqa: PLC0415 - discord.py alone takes half a second
    from bot.handlers import Reception  # noqa: PLC0415
    from bot.services import process_group  # noqa: PLC0415
    from bot.services.article_watcher import article_watch, say_problems  # noqa: PLC0415
    from bot.services.retention.data_subjects import DataSubjects  # noqa: PLC0415
    from bot.services.retention.log_maintenance import log_upkeep  # noqa: PLC0415
    from bot.services.retention.server_retention import server_retention  # noqa: PLC0415
    from bot.services.sources.source_upkeep import source_upkeep  # noqa: PLC0415
    from bot.store.asker_hash import AskerHash  # noqa: PLC0415

    log_format.configure(settings)
    answerer.prepare()
    say_problems(answerer)
    share_the_interpreter()
    maintenance = log_maintenance(settings)
    asker = AskerHash.open(settings.data, insist=False)
    with open_shared_state(settings) as shared:
        leases = shared.leases
        place = process_group.join(leases, settings.shards)
        if settings.log_address:
            process_group.check_asker_key(leases, asker.fingerprint)
        async with (
            process_group.lease_renewal(leases, place, settings.shards),
            open_desk(settings, answerer) as desk,
            log_upkeep(maintenance, days=settings.keep_days, backups=settings.backups, leases=leases),
            server_retention(shared.preferences, maintenance, operator_days=settings.keep_days, leases=leases),
            article_watch(
                desk,
                settings.watch,
                partial(refresh, settings),
                go_on=partial(with_meaning, settings, seconds=A_ROUND),
            ),
            source_upkeep(source_store(settings)),
        ):
            if problem := await desk.log.health():
                logger.error("Answers are given but not logged: %s", problem)
            reception = Reception(
                desk,
                added=_source_desk(settings, desk),
                asker=asker.hash,
                operator=settings,
                preferences=shared.preferences,
                persons=DataSubjects(maintenance),
                leases=leases,
            )
            await runner.serve(settings, reception, sync=sync, leases=leases, ledger=shared.ledger)
