"""What the bot has read: the list of its sources, one of them, and their names as someone types them."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.filter_arguments import whole_number
from bot.handlers.lookup import in_catalogue
from bot.handlers.unreadable_log import unreadable
from bot.pages import help_pages, notices, sources
from bot.pages.markdown import plain
from bot.services.article_catalogue import ArticleCatalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.handlers.server_rules import HouseRules
    from bot.pages.page import Page
    from bot.services.caller import Caller
    from bot.services.question_service import Desk
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Article

logger = logging.getLogger(__name__)

PATIENCE = 1.0  # seconds that a list waits for its numbers
CHOICES = 25
CHOICE = 100  # units of a choice's name and of its value, at most


class SourcesHandler:
    """Shows the articles of the desk's library, to each person those that they may see."""

    def __init__(self, desk: Desk, rules: HouseRules) -> None:
        self.desk = desk
        self.rules = rules

    async def page(self, caller: Caller, number: int = 1) -> Page:
        """Show one page of the list."""
        try:
            answerer = await self.rules.view(self.desk, caller, private=True)
        except LogError as error:
            return unreadable(error)
        articles = answerer.library.articles
        number, shown = sources.on_page(articles, number)
        return sources.sources_page(await self._listed(shown, caller, answerer), number=number, of=len(articles))

    async def turned(self, caller: Caller, argument: str) -> Page:
        """Show the page of the list that stands in the id of a button."""
        number = whole_number(argument)
        return help_pages.page_is_gone() if number is None else await self.page(caller, number)

    async def one(self, name: str, caller: Caller) -> Page:
        """Show the source that is meant by what someone typed or chose."""
        try:
            answerer = await self.rules.view(self.desk, caller, private=True)
        except LogError as error:
            return unreadable(error)
        article = await in_catalogue(answerer, ArticleCatalogue.meant, name)
        if article is None:
            return help_pages.unknown_source(name)
        (listed,) = await self._listed([article], caller, answerer)
        return sources.source_page(listed)

    async def text(self, caller: Caller, sha256: str) -> Page:
        """Give the whole text of a source as a file, where it is still the one with that digest."""
        try:
            answerer = await self.rules.view(self.desk, caller, private=True)
        except LogError as error:
            return unreadable(error)
        found = await in_catalogue(answerer, ArticleCatalogue.with_digests, {sha256})
        return sources.text_page(found[0]) if found else notices.source_is_gone()

    async def _listed(
        self, articles: Sequence[Article], caller: Caller, answerer: Answerer
    ) -> list[sources.ListedSource]:
        """Say of each article how many sentences it has, and how often it was quoted in the caller's server."""
        corpus, quoted = answerer.corpus, await self._quoted(articles, caller)
        return [
            sources.ListedSource(
                article, corpus.sentences_in(article.file), quoted.get(article.file, 0) if quoted is not None else None
            )
            for article in articles
        ]

    async def _quoted(self, articles: Sequence[Article], caller: Caller) -> Mapping[str, int] | None:
        """Count quotations; None in a direct message, or where the log cannot tell in time."""
        if caller.guild is None:
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.desk.log.quote_counts([article.file for article in articles], guild=caller.guild)
        except LogError as error:
            logger.warning("The sources are listed without how often they were quoted: %s", error)
        except TimeoutError:
            logger.warning("The sources are listed without how often they were quoted: the query log is slow.")
        return None

    async def choices(self, typed: str, caller: Caller, *, private: bool = True) -> list[tuple[str, str]]:
        """Name the sources like what was typed, each with a value that says which one it is.

        Those are named that an answer may quote which is `private`, or is not.
        """
        try:
            answerer = await self.rules.view(self.desk, caller, private=private)
        except LogError:
            return []
        found = await in_catalogue(answerer, ArticleCatalogue.suggestions, typed, limit=CHOICES)
        return [(plain(article.name, limit=CHOICE) or article.sha256[:16], _value(article)) for article in found]


def _value(article: Article) -> str:
    return article.file if len(article.file) <= CHOICE else article.sha256
