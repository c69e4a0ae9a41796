"""What was typed to choose rows of the log -> a choice, and a choice -> the filter of one server that means it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.filter_arguments import FilterButton, digest
from bot.handlers.lookup import in_catalogue
from bot.handlers.permissions import refusal
from bot.pages import help_pages
from bot.pages.filter_line import chosen_line
from bot.pages.markdown import plain, seen
from bot.services.article_catalogue import ArticleCatalogue, fold_name
from bot.services.time_parsing import moment
from bot.store.filters import Filter, Thumbs
from bot.store.log_row import LoggedSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.handlers.filter_arguments import FilterArguments
    from bot.handlers.server_rules import HouseRules
    from bot.pages.page import Page
    from bot.services.caller import Caller
    from bot.services.question_service import Desk
    from retrieval.answer.answerer import Answerer

NOBODY = "nobody"  # the code of a person where there is no key, so that nobody has one
CHOICES = 25
CHOICE = 100  # units of a choice's name and of its value, at most
AGES = {"24h": "the last 24 hours", "7d": "the last 7 days", "30d": "the last 30 days", "90d": "the last 90 days"}


@dataclass(frozen=True, slots=True)
class FilteredRows:
    """The rows that are meant, and a line that says which; empty where it is all rows of the server."""

    wanted: Filter
    line: str


class FilterParser:
    """Reads choices. `asker` turns a person's id into their keyed hash; `clock` tells the time."""

    def __init__(
        self,
        desk: Desk,
        *,
        asker: Callable[[int], str],
        rules: HouseRules,
        clock: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    ) -> None:
        self.desk = desk
        self.asker = asker
        self.rules = rules
        self.clock = clock

    async def choice(self, caller: Caller, typed: FilterArguments) -> FilterButton | Page:
        """What was typed, or the page that says what of it cannot be used. Raises LogError."""
        since = None
        if typed.since:
            since = moment(typed.since, self.clock(), zone=datetime.UTC)
            if since is None:
                return help_pages.unknown_moment(typed.since)
        source = await self.source(caller, typed.source) if typed.source else None
        if typed.source and not source:
            return help_pages.never_quoted(typed.source)
        return FilterButton(
            unanswered=typed.unanswered,
            voted_down=typed.voted_down,
            person=typed.person,
            channel=typed.channel,
            since=since and since.replace(microsecond=0),
            source=digest(source.file) if source else "",
            words=" ".join(seen(typed.words).split()),
        )

    async def chosen(self, caller: Caller, choice: FilterButton) -> FilteredRows:
        """The rows of the caller's own server that a choice means. Raises LogError."""
        source = await self._by_digest(caller, choice.source) if choice.source else None
        wanted = Filter(
            guild=caller.guild,
            channel=choice.channel,
            asker=None if choice.person is None else self.asker(choice.person) or NOBODY,
            unanswered=choice.unanswered,
            thumbs=Thumbs.DOWN if choice.voted_down else None,
            since=choice.since,
            source=source.file if source else choice.source or None,
            words=choice.words,
        )
        return FilteredRows(wanted, chosen_line(wanted, person=choice.person, source=source.name if source else ""))

    async def view(self, caller: Caller) -> Answerer:
        """The answerer as the caller sees it, who alone is shown what it finds. Raises LogError."""
        return await self.rules.view(self.desk, caller, private=True)

    async def sources(self, caller: Caller, typed: str) -> list[tuple[str, str]]:
        """Name the sources like what was typed, each with a value that says which one it is."""
        if refusal(caller):
            return []
        try:
            answerer = await self.view(caller)
        except LogError:
            return []
        found = await in_catalogue(answerer, ArticleCatalogue.suggestions, typed, limit=CHOICES)
        return [(plain(article.name, limit=CHOICE) or digest(article.file), digest(article.file)) for article in found]

    def moments(self, caller: Caller, typed: str) -> list[tuple[str, str]]:
        """Name moments like what was typed, each with a value that says which one it is."""
        if refusal(caller):
            return []
        if typed.strip() and (found := moment(typed, self.clock(), zone=datetime.UTC)):
            return [(f"{found:%Y-%m-%d %H:%M} UTC", typed.strip()[:CHOICE])]
        wanted = fold_name(typed)
        return [(name, age) for age, name in AGES.items() if wanted in name or wanted in age]

    async def source(self, caller: Caller, typed: str) -> LoggedSource | None:
        """The source that is meant: one of today's, or one that an answer to the server quoted and that is gone."""
        if found := await self._by_digest(caller, typed):
            return found
        if article := await in_catalogue(await self.view(caller), ArticleCatalogue.meant, typed):
            return LoggedSource(article.file, article.name)
        logged = await self.desk.log.sources(guild=caller.guild)
        wanted = fold_name(typed)
        return next((source for source in logged if wanted in {fold_name(source.name), fold_name(source.file)}), None)

    async def _by_digest(self, caller: Caller, wanted: str) -> LoggedSource | None:
        file = await in_catalogue(await self.view(caller), _file_with, wanted)
        if file and (article := (await self.view(caller)).corpus.article(file)):
            return LoggedSource(article.file, article.name)
        logged = await self.desk.log.sources(guild=caller.guild)
        return next((source for source in logged if digest(source.file) == wanted), None)


def _file_with(catalogue: ArticleCatalogue, wanted: str) -> str | None:
    """The first file whose digest is the one that is wanted."""
    return next((file for file in catalogue.files if digest(file) == wanted), None)
