"""Lets go, once a day, of sources that were removed thirty days ago, and of what nobody decided on."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.config.errors import LogError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.services.sources.source_store import SourceStore

logger = logging.getLogger(__name__)

EVERY = 86_400.0  # seconds


@asynccontextmanager
async def source_upkeep(store: SourceStore, *, every: float = EVERY) -> AsyncIterator[None]:
    """Look at once, which also finishes what was cut short, and then `every` so many seconds."""
    looking = asyncio.create_task(_look_on(store, every), name="added sources")
    try:
        yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


async def _look_on(store: SourceStore, every: float) -> None:
    while True:
        try:
            await asyncio.to_thread(store.recover)
            await asyncio.to_thread(store.prune)
        except (LogError, OSError) as error:
            logger.warning("What was kept of removed sources could not be looked at: %s", error)
        await asyncio.sleep(every)
