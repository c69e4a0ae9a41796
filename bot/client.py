"""The bot as Discord sees it: its intents, its commands, its one error handler."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs import Services
from bot.cogs.asking import Asking
from bot.cogs.help import Help
from bot.cogs.log import Log
from bot.cogs.mentions import Mentions
from bot.cogs.menu import Menu
from bot.cogs.sources import Sources
from bot.cogs.telling import Telling
from bot.mishaps import apologise, apologise_to, told
from bot.pages.wording import counted
from bot.views import PageButton

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.delivery import Delivery
    from bot.reception import Reception
    from bot.syncing import Syncing

logger = logging.getLogger(__name__)

# None of them needs Discord's leave: what is written to the bot arrives without.
INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)

COGS: tuple[Callable[[Services], commands.Cog], ...] = (Asking, Mentions, Menu, Sources, Log, Help, Telling)


class Tree(app_commands.CommandTree["Quoth"]):
    """The commands, with the client's way of saying that something went wrong."""

    async def on_error(self, interaction: discord.Interaction[Quoth], error: app_commands.AppCommandError, /) -> None:
        await apologise(interaction, error)


class Quoth(commands.Bot):
    """Answers in servers and in direct messages, and never pings anyone.

    `beginning` is awaited before each new session with the gateway, of which Discord allows 1,000 a day.
    """

    def __init__(
        self,
        reception: Reception,
        delivery: Delivery,
        syncing: Syncing,
        *,
        beginning: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            activity=_activity(reception),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
        )
        self.reception = reception
        self.delivery = delivery
        self.syncing = syncing
        self.beginning = beginning

    async def setup_hook(self) -> None:
        for cog in COGS:
            await self.add_cog(cog(Services(self, self.reception, self.delivery)))
        self.add_dynamic_items(PageButton)
        await self.syncing.sync(self.tree)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        if self.beginning:
            await self.beginning()
        await super().before_identify_hook(shard_id, initial=initial)

    async def on_ready(self) -> None:
        logger.info("Ready as %s in %s.", self.user, counted(len(self.guilds), "server"))

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cogs: there are no prefix commands."""

    async def on_error(self, event_method: str, /, *args: Any, **_: Any) -> None:
        error = sys.exc_info()[1]
        match args:
            case _ if error is None:
                return
            case (discord.Interaction() as interaction, *_):
                await apologise(interaction, error)
            case (discord.Message() as message, *_):
                await apologise_to(message, error)
            case _:
                logger.warning("In %s:", event_method)
                told(error)


def _activity(reception: Reception) -> discord.CustomActivity:
    return discord.CustomActivity(f"Quoting {counted(len(reception.sources.articles), 'source')}")
