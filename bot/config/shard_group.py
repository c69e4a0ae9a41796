"""The part of Discord's servers that one of several processes serves: shards, counted from 0, of so many."""

from __future__ import annotations

import re
from dataclasses import dataclass

WRITTEN = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?/(\d{1,5})")


@dataclass(frozen=True, slots=True)
class ShardGroup:
    """The shards from `first` to `last` of `count`; written as "0-3/16", or "4/16" for one."""

    first: int
    last: int
    count: int

    @classmethod
    def parse(cls, text: str) -> ShardGroup:
        """Read a written one. Raises ValueError, which says what to write."""
        found = WRITTEN.fullmatch(text.strip())
        if not found:
            raise ValueError("give the first and the last shard and how many there are in all, such as 0-3/16")
        first, last, count = int(found[1]), int(found[2] or found[1]), int(found[3])
        if not first <= last < count:
            raise ValueError(f"shards are counted from 0, so of {count} they go from 0 to {max(count - 1, 0)}")
        return cls(first, last, count)

    @property
    def ids(self) -> list[int]:
        """The numbers of the shards."""
        return list(range(self.first, self.last + 1))

    def fits_beside(self, other: ShardGroup) -> bool:
        """Whether no server belongs to both, which only shards of the same number in all can say."""
        return self.count == other.count and (self.last < other.first or other.last < self.first)

    def __str__(self) -> str:
        shards = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{shards}/{self.count}"
