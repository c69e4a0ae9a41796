"""Questions in messages: a mention in a channel, and every direct message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.discord.callers import writer
from bot.discord.embeds import id_on
from bot.pages import help_pages
from bot.store.log_row import Surface

if TYPE_CHECKING:
    from bot.discord.cogs import Services
    from bot.pages.page import Page


class MentionsCog(commands.Cog):
    """Answers by a reply. A mention of everyone is not a question; nor is what bots write.

    A reply to one of the bot's answers is a question where it ends with a question mark; a thank-you is not.
    """

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
        question = without.strip()
        to = self._answer_replied_to(message)
        is_asked = mentions or message.guild is None or (to and question.endswith("?"))
        if is_asked and await self.reception.questions.rules.answers(writer(message)):
            await self.delivery.reply(message, self._page(message, question, to))

    def _answer_replied_to(self, message: discord.Message) -> str | None:
        """The id on the answer that a message replies to, "" where it replies to something else, None to nothing."""
        if message.reference is None:
            return None
        original = message.reference.resolved
        if isinstance(original, discord.Message) and original.author == self.bot.user:
            return id_on(original)
        return ""

    async def _page(self, message: discord.Message, question: str, to: str | None) -> Page:
        if not question:
            return help_pages.nothing_asked()
        surface = Surface.MENTION if message.guild else Surface.DIRECT
        return await self.reception.questions.ask(question, surface, writer(message), to=to)
