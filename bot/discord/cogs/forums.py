"""First answers to new posts in the forums that a server named."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

from bot.discord.callers import answered_by, presser, writer
from bot.discord.components.listeners import on
from bot.pages.actions import Press
from bot.pages.answer import settled_buttons

if TYPE_CHECKING:
    import discord

    from bot.discord.cogs import Services

MOST_WAITING = 1000  # posts of which one half has arrived


class ForumsCog(commands.Cog):
    """Answers a post once, when its title and its first message are there; Discord takes no reply before.

    Discord tells of the two one by one. The first message has the id of its post; its text does not come without a
    privileged intent, and is not needed.
    """

    def __init__(self, services: Services) -> None:
        self.forums = services.reception.forums
        self.withdrawal = services.reception.withdrawal
        self.delivery = services.delivery
        self._posts: OrderedDict[int, discord.Thread] = OrderedDict()
        self._first_messages: OrderedDict[int, discord.Message] = OrderedDict()

    @commands.Cog.listener()
    async def on_thread_create(self, thread: discord.Thread) -> None:
        if await self.forums.wants(thread.guild.id, thread.parent_id):
            _remember(self._posts, thread.id, thread)
            await self._answer(thread.id)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        if message.guild is None or message.id != message.channel.id:
            return
        _remember(self._first_messages, message.id, message)
        await self._answer(message.id)

    async def _answer(self, post: int) -> None:
        if post not in self._posts or post not in self._first_messages or self.delivery.closing:
            return
        thread, message = self._posts.pop(post), self._first_messages.pop(post)
        if message.author.bot or message.webhook_id or message.is_system():
            return
        caller = replace(writer(message), channel=thread.id, parent=thread.parent_id)
        await self.delivery.reply(message, self.forums.first_answer(thread.name, caller))

    @on(Press.HELPED)
    async def on_press_helped(self, interaction: discord.Interaction[Any], row: str) -> None:
        caller, answered = presser(interaction), answered_by(interaction.message)
        judged = self.forums.judged(row, caller, helpful=True, answered=answered)
        await self.delivery.replace_buttons(interaction, judged, lambda: settled_buttons(row))

    @on(Press.NOT_THIS)
    async def on_press_notthis(self, interaction: discord.Interaction[Any], row: str) -> None:
        caller, answered = presser(interaction), answered_by(interaction.message)
        judged = self.forums.judged(row, caller, helpful=False, answered=answered)
        if await self.delivery.delete(interaction, judged):
            await self.withdrawal.deleted(row)


def _remember(halves: OrderedDict[int, Any], post: int, half: Any) -> None:
    halves[post] = half
    if len(halves) > MOST_WAITING:
        halves.popitem(last=False)
