"""Keeps the questions of each server to the days that it wishes, while the bot runs."""

from __future__ import annotations

import asyncio
import datetime
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.store.filters import Filter
from bot.store.sqlite.maintenance.backups import backups
from bot.store.sqlite.maintenance.deletion import forget
from bot.store.sqlite.open_file import prepare

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.store.preferences import Preferences

logger = logging.getLogger(__name__)

HOUR = 3600.0  # seconds from one look to the next


@asynccontextmanager
async def kept_for_servers(preferences: Preferences, log_file: Path, *, most: int) -> AsyncIterator[None]:
    """Deletes what is older than its server wishes, at once and every hour, as long as the block runs.

    `most` is for how many days the operator keeps questions, 0 for ever; `log_maintenance` beside this does that.
    """
    forgetting = asyncio.create_task(_forget_hourly(preferences, log_file, most), name="retention of servers")
    try:
        yield
    finally:
        forgetting.cancel()
        with suppress(asyncio.CancelledError):
            await forgetting


async def forget_for_servers(preferences: Preferences, log_file: Path, *, most: int) -> None:
    """Deletes what is older than its server wishes; what cannot be is told, and tried again the next time."""
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    try:
        for guild, server in (await preferences.servers()).items():
            days = server.days(most)
            if days and days != most:
                oldest = now - datetime.timedelta(days=days)
                number = await asyncio.to_thread(_forget, log_file, Filter(guild=guild, until=oldest))
                if number:
                    logger.info("%d questions older than the %d days of their server were deleted.", number, days)
    except LogError as error:
        logger.error("Questions that servers wish deleted are still in the log: %s", error)  # noqa: TRY400 - one line is enough


def _forget(log_file: Path, wanted: Filter) -> int:
    """Deletes rows in the log and in its backups; returns how many of the log."""
    number = forget(log_file, wanted)
    for backup in backups(log_file):
        prepare(backup)
        forget(backup, wanted)
    return number


async def _forget_hourly(preferences: Preferences, log_file: Path, most: int) -> None:
    while True:
        await forget_for_servers(preferences, log_file, most=most)
        await asyncio.sleep(HOUR)
