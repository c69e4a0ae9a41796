"""Questions in messages: a mention in a channel, and every direct message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from discord.ext import commands

from bot.pages import notes
from bot.store.rows import Surface

if TYPE_CHECKING:
    import discord

    from bot.cogs import Services
    from bot.pages.page import Page


class Mentions(commands.Cog):
    """Answers by a reply. A reply to the bot or a mention of everyone is not a question; nor is what bots write."""

    def __init__(self, services: Services) -> None:
        self.bot = services.bot
        self.reception = services.reception
        self.delivery = services.delivery

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot or message.webhook_id or message.is_system() or self.bot.user is None:
            return
        # The text is looked at: Discord also counts those as mentioned whose message is replied to.
        without, mentions = re.subn(rf"\s*<@!?{self.bot.user.id}>[,:]?\s*", " ", message.content)
        if mentions or message.guild is None:
            await self.delivery.reply(message, self._page(message, without.strip()))

    async def _page(self, message: discord.Message, question: str) -> Page:
        if not question:
            return notes.nothing_asked()
        guild = message.guild
        return await self.reception.ask(
            question,
            Surface.MENTION if guild else Surface.DIRECT,
            user=message.author.id,
            guild=guild.id if guild else None,
            channel=message.channel.id,
        )
