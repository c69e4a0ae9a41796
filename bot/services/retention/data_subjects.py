"""What the log keeps of people, for those who ask after it themselves, and its end when they wish it."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from bot.store.filters import Filter
from bot.store.sqlite import persons
from bot.store.sqlite.maintenance.backups import backups
from bot.store.sqlite.maintenance.deletion import drop_damaged, forget_everywhere
from bot.store.sqlite.open_file import put_aside

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.store.sqlite.persons import Trace

logger = logging.getLogger(__name__)

REST = 9  # times as long as the last rewriting took: so much the log is left alone, whoever wishes what


class DataSubjects:
    """Looks at the log at `path` and its backups. `clock` tells seconds, `pause` sleeps for so many."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.path = path
        self._clock = clock
        self._pause = pause
        self._one_at_a_time = asyncio.Lock()
        self._rests_until = 0.0
        self._is_cut_short = False

    async def trace(self, asker: str) -> Trace:
        """What the log has of that asker. Raises LogError."""
        return await asyncio.to_thread(persons.trace, self.path, asker)

    async def is_anywhere(self, asker: str) -> bool:
        """Whether the log or one of its backups has anything of that asker. Raises LogError."""
        return await asyncio.to_thread(self._is_anywhere, asker)

    async def forget(self, asker: str) -> bool:
        """Delete what an asker asked, voted and wants to be told of, down to the bytes, in the log and its backups.

        False where a damaged file that was put aside may still have it. Whoever asks twice waits for no second time:
        what is rewritten is the whole log, which holds up those who are logged meanwhile. Raises LogError.
        """
        async with self._one_at_a_time:
            await asyncio.to_thread(drop_damaged, self.path)  # what is salvaged of them is forgotten too
            if self._is_cut_short or await self.is_anywhere(asker):
                await self._pause(max(0.0, self._rests_until - self._clock()))
                await self._rewrite(asker)
        damaged = put_aside(self.path)
        if damaged:
            logger.warning(
                "Somebody wishes to be forgotten and may still be in %s; delete it if it is not needed.",
                ", ".join(file.name for file in damaged),
            )
        return not damaged

    async def _rewrite(self, asker: str) -> None:
        began = self._clock()
        self._is_cut_short = True
        try:
            for_all = await asyncio.to_thread(lambda: list(forget_everywhere(self.path, Filter(asker=asker))))
        finally:
            ended = self._clock()
            self._rests_until = ended + REST * (ended - began)
        self._is_cut_short = False
        logger.info("Somebody is forgotten by their own wish, in %d files.", len(for_all))

    def _is_anywhere(self, asker: str) -> bool:
        files = (self.path, *backups(self.path))
        return any(persons.trace(file, asker) for file in files)
