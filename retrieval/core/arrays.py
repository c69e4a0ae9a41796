"""Many short things in few arrays: what an index is made of, so that it can be mapped from a file as it is.

An array of a million Python objects takes a hundred megabytes and a second to make; these take neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, overload

import numpy as np

STRETCH = 1_000_000  # numbers that are gone through at once
HEAD = 16  # bytes of a string that are compared as two numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class RaggedArray:
    """Rows of numbers, of any lengths: row n is `values[offsets[n] : offsets[n + 1]]`."""

    values: NDArray[np.int32]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Iterable[Iterable[int]]) -> RaggedArray:
        lists = [np.fromiter(row, dtype=np.int32) for row in rows]
        values = np.concatenate(lists) if lists else np.zeros(0, dtype=np.int32)
        return cls(values, offsets_of(map(len, lists)))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, number: int) -> NDArray[np.int32]:
        return self.values[self.offsets[number] : self.offsets[number + 1]]

    def __iter__(self) -> Iterator[NDArray[np.int32]]:
        return (self[number] for number in range(len(self)))

    def between(self, first: int, end: int) -> NDArray[np.int32]:
        """The rows from `first` up to, not including, `end`, one behind the other."""
        return self.values[self.offsets[first] : self.offsets[end]]


@dataclass(frozen=True, slots=True, eq=False)
class StringArray(Sequence[str]):
    """Strings in UTF-8, one behind the other: string n is `letters[offsets[n] : offsets[n + 1]]`."""

    letters: NDArray[np.uint8]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Iterable[str]) -> StringArray:
        listed = [*texts]
        joined = "".join(listed)
        if joined.isascii():  # each letter is a byte: the names of many files are so packed in half of the time
            return cls(np.frombuffer(joined.encode(), dtype=np.uint8), offsets_of(map(len, listed)))
        return cls.of_bytes([encoded(text) for text in listed])

    @classmethod
    def of_bytes(cls, texts: Sequence[bytes]) -> StringArray:
        return cls(np.frombuffer(b"".join(texts), dtype=np.uint8), offsets_of(map(len, texts)))

    @classmethod
    def joined(cls, parts: Sequence[StringArray]) -> StringArray:
        """The strings of all parts, one part after the other; there is at least one."""
        return cls(np.concatenate([part.letters for part in parts]), joined_offsets([part.offsets for part in parts]))

    @classmethod
    def cut(cls, letters: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> StringArray:
        """The strings that stand in `letters` from each start up to its end, copied one behind the other."""
        lengths = ends - starts
        offsets = np.concatenate((np.zeros(1, dtype=np.int64), lengths.cumsum()))
        places = np.arange(offsets[-1])
        places += np.repeat(starts - offsets[:-1], lengths)
        return cls(letters[places], offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many bytes each string has."""
        return np.diff(self.offsets)

    def picked(self, numbers: NDArray[Any]) -> StringArray:
        """The strings with these numbers, in their order."""
        return StringArray.cut(self.letters, self.offsets[numbers], self.offsets[numbers + 1])

    def between(self, first: int, end: int) -> StringArray:
        """The strings from `first` up to, not including, `end`."""
        offsets = self.offsets[first : min(end, len(self)) + 1]
        return StringArray(self.letters[offsets[0] : offsets[-1]], offsets - offsets[0])

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        return self.bytes_of(number).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        letters = self.letters.data
        return (str(letters[a:b], "utf-8", "surrogatepass") for a, b in pairwise(self.offsets.tolist()))

    def each(self, numbers: NDArray[np.int32]) -> list[str]:
        """The strings with these numbers: quicker than one by one."""
        letters = self.letters.data
        starts, ends = self.offsets[numbers].tolist(), self.offsets[numbers + 1].tolist()
        return [str(letters[a:b], "utf-8", "surrogatepass") for a, b in zip(starts, ends, strict=True)]

    def bytes_of(self, number: int) -> bytes:
        """String `number` in UTF-8."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self.letters[self.offsets[number] : self.offsets[number + 1]].tobytes()

    def find(self, text: str) -> int | None:
        """The number of `text` where the strings are in the order of their bytes; None where it is not among them."""
        wanted = encoded(text)
        number = self._first(wanted)
        return number if number < len(self) and self.bytes_of(number) == wanted else None

    def beginning(self, opening: str) -> Iterator[str]:
        """The strings that begin so, where they are in the order of their bytes."""
        wanted = encoded(opening)
        for number in range(self._first(wanted), len(self)):
            if not self.bytes_of(number).startswith(wanted):
                return
            yield self[number]

    def _first(self, wanted: bytes) -> int:
        """The number of the first string that is not before `wanted`, where they are in the order of their bytes."""
        letters, offsets = self.letters.data, self.offsets.data  # from which little is had in half the time
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if letters[offsets[middle] : offsets[middle + 1]].tobytes() < wanted:
                low = middle + 1
            else:
                high = middle
        return low


class ArrayBuilder:
    """An array that grows at its end, in one piece of memory; its rows have the type and shape of those of `first`."""

    def __init__(self, first: NDArray[Any]) -> None:
        self._type = first.dtype
        self._shape = (-1, *first.shape[1:])
        self._letters = bytearray()

    def add(self, rows: NDArray[Any]) -> None:
        if len(rows):
            self._letters += np.ascontiguousarray(rows, dtype=self._type).reshape(-1).view(np.uint8).data

    def whole(self) -> NDArray[Any]:
        """All rows; none may be added any more."""
        return np.frombuffer(self._letters, dtype=self._type).reshape(self._shape)


def renumber(values: NDArray[np.int32], numbers: NDArray[np.int32]) -> NDArray[np.int32]:
    """Put in place of each value n the number `numbers[n]`, a stretch at a time: there may be many."""
    for at in range(0, len(values), STRETCH):
        values[at : at + STRETCH] = numbers[values[at : at + STRETCH]]
    return values


def encoded(text: str) -> bytes:
    """A text in UTF-8; what an encoding of long ago left in it as a lone surrogate is kept."""
    return text.encode("utf-8", "surrogatepass")


def offsets_of(lengths: Iterable[int]) -> NDArray[np.int64]:
    """Where each row begins that has one of these lengths, and where the last one ends."""
    return np.fromiter(accumulate(lengths, initial=0), dtype=np.int64)


def joined_offsets(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Where each row begins when the rows of all parts are put one behind the other; there is at least one part."""
    ends = np.concatenate([np.diff(part) for part in parts]).cumsum()
    return np.concatenate(([0], ends))


def runs_in(ordered: NDArray[np.int32]) -> NDArray[np.int64]:
    """Where each run of equal numbers begins in numbers that are in order.

    np.unique would tell as well; its first call takes as long as reading two articles.
    """
    return np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))


def in_order(strings: StringArray) -> tuple[StringArray, NDArray[np.int32]]:
    """Strings in the order of their bytes, and for each as it was given its number there.

    Their first bytes are compared as numbers, many at once, and what is behind only where these are equal.
    """
    order = _order(strings)
    numbers = np.empty(len(order), dtype=np.int32)
    numbers[order] = np.arange(len(order), dtype=np.int32)
    return strings.picked(order), numbers


def _order(strings: StringArray) -> NDArray[np.int64]:
    """The numbers of the strings in the order of their bytes."""
    if len(strings) < 2:
        return np.arange(len(strings))
    padded = np.concatenate((strings.letters, np.zeros(HEAD, dtype=np.uint8)))
    heads = np.lib.stride_tricks.sliding_window_view(padded, HEAD)[strings.offsets[:-1]]
    lengths = np.minimum(strings.lengths, HEAD + 1)
    heads *= np.arange(HEAD) < lengths[:, None]
    first, second = np.ascontiguousarray(heads.view(">u8").astype(np.uint64).T)
    order = np.argsort(first)
    same = _with_next(np.diff(first[order]) == 0)
    tied = order[same]
    order[same] = tied[np.lexsort((lengths[tied], second[tied], first[tied]))]
    long = (np.diff(first[order]) == 0) & (np.diff(second[order]) == 0) & (lengths[order[1:]] > HEAD)
    for start, end in _stretches(long):
        order[start:end] = sorted(order[start:end].tolist(), key=strings.bytes_of)
    return order


def _with_next(same: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which things are the `same` as the next one, or as the one before."""
    found = np.zeros(len(same) + 1, dtype=np.bool_)
    found[:-1] = same
    found[1:] |= same
    return found


def _stretches(same: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Where things that are the `same` as the next one start and end."""
    edges = np.diff(np.concatenate(([False], same, [False])).astype(np.int8))
    return zip(np.flatnonzero(edges == 1).tolist(), (np.flatnonzero(edges == -1) + 1).tolist(), strict=True)


def spread(offsets: NDArray[np.int64]) -> NDArray[np.int32]:
    """The number of the row that each value is in."""
    return np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
