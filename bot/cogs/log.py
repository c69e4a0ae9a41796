"""`/log`: what was asked in a server, for those who manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.arrivals import presser
from bot.cogs import for_managers

if TYPE_CHECKING:
    from bot.cogs import Services
    from bot.pages.page import Page


@for_managers
class Log(commands.GroupCog, group_name="log", group_description="What was asked in this server"):
    """Shows a server's own rows. A server's admins can give a command to anyone, so every call checks for itself."""

    def __init__(self, services: Services) -> None:
        self.reception = services.reception
        self.delivery = services.delivery

    @app_commands.command(description="The questions that were asked last")
    async def recent(self, interaction: discord.Interaction[Any]) -> None:
        await self.delivery.respond(interaction, self._page(interaction), private=True)

    @commands.Cog.listener()
    async def on_press_log(self, interaction: discord.Interaction[Any], before: str) -> None:
        await self.delivery.turn(interaction, self._page(interaction, before))

    async def _page(self, interaction: discord.Interaction[Any], before: str | None = None) -> Page:
        return await self.reception.review.recent(presser(interaction), before=before)
