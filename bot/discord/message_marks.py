"""Marks messages of the bot's own whose sources have changed, one after the other, at the pace that Discord allows."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import discord

from bot.config.errors import LogError
from bot.i18n import speaking
from bot.pages.corrections import correction_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord.delivery import Delivery
    from bot.handlers.corrections import CorrectionsHandler
    from bot.services.review.corrections import DueMark

logger = logging.getLogger(__name__)


class MessageMarks:
    """Marks the messages of one server at a time in the background.

    discord.py waits where Discord asks it to. What was marked is noted message by message, so that what is left where
    the program ends can be marked another time.
    """

    def __init__(self, client: discord.Client, corrections: CorrectionsHandler, delivery: Delivery) -> None:
        self.client = client
        self.corrections = corrections
        self.delivery = delivery
        self._at_work: dict[int, asyncio.Task[None]] = {}

    def begin(self, guild: int, marks: Sequence[DueMark]) -> bool:
        """Mark these messages of a server; False where it still has others that are being marked."""
        if guild in self._at_work:
            return False
        task = asyncio.create_task(self._mark(guild, marks), name=f"marking messages in {guild}")
        self._at_work[guild] = task
        task.add_done_callback(lambda _: self._at_work.pop(guild, None))
        return True

    async def _mark(self, guild: int, marks: Sequence[DueMark]) -> None:
        locale = await self._locale(guild)
        for mark in marks:
            if self.delivery.closing:
                return
            try:
                await self._mark_one(mark, locale)
            except (discord.HTTPException, OSError, LogError) as error:
                logger.warning("The answer %s could not be marked (%s).", mark.id, type(error).__name__)
                if not isinstance(error, discord.Forbidden):
                    return

    async def _mark_one(self, mark: DueMark, locale: str) -> None:
        with speaking(locale):
            note = correction_note(mark.corrections)
        channel = self.client.get_partial_messageable(mark.channel, guild_id=mark.guild)
        message: Any = channel.get_partial_message(mark.message)
        try:
            # The text above the embed: the answer itself stays as it was given.
            await message.edit(content=note, allowed_mentions=discord.AllowedMentions.none())
        except discord.NotFound:
            await self.corrections.gone(mark)
        else:
            await self.corrections.marked(mark)

    async def _locale(self, guild: int) -> str:
        chosen = await self.delivery.language_of(guild) if self.delivery.language_of else None
        known = self.client.get_guild(guild)
        return chosen or (known.preferred_locale.value if known else "en")
