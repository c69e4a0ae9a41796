"""Votes on answers: one a person, and a comment if they like."""

from __future__ import annotations

import asyncio
import datetime
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.lookup import row_for
from bot.handlers.unreadable_log import unreadable
from bot.pages import notices
from bot.store.log_row import Vote

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.pages.page import Form, Page
    from bot.services.caller import Caller
    from bot.services.question_service import Desk

PATIENCE = 1.5  # seconds; a form must be there within 3


class VotesHandler:
    """Counts what people think of an answer that they see. A voter is kept as their keyed hash."""

    def __init__(self, desk: Desk, *, asker: Callable[[int], str]) -> None:
        self.desk = desk
        self.asker = asker

    async def up(self, id: str, caller: Caller) -> Page:  # noqa: A002 - it is called that
        """Count that an answer helped."""
        return await self._vote(id, caller, helpful=True) or notices.thanks(id, helpful=True)

    async def down(self, id: str, caller: Caller) -> Page | Form:  # noqa: A002 - likewise
        """Count that an answer did not help, and ask why."""
        return await self._vote(id, caller, helpful=False) or notices.comment_form(id)

    async def comment(self, id: str, caller: Caller, text: str) -> Page:  # noqa: A002 - likewise
        """Keep what somebody says of an answer that did not help."""
        text = text.strip()[: notices.COMMENT]
        told = await self._vote(id, caller, helpful=False, comment=text)
        return told or (notices.thanks_for_comment(id) if text else notices.thanks(id, helpful=False))

    async def take_back(self, id: str, caller: Caller) -> Page:  # noqa: A002 - likewise
        """Count nothing of this person any more."""
        return await self._vote(id, caller, helpful=None) or notices.taken_back()

    async def _vote(self, id: str, caller: Caller, *, helpful: bool | None, comment: str = "") -> Page | None:  # noqa: A002 - likewise
        """Count a vote; the page that says why that cannot be, None where it is done."""
        voter = self.asker(caller.user)
        if not voter:  # there is no key to make a hash with, which was logged at the start
            return notices.votes_are_not_counted()
        try:
            async with asyncio.timeout(PATIENCE):
                row = await row_for(self.desk.log, id, caller, asker=self.asker)
                if row is None:
                    return notices.answer_is_gone()
                vote = Vote(voter, helpful, datetime.datetime.now(datetime.UTC), comment)
                counted = await self.desk.log.vote(id, vote, guild=caller.guild)
        except LogError as error:
            return unreadable(error)
        except TimeoutError:
            return notices.too_slow()
        return None if counted else notices.answer_is_gone()
