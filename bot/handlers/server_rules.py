"""What a server and a person wish, looked up when a question comes."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.pages.settings import not_answered_here
from bot.services.caller import Caller
from bot.services.review.source_age import stale_before
from bot.services.visibility import hidden_from
from bot.store.preferences import UNTOUCHED, Server
from retrieval.ingestion.collection_names import collection_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.pages.page import Page
    from bot.services.question_service import Desk
    from bot.store.preferences import Preferences
    from retrieval.answer.answerer import Answerer

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
        self._servers: Mapping[int, Server] | None = None  # as they were when they could last be read

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

    async def hidden(
        self, answerer: Answerer, caller: Caller, *, private: bool, beside: Collection[str] = ()
    ) -> frozenset[str]:
        """The collections that are hidden from what the caller is shown; `private` where they alone see it.

        It is asked of those of the answerer, and of those that are named `beside` them.

        Where the wishes cannot be read they are taken as they last were. Raises LogError where they never could be, and
        there is something to hide.
        """
        names = answerer.corpus.collection_names.union(beside)
        error = await self.look()
        if error and self._servers is None and len(names) > 1:
            raise LogError(f"It is not known who may see which sources: {_why(error)}") from error
        return hidden_from(caller, names, self._servers or {}, private=private)

    async def look(self) -> LogError | TimeoutError | None:
        """Read what all servers wish, or say why that cannot be read."""
        try:
            async with asyncio.timeout(self.patience):
                self._servers = await self.preferences.servers()
        except (LogError, TimeoutError) as error:
            return error
        return None

    def open_sources(self, answerer: Answerer) -> int:
        """How many sources everybody may see, as far as is known without looking: what may be told to anyone."""
        corpus = answerer.corpus
        hidden = hidden_from(Caller(user=0), corpus.collection_names, self._servers or {}, private=False)
        return sum(name not in hidden for name in corpus.groups.collections)

    async def view(self, desk: Desk, caller: Caller, *, private: bool) -> Answerer:
        """The desk's answerer as the caller sees it. Raises LogError, as `hidden` does."""
        return await desk.view(await self.hidden(desk.answerer, caller, private=private))

    async def unseen(
        self, answerer: Answerer, files: Collection[str], caller: Caller, *, private: bool
    ) -> frozenset[str]:
        """Those of some files, there or no longer, whose collections are hidden. Raises LogError, as `hidden` does."""
        hidden = await self.hidden(answerer, caller, private=private, beside={collection_of(file) for file in files})
        return frozenset(file for file in files if collection_of(file) in hidden)

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

    async def stale_before(self, caller: Caller) -> datetime.date | None:
        """The first day of what is not old where the caller is; None where nothing is, or nobody can tell."""
        try:
            async with asyncio.timeout(self.patience):
                server = await self._server(caller)
        except (LogError, TimeoutError):
            return None
        return stale_before(server.stale_days, datetime.datetime.now(datetime.UTC).date())

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
