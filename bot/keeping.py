"""Keeps the query log to the days that it may have, while the bot runs."""

from __future__ import annotations

import asyncio
import datetime
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.errors import LogError
from bot.store import keeping
from bot.store.filters import Filter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

logger = logging.getLogger(__name__)

HOUR = 3600.0  # seconds from one look to the next


@asynccontextmanager
async def kept_to(days: int, log_file: Path) -> AsyncIterator[None]:
    """Deletes what is older than so many days, at once and every hour, as long as the block runs; 0 is for ever."""
    if not days:
        yield
        return
    forgetting = asyncio.create_task(_forget_hourly(days, log_file), name="query log retention")
    try:
        yield
    finally:
        forgetting.cancel()
        with suppress(asyncio.CancelledError):
            await forgetting


async def forget_older(days: int, log_file: Path) -> None:
    """Deletes what is older than so many days; a log that cannot be written is told, and tried again the next time."""
    oldest = datetime.datetime.now(datetime.UTC).replace(microsecond=0) - datetime.timedelta(days=days)
    try:
        number = await asyncio.to_thread(keeping.forget, log_file, Filter(until=oldest))
    except LogError as error:
        logger.error("Old questions are still in the log: %s", error)  # noqa: TRY400 - one line is enough
        return
    if number:
        logger.info("%d questions older than %d days were deleted from the query log.", number, days)


async def _forget_hourly(days: int, log_file: Path) -> None:
    while True:
        await forget_older(days, log_file)
        await asyncio.sleep(HOUR)
