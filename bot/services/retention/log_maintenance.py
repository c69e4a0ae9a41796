"""Deletes old rows of the query log and backs it up each night, while the bot runs."""

from __future__ import annotations

import asyncio
import datetime
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.services.process_group import UPKEEP, holds
from bot.store.cancellation import Stop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.leases import Leases
    from bot.store.log_maintenance import LogMaintenance

logger = logging.getLogger(__name__)

HOUR = 3600.0  # seconds from one look to the next
BETWEEN_STOPS = 0.05  # seconds between two attempts to stop what a thread does


@asynccontextmanager
async def log_upkeep(
    maintenance: LogMaintenance, *, days: int, backups: int, leases: Leases | None = None
) -> AsyncIterator[None]:
    """Looks after the log at once and every hour, as long as the block runs.

    What is older than `days` is deleted (0 keeps it for ever). The first look of a day makes a backup, and the newest
    `backups` of those are kept (0 makes none). Of processes that have `leases` in common, one looks.
    """
    keeping = asyncio.create_task(_look_hourly(maintenance, days, backups, leases), name="query log keeper")
    try:
        yield
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping


async def look_after(maintenance: LogMaintenance, *, days: int, backups: int) -> None:
    """Looks after the log once. What cannot be done is reported, and tried again the next time."""
    if days:
        await _forget_older(maintenance, days)
    if backups:
        await _back_up(maintenance, backups)


async def _forget_older(maintenance: LogMaintenance, days: int) -> None:
    oldest = datetime.datetime.now(datetime.UTC).replace(microsecond=0) - datetime.timedelta(days=days)
    try:
        number = await asyncio.to_thread(maintenance.forget_older, oldest)
    except LogError as error:
        logger.error("Old questions are still in the log: %s", error)  # noqa: TRY400 - one line is enough
        return
    if number:
        logger.info("%d questions older than %d days were deleted from the query log.", number, days)


async def _back_up(maintenance: LogMaintenance, number: int) -> None:
    today = datetime.datetime.now().astimezone().date()
    stop = Stop()
    working = asyncio.create_task(asyncio.to_thread(maintenance.back_up_nightly, today, keep=number, stop=stop))
    try:
        made = await asyncio.shield(working)
    except asyncio.CancelledError:  # a million rows take a minute, and and the bot is to end now
        while not working.done():
            stop.stop()
            await asyncio.wait({working}, timeout=BETWEEN_STOPS)
        working.exception()  # nobody is told: it is made at the next start
        raise
    except LogError as error:
        logger.error("There is no backup of today yet: %s", error)  # noqa: TRY400 - likewise
        return
    if made:
        logger.info("The query log was backed up to %s.", made)


async def _look_hourly(maintenance: LogMaintenance, days: int, backups: int, leases: Leases | None) -> None:
    while True:
        if await asyncio.to_thread(holds, leases, UPKEEP):
            await look_after(maintenance, days=days, backups=backups)
        await asyncio.sleep(HOUR)
