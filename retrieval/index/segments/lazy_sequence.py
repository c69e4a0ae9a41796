"""Sequences whose things are made when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

Thing = TypeVar("Thing")


class LazySequence(Sequence[Thing]):
    """Things that are made when they are asked for, by their number."""

    def __init__(self, make: Callable[[int], Thing], count: int) -> None:
        self._make = make
        self._count = count

    @overload
    def __getitem__(self, number: int) -> Thing: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Thing]: ...
    def __getitem__(self, number: int | slice) -> Thing | Sequence[Thing]:
        if isinstance(number, slice):
            return [self._make(one) for one in range(*number.indices(self._count))]
        if not -self._count <= number < self._count:
            raise IndexError(number)
        return self._make(number % self._count)

    def __len__(self) -> int:
        return self._count
