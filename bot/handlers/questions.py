"""Questions, and what belongs to their answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.lookup import in_catalogue, row_for
from bot.handlers.throttling import in_turn
from bot.handlers.unreadable_log import unreadable
from bot.pages import answer, help_pages, notices, settings
from bot.services.article_catalogue import ArticleCatalogue
from bot.services.conversations import Speaker
from bot.services.receipts import RequestOrigin
from bot.store.log_row import Surface
from retrieval.answer.source_comparison import MOST_QUOTES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.handlers.server_rules import HouseRules
    from bot.pages.page import Form, Page
    from bot.services.caller import Caller
    from bot.services.conversations import Conversations
    from bot.services.fair_queue import FairQueue
    from bot.services.question_service import Desk
    from bot.services.receipts import PreviousTurn
    from retrieval.core.model import Article


class QuestionsHandler:
    """Takes questions to the desk. `asker` turns a person's id into their keyed hash."""

    def __init__(
        self,
        desk: Desk,
        *,
        asker: Callable[[int], str],
        conversations: Conversations,
        queue: FairQueue,
        rules: HouseRules,
    ) -> None:
        self.desk = desk
        self.asker = asker
        self.queue = queue
        self.conversations = conversations
        self.rules = rules

    async def ask(
        self,
        question: str,
        surface: Surface,
        caller: Caller,
        *,
        source: str | None = None,
        to: str | None = None,
        private: bool = False,
    ) -> Page:
        """Answer a question, from one source alone where one is named, for all to see unless it is `private`.

        It may follow up what the same person asked last in the same place. Where it is a reply, it may follow up that
        question alone whose id stands on the message that it replies to: `to`, "" for a message without one.
        """
        article = await in_catalogue(self.desk, ArticleCatalogue.meant, source) if source else None
        if source and not article:
            return help_pages.unknown_source(source)
        place = self._place(surface, caller, private=private)
        work = self._ask(question, place, caller, file=article.file if article else None, to=to)
        return await in_turn(self.queue, caller, work)

    async def compare(self, question: str, caller: Caller) -> Page:
        """Answer a question with the best passage from each source that answers it."""
        place = self._place(Surface.COMPARE, caller)
        return await in_turn(self.queue, caller, self._ask(question, place, caller))

    async def follow_up_form(self, id: str, caller: Caller) -> Page | Form:  # noqa: A002 - it is called that
        """Give a form for the question that follows up one asked in the same place."""
        return await self._not_to_follow(id, caller) or notices.follow_up_form(id)

    async def follow_up(self, id: str, caller: Caller, question: str, *, private: bool) -> Page:  # noqa: A002 - likewise
        """Answer what was written in that form, as the question that follows the one with that id."""
        if not question.strip():
            return help_pages.nothing_asked()
        if page := await self._not_to_follow(id, caller):
            return page
        return await self.ask(question.strip(), Surface.COMMAND, caller, to=id, private=private)

    async def _not_to_follow(self, id: str, caller: Caller) -> Page | None:  # noqa: A002 - likewise
        """The page that says why the caller cannot follow up a question; None where they can."""
        try:
            row = await row_for(self.desk.log, id, caller, asker=self.asker)
        except LogError as error:
            return replace(unreadable(error), private=True)
        return None if row else replace(notices.answer_is_gone(), private=True)

    async def closest(self, id: str, caller: Caller) -> Page:  # noqa: A002 - it is called that
        """Show the passages nearest to a question that was asked in this server, or in this direct conversation."""
        return await self.rules.refusal(caller) or await self._closest(id, caller)

    async def _closest(self, id: str, caller: Caller) -> Page:  # noqa: A002 - likewise
        try:
            row = await row_for(self.desk.log, id, caller, asker=self.asker)
        except LogError as error:
            return unreadable(error)
        if row is None:
            return help_pages.row_is_gone()
        digests = {quote.sha256 for quote in row.quotes}
        articles = await in_catalogue(self.desk, ArticleCatalogue.with_digests, digests)
        return answer.closest_page(row, articles)

    async def _telling(self, page: Page, guild: int) -> Page:
        """Say below the first answer in a server that questions are logged."""
        if not await self.rules.first_time(guild):
            return page
        return replace(page, footer=settings.questions_are_logged())

    @property
    def _articles(self) -> Sequence[Article]:
        return self.desk.answerer.library.articles

    def _place(self, surface: Surface, caller: Caller, *, private: bool = False) -> RequestOrigin:
        asker = self.asker(caller.user)
        return RequestOrigin(surface, guild=caller.guild, channel=caller.channel, asker=asker, private=private)

    async def _ask(
        self, question: str, place: RequestOrigin, caller: Caller, *, file: str | None = None, to: str | None = None
    ) -> Page:
        rules = await self.rules.of(caller, place.asker)
        if not rules.server.answers_in(caller.channel, caller.parent):
            return settings.not_answered_here(rules.server.channels)
        compared = place.surface is Surface.COMPARE
        speaker = Speaker(caller.user, caller.guild, caller.channel, place.private)
        follows = await self._before(speaker, place, to)
        limit = MOST_QUOTES if compared else rules.server.quotes
        receipt = await self.desk.ask(question, place, follows=follows, limit=limit, file=file, log=rules.may_log)
        if receipt.turn and place.surface is not Surface.MENU:
            self.conversations.note(speaker, receipt.turn)
        sources = None if file else len(self._articles)
        asks_on = place.surface is Surface.COMMAND
        page = answer.reply_page(receipt, sources=sources, compared=compared, asks_on=asks_on)
        for_all = place.surface is not Surface.MENU and not place.private
        if receipt.logged and for_all and caller.guild and not rules.server.told:
            return await self._telling(page, caller.guild)
        return page

    async def _before(self, speaker: Speaker, place: RequestOrigin, to: str | None) -> PreviousTurn | None:
        """Find the question that the next one may follow up; the text of another's message follows nothing."""
        if place.surface is Surface.MENU:
            return None
        last = self.conversations.last(speaker)
        if last is None and place.private:  # but never the other way: the answer tells what it takes from before
            last = self.conversations.last(replace(speaker, private=False))
        if to is None or (last and last.id == to):
            return last
        return await self.desk.turn(to, place) if to else None
