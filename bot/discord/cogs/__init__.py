"""One group of commands a cog, each made from the same services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from discord import app_commands

if TYPE_CHECKING:
    from discord.ext import commands

    from bot.discord.delivery import Delivery
    from bot.handlers import Reception


Command = TypeVar("Command")


@dataclass(frozen=True, slots=True)
class Services:
    """What a cog works with."""

    bot: commands.AutoShardedBot
    reception: Reception
    delivery: Delivery


def for_managers(command: Command) -> Command:
    """Show a command, or a group, in servers that added the bot, to those who may manage them.

    `guild_only` alone would add servers to what the tree allows, and take away nothing. A server's admins can give a
    command to anyone, so every call must check for itself.
    """
    command = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)(command)
    command = app_commands.allowed_installs(guilds=True, users=False)(command)
    return app_commands.default_permissions(manage_guild=True)(command)
