"""Who asked what a short while ago, and where: what their next question may follow up."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.services.receipts import PreviousTurn

FOLLOW_UP_SECONDS = 600.0  # seconds until a question is no longer followed up, unless one of its answers is replied to
SPEAKERS_REMEMBERED = 1000  # people in channels; whoever asked longest ago is forgotten first


@dataclass(frozen=True, slots=True)
class Speaker:
    """One person in one channel, thread or direct conversation: nobody follows up what another one asked.

    `private` tells what they ask there privately from what they ask for all to see.
    """

    user: int
    guild: int | None
    channel: int | None
    private: bool = False


class Conversations:
    """The last question of each speaker, in memory alone. `clock` gives seconds."""

    def __init__(
        self,
        *,
        follow_up_seconds: float = FOLLOW_UP_SECONDS,
        capacity: int = SPEAKERS_REMEMBERED,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.follow_up_seconds = follow_up_seconds
        self.capacity = capacity
        self.clock = clock
        self._last: OrderedDict[Speaker, tuple[float, PreviousTurn]] = OrderedDict()

    def last(self, speaker: Speaker) -> PreviousTurn | None:
        """What the speaker asked last; None where that was too long ago."""
        at, turn = self._last.get(speaker, (0.0, None))
        return turn if turn and self.clock() - at <= self.follow_up_seconds else None

    def forget(self, user: int) -> None:
        """Forget everything that somebody asked, wherever that was."""
        for speaker in [speaker for speaker in self._last if speaker.user == user]:
            del self._last[speaker]

    def note(self, speaker: Speaker, turn: PreviousTurn) -> None:
        """Remember a question that the speaker asked just now."""
        self._last[speaker] = (self.clock(), turn)
        self._last.move_to_end(speaker)
        if len(self._last) > self.capacity:
            self._last.popitem(last=False)
