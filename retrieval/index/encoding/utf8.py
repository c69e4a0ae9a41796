"""Texts one behind the other in UTF-8, as compiled functions read them, with places counted in characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retrieval.analysis.tokenizer import is_shouted
from retrieval.core.arrays import encoded, offsets_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SMALL = np.array([97 <= byte <= 122 for byte in range(256)])  # whether a byte is a letter from a to z
ALNUM = np.array([byte < 128 and chr(byte).isalnum() for byte in range(256)])


class Utf8Texts:
    """All `texts` as one `text`, in which they are `at` these places, and its `letters` in UTF-8."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.text = "".join(texts)
        self.at = offsets_of(map(len, texts))
        self.letters = np.frombuffer(encoded(self.text), dtype=np.uint8)
        self._byte_at: NDArray[np.int64] | None = None  # of each character, where some take several bytes
        if len(self.letters) != len(self.text):
            self._byte_at = np.append(np.flatnonzero((self.letters & 0xC0) != 0x80), len(self.letters))

    def bytes_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The bytes at which the characters at these places begin."""
        return np.ascontiguousarray(places if self._byte_at is None else self._byte_at[places])

    def begin_with_a_word(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether what is from each start up to its end begins with a letter or a digit."""
        some = np.flatnonzero(starts < ends)
        first = np.zeros(len(starts), dtype=np.uint8)
        first[some] = self.letters[self.bytes_at(starts[some])]
        found: NDArray[np.bool_] = ALNUM[first]
        for number in np.flatnonzero(first >= 0x80).tolist():
            found[number] = self.text[starts[number]].isalnum()
        return found

    def shouted(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> list[int]:
        """Which of the stretches from a start up to its end are several words all in capitals."""
        first, end = self.bytes_at(starts), self.bytes_at(ends)
        left = np.flatnonzero(first < end)
        for place in range(1, 6):  # most have a small letter soon behind the first
            left = left[~SMALL[self.letters[np.minimum(first[left] + place, end[left] - 1)]]]
        return [number for number in left.tolist() if is_shouted(self.text[starts[number] : ends[number]])]
