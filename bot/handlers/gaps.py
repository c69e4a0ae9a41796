"""What one server's sources lack, for those who may manage it."""

from __future__ import annotations

import asyncio
import datetime
import re
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.filters import CHOICE, CHOICES
from bot.handlers.permissions import for_managers, refusal
from bot.pages import gaps, help_pages
from bot.pages.markdown import plain
from bot.services.review.gaps import gap_of, gap_with, groups_of, is_closed, unhelped
from bot.store.filters import fold, words_of
from bot.store.gaps import GapState

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.handlers.filters import FilterParser
    from bot.pages.page import Page
    from bot.services.caller import Caller
    from bot.services.question_service import Desk
    from bot.services.review.gaps import Gap

STATES = tuple(state.value for state in GapState)
PLACE = re.compile(r"(?P<which>open|closed)\.(?P<number>[0-9]{1,4})")


class GapsHandler:
    """Shows a server's gaps, and keeps what is done about them."""

    def __init__(
        self,
        desk: Desk,
        choosing: FilterParser,
        *,
        clock: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    ) -> None:
        self.desk = desk
        self.choosing = choosing
        self.clock = clock

    @for_managers
    async def listed(self, caller: Caller, *, closed: bool) -> Page:
        """Show the first of the gaps that are open or planned, or of those that are closed."""
        return await self._page(caller, closed=closed, number=1)

    @for_managers
    async def turned(self, caller: Caller, argument: str) -> Page:
        """Show the page that stands in the id of a button."""
        place = PLACE.fullmatch(argument)
        if place is None:
            return help_pages.page_is_gone()
        return await self._page(caller, closed=place["which"] == "closed", number=int(place["number"]))

    @for_managers
    async def one(self, caller: Caller, id: str) -> Page:  # noqa: A002 - it is called that
        """Show the gap that the question of that id belongs to."""
        gap = await self._gap(caller, id)
        return gaps.gap_page(gap) if gap else help_pages.no_gap(id)

    @for_managers
    async def say(self, caller: Caller, id: str, state: str | None, source: str | None) -> Page:  # noqa: A002 - likewise
        """Say what is done about a gap, as somebody chose it behind a command; it is closed where they named a source.

        Where they said nothing about it the gap is only shown.
        """
        if not state and not source:
            return await self.one(caller, id)
        if state and state not in STATES:  # Discord offers only those, but sends what somebody else's program made up
            return help_pages.outdated()
        return await self.put(caller, id, GapState(state or GapState.CLOSED), source)

    @for_managers
    async def put(self, caller: Caller, id: str, state: GapState, source: str | None = None) -> Page:  # noqa: A002 - likewise
        """Say what is done about a gap: about all questions that belong to it now."""
        gap = await self._gap(caller, id)
        if gap is None:
            return help_pages.no_gap(id)
        name = None
        if source:
            found = await self.choosing.source(caller, source)
            if found is None:
                return help_pages.unknown_source(source)
            name, state = found.name, GapState.CLOSED
        await self.desk.log.gaps.set([row.id for row in gap.questions], state, guild=caller.guild, source=name)
        after = await self._gap(caller, gap.id)
        return gaps.gap_page(after, note=gaps.put(after)) if after else help_pages.no_gap(id)

    async def ids(self, caller: Caller, typed: str) -> list[tuple[str, str]]:
        """Name the questions without help that have what was typed in their words or are of that id, newest first."""
        if refusal(caller):
            return []
        try:
            rows = await unhelped(self.desk.log, guild=caller.guild, now=self.clock())
        except LogError:
            return []
        words = words_of(typed)
        found = [row for row in rows if row.id in words or all(word in fold(row.question) for word in words)]
        return [(plain(row.question, limit=CHOICE) or row.id, row.id) for row in found[:CHOICES]]

    async def _page(self, caller: Caller, *, closed: bool, number: int) -> Page:
        rows = await unhelped(self.desk.log, guild=caller.guild, now=self.clock())
        answerer = await self.choosing.view(caller)
        groups = await asyncio.to_thread(groups_of, [row for row in rows if is_closed(row) is closed], answerer)
        last = max(1, -(-len(groups) // gaps.PER_PAGE))
        number = min(max(number, 1), last)
        first = (number - 1) * gaps.PER_PAGE
        which = "closed" if closed else "open"
        return gaps.gaps_page(
            [gap_of(group, answerer) for group in groups[first : first + gaps.PER_PAGE]],
            total=len(groups),
            first=first + 1,
            closed=closed,
            before=f"{which}.{number - 1}" if number > 1 else None,
            after=f"{which}.{number + 1}" if number < last else None,
        )

    async def _gap(self, caller: Caller, id: str) -> Gap | None:  # noqa: A002 - likewise
        """The gap of the caller's own server that a question belongs to."""
        rows = await unhelped(self.desk.log, guild=caller.guild, now=self.clock())
        answerer = await self.choosing.view(caller)
        return await asyncio.to_thread(gap_with, id.strip().lower(), rows, answerer)
