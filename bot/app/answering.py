"""From the settings to an answerer and its desk: the articles or what is published, their index, the model.

What only some commands need is imported by the function that needs it: a question on the command line is to be
answered as soon as possible.
"""

from __future__ import annotations

import math
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.log_engine import open_log
from bot.services.question_service import Desk
from retrieval.answer.answerer import Answerer
from retrieval.index.open_index import open_corpus
from retrieval.ingestion.source_folders import AddedFolder
from retrieval.search.meaning.readiness import NO_MODEL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.config.settings import Settings
    from bot.services.sources.source_store import SourceStore
    from retrieval.index.corpus import Corpus
    from retrieval.index.generations import Generation
    from retrieval.index.status import IndexStatus
    from retrieval.index.writer.update import LibraryChange
    from retrieval.search.meaning.opening import MeaningOpener, OpenedMeaning

SOON_MADE = 1000  # embeddings that are made before the first answer, in some seconds; more are made beside answers


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
async def open_desk(settings: Settings, answerer: Answerer) -> AsyncIterator[Desk]:
    """Open the desk where `answerer` answers and every question is logged."""
    async with open_log(settings) as log:
        yield Desk(answerer, log)
