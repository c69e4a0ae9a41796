"""How often the bot may come back: growing pauses, and the sessions that Discord allows in a day."""

from __future__ import annotations

import asyncio
import logging
import math
import random
import time
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bot.config.errors import LogError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.store.leases import SessionLedger

Answered = TypeVar("Answered")

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 300.0  # seconds
LASTING = 600.0  # seconds; a connection that held so long had no lasting trouble
DAY = 86_400.0  # seconds
SESSIONS_A_DAY = 900  # Discord allows 1,000, and then takes the token away
BETWEEN_SESSIONS = 5.0  # seconds between two that begin in one bucket, as Discord wants it
SPARE = 10  # sessions that are left to whoever has to start the bot by hand


class TooManySessionsError(Exception):
    """Discord would take the token away if the bot began one more session today."""


class Sessions:
    """Counts the sessions of the last 24 hours, those of all shards together. `clock` gives seconds.

    With a `ledger`, those of all processes of the bot are counted together, and they begin in turn.
    """

    def __init__(
        self,
        *,
        limit: int = SESSIONS_A_DAY,
        ledger: SessionLedger | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limit = limit
        self.ledger = ledger
        self.clock = clock
        self._begun: deque[float] = deque()
        self._left = math.inf
        self._counted_anew = -math.inf

    def allow(self, remaining: int, reset_after: float) -> None:
        """Take over Discord's own count, which knows of earlier runs: what remains, and for how many seconds."""
        self._left = remaining - SPARE
        self._counted_anew = self.clock() + reset_after

    async def begin(self) -> None:
        """Count one more. Raises TooManySessionsError where that would be one too many."""
        await self.catch_up()
        if self.until_next() > 0:
            raise TooManySessionsError
        self._begun.append(self.clock())
        self._left -= 1
        if self.ledger:
            await self._ask(self.ledger.add)

    async def catch_up(self) -> None:
        """Count what the other processes began meanwhile."""
        if self.ledger and (ages := await self._ask(partial(self.ledger.ages, DAY))) is not None:
            now = self.clock()
            self._begun = deque(now - age for age in ages)

    async def turn(self, bucket: int) -> float:
        """Seconds to wait until a session may begin in that bucket, where all processes begin in turn."""
        wait = await self._ask(partial(self.ledger.turn, bucket, BETWEEN_SESSIONS)) if self.ledger else 0.0
        return BETWEEN_SESSIONS if wait is None else wait

    async def _ask(self, question: Callable[[], Answered]) -> Answered | None:
        try:
            return await asyncio.to_thread(question)
        except LogError as error:
            logger.warning("The sessions of other processes are not counted: %s", error)
            return None

    def until_next(self) -> float:
        """Seconds until another session may begin, 0 where it may now."""
        now = self.clock()
        while self._begun and now - self._begun[0] >= DAY:
            self._begun.popleft()
        by_ours = 0.0 if len(self._begun) < self.limit else self._begun[0] + DAY - now
        by_discords = 0.0 if self._left > 0 else max(self._counted_anew - now, 0.0)
        return max(by_ours, by_discords)


class Pauses:
    """Pauses in seconds that double from one failure to the next, up to five minutes, and differ from bot to bot."""

    def __init__(self, *, chance: Callable[[], float] = random.random) -> None:
        self.chance = chance
        self._failures = 0

    def after(self, lasted: float) -> float:
        """Choose the pause after a connection that lasted so many seconds."""
        self._failures = 1 if lasted >= LASTING else self._failures + 1
        longest = min(2.0 ** min(self._failures, 20), LONGEST_PAUSE)
        return longest * (0.5 + self.chance() / 2)
