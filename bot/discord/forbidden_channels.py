"""Where the bot may not write, as far as it was told: asking again and again would cost it its place on Discord.

Discord blocks for an hour who makes 10,000 requests in ten minutes that are refused.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import discord

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

LASTING = 600.0  # seconds until a channel is tried again


class ForbiddenChannels:
    """Lets one message at a time into a channel, and for a while none where the last was forbidden.

    `clock` gives seconds. What changes in a server may have changed that: `lift` tries its channels again at once.
    """

    def __init__(self, *, lasting: float = LASTING, clock: Callable[[], float] = time.monotonic) -> None:
        self.lasting = lasting
        self.clock = clock
        self._forbidden: dict[int, tuple[float, int | None]] = {}
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def is_forbidden(self, channel: int) -> bool:
        """Whether the bot was told not long ago that it may not write there."""
        since, _ = self._forbidden.get(channel, (-self.lasting, None))
        return self.clock() - since < self.lasting

    @asynccontextmanager
    async def turn(self, channel: int, guild: int | None) -> AsyncIterator[bool]:
        """Wait until the messages before are sent; whether this one may be. The block sends it."""
        lock = self._turns.setdefault(channel, asyncio.Lock())
        async with lock:
            try:
                yield not self.is_forbidden(channel)
            except discord.Forbidden:
                self._forget_old()
                self._forbidden[channel] = (self.clock(), guild)
                raise

    def lift(self, guild: int) -> None:
        """Forget what was forbidden in a server."""
        self._forbidden = {id_: (since, of) for id_, (since, of) in self._forbidden.items() if of != guild}

    def _forget_old(self) -> None:
        self._forbidden = {id_: known for id_, known in self._forbidden.items() if self.is_forbidden(id_)}
