"""The terms of a corpus and their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retrieval.core.arrays import StringArray

KEPT = 20_000  # terms whose numbers are kept between questions


class Vocabulary(Mapping[str, int]):
    """The number of each term: its place in `base`, which is in order, or for those that came later what `added` says.

    These are numbered on in the order in which they came. No term ever loses its number.
    """

    def __init__(self, base: StringArray, added: Mapping[str, int] | None = None) -> None:
        self.base = base
        self.added = added or {}
        self._added = tuple(self.added)
        self._number = lru_cache(maxsize=KEPT)(self._find)

    def __len__(self) -> int:
        return len(self.base) + len(self._added)

    def __iter__(self) -> Iterator[str]:
        yield from self.base
        yield from self._added

    def __getitem__(self, term: str) -> int:
        if (number := self._number(term)) is None:
            raise KeyError(term)
        return number

    def term(self, number: int) -> str:
        """The term with that number."""
        return self.base[number] if number < len(self.base) else self._added[number - len(self.base)]

    def extended(self, terms: Iterable[str]) -> Vocabulary:
        """The vocabulary with those of these terms too that it has not; no term gets another number."""
        added = dict(self.added)
        for term in terms:
            if term not in self:
                added[term] = len(self.base) + len(added)
        return Vocabulary(self.base, added)

    def _find(self, term: str) -> int | None:
        return self.added[term] if term in self.added else self.base.find(term)
