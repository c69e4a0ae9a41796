"""Settings and articles for a command: every problem said at once, a progress bar where reading takes long."""

from __future__ import annotations

import math
import os
import time
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bot.app import answering
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.terminal import Terminal
from bot.config.errors import SettingsError
from bot.config.settings import Settings, load_settings, unknown_settings
from bot.i18n import counted
from retrieval.core.errors import LibraryError
from retrieval.ingestion import library
from retrieval.search.meaning.readiness import MeaningState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rich.progress import Progress, TaskID

    from retrieval.answer.answerer import Answerer
    from retrieval.ingestion.library import Library
    from retrieval.search.meaning.readiness import MeaningStatus

PATIENCE = 1.0  # seconds without a word
READING = "Reading the articles"


def settings_for(problems: Sequence[str] = (), *, seeds: Path | None = None, **options: Any) -> Settings:
    """Load the settings, a command's options before all else; None is not given.

    Raises SettingsError or InputError, which says the command's own `problems` and those of the settings together.
    """
    try:
        settings = load_settings(seeds=seeds, **options)
    except SettingsError as error:
        raise SettingsError("\n".join([*problems, str(error), *_missing(seeds)])) from error
    if problems:
        raise InputError("\n".join([*problems, *_missing(settings.seeds)]))
    for problem in unknown_settings():
        Terminal(stderr=True).say(problem)
    return settings


def _missing(seeds: Path | None) -> list[str]:
    if seeds is None or seeds.exists():
        return []
    try:
        library.load(seeds)
    except LibraryError as error:
        return [str(error)]
    return []


def answerer_for(settings: Settings, *, with_problems: bool = True) -> Answerer:
    """Read the articles and make them ready for questions, with a progress bar on a terminal.

    `with_problems` says on stderr that some cannot be read, where that is so.
    """
    with reading_bar() as progress:
        answerer = answering.open_answerer(settings, progress=progress)
    answerer = embedded(settings, answerer, most=answering.SOON_MADE)
    if with_problems:
        _say_problems(answerer.library)
    if answerer.index.note:
        Terminal(stderr=True).say(answerer.index.note)
    if note := about_waiting(answerer.meaning_status):
        Terminal(stderr=True).say(note)
    return answerer


def embedded(settings: Settings, answerer: Answerer, *, most: float = math.inf) -> Answerer:
    """Make the embeddings that are missing, if they are no more than `most`, with a progress bar on a terminal."""
    with reading_bar("Making embeddings") as progress:
        return answering.with_meaning(settings, answerer, most=most, threads=os.cpu_count() or 1, progress=progress)


def about_waiting(status: MeaningStatus) -> str:
    """Say why the model that is set does not read along; "" where it does, or none is set."""
    if status.state is MeaningState.WAITING:
        return (
            f"{counted(status.missing, 'text')} still to be read by {status.model}, so words alone find answers; "
            "`quoth index` reads them."
        )
    return status.note


def library_for(settings: Settings) -> Library:
    """Read the articles alone, with a progress bar on a terminal; those of a published index are in it."""
    if settings.index is not None:
        return answerer_for(settings).library
    with reading_bar() as progress:
        articles = library.load(settings.seeds, added=answering.added_sources(settings), progress=progress)
    _say_problems(articles)
    return articles


def _say_problems(articles: Library) -> None:
    """Say on stderr, in one line, what is wrong with the articles."""
    problems = articles.problems
    if problems:
        many = f"There are {len(problems)} problems with the articles; `quoth index` lists them."
        Terminal(stderr=True).say(problems[0] if len(problems) == 1 else many)


class ReadingBar:
    """A progress bar on stderr that appears once what it is for has taken a second."""

    def __init__(self, terminal: Terminal, doing: str = READING) -> None:
        self.terminal = terminal
        self.doing = doing
        self.task: TaskID | None = None
        self.started = time.monotonic()

    @cached_property
    def progress(self) -> Progress:
        """The bar itself."""
        from bot.cli.terminal.progress import bar  # noqa: PLC0415 - most is read before a bar would be shown

        return bar(self.terminal, self.doing)

    def __call__(self, done: int, total: int) -> None:
        if self.task is None:
            if not self.terminal.is_terminal or time.monotonic() - self.started < PATIENCE:
                return
            self.task = self.progress.add_task("")
            self.progress.start()
        self.progress.update(self.task, completed=done, total=total)

    def stop(self) -> None:
        if self.task is not None:  # a bar that was never shown would leave a blank line
            self.progress.stop()


@contextmanager
def reading_bar(doing: str = READING) -> Iterator[ReadingBar]:
    """Show a progress bar that goes away at the end."""
    bar = ReadingBar(Terminal(stderr=True), doing)
    try:
        yield bar
    finally:
        bar.stop()
