"""`/settings`: how the bot behaves in a server, for those who manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.callers import presser
from bot.discord.cogs import for_managers
from bot.i18n import OWN_NAMES

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.discord.cogs import Services
    from bot.pages.page import Page

PLACES = (
    *(discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum),
    *(discord.ChannelType.voice, discord.ChannelType.stage_voice),
    *(discord.ChannelType.public_thread, discord.ChannelType.private_thread, discord.ChannelType.news_thread),
)


class WritableChannel(app_commands.Transformer):
    """Takes the id of a channel where somebody may write; discord.py's own types offer more, or fewer."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return list(PLACES)

    async def transform(self, _: discord.Interaction[Any], channel: Any, /) -> int:
        return int(channel.id)


class ForumChannel(WritableChannel):
    """Takes the id of a forum."""

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return [discord.ChannelType.forum]


class DigestChannel(WritableChannel):
    """Takes the id of a channel for text."""

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return [discord.ChannelType.text, discord.ChannelType.news]


Channel = app_commands.Transform[int, WritableChannel]
Forum = app_commands.Transform[int, ForumChannel]
TextChannel = app_commands.Transform[int, DigestChannel]


@for_managers
class SettingsCog(commands.GroupCog, group_name="settings", group_description="How I behave in this server"):
    """Shows and changes a server's settings, to and by those who may manage it alone."""

    channels = app_commands.Group(name="channels", description="The channels where I answer")

    forums = app_commands.Group(name="forums", description="The forums where new posts get a first answer")

    def __init__(self, services: Services) -> None:
        self.settings = services.reception.settings
        self.delivery = services.delivery

    @app_commands.command(description="All settings, and how to change each")
    async def show(self, interaction: discord.Interaction[Any]) -> None:
        await self._respond(interaction, self.settings.show(presser(interaction)))

    @channels.command(description="Answer in this channel too, and only in channels on the list")
    @app_commands.describe(channel="A channel to add; if you name none, the one you are in")
    async def add(self, interaction: discord.Interaction[Any], channel: Channel | None = None) -> None:
        await self._respond(interaction, self.settings.add_channel(presser(interaction), _chosen(interaction, channel)))

    @channels.command(description="No longer answer in this channel")
    @app_commands.describe(channel="A channel to remove; if you name none, the one you are in")
    async def remove(self, interaction: discord.Interaction[Any], channel: Channel | None = None) -> None:
        await self._respond(
            interaction, self.settings.remove_channel(presser(interaction), _chosen(interaction, channel))
        )

    @channels.command(name="all", description="Answer in every channel")
    async def every(self, interaction: discord.Interaction[Any]) -> None:
        await self._respond(interaction, self.settings.every_channel(presser(interaction)))

    @forums.command(name="add", description="Give new posts in this forum a first answer from the sources")
    @app_commands.describe(forum="The forum")
    async def add_forum(self, interaction: discord.Interaction[Any], forum: Forum) -> None:
        await self._respond(interaction, self.settings.add_forum(presser(interaction), forum))

    @forums.command(name="remove", description="No longer answer posts in this forum")
    @app_commands.describe(forum="The forum")
    async def remove_forum(self, interaction: discord.Interaction[Any], forum: Forum) -> None:
        await self._respond(interaction, self.settings.remove_forum(presser(interaction), forum))

    @app_commands.command(description="A weekly digest for one channel: questions, gaps and corrections")
    @app_commands.describe(channel="Leave it out for no digest")
    async def digest(self, interaction: discord.Interaction[Any], channel: TextChannel | None = None) -> None:
        await self._respond(interaction, self.settings.digest(presser(interaction), channel))

    @app_commands.command(description="How many quotations an answer has at most")
    @app_commands.describe(number="From 1 to 10; leave it out for the default")
    async def quotes(
        self, interaction: discord.Interaction[Any], number: app_commands.Range[int, 1, 10] | None = None
    ) -> None:
        await self._respond(interaction, self.settings.quotes(presser(interaction), number))

    @app_commands.command(description="The language I use in messages that everyone here sees")
    @app_commands.describe(language="Leave it out for the server’s language on Discord")
    @app_commands.choices(language=[app_commands.Choice(name=own, value=code) for code, own in OWN_NAMES.items()])
    async def language(self, interaction: discord.Interaction[Any], language: str | None = None) -> None:
        await self._respond(interaction, self.settings.language(presser(interaction), language))

    @app_commands.command(description="Whether questions are logged")
    @app_commands.describe(on="Yes: questions are logged, without names. No: they are only answered")
    async def logging(self, interaction: discord.Interaction[Any], on: bool) -> None:  # noqa: FBT001 - Discord's own way of asking
        await self._respond(interaction, self.settings.logging(presser(interaction), on=on))

    @app_commands.command(description="How long questions are kept in the log")
    @app_commands.describe(days="How many days; leave it out for the default")
    async def keep(
        self, interaction: discord.Interaction[Any], days: app_commands.Range[int, 1, 36_500] | None = None
    ) -> None:
        await self._respond(interaction, self.settings.keep(presser(interaction), days))

    async def _respond(self, interaction: discord.Interaction[Any], page: Coroutine[Any, Any, Page]) -> None:
        await self.delivery.respond(interaction, page, private=True)


def _chosen(interaction: discord.Interaction[Any], channel: int | None) -> int:
    """The channel that was named, or the one where the command was used."""
    return channel or interaction.channel_id or 0
