"""Keeps the query log to the days that it may have, and a backup of each of the last nights, while the bot runs."""

from __future__ import annotations

import asyncio
import datetime
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.store.cancellation import Stop
from bot.store.sqlite.maintenance.backups import back_up_nightly
from bot.store.sqlite.maintenance.deletion import forget_older

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

logger = logging.getLogger(__name__)

HOUR = 3600.0  # seconds from one look to the next
STOPPING = 0.05  # seconds between two tries to stop what goes on in a thread


@asynccontextmanager
async def kept(log_file: Path, *, days: int, backups: int) -> AsyncIterator[None]:
    """Looks after the log at once and every hour, as long as the block runs.

    What is older than so many `days` is deleted, 0 is for ever; the first look of a day makes a backup, of which so
    many (`backups`) are kept, 0 is none.
    """
    keeping = asyncio.create_task(_keep_hourly(log_file, days, backups), name="query log keeper")
    try:
        yield
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping


async def keep(log_file: Path, *, days: int, backups: int) -> None:
    """Looks after the log once. What cannot be done is told, and tried again the next time."""
    if days:
        await _keep_to(log_file, days)
    if backups:
        await _back_up(log_file, backups)


async def _keep_to(log_file: Path, days: int) -> None:
    oldest = datetime.datetime.now(datetime.UTC).replace(microsecond=0) - datetime.timedelta(days=days)
    try:
        number = await asyncio.to_thread(forget_older, log_file, oldest)
    except LogError as error:
        logger.error("Old questions are still in the log: %s", error)  # noqa: TRY400 - one line is enough
        return
    if number:
        logger.info("%d questions older than %d days were deleted from the query log.", number, days)


async def _back_up(log_file: Path, number: int) -> None:
    today = datetime.datetime.now().astimezone().date()
    stop = Stop()
    working = asyncio.create_task(asyncio.to_thread(back_up_nightly, log_file, today, keep=number, stop=stop))
    try:
        made = await asyncio.shield(working)
    except asyncio.CancelledError:  # a million rows take a minute, and nobody is to wait for that
        while not working.done():
            stop.stop()
            await asyncio.wait({working}, timeout=STOPPING)
        working.exception()  # told to nobody: it is made at the next start
        raise
    except LogError as error:
        logger.error("There is no backup of today yet: %s", error)  # noqa: TRY400 - likewise
        return
    if made:
        logger.info("The query log was backed up to %s.", made)


async def _keep_hourly(log_file: Path, days: int, backups: int) -> None:
    while True:
        await keep(log_file, days=days, backups=backups)
        await asyncio.sleep(HOUR)
