"""What is kept of a person, for that person: to be read, deleted, and no longer to be kept."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.pages import privacy
from bot.store.preferences import UNTOUCHED
from bot.store.source_history import SourceTrace

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.config.settings import Settings
    from bot.pages.page import Page
    from bot.services.caller import Caller
    from bot.services.conversations import Conversations
    from bot.services.retention.data_subjects import DataSubjects
    from bot.services.sources.source_desk import SourceDesk
    from bot.store.preferences import Preferences

logger = logging.getLogger(__name__)


class PrivacyHandler:
    """Everyone sees and deletes what is theirs alone: who they are comes from Discord, never from what was sent.

    `asker` turns a person's id into their keyed hash; `persons` may be None, as for a log in memory; `operator` has
    the settings of whoever runs the bot, and `added` the sources that editors keep.
    """

    def __init__(
        self,
        persons: DataSubjects | None,
        preferences: Preferences,
        conversations: Conversations,
        operator: Settings,
        *,
        asker: Callable[[int], str],
        added: SourceDesk | None = None,
    ) -> None:
        self.added = added
        self.persons = persons
        self.preferences = preferences
        self.conversations = conversations
        self.asker = asker
        self.operator = operator

    async def show(self, caller: Caller) -> Page:
        asker = self.asker(caller.user)
        if self.persons is None:
            return privacy.not_just_now()
        if not asker:
            return privacy.cannot_tell_apart()
        try:
            trace = await self.persons.trace(asker)
            server = UNTOUCHED if caller.guild is None else await self.preferences.server(caller.guild)
            is_out = await self.preferences.opted_out(asker)
            kept = await self._kept(caller)
        except LogError as error:
            return _told(error, privacy.not_just_now())
        days = server.days(self.operator.keep_days)
        return privacy.privacy_page(trace, days=days, is_out=is_out, logs=server.logged, kept=kept)

    async def ask_to_delete(self, caller: Caller) -> Page:
        """Show what is deleted if it is meant."""
        asker = self.asker(caller.user)
        if self.persons is None:
            return privacy.not_just_now()
        if not asker:
            return privacy.cannot_tell_apart()
        try:
            trace = await self.persons.trace(asker)
            kept = await self._kept(caller)
            is_anywhere = bool(trace) or any(kept) or await self.persons.is_anywhere(asker)
        except LogError as error:
            return _told(error, privacy.not_just_now())
        return privacy.confirm_page(trace, kept=kept) if is_anywhere else privacy.nothing_to_delete()

    async def delete(self, caller: Caller) -> Page:
        """Delete what is kept of the caller, for good."""
        asker = self.asker(caller.user)
        if self.persons is None:
            return privacy.not_just_now()
        if not asker:
            return privacy.cannot_tell_apart()
        self.conversations.forget(caller.user)
        try:
            if self.added:
                await self.added.forget(caller.user)
            everywhere = await self.persons.forget(asker)
            is_out = await self.preferences.opted_out(asker)
        except LogError as error:
            return _told(error, privacy.not_deleted())
        return privacy.forgotten(is_out=is_out, everywhere=everywhere)

    async def _kept(self, caller: Caller) -> SourceTrace:
        return await self.added.kept_of(caller.user) if self.added else SourceTrace()

    async def opt(self, caller: Caller, *, out: bool) -> Page:
        """Log nothing of the caller from now on, or log it again."""
        asker = self.asker(caller.user)
        if not asker:
            return privacy.cannot_tell_apart()
        try:
            await self.preferences.opt(asker, out=out)
        except LogError as error:
            return _told(error, privacy.not_just_now())
        return privacy.opted_out() if out else privacy.opted_in()


def _told(error: LogError, page: Page) -> Page:
    logger.error("A wish for privacy could not be met: %s", error)
    return page
