"""The query log of one server, for those who may manage it."""

from __future__ import annotations

import asyncio
import datetime
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.filter_arguments import FilterPosition
from bot.handlers.filters import CHOICE, CHOICES
from bot.handlers.lookup import in_catalogue
from bot.handlers.permissions import for_managers, refusal
from bot.pages import help_pages, log
from bot.pages.markdown import plain
from bot.pages.page import Page
from bot.pages.receipts import receipt_page
from bot.pages.stale_sources import stale_page
from bot.services.article_catalogue import ArticleCatalogue
from bot.services.asked_sources import asked_sources
from bot.services.logged_conversation import conversation_of
from bot.services.review.explanation import reproduce_reply
from bot.services.review.source_age import DEFAULT_DAYS, stale_before, stale_sources
from bot.store.filters import Filter

if TYPE_CHECKING:
    from bot.handlers.filter_arguments import FilterArguments
    from bot.handlers.filters import FilterParser
    from bot.services.caller import Caller
    from bot.services.question_service import Desk


class ReviewHandler:
    """Shows a server's own rows. Every request is checked: a server's admins can give a command to anyone."""

    def __init__(self, desk: Desk, choosing: FilterParser) -> None:
        self.desk = desk
        self.choosing = choosing

    @for_managers
    async def recent(self, caller: Caller, typed: FilterArguments) -> Page:
        """Show the newest of the questions that were chosen."""
        choice = await self.choosing.choice(caller, typed)
        return choice if isinstance(choice, Page) else await self._page(caller, FilterPosition(choice))

    @for_managers
    async def turned(self, caller: Caller, argument: str) -> Page:
        """Show the page that stands in the id of a button."""
        place = FilterPosition.read(argument)
        return await self._page(caller, place) if place else help_pages.page_is_gone()

    @for_managers
    async def show(self, caller: Caller, id: str) -> Page:  # noqa: A002 - it is called that
        """Show all that is kept of one question."""
        row = await self.desk.log.get(id.strip().lower(), guild=caller.guild)
        if row is None:
            return help_pages.not_in_the_log(id)
        answerer = await self.choosing.view(caller)
        earlier = await conversation_of(row, self.desk.log)
        why = await asyncio.to_thread(reproduce_reply, row, answerer, earlier.get)
        digests = {quote.sha256 for quote in row.quotes}
        articles = await in_catalogue(answerer, ArticleCatalogue.with_digests, digests)
        return receipt_page(
            row, articles, library=asked_sources(row).view_of(answerer, row).library.fingerprint, why=why
        )

    @for_managers
    async def stale(self, caller: Caller, days: int | None) -> Page:
        """Show the sources more than so many days old (by default those that the server marks) that answers quoted."""
        days = days or await self._stale_days(caller)
        before = stale_before(days, datetime.datetime.now(datetime.UTC).date())
        found = await stale_sources(
            self.desk.log, await self.choosing.view(caller), before or datetime.date.min, guild=caller.guild
        )
        return stale_page(found, days=days)

    async def _stale_days(self, caller: Caller) -> int:
        server = await self.choosing.rules.preferences.server(caller.guild or 0)
        return server.stale_days or DEFAULT_DAYS

    async def ids(self, caller: Caller, typed: str) -> list[tuple[str, str]]:
        """Name the questions that have what was typed in their words or their ids, the newest first."""
        if refusal(caller):
            return []
        try:
            named = await self.desk.log.get(typed.strip().lower(), guild=caller.guild)
            found = await self.desk.log.find(Filter(guild=caller.guild, words=typed), CHOICES)
        except LogError:
            return []
        rows = [named] if named else found
        return [(plain(row.question, limit=CHOICE) or row.id, row.id) for row in rows]

    async def _page(self, caller: Caller, place: FilterPosition) -> Page:
        chosen = await self.choosing.chosen(caller, place.choice)
        most = log.PER_PAGE + 1
        rows = await self.desk.log.find(chosen.wanted, most, before=place.before, after=place.after)
        if place.after and len(rows) < most:  # not a page full is newer: then it is the first page
            place = FilterPosition(place.choice)
            rows = await self.desk.log.find(chosen.wanted, most)
        shown = rows[-log.PER_PAGE :] if place.after else rows[: log.PER_PAGE]
        has_newer = place.before is not None or place.after is not None
        has_older = place.after is not None or len(rows) == most
        return log.log_page(
            shown,
            line=chosen.line,
            newer=str(FilterPosition(place.choice, after=shown[0].id)) if shown and has_newer else None,
            older=str(FilterPosition(place.choice, before=shown[-1].id)) if shown and has_older else None,
        )
