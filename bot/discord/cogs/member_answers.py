"""The menu entry of a message that keeps it as a source, for a server's editors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.callers import presser
from bot.discord.components.listeners import on
from bot.discord.direct_messages import send_directly
from bot.pages.actions import Press, Send
from bot.services.sources.member_answers import MemberMessage

if TYPE_CHECKING:
    from bot.discord.cogs import Services


class MemberAnswersCog(commands.Cog):
    """Shows what a message would be as a source, keeps it, tells its author, and removes it when they wish."""

    def __init__(self, services: Services) -> None:
        self.bot = services.bot
        self.answers = services.reception.member_answers
        self.delivery = services.delivery
        self.entry = app_commands.ContextMenu(name="Keep as a source", callback=self.keep)
        self.entry.allowed_contexts = app_commands.AppCommandContext(
            guild=True, dm_channel=False, private_channel=False
        )
        self.entry.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self.entry)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self.entry.name, type=self.entry.type)

    async def keep(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        said = MemberMessage(
            id=message.id,
            author=message.author.id,
            name=message.author.display_name,
            written=message.created_at.date(),
            link=message.jump_url,
            text=message.clean_content,
        )
        by_app = message.author.bot or message.webhook_id is not None
        page = self.answers.offer(presser(interaction), said, by_app=by_app)
        await self.delivery.respond(interaction, page, private=True)

    @on(Press.ASKED)
    async def on_press_asked(self, interaction: discord.Interaction[Any], token: str) -> None:
        await self.delivery.open(interaction, self.answers.question_form(presser(interaction), token))

    @on(Send.QUESTION)
    async def on_send_question(self, interaction: discord.Interaction[Any], token: str, text: str) -> None:
        await self.delivery.turn(interaction, self.answers.question(presser(interaction), token, text))

    @on(Press.JOIN)
    async def on_press_join(self, interaction: discord.Interaction[Any], tokens: str) -> None:
        await self.delivery.turn(interaction, self.answers.join(presser(interaction), tokens))

    @on(Press.KEEP_ANSWER)
    async def on_press_keepanswer(self, interaction: discord.Interaction[Any], token: str) -> None:
        server = interaction.guild.name if interaction.guild else ""
        tell = partial(send_directly, self.bot)
        page = self.answers.keep(presser(interaction), token, server=server, tell=tell)
        await self.delivery.turn(interaction, page)

    @on(Press.WITHDRAW)
    async def on_press_withdraw(self, interaction: discord.Interaction[Any], number: str) -> None:
        await self.delivery.turn(interaction, self.answers.withdraw(presser(interaction), number))
