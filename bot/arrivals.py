"""Who is behind what arrives from Discord."""

from __future__ import annotations

from typing import Any

import discord

from bot.callers import Caller


def presser(interaction: discord.Interaction[Any]) -> Caller:
    """Whoever used a command, a menu entry or a button; their rights are those that Discord sends along with it."""
    rights = interaction.permissions
    return Caller(
        user=interaction.user.id,
        guild=interaction.guild_id,
        channel=interaction.channel_id,
        parent=_parent(interaction.channel),
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
        parent=_parent(message.channel),
        locale=guild.preferred_locale.value if guild else "en",
    )


def _parent(channel: object) -> int | None:
    """The channel that a thread belongs to."""
    return channel.parent_id if isinstance(channel, discord.Thread) else None
