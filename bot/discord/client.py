"""The bot as Discord sees it: its intents, its commands, its one error handler."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.config.shard_group import ShardGroup
from bot.discord.cogs import Services
from bot.discord.cogs.answers import AnswersCog
from bot.discord.cogs.context_menus import ContextMenusCog
from bot.discord.cogs.digests import DigestsCog
from bot.discord.cogs.forums import ForumsCog
from bot.discord.cogs.help import HelpCog
from bot.discord.cogs.log import LogCog
from bot.discord.cogs.member_answers import MemberAnswersCog
from bot.discord.cogs.mentions import MentionsCog
from bot.discord.cogs.notifications import NotificationsCog
from bot.discord.cogs.privacy import PrivacyCog
from bot.discord.cogs.questions import QuestionsCog
from bot.discord.cogs.settings import SettingsCog
from bot.discord.cogs.sources import SourcesCog
from bot.discord.cogs.withdrawal import WithdrawalCog
from bot.discord.components import ITEMS, read_form, read_upload
from bot.discord.error_handler import apologise, apologise_to, told
from bot.discord.session_limits import Sessions
from bot.discord.shards import Sharded
from bot.discord.translator import Translator
from bot.i18n import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.discord.command_sync import CommandSync
    from bot.discord.delivery import Delivery
    from bot.handlers import Reception

logger = logging.getLogger(__name__)

# None of them needs Discord's leave: what is written to the bot arrives without.
INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)

COGS: tuple[Callable[[Services], commands.Cog], ...] = (
    QuestionsCog,
    AnswersCog,
    MentionsCog,
    ContextMenusCog,
    SourcesCog,
    MemberAnswersCog,
    LogCog,
    SettingsCog,
    PrivacyCog,
    HelpCog,
    NotificationsCog,
    WithdrawalCog,
    ForumsCog,
    DigestsCog,
)


class Tree(app_commands.CommandTree["Quoth"]):
    """The commands, with the client's way of saying that something went wrong."""

    async def on_error(self, interaction: discord.Interaction[Quoth], error: app_commands.AppCommandError, /) -> None:
        await apologise(interaction, error)


class Quoth(Sharded):
    """Answers in servers and in direct messages, and never pings anyone.

    `sessions` counts those with the gateway, of which Discord allows 1,000 a day. `shards` is over how many
    connections the servers are spread; with None Discord says it, and a group is those that this process has.
    """

    def __init__(
        self,
        reception: Reception,
        delivery: Delivery,
        syncing: CommandSync,
        *,
        sessions: Sessions | None = None,
        shards: int | ShardGroup | None = 1,
    ) -> None:
        group = shards if isinstance(shards, ShardGroup) else None
        super().__init__(
            sessions=sessions or Sessions(),
            shard_count=shards.count if isinstance(shards, ShardGroup) else shards,
            shard_ids=group.ids if group else None,
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            activity=_activity(reception),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
        )
        self.reception = reception
        self.delivery = delivery
        self.delivery.sent = reception.desk.sent
        self.syncing = syncing

    async def setup_hook(self) -> None:
        await self.reception.questions.rules.look()
        self.activity = _activity(self.reception)
        for cog in COGS:
            await self.add_cog(cog(Services(self, self.reception, self.delivery)))
        self.add_dynamic_items(*ITEMS)
        await self.tree.set_translator(Translator())
        await self.syncing.sync(self.tree)
        self.reception.desk.replaced = self._show_sources

    async def on_ready(self) -> None:
        logger.info("Ready as %s in %s.", self.user, counted(len(self.guilds), "server"))

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cogs: there are no prefix commands."""

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        # Not left to discord.py, which forgets at a restart the forms that are open.
        if form := read_form(interaction):
            self.dispatch(f"send_{form.action}", interaction, form.argument, form.text)
        elif upload := read_upload(interaction):
            self.dispatch(f"send_{upload.action}", interaction, upload)

    def _show_sources(self) -> None:
        """Show the number of sources that there are now, in the sessions that are open and in those to come."""
        self.activity = _activity(self.reception)
        if not self.is_closed():
            self._showing = self.loop.create_task(self.change_presence(activity=self.activity))

    async def on_guild_channel_update(self, _: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        self.delivery.channels.lift(after.guild.id)

    async def on_guild_role_update(self, _: discord.Role, after: discord.Role) -> None:
        self.delivery.channels.lift(after.guild.id)

    async def on_member_update(self, _: discord.Member, after: discord.Member) -> None:
        self.delivery.channels.lift(after.guild.id)  # without privileged intents it is the bot itself

    async def on_error(self, event_method: str, /, *args: Any, **_: Any) -> None:
        error = sys.exc_info()[1]
        match args:
            case _ if error is None:
                return
            case (discord.Interaction() as interaction, *_):
                await apologise(interaction, error)
            case (discord.Message() as message, *_):
                await apologise_to(self.delivery, message, error)
            case _:
                logger.warning("In %s:", event_method)
                told(error)


def _activity(reception: Reception) -> discord.CustomActivity:
    count = reception.questions.rules.open_sources(reception.desk.answerer)
    return discord.CustomActivity(f"Quoting {counted(count, 'source')}")
