"""The settings of one server, for those who may manage it."""

from __future__ import annotations

import dataclasses
import datetime
import logging
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.i18n import OWN_NAMES
from bot.pages import collection_pages, settings
from bot.store.collection_rules import CollectionRules
from retrieval.ingestion.collection_names import version_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.config.settings import Settings
    from bot.handlers.server_rules import HouseRules
    from bot.pages.page import Page
    from bot.services.caller import Caller
    from bot.services.question_service import Desk
    from bot.store.collection_rules import CollectionPlace
    from bot.store.preferences import Preferences, Server

logger = logging.getLogger(__name__)

MOST_CHANNELS = 50
MOST_RULES = 500  # about collections


class SettingsHandler:
    """Shows and changes a server's settings. Every request is checked: its admins can give a command to anyone.

    `operator` has the settings of whoever runs the bot, within whose days a server's own must be.
    """

    def __init__(self, preferences: Preferences, operator: Settings, desk: Desk, rules: HouseRules) -> None:
        self.preferences = preferences
        self.operator = operator
        self.desk = desk
        self.rules = rules

    async def show(self, caller: Caller) -> Page:
        return await self._changed(caller, lambda server: (server, ""))

    async def add_channel(self, caller: Caller, channel: int) -> Page:
        """Answer in that channel, and in those that were added before, only."""

        def change(server: Server) -> tuple[Server, str]:
            channels = tuple(sorted({*server.channels, channel}))
            if len(channels) > MOST_CHANNELS:
                return server, settings.too_many_channels(MOST_CHANNELS)
            return dataclasses.replace(server, channels=channels), settings.channel_added(channel)

        return await self._changed(caller, change)

    async def remove_channel(self, caller: Caller, channel: int) -> Page:
        """Answer in that channel no more; in all of them where it was the last on the list."""

        def change(server: Server) -> tuple[Server, str]:
            if channel not in server.channels:
                return server, settings.channel_not_listed(channel)
            channels = tuple(listed for listed in server.channels if listed != channel)
            said = settings.channel_removed(channel, is_last=not channels)
            return dataclasses.replace(server, channels=channels), said

        return await self._changed(caller, change)

    async def every_channel(self, caller: Caller) -> Page:
        return await self._changed(
            caller, lambda server: (dataclasses.replace(server, channels=()), settings.every_channel())
        )

    async def add_forum(self, caller: Caller, forum: int) -> Page:
        """Give new posts in that forum a first answer."""

        def change(server: Server) -> tuple[Server, str]:
            forums = tuple(sorted({*server.forums, forum}))
            if len(forums) > MOST_CHANNELS:
                return server, settings.too_many_channels(MOST_CHANNELS)
            return dataclasses.replace(server, forums=forums), settings.forum_added(forum)

        return await self._changed(caller, change)

    async def remove_forum(self, caller: Caller, forum: int) -> Page:
        """Answer posts in that forum no more."""

        def change(server: Server) -> tuple[Server, str]:
            forums = tuple(listed for listed in server.forums if listed != forum)
            if forums == server.forums:
                return server, settings.channel_not_listed(forum)
            return dataclasses.replace(server, forums=forums), settings.forum_removed(forum)

        return await self._changed(caller, change)

    async def digest(self, caller: Caller, channel: int | None) -> Page:
        """Send the weekly digest to that channel, or (None) to none; the first one a week from now."""

        def change(server: Server) -> tuple[Server, str]:
            begun = datetime.datetime.now(datetime.UTC) if channel else None
            return dataclasses.replace(server, digest_channel=channel, digest_at=begun), settings.digest_set(channel)

        return await self._changed(caller, change)

    async def quotes(self, caller: Caller, number: int | None) -> Page:
        """Give at most that number of quotations, or (None) as many as the operator set."""
        return await self._changed(
            caller, lambda server: (dataclasses.replace(server, quotes=number), settings.quotes_set(number))
        )

    async def language(self, caller: Caller, language: str | None) -> Page:
        """Speak that language where everybody reads it, or (None) the one that the server has on Discord."""
        language = language if language in OWN_NAMES else None
        return await self._changed(
            caller, lambda server: (dataclasses.replace(server, language=language), settings.language_set(language))
        )

    async def logging(self, caller: Caller, *, on: bool) -> Page:
        return await self._changed(
            caller, lambda server: (dataclasses.replace(server, logged=on), settings.logging_set(on=on))
        )

    async def keep(self, caller: Caller, days: int | None) -> Page:
        """Keep questions for that many days, or (None) as many as the operator set; never longer than those."""

        def change(server: Server) -> tuple[Server, str]:
            if days and 0 < self.operator.keep_days < days:
                return server, settings.keeps_less(self.operator.keep_days)
            return dataclasses.replace(server, keep_days=days), settings.keep_set(days)

        return await self._changed(caller, change)

    async def age(self, caller: Caller, days: int | None) -> Page:
        """Mark sources that are more than that many days old, or (None) none."""
        return await self._changed(
            caller, lambda server: (dataclasses.replace(server, stale_days=days), settings.age_set(days))
        )

    async def collections(self, caller: Caller) -> Page:
        """List the collections that the caller's server has, and who sees each."""
        return await self._collections_page(caller, lambda server, _: (server, ""))

    async def hide_collection(self, caller: Caller, typed: str, place: CollectionPlace) -> Page:
        """Hide a collection from the server, in a channel, or from a role."""
        return await self._of_collection(caller, typed, place, CollectionRules.hide, collection_pages.now_hidden)

    async def show_collection(self, caller: Caller, typed: str, place: CollectionPlace) -> Page:
        """Show a collection to the server, in a channel, or to a role."""
        return await self._of_collection(caller, typed, place, CollectionRules.show, collection_pages.now_shown)

    async def version(self, caller: Caller, typed: str | None) -> Page:
        """Ask that version where a question names none, or (None) the newest of each thing."""

        def change(server: Server, names: Collection[str]) -> tuple[Server, str]:
            if typed is None:
                rules = dataclasses.replace(server.collections, versions=frozenset())
                return dataclasses.replace(server, collections=rules), collection_pages.newest_version()
            meant = collection_pages.meant_collection(names, typed)
            if meant is None or version_of(meant) is None:
                return server, collection_pages.no_version(typed)
            rules = server.collections.with_version(meant)
            return dataclasses.replace(server, collections=rules), collection_pages.version_set(meant)

        return await self._collections_page(caller, change)

    async def collection_names(self, caller: Caller, typed: str) -> list[tuple[str, str]]:
        """Name the collections of the caller's server like what was typed, to those who may change its settings."""
        if caller.guild is None or not caller.manages:
            return []
        try:
            view = await self.rules.view(self.desk, caller, private=True)
        except LogError:
            return []
        return collection_pages.collection_choices(view.corpus.collection_names, typed)

    async def _of_collection(
        self,
        caller: Caller,
        typed: str,
        place: CollectionPlace,
        change: Callable[[CollectionRules, str, CollectionPlace], CollectionRules],
        say: Callable[[str, CollectionPlace], str],
    ) -> Page:
        def changed(server: Server, names: Collection[str]) -> tuple[Server, str]:
            meant = collection_pages.meant_collection(names, typed)
            if meant is None:
                return server, collection_pages.no_collection(typed)
            rules = change(server.collections, meant, place)
            if len(rules) > max(MOST_RULES, len(server.collections)):
                return server, collection_pages.too_many_rules(MOST_RULES)
            return dataclasses.replace(server, collections=rules), say(meant, place)

        return await self._collections_page(caller, changed)

    async def _collections_page(
        self, caller: Caller, change: Callable[[Server, Collection[str]], tuple[Server, str]]
    ) -> Page:
        """Show the collections and who sees each as `change` leaves that, with what it says of it."""
        if refused := _refused(caller):
            return refused
        try:
            view = await self.rules.view(self.desk, caller, private=True)
            names = view.corpus.collection_names
            server, said = await self._change(caller, lambda now: change(now, names))
        except LogError as error:
            logger.error("A server's settings could not be read or changed: %s", error)  # noqa: TRY400 - one line is enough
            return settings.unchangeable()
        return collection_pages.collections_page(names, server.collections, said=said)

    async def _changed(self, caller: Caller, change: Callable[[Server], tuple[Server, str]]) -> Page:
        """Show the settings as `change` leaves them, with what it says of it."""
        if refused := _refused(caller):
            return refused
        try:
            changed, said = await self._change(caller, change)
        except LogError as error:
            logger.error("A server's settings could not be read or changed: %s", error)  # noqa: TRY400 - one line is enough
            return settings.unchangeable()
        return settings.settings_page(changed, limit=self.operator.limit, keep_days=self.operator.keep_days, said=said)

    async def _change(self, caller: Caller, change: Callable[[Server], tuple[Server, str]]) -> tuple[Server, str]:
        """What a server wishes once `change` is done, and what it says of it. Raises LogError."""
        guild = caller.guild or 0
        server = await self.preferences.server(guild)
        changed, said = change(server)
        if changed != server:
            changed = await self.preferences.change(guild, lambda now: change(now)[0])
        return changed, said


def _refused(caller: Caller) -> Page | None:
    """The page for those who may not see and change the settings."""
    if caller.guild is None:
        return settings.only_in_a_server()
    return None if caller.manages else settings.not_yours_to_change()
