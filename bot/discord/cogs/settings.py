"""`/settings`: how the bot behaves in a server, for those who manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.callers import presser
from bot.discord.cogs import for_managers
from bot.i18n import OWN_NAMES
from bot.store.collection_rules import CollectionPlace

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
    collections = app_commands.Group(name="collections", description="Who sees which sources here")

    forums = app_commands.Group(name="forums", description="The forums where new posts get a first answer")

    def __init__(self, services: Services) -> None:
        self.questions = services.reception.questions
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

    @collections.command(name="list", description="All collections of sources, and who sees each")
    async def list_collections(self, interaction: discord.Interaction[Any]) -> None:
        await self._respond(interaction, self.settings.collections(presser(interaction)))

    @collections.command(name="hide", description="Hide a collection from this server, from a channel, or from a role")
    @app_commands.describe(
        collection="The collection to hide",
        channel="Only hide it in this channel",
        role="Take back that this role sees it",
    )
    async def hide(
        self,
        interaction: discord.Interaction[Any],
        collection: str,
        channel: Channel | None = None,
        role: discord.Role | None = None,
    ) -> None:
        place = CollectionPlace(channel, role.id if role else None)
        await self._respond(interaction, self.settings.hide_collection(presser(interaction), collection, place))

    @collections.command(name="show", description="Show a collection to everyone here, in a channel, or to a role")
    @app_commands.describe(
        collection="The collection to show",
        channel="Show it in this channel",
        role="Show it to people with this role, in answers that only they see",
    )
    async def show_collection(
        self,
        interaction: discord.Interaction[Any],
        collection: str,
        channel: Channel | None = None,
        role: discord.Role | None = None,
    ) -> None:
        place = CollectionPlace(channel, role.id if role else None)
        await self._respond(interaction, self.settings.show_collection(presser(interaction), collection, place))

    @collections.command(name="version", description="Which version I search when a question names none")
    @app_commands.describe(collection="A collection such as v1; leave it out for the newest")
    async def version(self, interaction: discord.Interaction[Any], collection: str | None = None) -> None:
        await self._respond(interaction, self.settings.version(presser(interaction), collection))

    @hide.autocomplete("collection")
    @show_collection.autocomplete("collection")
    @version.autocomplete("collection")
    async def names(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        found = await self.settings.collection_names(presser(interaction), typed)
        return [app_commands.Choice(name=name, value=value) for name, value in found]

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

    @app_commands.command(description="How old a source may be before my answers say that it may be out of date")
    @app_commands.describe(days="How many days; leave it out to mark none")
    async def age(
        self, interaction: discord.Interaction[Any], days: app_commands.Range[int, 1, 36_500] | None = None
    ) -> None:
        await self._respond(interaction, self.settings.age(presser(interaction), days))

    async def _respond(self, interaction: discord.Interaction[Any], page: Coroutine[Any, Any, Page]) -> None:
        await self.delivery.respond(interaction, page, private=True)


def _chosen(interaction: discord.Interaction[Any], channel: int | None) -> int:
    """The channel that was named, or the one where the command was used."""
    return channel or interaction.channel_id or 0
