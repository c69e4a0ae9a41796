"""Answers that are to be deleted: by whoever asked, or whoever may delete what others write there."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.pages import notices
from bot.store.log_row import RowNote

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.pages.page import Page
    from bot.services.caller import Caller
    from bot.services.question_service import Desk
    from bot.store.log_row import LogRow

logger = logging.getLogger(__name__)


class WithdrawalHandler:
    """Says who may delete an answer, and notes that it was deleted. Its row stays, marked as withdrawn.

    `asker` turns a person's id into their keyed hash.
    """

    def __init__(self, desk: Desk, *, asker: Callable[[int], str]) -> None:
        self.desk = desk
        self.asker = asker

    async def refusal(self, id: str, caller: Caller, *, message: int | None, answered: int | None) -> Page | None:  # noqa: A002 - it is called that
        """The page for a caller who may not delete the answer with that id; None where they may.

        `message` is the one whose button was pressed, and `answered` the person whom it answers, as Discord says.
        """
        row = await self._row(id)
        if row is None:  # it was not logged, or is kept no longer
            return None if caller.moderates or answered == caller.user else notices.not_yours_to_delete()
        is_here = (row.guild, row.channel) == (caller.guild, caller.channel) and row.message in {None, message}
        is_askers = bool(row.asker) and row.asker == self.asker(caller.user)
        is_moderated = caller.moderates and not row.private
        return None if is_here and (is_askers or is_moderated) else notices.not_yours_to_delete()

    async def deleted(self, id: str) -> None:  # noqa: A002 - likewise
        """Note that the message with that answer is deleted."""
        try:
            await self.desk.log.note(id, RowNote(withdrawn=True))
        except LogError as error:
            logger.warning("The answer %s was deleted, but not marked so: %s", id, error)

    async def _row(self, id: str) -> LogRow | None:  # noqa: A002 - likewise
        """The row of that id, whatever server it is of; None where there is none, or the log cannot be read."""
        try:
            return await self.desk.log.get(id)
        except LogError as error:
            logger.warning("The answer %s is to be deleted, and cannot be looked up: %s", id, error)
            return None
