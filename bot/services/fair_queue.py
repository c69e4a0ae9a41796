"""The queue in front of the desk: whoever asks a lot waits behind whoever asks little, and nobody waits for ever."""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict, deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

ANSWERED_AT_ONCE = 8  # questions that are answered at the same time
QUESTIONS_EACH = 5  # questions of one person that wait or are answered
MOST_WAITING = 500  # questions that wait
BURST = 10.0  # questions that a person can ask without a pause
SECONDS_PER_QUESTION = 3.0  # seconds after which they can ask one more
PEOPLE_REMEMBERED = 10_000  # people whose last questions are remembered


class BusyError(Exception):
    """The question cannot be taken now, but may be in `seconds`. Each subclass is a reason."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Ask again in {seconds} seconds.")
        self.seconds = seconds


class TooFastError(BusyError):
    """They have asked too much in a short time."""


class StillAnsweringError(BusyError):
    """Their last questions are not answered yet."""


class FullError(BusyError):
    """Too many people are waiting."""


class FairQueue:
    """Lets in a few questions at once; those that wait take turns, one of each person, then the next of each.

    `clock` gives seconds.
    """

    def __init__(
        self,
        *,
        at_once: int = ANSWERED_AT_ONCE,
        each: int = QUESTIONS_EACH,
        max_waiting: int = MOST_WAITING,
        burst: float = BURST,
        every: float = SECONDS_PER_QUESTION,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.each = each
        self.max_waiting = max_waiting
        self.cooldowns = Cooldowns(burst, every, clock)
        self._free = at_once
        self._inside: dict[int, int] = {}
        self._waiting: OrderedDict[int, deque[asyncio.Future[None]]] = OrderedDict()

    def beside(self, *, at_once: int) -> FairQueue:
        """A queue for work that takes longer, of which `at_once` is done at the same time; it never fills this one.

        A person's questions and such work are counted together.
        """
        queue = FairQueue(at_once=at_once, each=self.each, max_waiting=self.max_waiting)
        queue.cooldowns = self.cooldowns
        return queue

    @asynccontextmanager
    async def turn(self, person: int) -> AsyncIterator[None]:
        """Wait for this person's turn, and pass it on at the end. Raises BusyError, at once and never later."""
        self._check(person)
        self._inside[person] = self._inside.get(person, 0) + 1
        try:
            await self._wait(person)
            try:
                yield
            finally:
                self._give_on()
        finally:
            self._inside[person] -= 1
            if not self._inside[person]:
                del self._inside[person]

    def _check(self, person: int) -> None:
        if self._inside.get(person, 0) >= self.each:
            raise StillAnsweringError(1)
        if sum(map(len, self._waiting.values())) >= self.max_waiting:
            raise FullError(60)
        if pause := self.cooldowns.take(person):
            raise TooFastError(math.ceil(pause))

    async def _wait(self, person: int) -> None:
        if self._free:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(person, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # its turn had come just before
                self._give_on()
            raise

    def _give_on(self) -> None:
        """Let the next question in: that of the person whose last turn was longest ago."""
        while self._waiting:
            person, turns = self._waiting.popitem(last=False)
            turn = turns.popleft()
            if turns:
                self._waiting[person] = turns
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class Cooldowns:
    """A token bucket for each person: `burst` questions at once, then one `every` so many seconds."""

    def __init__(self, burst: float, every: float, clock: Callable[[], float]) -> None:
        self.burst = burst
        self.every = every
        self.clock = clock
        self._full_at: OrderedDict[int, float] = OrderedDict()  # when the person's bucket is full again

    def take(self, person: int) -> float:
        """Take one question from this person's bucket and return 0, or the seconds until there is one again."""
        now = self.clock()
        full_at = max(self._full_at.get(person, now), now) + self.every
        if (pause := full_at - now - self.burst * self.every) > 0:
            return pause
        self._remember(person, full_at)
        return 0.0

    def charge(self, person: int, questions: float) -> None:
        """Take that many more from this person's bucket, which may leave it with less than nothing."""
        now = self.clock()
        self._remember(person, max(self._full_at.get(person, now), now) + self.every * questions)

    def _remember(self, person: int, full_at: float) -> None:
        self._full_at[person] = full_at
        self._full_at.move_to_end(person)
        if len(self._full_at) > PEOPLE_REMEMBERED:
            self._full_at.popitem(last=False)
