"""`/sources`: what the bot has read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.callers import presser
from bot.discord.components.listeners import on
from bot.pages.actions import Press

if TYPE_CHECKING:
    from bot.discord.cogs import Services


class SourcesCog(commands.GroupCog, group_name="sources", group_description="The sources that answers are quoted from"):
    """Shows the sources to whoever asks, and to nobody else."""

    def __init__(self, services: Services) -> None:
        self.reception = services.reception
        self.delivery = services.delivery

    @app_commands.command(name="list", description="All sources by name")
    async def list_all(self, interaction: discord.Interaction[Any]) -> None:
        await self.delivery.respond(interaction, self.reception.sources.page(presser(interaction)), private=True)

    @app_commands.command(description="One source: its date, its author, its first lines")
    @app_commands.describe(name="The source's name")
    async def show(self, interaction: discord.Interaction[Any], name: str) -> None:
        await self.delivery.respond(interaction, self.reception.sources.one(name, presser(interaction)), private=True)

    @show.autocomplete("name")
    async def names(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        found = await self.reception.sources.choices(typed, presser(interaction))
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    @on(Press.SOURCES)
    async def on_press_sources(self, interaction: discord.Interaction[Any], number: str) -> None:
        await self.delivery.turn(interaction, self.reception.sources.turned(presser(interaction), number))

    @on(Press.TEXT)
    async def on_press_text(self, interaction: discord.Interaction[Any], sha256: str) -> None:
        await self.delivery.respond(
            interaction, self.reception.sources.text(presser(interaction), sha256), private=True
        )
