"""Which servers are to get their weekly digest now, and what it says."""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING

from bot.services.caller import Caller
from bot.services.review.digest import WEEK, digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.handlers.corrections import CorrectionsHandler
    from bot.handlers.server_rules import HouseRules
    from bot.services.question_service import Desk
    from bot.services.review.digest import Digest
    from bot.store.preferences import Preferences, Server


class DigestsHandler:
    """Knows when each server got its last digest. A digest is claimed before it is sent: once or, in a crash, never."""

    def __init__(
        self,
        desk: Desk,
        preferences: Preferences,
        rules: HouseRules,
        corrections: CorrectionsHandler,
        *,
        clock: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    ) -> None:
        self.desk = desk
        self.preferences = preferences
        self.rules = rules
        self.corrections = corrections
        self.clock = clock

    async def due(self, is_here: Callable[[int], bool] = lambda _: True) -> Sequence[tuple[int, int]]:
        """The servers whose digest is due and their channels; from now on it is not. Raises LogError.

        Those that are not here are left to the process that serves them.
        """
        now = self.clock()
        servers = await self.preferences.servers()
        found = []
        for guild in [guild for guild, server in servers.items() if is_here(guild) and _is_due(server, now)]:
            claimed: list[int] = []

            def claim(server: Server, claimed: list[int] = claimed) -> Server:
                claimed[:] = [server.digest_channel] if server.digest_channel and _is_due(server, now) else []
                return dataclasses.replace(server, digest_at=now) if claimed else server

            await self.preferences.change(guild, claim)
            found += [(guild, channel) for channel in claimed]
        return found

    async def digest(self, guild: int, channel: int) -> Digest:
        """The last week of a server, as everybody may see it in that channel. Raises LogError."""
        answerer = await self.rules.view(self.desk, Caller(user=0, guild=guild, channel=channel), private=False)
        corrections = await self.corrections.found(guild)
        return await digest_of(self.desk.log, answerer, guild, now=self.clock(), corrections=len(corrections))


def _is_due(server: Server, now: datetime.datetime) -> bool:
    return server.digest_channel is not None and (server.digest_at is None or server.digest_at + WEEK <= now)
