"""The query log of one server, for those who may manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import LogError
from bot.pages import log, notes
from bot.reception.troubles import unreadable

if TYPE_CHECKING:
    from bot.callers import Caller
    from bot.desk import Desk
    from bot.pages.page import Page


class Review:
    """Shows a server's own rows. Every request is checked: a server's admins can give a command to anyone."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def recent(self, caller: Caller, *, before: str | None = None) -> Page:
        """Show what was asked in the server, newest first; with `before`, what is older than that id."""
        if caller.guild is None:
            return notes.not_in_direct_messages()
        if not caller.manages:
            return notes.not_yours_to_see()
        try:
            rows = await self.desk.log.recent(log.PER_PAGE + 1, guild=caller.guild, before=before)
        except LogError as error:
            return unreadable(error)
        return log.log_page(rows[: log.PER_PAGE], more=len(rows) > log.PER_PAGE)
