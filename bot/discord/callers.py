"""Who is behind what arrives from Discord."""

from __future__ import annotations

from typing import Any

import discord

from bot.services.caller import Caller


def presser(interaction: discord.Interaction[Any]) -> Caller:
    """Whoever used a command, a menu entry or a button; their rights are those that Discord sends along with it."""
    guild, rights = guild_of(interaction), interaction.permissions
    return Caller(
        user=interaction.user.id,
        guild=guild,
        channel=interaction.channel_id,
        parent=_parent(interaction.channel),
        manages=guild is not None and (rights.manage_guild or rights.administrator),
        moderates=guild is not None and (rights.manage_messages or rights.administrator),
        locale=interaction.locale.value,
        roles=_roles(interaction.user) if guild is not None else (),
    )


def answered_by(message: discord.Message | None) -> int | None:
    """The id of the person whom a message of the bot's own answers, as Discord says it; None where it does not."""
    if message is None:
        return None
    if message.interaction_metadata:
        return message.interaction_metadata.user.id
    original = message.reference.resolved if message.reference else None
    return original.author.id if isinstance(original, discord.Message) else None


def guild_of(interaction: discord.Interaction[Any]) -> int | None:
    """The server whose business an interaction is; None in direct conversations.

    None, too, in a server that has not added the bot, where a person brought its commands along: what is asked there
    is that person's, and never for the server's own log.
    """
    guild = interaction.guild_id
    is_there = interaction.is_guild_integration() or (guild and interaction.client.get_guild(guild))
    return guild if is_there else None


def writer(message: discord.Message) -> Caller:
    """Whoever wrote a message; Discord does not tell their rights with it, nor their language but the server's."""
    guild = message.guild
    return Caller(
        user=message.author.id,
        guild=guild.id if guild else None,
        channel=message.channel.id,
        parent=_parent(message.channel),
        roles=_roles(message.author),
        locale=guild.preferred_locale.value if guild else "en",
    )


def _roles(person: discord.abc.User) -> tuple[int, ...]:
    """The roles that Discord sends along with a person."""
    return tuple(role.id for role in person.roles) if isinstance(person, discord.Member) else ()


def _parent(channel: object) -> int | None:
    """The channel that a thread belongs to."""
    return channel.parent_id if isinstance(channel, discord.Thread) else None
