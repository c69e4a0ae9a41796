"""Requests in, pages out: everything that Discord can ask for, without Discord."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.conversations import Conversations, Speaker
from bot.desk import Place
from bot.errors import LogError
from bot.pages import log, notes, replies, sources
from bot.pages.markdown import plain
from bot.picking import meant, suggestions
from bot.store.rows import Surface

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.desk import Desk, Turn
    from bot.pages.page import Page
    from retrieval.model import Article

logger = logging.getLogger(__name__)

CHOICES = 25
CHOICE = 100  # units of a choice's name and of its value, at most


class Reception:
    """Takes requests to the desk, the library and the log. `asker` turns a person's id into their keyed hash."""

    def __init__(self, desk: Desk, *, asker: Callable[[int], str], conversations: Conversations | None = None) -> None:
        self.desk = desk
        self.asker = asker
        self.conversations = conversations or Conversations()

    @property
    def articles(self) -> Sequence[Article]:
        return self.desk.answerer.library.articles

    async def ask(
        self,
        question: str,
        surface: Surface,
        *,
        user: int,
        guild: int | None,
        channel: int | None,
        source: str | None = None,
        to: str | None = None,
    ) -> Page:
        """Answer a question, from one source alone where one is named.

        It may follow up what the same person asked last in the same place. Where it is a reply, it may follow up that
        question alone whose id stands on the message that it replies to: `to`, "" for a message without one.
        """
        article = meant(source, self.articles) if source else None
        if source and not article:
            return notes.unknown_source(source)
        place = Place(surface, guild=guild, channel=channel, asker=self.asker(user))
        speaker = Speaker(user, guild, channel)
        follows = await self._before(speaker, place, to)
        receipt = await self.desk.ask(question, place, follows=follows, file=article.file if article else None)
        if receipt.turn and surface is not Surface.MENU:
            self.conversations.note(speaker, receipt.turn)
        return replies.reply_page(receipt, sources=len(self.articles))

    async def _before(self, speaker: Speaker, place: Place, to: str | None) -> Turn | None:
        """Find the question that the next one may follow up; the text of another's message follows nothing."""
        if place.surface is Surface.MENU:
            return None
        last = self.conversations.last(speaker)
        if to is None or (last and last.id == to):
            return last
        return await self.desk.turn(to, place) if to else None

    async def closest(self, id: str, *, guild: int | None, channel: int | None) -> Page:  # noqa: A002 - it is called that
        """Show the passages nearest to a question that was asked in this server, or in this direct conversation."""
        try:
            row = await self.desk.log.get(id, guild=guild)
        except LogError as error:
            return _unreadable(error)
        # Asked without a server, the log gives the rows of all.
        if row is None or row.guild != guild or (guild is None and row.channel != channel):
            return notes.row_is_gone()
        return replies.closest_page(row, self.articles)

    async def recent(self, *, guild: int, before: str | None = None) -> Page:
        """Show what was asked in one server, newest first; with `before`, what is older than that id."""
        try:
            rows = await self.desk.log.recent(log.PER_PAGE + 1, guild=guild, before=before)
        except LogError as error:
            return _unreadable(error)
        return log.log_page(rows[: log.PER_PAGE], more=len(rows) > log.PER_PAGE)

    def sources(self, number: int = 1) -> Page:
        return sources.sources_page(self.articles, number)

    def source(self, name: str) -> Page:
        article = meant(name, self.articles)
        if article is None:
            return notes.unknown_source(name)
        return sources.source_page(article, sentences=self.desk.answerer.corpus.sentences_in(article.file))

    def choices(self, typed: str) -> list[tuple[str, str]]:
        """Name the sources like what was typed, each with a value that says which one it is."""
        found = suggestions(typed, self.articles, limit=CHOICES)
        return [(plain(article.name, limit=CHOICE) or article.sha256[:16], _value(article)) for article in found]


def _value(article: Article) -> str:
    return article.file if len(article.file) <= CHOICE else article.sha256


def _unreadable(error: LogError) -> Page:
    logger.error("The log could not be read for someone on Discord: %s", error)
    return notes.log_is_unreadable()
