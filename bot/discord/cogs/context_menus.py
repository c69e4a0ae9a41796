"""The menu of a message: what the sources say about it, and whether it quotes them rightly, for one person alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.callers import presser
from bot.pages import help_pages
from bot.store.log_row import Surface

if TYPE_CHECKING:
    from bot.discord.cogs import Services
    from bot.pages.page import Page


class ContextMenusCog(commands.Cog):
    """Takes the text of a message for a question."""

    def __init__(self, services: Services) -> None:
        self.bot = services.bot
        self.reception = services.reception
        self.delivery = services.delivery
        self.entries = (
            app_commands.ContextMenu(name="Find sources", callback=self.find),
            app_commands.ContextMenu(name="Check this quote", callback=self.check),
        )

    async def cog_load(self) -> None:
        for entry in self.entries:
            self.bot.tree.add_command(entry)  # discord.py collects commands from a cog, but no menu entries

    async def cog_unload(self) -> None:
        for entry in self.entries:
            self.bot.tree.remove_command(entry.name, type=entry.type)

    async def find(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await self.delivery.respond(interaction, self._page(interaction, message.content.strip()), private=True)

    async def check(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        page = self.reception.checks.message(message.content, presser(interaction))
        await self.delivery.respond(interaction, page, private=True)

    async def _page(self, interaction: discord.Interaction[Any], text: str) -> Page:
        if not text:
            return help_pages.nothing_written()
        return await self.reception.questions.ask(text, Surface.MENU, presser(interaction), private=True)
