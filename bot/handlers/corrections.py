"""Answers whose source says something else by now, for those who look after them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.filter_arguments import whole_number
from bot.handlers.permissions import for_managers, refusal
from bot.handlers.unreadable_log import unreadable
from bot.pages import corrections, help_pages
from bot.services.caller import Caller
from bot.services.review.corrections import corrections_of, marks_of, quotations_to_check
from bot.store.log_row import RowNote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.handlers.server_rules import HouseRules
    from bot.pages.page import Page
    from bot.services.question_service import Desk
    from bot.services.review.corrections import Correction, DueMark
    from bot.store.log_row import ShownQuote

ALL = "all"


class CorrectionsHandler:
    """Lists a server's own corrections, and says which messages are to be marked. Every request is checked."""

    def __init__(self, desk: Desk, rules: HouseRules) -> None:
        self.desk = desk
        self.rules = rules

    @for_managers
    async def listed(self, caller: Caller) -> Page:
        """Show what is to be corrected, what was shown most often first."""
        return await self._page(caller, 1)

    @for_managers
    async def turned(self, caller: Caller, place: str) -> Page:
        """Show the page whose number stands in the id of a button."""
        number = whole_number(place)
        return help_pages.page_is_gone() if number is None else await self._page(caller, number)

    @for_managers
    async def one(self, caller: Caller, code: str) -> Page:
        """Show one correction with the answers that are concerned."""
        found = await self.found(caller.guild)
        correction = next((each for each in found if each.code == code), None)
        if correction is None:
            return help_pages.page_is_gone()
        return corrections.correction_page(correction, marks_of(found))

    async def to_mark(self, caller: Caller, which: str) -> Page | Sequence[DueMark]:
        """The messages that are to be marked, with one correction or all; or the page that says why there are none."""
        if page := refusal(caller):
            return page
        try:
            found = await self.found(caller.guild)
        except LogError as error:
            return unreadable(error)
        due = [mark for mark in marks_of(found) if which == ALL or any(each.code == which for each in mark.corrections)]
        return due or corrections.nothing_to_mark()

    async def found(self, guild: int | None) -> list[Correction]:
        """What is to be corrected in the answers of a server. Raises LogError."""
        answerer = self.desk.answerer
        by_channel: dict[int | None, list[ShownQuote]] = {}
        for shown in await quotations_to_check(self.desk.log, answerer, guild=guild):
            by_channel.setdefault(shown.channel, []).append(shown)
        seen: list[ShownQuote] = []
        for channel, quotations in by_channel.items():
            # As everybody sees it there: what a message is marked with can be read by all who see it.
            place, files = Caller(user=0, guild=guild, channel=channel), {shown.quote.file for shown in quotations}
            unseen = await self.rules.unseen(answerer, files, place, private=False)
            seen += [shown for shown in quotations if shown.quote.file not in unseen]
        seen.sort(key=lambda shown: shown.id, reverse=True)
        return await asyncio.to_thread(corrections_of, seen, answerer)

    async def marked(self, mark: DueMark) -> None:
        """Note that a message was marked. Raises LogError."""
        await self.desk.log.note(mark.id, RowNote(corrected=mark.code))

    async def gone(self, mark: DueMark) -> None:
        """Note that there is no such message any more. Raises LogError."""
        await self.desk.log.note(mark.id, RowNote(withdrawn=True))

    async def _page(self, caller: Caller, number: int) -> Page:
        found = await self.found(caller.guild)
        last = max(1, -(-len(found) // corrections.PER_PAGE))
        number = min(max(number, 1), last)
        return corrections.corrections_page(
            found,
            marks_of(found),
            first=(number - 1) * corrections.PER_PAGE + 1,
            before=number - 1 if number > 1 else None,
            after=number + 1 if number < last else None,
        )
