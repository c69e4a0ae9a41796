"""What the log keeps of people: shown to them when they ask, and deleted when they wish."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from bot.store.filters import Filter

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.store.data_subject import Trace
    from bot.store.log_maintenance import LogMaintenance

logger = logging.getLogger(__name__)

REST_FACTOR = 9  # after a rewriting the log is left alone for so many times as long as that took


class DataSubjects:
    """Looks at a log and its backups. `clock` gives seconds, `pause` sleeps for so many."""

    def __init__(
        self,
        maintenance: LogMaintenance,
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._maintenance = maintenance
        self._clock = clock
        self._pause = pause
        self._one_at_a_time = asyncio.Lock()
        self._rests_until = 0.0
        self._is_cut_short = False

    async def trace(self, asker: str) -> Trace:
        """What the log has of that asker. Raises LogError."""
        return await asyncio.to_thread(self._maintenance.trace, asker)

    async def is_anywhere(self, asker: str) -> bool:
        """Whether the log or one of its backups has anything of that asker. Raises LogError."""
        return await asyncio.to_thread(self._maintenance.is_anywhere, asker)

    async def forget(self, asker: str) -> bool:
        """Delete what an asker asked, voted and wished to be told, down to the bytes, in the log and its backups.

        False where a damaged file that was put aside may still have it. Whoever asks twice waits for no second time:
        what is rewritten is the whole log, which holds up those who are logged meanwhile. Raises LogError.
        """
        async with self._one_at_a_time:
            await asyncio.to_thread(self._maintenance.drop_damaged)  # what is salvaged of them is forgotten too
            if self._is_cut_short or await self.is_anywhere(asker):
                await self._pause(max(0.0, self._rests_until - self._clock()))
                await self._rewrite(asker)
        damaged = self._maintenance.damaged_files()
        if damaged:
            logger.warning(
                "Somebody wishes to be forgotten and may still be in %s; delete it if it is not needed.",
                ", ".join(file.path.name for file in damaged),
            )
        return not damaged

    async def _rewrite(self, asker: str) -> None:
        began = self._clock()
        self._is_cut_short = True
        try:
            files = await asyncio.to_thread(lambda: list(self._maintenance.forget_for_good(Filter(asker=asker))))
        finally:
            ended = self._clock()
            self._rests_until = ended + REST_FACTOR * (ended - began)
        self._is_cut_short = False
        logger.info("Somebody is forgotten by their own wish, in %d files.", len(files))
