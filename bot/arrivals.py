"""Who is behind what arrives from Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.callers import Caller

if TYPE_CHECKING:
    import discord


def presser(interaction: discord.Interaction[Any]) -> Caller:
    """Whoever used a command, a menu entry or a button; their rights are those that Discord sends along with it."""
    rights = interaction.permissions
    return Caller(
        user=interaction.user.id,
        guild=interaction.guild_id,
        channel=interaction.channel_id,
        manages=interaction.guild_id is not None and (rights.manage_guild or rights.administrator),
        locale=interaction.locale.value,
    )


def writer(message: discord.Message) -> Caller:
    """Whoever wrote a message; Discord does not tell their rights with it, nor their language but the server's."""
    guild = message.guild
    return Caller(
        user=message.author.id,
        guild=guild.id if guild else None,
        channel=message.channel.id,
        locale=guild.preferred_locale.value if guild else "en",
    )
