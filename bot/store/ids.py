"""Ids of log rows: short, hard to misread, and in the order of time."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: nothing that is mistaken for something else
CHANCE_BITS = 30


class Ids:
    """Makes ids that sort by time; those of one millisecond keep the order in which they were made, as ULIDs do."""

    def __init__(self) -> None:
        self._last = 0

    def new(self, now: datetime.datetime) -> str:
        """16 letters: 10 for the milliseconds since 1970, 6 by chance."""
        milliseconds = _milliseconds(now)
        number = (milliseconds << CHANCE_BITS) | secrets.randbits(CHANCE_BITS)
        if self._last >> CHANCE_BITS == milliseconds:
            number = self._last + 1
        self._last = number
        return _letters(number)


def first_id(moment: datetime.datetime) -> str:
    """The smallest id that can be made at `moment`: what is asked then or later has this one or a greater."""
    return _letters(max(_milliseconds(moment), 0) << CHANCE_BITS)


def _milliseconds(moment: datetime.datetime) -> int:
    return int(moment.timestamp() * 1000)


def _letters(number: int) -> str:
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(75, -1, -5))


new_id = Ids().new
