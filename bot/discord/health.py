"""Whether all is well, and if not, what is the matter: `GET /healthz`, for this machine alone."""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

from aiohttp import web

from bot.config.errors import SettingsError
from bot.config.log_format import outline

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
PATH = "/healthz"
PATIENCE = 2.0  # seconds that a check may take
FINE = "fine"

# Gives a sentence about what is the matter, None where nothing is.
Check: TypeAlias = "Callable[[], Awaitable[str | None]]"


@asynccontextmanager
async def health_told(
    checks: Mapping[str, Check], port: int | None, *, patience: float = PATIENCE
) -> AsyncIterator[int]:
    """Tell the state of health as long as the block runs, at a port, which is given back; 0 is any that is free.

    The answer has the status 200 where every check is fine and 503 otherwise, and says of each what is the matter.
    Without a port nothing is opened. Raises SettingsError where the port cannot be had.
    """
    if port is None:
        yield 0
        return

    async def answer(_: web.Request) -> web.Response:
        found = {name: await _result(name, check, patience) for name, check in checks.items()}
        is_healthy = all(result == FINE for result in found.values())
        return web.json_response({"healthy": is_healthy, **found}, status=200 if is_healthy else 503)

    app = web.Application()
    app.router.add_get(PATH, answer)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.5)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, HOST, port).start()
        except OSError as error:
            raise SettingsError(
                f"QUOTH_HEALTH_PORT is {port}, which cannot be opened ({os.strerror(error.errno or 0)}): give another, "
                "or stop what uses it."
            ) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def _result(name: str, check: Check, patience: float) -> str:
    try:
        async with asyncio.timeout(patience):
            return await check() or FINE
    except TimeoutError:
        return f"It did not answer within {patience:g} seconds."
    except Exception as error:  # one that breaks must not hide the others
        logger.error("The health of the %s cannot be told (%s).", name, outline(error))  # noqa: TRY400 - one line is enough
        return "It could not be looked at; the bot's log has the error."
