"""Deletes the questions of each server after the days that it chose, while the bot runs."""

from __future__ import annotations

import asyncio
import datetime
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.services.process_group import UPKEEP, holds
from bot.store.filters import Filter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.leases import Leases
    from bot.store.log_maintenance import LogMaintenance
    from bot.store.preferences import Preferences

logger = logging.getLogger(__name__)

HOUR = 3600.0  # seconds from one look to the next


@asynccontextmanager
async def server_retention(
    preferences: Preferences, maintenance: LogMaintenance, *, operator_days: int, leases: Leases | None = None
) -> AsyncIterator[None]:
    """Deletes what is older than its server wishes, at once and every hour, as long as the block runs.

    `operator_days` is for how many days the operator keeps questions, 0 for ever; `log_maintenance` beside this sees
    to that. Of processes that have `leases` in common, one does it.
    """
    forgetting = asyncio.create_task(
        _forget_hourly(preferences, maintenance, operator_days, leases), name="retention of servers"
    )
    try:
        yield
    finally:
        forgetting.cancel()
        with suppress(asyncio.CancelledError):
            await forgetting


async def forget_for_servers(preferences: Preferences, maintenance: LogMaintenance, *, operator_days: int) -> None:
    """Deletes what is older than its server wishes; what cannot be is reported, and tried again the next time."""
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    try:
        for guild, server in (await preferences.servers()).items():
            days = server.days(operator_days)
            if days and days != operator_days:
                oldest = now - datetime.timedelta(days=days)
                number = await asyncio.to_thread(maintenance.forget, Filter(guild=guild, until=oldest))
                if number:
                    logger.info("%d questions older than the %d days of their server were deleted.", number, days)
    except LogError as error:
        logger.error("Questions that servers wish deleted are still in the log: %s", error)  # noqa: TRY400 - one line is enough


async def _forget_hourly(
    preferences: Preferences, maintenance: LogMaintenance, operator_days: int, leases: Leases | None
) -> None:
    while True:
        if await asyncio.to_thread(holds, leases, UPKEEP):
            await forget_for_servers(preferences, maintenance, operator_days=operator_days)
        await asyncio.sleep(HOUR)
