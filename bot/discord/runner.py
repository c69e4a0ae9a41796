"""Keeps the bot on Discord until it is told to stop, whatever becomes of the connection."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord.webhook.async_ import async_context

from bot.config.errors import SettingsError
from bot.config.log_format import outline
from bot.config.settings import require_token
from bot.discord.client import Quoth
from bot.discord.command_sync import CommandSync
from bot.discord.delivery import Delivery
from bot.discord.health import health_told
from bot.discord.interaction_requests import InteractionAdapter
from bot.discord.session_limits import Pauses, Sessions, TooManySessionsError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from bot.config.settings import Settings
    from bot.discord.health import Check
    from bot.handlers import Reception
    from bot.services.question_service import Desk
    from bot.store.leases import Leases, SessionLedger

logger = logging.getLogger(__name__)

DELIVERY = 10.0  # seconds that answers on their way get at the end
SYNCED = "commands.sha256"


async def serve(
    settings: Settings,
    reception: Reception,
    *,
    sync: bool = False,
    leases: Leases | None = None,
    ledger: SessionLedger | None = None,
) -> None:
    """Serve on Discord until SIGTERM or SIGINT; `sync` sends the commands to Discord even if they are unchanged.

    `reception` outlives every client, and so every connection, as a conversation must. `leases` and `ledger` are shared
    with the other processes of this bot.

    Raises SettingsError where Discord refuses the token or the intents.
    """
    token = require_token(settings)
    syncing = CommandSync(settings.data / SYNCED, force=sync, leases=leases)
    sessions = Sessions(ledger=ledger)

    def client() -> Quoth:
        delivery = Delivery(language_of=reception.questions.rules.language)
        return Quoth(reception, delivery, syncing, sessions=sessions, shards=settings.shards)

    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # the bot does not speak
    stop = asyncio.Event()
    asyncio.get_running_loop().set_exception_handler(_tell_unseen)
    runner = Runner(client, token, sessions)
    with _signals(stop):
        async with health_told(checks(runner, reception.desk), settings.health_port):
            await runner.run(stop)


class Runner:
    """Makes a client, and another whenever one ends. `pause` sleeps for so many seconds, `clock` tells them."""

    def __init__(
        self,
        client: Callable[[], Quoth],
        token: str,
        sessions: Sessions,
        *,
        pauses: Pauses | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._token = token
        self._sessions = sessions
        self._pauses = pauses or Pauses()
        self._pause = pause
        self._clock = clock
        self.client: Quoth | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then deliver what is on its way.

        Raises SettingsError where trying again is no use.
        """
        while not stop.is_set():
            began = self._clock()
            error = await self._serve_once(stop)
            if stop.is_set():
                break
            raise_if_settings(error)
            pause = max(self._pauses.after(self._clock() - began), self._sessions.until_next())
            logger.warning("No connection to Discord (%s). Trying again in %.0f seconds.", _why(error), pause)
            await _first_of(self._pause(pause), stop.wait())
        logger.info("Stopped.")

    async def _serve_once(self, stop: asyncio.Event) -> BaseException | None:
        """Serve with one client until it ends, which may be by an error, or until `stop` is set."""
        async with self._client() as client:
            self.client = client
            async_context.set(InteractionAdapter())  # the connection's task, and those that it begins, answer by it
            connection = asyncio.create_task(client.start(self._token), name="connection to Discord")
            try:
                await _first_of(asyncio.wait({connection}), stop.wait())
                await _deliver(client)
            finally:
                error = connection.exception() if connection.done() and not connection.cancelled() else None
                connection.cancel()
                await asyncio.wait({connection})
        return error


def checks(runner: Runner, desk: Desk) -> Mapping[str, Check]:
    """Give what must be well for people to get answers, and for these to be kept."""

    async def gateway() -> str | None:
        is_connected = runner.client is not None and runner.client.is_connected
        return None if is_connected else "The connection to Discord is not open; the bot tries again by itself."

    async def index() -> str | None:
        return None if desk.answerer.library.articles else "There is no article to quote from."

    return {"gateway": gateway, "index": index, "log": desk.log.health}


def raise_if_settings(error: BaseException | None) -> None:
    """Raise a SettingsError for what only another setting can mend."""
    match error:
        case discord.LoginFailure() | discord.ConnectionClosed(code=4004):
            raise SettingsError(
                "DISCORD_TOKEN is not a token that Discord knows: copy it anew from your application's page at "
                "https://discord.com/developers/applications (Bot, Reset Token)."
            )
        case discord.PrivilegedIntentsRequired() | discord.ConnectionClosed(code=4013):
            raise SettingsError(
                "DISCORD_TOKEN belongs to a bot that Discord does not let read messages to it (intents refused): check "
                "at https://discord.com/developers/applications that the application is in order, or take another."
            )


async def _deliver(client: Quoth) -> None:
    client.delivery.closing = True
    client.reception.desk.closing = True
    try:
        async with asyncio.timeout(DELIVERY):
            await client.delivery.all_landed()
    except TimeoutError:
        logger.warning("Some answers were not delivered within %.0f seconds.", DELIVERY)


async def _first_of(*waits: Awaitable[object]) -> None:
    """Wait until one is over, and let go of the others."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


def _why(error: BaseException | None) -> str:
    if isinstance(error, AttributeError) and error.__context__:
        error = error.__context__  # discord.py trips over the session that it could not begin
    match error:
        case None:
            return "it was closed"
        case TooManySessionsError():
            return "too many sessions today"
        case aiohttp.ClientConnectorError(os_error=cause):
            known = os.strerror(cause.errno) if cause.errno and cause.errno > 0 else cause.strerror
            return f"{error.host} cannot be reached: {known or type(cause).__name__}"
        case _:
            return outline(error)


@contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` at SIGTERM or SIGINT; a second one ends the program at once, until it has ended by itself."""
    loop = asyncio.get_running_loop()
    both = (signal.SIGTERM, signal.SIGINT)

    def on_signal() -> None:
        stop.set()
        release()
        for number in both:
            # Python's own handler of SIGINT would wait for the threads, and so for an answer that is being looked for.
            signal.signal(number, signal.SIG_DFL)
        logger.info("Stopping: answers on their way are delivered first. A second signal ends the bot at once.")

    def release() -> None:
        for number in both:
            loop.remove_signal_handler(number)

    with suppress(NotImplementedError):  # Windows; there Ctrl-C cancels this task
        for number in both:
            loop.add_signal_handler(number, on_signal)
    try:
        yield
    finally:
        if not stop.is_set():
            with suppress(NotImplementedError):
                release()


def _tell_unseen(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what nobody waited for, without its own words, which asyncio would write out."""
    error = context.get("exception")
    logger.error("%s (%s).", context["message"], outline(error) if error else "no exception")
