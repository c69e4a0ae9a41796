"""Questions, and what belongs to their answers."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.lookup import in_catalogue, is_private, row_for
from bot.handlers.throttling import in_turn
from bot.handlers.unreadable_log import unreadable
from bot.handlers.wanted_sources import ALL_SOURCES, WantedSources
from bot.pages import answer, help_pages, notices, settings
from bot.pages.collection_pages import collection_choices
from bot.services.article_catalogue import ArticleCatalogue
from bot.services.conversations import Speaker
from bot.services.receipts import RequestOrigin
from bot.services.review.source_age import mark_stale, stale_before
from bot.store.log_row import Surface
from retrieval.answer.source_comparison import MOST_QUOTES
from retrieval.ingestion.collection_names import collection_of
from retrieval.search.article_filter import ArticleFilter

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.handlers.server_rules import HouseRules
    from bot.pages.page import Form, Page
    from bot.services.caller import Caller
    from bot.services.conversations import Conversations
    from bot.services.fair_queue import FairQueue
    from bot.services.question_service import Desk
    from bot.services.receipts import PreviousTurn


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
        collection: str | None = None,
        before: str | None = None,
        after: str | None = None,
        to: str | None = None,
        private: bool = False,
    ) -> Page:
        """Answer a question, from one source alone where one is named, for all to see unless it is `private`.

        With `collection` it is answered from the articles of that collection, with `before` and
        `after` from those of that time. It may follow up what the same person
        asked last in the same place. Where it is a reply, it may follow up that question alone whose id stands on the
        message that it replies to: `to`, "" for a message without one.
        """
        place = self._place(surface, caller, private=private)
        wanted = WantedSources(source or None, collection or None, before or None, after or None)
        return await in_turn(self.queue, caller, self._ask(question, place, caller, wanted, to=to))

    async def compare(self, question: str, caller: Caller) -> Page:
        """Answer a question with the best passage from each source that answers it."""
        place = self._place(Surface.COMPARE, caller)
        return await in_turn(self.queue, caller, self._ask(question, place, caller))

    async def collections(self, typed: str, caller: Caller, *, private: bool = True) -> list[tuple[str, str]]:
        """Name the collections like what was typed that may be asked, each with what says which one it is.

        Those are named that an answer may quote which is `private`, or is not.
        """
        try:
            answerer = await self.rules.view(self.desk, caller, private=private)
        except LogError:
            return []
        return collection_choices(answerer.corpus.collection_names, typed)

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
            view = await self.rules.view(self.desk, caller, private=row is not None and is_private(row))
        except LogError as error:
            return unreadable(error)
        if row is None:
            return help_pages.row_is_gone()
        hidden = self.desk.answerer.corpus.collection_names - view.corpus.collection_names
        row = replace(row, quotes=tuple(quote for quote in row.quotes if collection_of(quote.file) not in hidden))
        digests = {quote.sha256 for quote in row.quotes}
        articles = await in_catalogue(view, ArticleCatalogue.with_digests, digests)
        return answer.closest_page(row, articles)

    async def _telling(self, page: Page, guild: int) -> Page:
        """Say below the first answer in a server that questions are logged."""
        if not await self.rules.first_time(guild):
            return page
        return replace(page, footer=settings.questions_are_logged())

    def _place(self, surface: Surface, caller: Caller, *, private: bool = False) -> RequestOrigin:
        asker = self.asker(caller.user)
        return RequestOrigin(surface, guild=caller.guild, channel=caller.channel, asker=asker, private=private)

    async def _ask(
        self,
        question: str,
        place: RequestOrigin,
        caller: Caller,
        wanted: WantedSources = ALL_SOURCES,
        *,
        to: str | None = None,
    ) -> Page:
        rules = await self.rules.of(caller, place.asker)
        if not rules.server.answers_in(caller.channel, caller.parent):
            return settings.not_answered_here(rules.server.channels)
        private = place.private or place.surface is Surface.MENU
        try:
            hidden = await self.rules.hidden(self.desk.answerer, caller, private=private)
        except LogError as error:
            return unreadable(error)
        view = await self.desk.view(hidden)
        narrowed = await wanted.among(view, rules.server, datetime.datetime.now(datetime.UTC).date())
        if not isinstance(narrowed, ArticleFilter):
            return narrowed
        compared = place.surface is Surface.COMPARE
        speaker = Speaker(caller.user, caller.guild, caller.channel, place.private)
        follows = await self._before(speaker, place, to, hidden)
        limit = MOST_QUOTES if compared else rules.server.quotes
        receipt = await self.desk.ask(
            question,
            place,
            follows=follows,
            limit=limit,
            file=narrowed.file,
            log=rules.may_log,
            hidden=hidden,
            asked_of=narrowed,
        )
        stale = stale_before(rules.server.stale_days, datetime.datetime.now(datetime.UTC).date())
        receipt = replace(receipt, reply=mark_stale(receipt.reply, stale))
        if receipt.turn and place.surface is not Surface.MENU:
            self.conversations.note(speaker, receipt.turn)
        asks_on = place.surface is Surface.COMMAND
        sources = narrowed.count(view.corpus)
        page = answer.reply_page(receipt, sources=sources, compared=compared, asks_on=asks_on)
        for_all = place.surface is not Surface.MENU and not place.private
        if receipt.logged and for_all and caller.guild and not rules.server.told:
            return await self._telling(page, caller.guild)
        return page

    async def _before(
        self, speaker: Speaker, place: RequestOrigin, to: str | None, hidden: frozenset[str]
    ) -> PreviousTurn | None:
        """Find the question that the next one may follow up; the text of another's message follows nothing."""
        if place.surface is Surface.MENU:
            return None
        last = self.conversations.last(speaker)
        if last is None and place.private:  # but never the other way: the answer tells what it takes from before
            last = self.conversations.last(replace(speaker, private=False))
        if to is None or (last and last.id == to):
            return last
        return await self.desk.turn(to, place, hidden) if to else None
