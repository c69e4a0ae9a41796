"""“Find sources”, in the menu of a message: what the sources say about it, for one person alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs import guild_of
from bot.pages import notes
from bot.store.rows import Surface

if TYPE_CHECKING:
    from bot.cogs import Services
    from bot.pages.page import Page


class Menu(commands.Cog):
    """Takes the text of a message for a question."""

    def __init__(self, services: Services) -> None:
        self.bot = services.bot
        self.reception = services.reception
        self.delivery = services.delivery
        self.entry = app_commands.ContextMenu(name="Find sources", callback=self.find)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self.entry)  # discord.py collects commands from a cog, but no menu entries

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self.entry.name, type=self.entry.type)

    async def find(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await self.delivery.respond(interaction, self._page(interaction, message.content.strip()), private=True)

    async def _page(self, interaction: discord.Interaction[Any], text: str) -> Page:
        if not text:
            return notes.nothing_written()
        return await self.reception.ask(
            text,
            Surface.MENU,
            user=interaction.user.id,
            guild=guild_of(interaction),
            channel=interaction.channel_id,
        )
