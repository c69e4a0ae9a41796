"""Sends a page to one person directly."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import discord
from discord.utils import MISSING

from bot.discord.components import view_of
from bot.discord.embeds import embed_of

if TYPE_CHECKING:
    from discord.ext import commands

    from bot.pages.page import Page

logger = logging.getLogger(__name__)


class Recipient(discord.Object):
    """A person by their id as a string, as Discord describes it; discord.py writes a number."""

    def __init__(self, user: int) -> None:
        super().__init__(user)
        self.id: Any = str(user)


async def send_directly(bot: commands.AutoShardedBot, user: int, page: Page) -> bool:
    """Send it, and say whether it arrived: some people take no direct messages."""
    try:
        conversation = await bot.create_dm(Recipient(user))
        await conversation.send(embed=embed_of(page), view=view_of(page) or MISSING)
    except (discord.HTTPException, OSError) as error:
        logger.info("Somebody could not be told that what they wrote is kept (%s).", type(error).__name__)
        return False
    return True
