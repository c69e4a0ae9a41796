"""Questions, and what belongs to their answers."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from bot.conversations import Speaker
from bot.desk import Place
from bot.errors import LogError
from bot.pages import notes, replies, settings
from bot.picking import meant
from bot.reception.troubles import unreadable
from bot.store.rows import Surface

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.callers import Caller
    from bot.conversations import Conversations
    from bot.desk import Desk, Turn
    from bot.pages.page import Page
    from bot.reception.rules import HouseRules
    from retrieval.model import Article


class Questions:
    """Takes questions to the desk. `asker` turns a person's id into their keyed hash."""

    def __init__(
        self, desk: Desk, *, asker: Callable[[int], str], conversations: Conversations, rules: HouseRules
    ) -> None:
        self.desk = desk
        self.asker = asker
        self.conversations = conversations
        self.rules = rules

    async def ask(
        self, question: str, surface: Surface, caller: Caller, *, source: str | None = None, to: str | None = None
    ) -> Page:
        """Answer a question, from one source alone where one is named.

        It may follow up what the same person asked last in the same place. Where it is a reply, it may follow up that
        question alone whose id stands on the message that it replies to: `to`, "" for a message without one.
        """
        place = Place(surface, guild=caller.guild, channel=caller.channel, asker=self.asker(caller.user))
        rules = await self.rules.of(caller, place.asker)
        if not rules.server.answers_in(caller.channel, caller.parent):
            return settings.not_answered_here(rules.server.channels)
        article = meant(source, self._articles) if source else None
        if source and not article:
            return notes.unknown_source(source)
        speaker = Speaker(caller.user, caller.guild, caller.channel)
        follows = await self._before(speaker, place, to)
        receipt = await self.desk.ask(
            question,
            place,
            follows=follows,
            limit=rules.server.quotes,
            file=article.file if article else None,
            log=rules.may_log,
        )
        if receipt.turn and surface is not Surface.MENU:
            self.conversations.note(speaker, receipt.turn)
        page = replies.reply_page(receipt, sources=len(self._articles))
        if receipt.logged and surface is not Surface.MENU and caller.guild and not rules.server.told:
            return await self._telling(page, caller.guild)
        return page

    async def closest(self, id: str, caller: Caller) -> Page:  # noqa: A002 - it is called that
        """Show the passages nearest to a question that was asked in this server, or in this direct conversation."""
        try:
            row = await self.desk.log.get(id, guild=caller.guild)
        except LogError as error:
            return unreadable(error)
        # Asked without a server, the log gives the rows of all.
        if row is None or row.guild != caller.guild or (caller.guild is None and row.channel != caller.channel):
            return notes.row_is_gone()
        return replies.closest_page(row, self._articles)

    async def _telling(self, page: Page, guild: int) -> Page:
        """Say below the first answer in a server that questions are logged."""
        if not await self.rules.first_time(guild):
            return page
        return dataclasses.replace(page, footer=f"{settings.questions_are_logged()}\n{page.footer}")

    @property
    def _articles(self) -> Sequence[Article]:
        return self.desk.answerer.library.articles

    async def _before(self, speaker: Speaker, place: Place, to: str | None) -> Turn | None:
        """Find the question that the next one may follow up; the text of another's message follows nothing."""
        if place.surface is Surface.MENU:
            return None
        last = self.conversations.last(speaker)
        if to is None or (last and last.id == to):
            return last
        return await self.desk.turn(to, place) if to else None
