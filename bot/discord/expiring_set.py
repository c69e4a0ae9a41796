"""What the bot does not do again for a while, such as telling somebody to wait."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 10_000  # of which the oldest is forgotten first


class ExpiringSet:
    """Ids, each for `lasting` seconds from when it was added. `clock` gives seconds."""

    def __init__(self, lasting: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.lasting = lasting
        self.clock = clock
        self._until: OrderedDict[int, float] = OrderedDict()

    def __contains__(self, id: int) -> bool:  # noqa: A002 - it is called that
        return id in self._until and self.clock() < self._until[id]

    def add(self, id: int) -> None:  # noqa: A002 - likewise
        self._until[id] = self.clock() + self.lasting
        self._until.move_to_end(id)
        if len(self._until) > MOST:
            self._until.popitem(last=False)
