"""What a server and a person wish, looked up when a question comes."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.pages.settings import not_answered_here
from bot.store.preferences import UNTOUCHED, Server

if TYPE_CHECKING:
    from bot.pages.page import Page
    from bot.services.caller import Caller
    from bot.store.preferences import Preferences

logger = logging.getLogger(__name__)

PATIENCE = 1.0  # seconds that a question waits for them


@dataclass(frozen=True, slots=True)
class ServerRules:
    """How a server wishes a question to be answered, and whether it may be logged."""

    server: Server
    may_log: bool


class HouseRules:
    """Looks up what was wished. Where it cannot be read the question is answered all the same, and not logged."""

    def __init__(self, preferences: Preferences, *, patience: float = PATIENCE) -> None:
        self.preferences = preferences
        self.patience = patience

    async def of(self, caller: Caller, asker: str) -> ServerRules:
        """The rules for a question of that caller, whose keyed hash is `asker`; empty where nobody is told apart."""
        try:
            async with asyncio.timeout(self.patience):
                server = await self._server(caller)
                return ServerRules(server, server.logged and not await self._opted_out(asker))
        except (LogError, TimeoutError) as error:
            logger.warning("A question is answered and not logged, as somebody may not wish to be: %s", _why(error))
            return ServerRules(UNTOUCHED, may_log=False)

    async def answers(self, caller: Caller) -> bool:
        """Whether the bot answers questions where the caller is."""
        return await self.refusal(caller) is None

    async def refusal(self, caller: Caller) -> Page | None:
        """The page that says where in the caller's server the bot answers; None where it answers here."""
        try:
            async with asyncio.timeout(self.patience):
                server = await self._server(caller)
        except (LogError, TimeoutError):
            return None
        if server.answers_in(caller.channel, caller.parent):
            return None
        return not_answered_here(server.channels)

    async def forums(self, guild: int) -> tuple[int, ...]:
        """The forums of a server whose new posts get a first answer."""
        try:
            async with asyncio.timeout(self.patience):
                return (await self.preferences.server(guild)).forums
        except (LogError, TimeoutError):
            return ()

    async def language(self, guild: int) -> str | None:
        """The language that a server chose for what everybody in it reads; None where it chose none."""
        try:
            async with asyncio.timeout(self.patience):
                return (await self.preferences.server(guild)).language
        except (LogError, TimeoutError):
            return None

    async def first_time(self, guild: int) -> bool:
        """Whether a server was not told yet that questions are logged; from now on it was."""
        told = [True]

        def tell(server: Server) -> Server:
            told[0] = server.told
            return dataclasses.replace(server, told=True)

        try:
            async with asyncio.timeout(self.patience):
                await self.preferences.change(guild, tell)
        except (LogError, TimeoutError) as error:
            logger.warning("A server was not told that questions are logged: %s", _why(error))
            return False
        return not told[0]

    async def _server(self, caller: Caller) -> Server:
        return await self.preferences.server(caller.guild) if caller.guild is not None else UNTOUCHED

    async def _opted_out(self, asker: str) -> bool:
        if not asker:  # nobody can be told apart, so it may be one of those who opted out
            return await self.preferences.anybody_opted_out()
        return await self.preferences.opted_out(asker)


def _why(error: LogError | TimeoutError) -> str:
    return str(error) or "the query log is slow."
