"""Arrays that are made piece by piece while they are written: they may be larger than the memory there is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from typing_extensions import Buffer


@dataclass(frozen=True, slots=True, eq=False)
class ArrayStream:
    """An array of that type and shape; `pieces` gives it from its beginning to its end, as often as it is called."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    pieces: Callable[[], Iterable[NDArray[Any]]]

    @classmethod
    def of(cls, array: NDArray[Any] | ArrayStream) -> ArrayStream:
        """An array as one piece; a stream is what it was."""
        return array if isinstance(array, ArrayStream) else cls(array.dtype, array.shape, lambda: (array,))

    @classmethod
    def joined(cls, arrays: Sequence[NDArray[Any]], dtype: np.dtype[Any] | None = None) -> ArrayStream:
        """The rows of all arrays, one behind the other, of that type or of their own; there is at least one array."""
        rows = sum(len(array) for array in arrays)
        return cls(dtype or arrays[0].dtype, (rows, *arrays[0].shape[1:]), lambda: arrays)

    @classmethod
    def joined_offsets(cls, arrays: Sequence[NDArray[np.int64]]) -> ArrayStream:
        """Where each row begins when the rows of all are put one behind the other, as arrays.joined_offsets has it."""

        def pieces() -> Iterator[NDArray[np.int64]]:
            before = 0
            yield np.zeros(1, dtype=np.int64)
            for array in arrays:
                yield array[1:] + before
                before += int(array[-1])

        return cls(np.dtype(np.int64), (1 + sum(len(array) - 1 for array in arrays),), pieces)

    @property
    def bytes(self) -> int:
        """How many bytes the whole array has."""
        return self.dtype.itemsize * math.prod(self.shape)

    def letters(self) -> Iterator[Buffer]:
        """Its bytes, piece by piece."""
        for piece in self.pieces():
            flat = np.ascontiguousarray(piece, dtype=self.dtype)
            yield flat.reshape(-1).view(np.uint8).data
