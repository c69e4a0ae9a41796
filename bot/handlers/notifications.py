"""Telling people, once, that a source answers what they asked in vain."""

from __future__ import annotations

import asyncio
import datetime
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.lookup import row_for
from bot.handlers.unreadable_log import unreadable
from bot.pages import help_pages, notifications
from bot.services.caller import Caller
from bot.services.process_group import TELLING, holds
from bot.services.review.gaps import ask_again_where_changed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.handlers.server_rules import HouseRules
    from bot.pages.page import Page
    from bot.services.question_service import Desk
    from bot.store.gaps import Wish
    from bot.store.leases import Leases
    from bot.store.log_row import LogRow
    from retrieval.answer.answerer import Answerer


class NotificationsHandler:
    """Keeps who wants to be told. `asker` turns a person's id into their keyed hash.

    Of processes that have `leases` in common, one asks open questions again and tells people.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        asker: Callable[[int], str],
        rules: HouseRules,
        leases: Leases | None = None,
        clock: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    ) -> None:
        self.desk = desk
        self.asker = asker
        self.rules = rules
        self.leases = leases
        self.clock = clock

    async def wish(self, caller: Caller, id: str) -> Page:  # noqa: A002 - it is called that
        """Keep that the caller wants to be told of a source for a question asked in the same place."""
        asker = self.asker(caller.user)
        if not asker:  # without a key nobody could be forgotten again
            return notifications.cannot_tell()
        try:
            if await row_for(self.desk.log, id, caller, asker=self.asker) is None:
                return help_pages.row_is_gone()
            await self.desk.log.gaps.wish(id, caller.user, asker)
            due = [wish for wish in await self._met() if (wish.question_id, wish.user) == (id, caller.user)]
            if due:
                await self.desk.log.gaps.unwish(id, caller.user)
        except LogError as error:
            return unreadable(error)
        return notifications.answered_now(due[0].source) if due else notifications.will_tell(id)

    async def unwish(self, caller: Caller, id: str) -> Page:  # noqa: A002 - likewise
        """Keep it no longer."""
        try:
            await self.desk.log.gaps.unwish(id, caller.user)
        except LogError as error:
            return unreadable(error)
        return notifications.will_not_tell()

    async def due(self) -> Sequence[Wish]:
        """Who is to be told now, once open questions were asked again of articles that changed. Raises LogError."""
        if not await asyncio.to_thread(holds, self.leases, TELLING):
            return ()
        answerer = self.desk.answerer
        await ask_again_where_changed(self.desk.log, answerer, now=self.clock(), view_of=self._view_of)
        return await self._met()

    async def _met(self) -> Sequence[Wish]:
        """The wishes that can be met now by a source that all see where the question was asked; others wait."""
        due = await self.desk.log.gaps.due()
        hidden = {article.name for article in self.desk.answerer.library.articles} if due else set()
        met = []
        for wish in due:
            row = await self.desk.log.get(wish.question_id)
            view = await self._view_of(row) if row else self.desk.answerer
            seen = {article.name for article in view.library.articles}
            if wish.source in seen or wish.source not in hidden:
                met.append(wish)
        return met

    async def _view_of(self, row: LogRow) -> Answerer:
        """The answerer as everybody sees it where a question was asked. Raises LogError."""
        place = Caller(user=0, guild=row.guild, channel=row.channel)
        return await self.rules.view(self.desk, place, private=False)
