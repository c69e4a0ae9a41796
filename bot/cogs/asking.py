"""`/ask`: a question to all sources, or to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs import guild_of
from bot.store.rows import Surface
from retrieval.parsing import LONGEST  # noqa: TC001 - discord.py evaluates annotations

if TYPE_CHECKING:
    from bot.cogs import Services


class Asking(commands.Cog):
    """Answers for all to see; the closest passages to a question without an answer are for whoever wants them."""

    def __init__(self, services: Services) -> None:
        self.reception = services.reception
        self.delivery = services.delivery

    @app_commands.command(description="Ask a question; the sources answer in their own words")
    @app_commands.describe(question="What do you want to know?", source="Only look into this source")
    async def ask(
        self,
        interaction: discord.Interaction[Any],
        question: app_commands.Range[str, 1, LONGEST],
        source: str | None = None,
    ) -> None:
        page = self.reception.ask(
            question,
            Surface.COMMAND,
            user=interaction.user.id,
            guild=guild_of(interaction),
            channel=interaction.channel_id,
            source=source,
        )
        await self.delivery.respond(interaction, page, private=False)

    @ask.autocomplete("source")
    async def sources(self, _: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=name, value=value) for name, value in self.reception.choices(typed)]

    @commands.Cog.listener()
    async def on_press_closest(self, interaction: discord.Interaction[Any], row: str) -> None:
        page = self.reception.closest(row, guild=guild_of(interaction), channel=interaction.channel_id)
        await self.delivery.respond(interaction, page, private=True)
