"""`/privacy`: what is kept of whoever asks, for everyone."""

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


class PrivacyCog(commands.GroupCog, group_name="privacy", group_description="What is stored about you"):
    """Shows people what is kept of them, to them alone, and deletes it when they wish."""

    def __init__(self, services: Services) -> None:
        self.privacy = services.reception.privacy
        self.delivery = services.delivery

    @app_commands.command(description="What is stored about you, for how long, and who can read it")
    async def show(self, interaction: discord.Interaction[Any]) -> None:
        await self.delivery.respond(interaction, self.privacy.show(presser(interaction)), private=True)

    @app_commands.command(description="Delete everything stored about you")
    async def delete(self, interaction: discord.Interaction[Any]) -> None:
        await self.delivery.respond(interaction, self.privacy.ask_to_delete(presser(interaction)), private=True)

    @app_commands.command(name="opt-out", description="Answer my questions without logging them")
    async def opt_out(self, interaction: discord.Interaction[Any]) -> None:
        await self.delivery.respond(interaction, self.privacy.opt(presser(interaction), out=True), private=True)

    @app_commands.command(name="opt-in", description="Log my questions again")
    async def opt_in(self, interaction: discord.Interaction[Any]) -> None:
        await self.delivery.respond(interaction, self.privacy.opt(presser(interaction), out=False), private=True)

    @on(Press.FORGET)
    async def on_press_forget(self, interaction: discord.Interaction[Any], _: str) -> None:
        await self.delivery.turn(interaction, self.privacy.delete(presser(interaction)))
