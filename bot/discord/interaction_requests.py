"""Sends answers to interactions, again and in time where Discord does not take them at once."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
from discord.errors import DiscordServerError, HTTPException
from discord.http import json_or_text
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.config.log_format import outline

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from discord import File
    from discord.http import Route

logger = logging.getLogger(__name__)

LIMITED = 429
CALLBACK = "/callback"  # the end of the path to which an interaction's first answer goes
# Seconds between two tries. Discord waits for the first answer no longer than 3 seconds, and delivery.PATIENCE may have
# passed before: the first three pauses fit into what is then left. For what comes after it, it waits 15 minutes.
QUICKLY = (0.1, 0.3, 0.6, 1.2)
PATIENTLY = (1.0, 3.0, 5.0, 7.0)
LIFETIME = 3.0
LATER_LIFETIME = 900.0


class InteractionAdapter(AsyncWebhookAdapter):
    """Sends what discord.py has drawn. `pause` sleeps for so many seconds.

    discord.py itself waits four seconds before its third try, when nobody can be answered any more; and it gives up at
    a limit that a proxy set and not Discord, which answers without a `Via` header.
    """

    def __init__(self, *, pause: Callable[[float], Awaitable[None]] | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._pause = pause or asyncio.sleep

    async def request(
        self, route: Route, session: aiohttp.ClientSession, *, files: Sequence[File] | None = None, **options: Any
    ) -> Any:
        """Send one request, up to five times; what it answers. Raises what discord.py does, for the last try."""
        is_first = route.path.endswith(CALLBACK)
        # A second first answer is refused, and a second edit changes nothing; another message would be another message.
        patient: Any = _OneTry(session, is_repeatable=is_first or route.method == "PATCH")
        for pause in (*(QUICKLY if is_first else PATIENTLY), None):
            try:
                return await super().request(route, patient, files=files, **options)
            except _NotTakenError as failure:
                wait = failure.wait if failure.wait is not None else pause
                if pause is None or wait is None or wait > (LIFETIME if is_first else LATER_LIFETIME):
                    raise failure.error from None
                logger.warning("An answer was not taken (%s). Trying again.", outline(failure.error))
                await self._pause(wait)
                for file in files or ():
                    file.reset()
        raise AssertionError  # the last pause is None


class _NotTakenError(Exception):
    """An answer that may be taken the next time; not within `wait` seconds, where that was said."""

    def __init__(self, error: Exception, wait: float | None = None) -> None:
        super().__init__()
        self.error = error
        self.wait = wait


class _OneTry:
    """A session to discord.py, which hands it no answer that it would try again by its own clock.

    A connection that breaks counts as no answer where the request `is_repeatable`.
    """

    def __init__(self, session: aiohttp.ClientSession, *, is_repeatable: bool) -> None:
        self._session = session
        self._is_repeatable = is_repeatable

    @asynccontextmanager
    async def request(self, method: str, url: str, **options: Any) -> AsyncIterator[aiohttp.ClientResponse]:
        try:
            async with self._session.request(method, url, **options) as response:
                if response.status == LIMITED:
                    data = await json_or_text(response)
                    raise _NotTakenError(HTTPException(response, data), retry_after(response, data))
                if response.status >= 500:
                    raise _NotTakenError(DiscordServerError(response, await json_or_text(response)))
                yield response
        except aiohttp.ClientConnectionError as error:
            if not self._is_repeatable:
                raise
            raise _NotTakenError(error) from error


def retry_after(response: Any, data: Any = None) -> float | None:
    """For how many seconds a limit holds, as its answer or the head of it says; None where neither does."""
    told: Any = data.get("retry_after") if isinstance(data, dict) else response.headers.get("Retry-After")
    try:
        return max(0.0, float(told))
    except (TypeError, ValueError):  # no number, such as a date
        return None
