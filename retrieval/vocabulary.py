"""The terms of a corpus and their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.flat import Strings

KEPT = 20_000  # terms whose numbers are kept between questions


class Vocabulary(Mapping[str, int]):
    """The number of each term, numbered on from one part of the vocabulary to the next; each part is in order."""

    def __init__(self, parts: Sequence[Strings]) -> None:
        self.parts = parts
        self._number = lru_cache(maxsize=KEPT)(self._find)

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def __iter__(self) -> Iterator[str]:
        return (term for part in self.parts for term in part)

    def __getitem__(self, term: str) -> int:
        if (number := self._number(term)) is None:
            raise KeyError(term)
        return number

    def term(self, number: int) -> str:
        """The term with that number."""
        for part in self.parts:
            if number < len(part):
                return part[number]
            number -= len(part)
        raise IndexError(number)

    def _find(self, term: str) -> int | None:
        before = 0
        for part in self.parts:
            if (number := part.find(term)) is not None:
                return before + number
            before += len(part)
        return None
