"""`/help`: how to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.pages import help_pages

if TYPE_CHECKING:
    from bot.discord.cogs import Services
    from bot.pages.page import Page


class HelpCog(commands.Cog):
    """Tells how to ask, to whoever wants to know."""

    def __init__(self, services: Services) -> None:
        self.delivery = services.delivery

    @app_commands.command(description="How to ask, and what is stored")
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        await self.delivery.respond(interaction, _page(), private=True)


async def _page() -> Page:
    return help_pages.help_page()
