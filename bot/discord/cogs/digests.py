"""Sends each server that wants it a digest, once a week."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord
from discord.ext import commands, tasks

from bot.config.errors import LogError
from bot.discord.embeds import embed_of
from bot.i18n import speaking
from bot.pages.digest import digest_page

if TYPE_CHECKING:
    from bot.discord.cogs import Services

logger = logging.getLogger(__name__)

EVERY = 600.0  # seconds


class DigestsCog(commands.Cog):
    """Looks every ten minutes whose week is over."""

    def __init__(self, services: Services) -> None:
        self.bot = services.bot
        self.delivery = services.delivery
        self.digests = services.reception.digests

    async def cog_load(self) -> None:
        self.looking.start()

    async def cog_unload(self) -> None:
        self.looking.cancel()

    @tasks.loop(seconds=EVERY)
    async def looking(self) -> None:
        try:
            await self.look()
        except Exception as error:  # whatever it is, the next look is soon; its words may hold a question
            logger.error("Sending digests failed (%s).", type(error).__name__)  # noqa: TRY400 - one line is enough

    @looking.before_loop
    async def ready(self) -> None:
        await self.bot.wait_until_ready()

    async def look(self) -> None:
        """Send the digests that are due."""
        if self.delivery.closing:
            return
        for guild, channel in await self.digests.due(lambda guild: self.bot.get_guild(guild) is not None):
            await self._send(guild, channel)

    async def _send(self, guild: int, channel: int) -> None:
        known = self.bot.get_guild(guild)
        if known is None:  # the bot was removed from it
            return
        chosen = await self.delivery.language_of(guild) if self.delivery.language_of else None
        try:
            with speaking(chosen or known.preferred_locale.value):
                page = digest_page(await self.digests.digest(guild, channel))
                place = self.bot.get_partial_messageable(channel, guild_id=guild)
                await place.send(embed=embed_of(page))
        except (discord.HTTPException, OSError, LogError) as error:
            logger.warning("The digest of a server could not be sent (%s).", type(error).__name__)
