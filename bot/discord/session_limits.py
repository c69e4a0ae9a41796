"""How often the bot may come back: growing pauses, and the sessions that Discord allows in a day."""

from __future__ import annotations

import math
import random
import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_PAUSE = 300.0  # seconds
LASTING = 600.0  # seconds; a connection that held so long had no lasting trouble
DAY = 86_400.0  # seconds
SESSIONS_A_DAY = 900  # Discord allows 1,000, and then takes the token away
SPARE = 10  # sessions that are left to whoever has to start the bot by hand


class TooManySessionsError(Exception):
    """Discord would take the token away if the bot began one more session today."""


class Sessions:
    """Counts the sessions of the last 24 hours, those of all shards together. `clock` gives seconds."""

    def __init__(self, *, limit: int = SESSIONS_A_DAY, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
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
        if self.until_next() > 0:
            raise TooManySessionsError
        self._begun.append(self.clock())
        self._left -= 1

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
