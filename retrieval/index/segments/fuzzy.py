"""What words look and sound like, in flat arrays: those near another one are found without reading them all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retrieval.core.arrays import StringArray

PAIRS_AN_ERROR = 3  # pairs of neighbours that an error takes away or brings: two letters swapped touch three
SHORTEST = 3  # letters of a word that is kept here

VOWEL_LETTERS = "aeiouwy"
VOWELS = re.compile(f"[{VOWEL_LETTERS}]+")
SOUNDS = tuple(
    (re.compile(pattern), letter) for pattern, letter in (("ph", "f"), ("ck|[cq]", "k"), ("z", "s"), ("(?<!^)h", ""))
)
DOUBLED = re.compile(r"(.)\1+")


def sound(form: str) -> str:
    """What is left of a word where spellings of a foreign name agree: "soleimani", "suleimany" -> "slmn".

    No vowel but one at the beginning (as "a"), no h inside, no double letter, and one letter for those that are
    written for each other.
    """
    letters = DOUBLED.sub(r"\1", form)
    for pattern, letter in SOUNDS:
        letters = pattern.sub(letter, letters)
    opening = "a" if VOWELS.match(letters) else ""
    return opening + VOWELS.sub("", letters)


@dataclass(frozen=True, slots=True, eq=False)
class FuzzyIndex:
    """The shapes of words, by their numbers in some list; those of fewer than SHORTEST letters are left out.

    `by_length` are the numbers of the words in the order of their lengths; those of length n are from `length_at[n]` up
    to `length_at[n + 1]`. `letters` and `pairs` tell, in that order, which letters a word has and which pairs of
    neighbours, its edges included; a bit may stand for several. `sounds` are hashes of what `sound` makes of the words,
    ascending, and `by_sound` the numbers of these words.
    """

    by_length: NDArray[np.int32]
    length_at: NDArray[np.int64]
    letters: NDArray[np.uint32]
    pairs: NDArray[np.uint64]
    sounds: NDArray[np.uint64]
    by_sound: NDArray[np.int32]

    @classmethod
    def of(cls, words: StringArray) -> FuzzyIndex:
        """The shapes of folded words, in lower case."""
        runs = _Runs.of(words)
        kept = np.flatnonzero(runs.lengths >= SHORTEST)
        by_length = kept[np.argsort(runs.lengths[kept], kind="stable")]
        lengths = runs.lengths[by_length]
        letters, pairs = runs.signatures()
        hashes = _sounds(runs)[kept]
        order = np.argsort(hashes, kind="stable")
        return cls(
            by_length=by_length.astype(np.int32),
            length_at=np.searchsorted(lengths, np.arange(int(lengths.max(initial=0)) + 2)).astype(np.int64),
            letters=letters[by_length],
            pairs=pairs[by_length],
            sounds=hashes[order],
            by_sound=kept[order].astype(np.int32),
        )

    def may_be_near(self, word: str, lengths: range, errors: int) -> NDArray[np.int32]:
        """The numbers of the words of these lengths that may have at most so many errors; few others are among them.

        An error is a letter that is missing, too many, wrong, or swapped with the next. A letter that one word has and
        the other lacks takes one of them.
        """
        last = len(self.length_at) - 1
        first, end = (int(self.length_at[min(length, last)]) for length in (lengths.start, lengths.stop))
        mine, neighbours = _signature_of(word)
        letters = self.letters[first:end]
        near = np.flatnonzero((_bits(mine & ~letters) <= errors) & (_bits(letters & ~mine) <= errors))
        pairs = self.pairs[first:end][near]
        most = errors * PAIRS_AN_ERROR
        near = near[(_bits(neighbours & ~pairs) <= most) & (_bits(pairs & ~neighbours) <= most)]
        return self.by_length[first + near]

    def may_sound_like(self, word: str) -> NDArray[np.int32]:
        """The numbers of the words that sound like `word`; hardly another one is among them."""
        sounds = _sounds(_Runs.of_word(word))[0]
        first, end = np.searchsorted(self.sounds, sounds), np.searchsorted(self.sounds, sounds, side="right")
        return self.by_sound[first:end]


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """The letters of words, one word behind the other: a code for each, and the number of its word."""

    codes: NDArray[np.uint32]
    word: NDArray[np.int64]
    words: int

    @classmethod
    def of(cls, words: StringArray) -> _Runs:
        starts = (words.letters & 0xC0) != 0x80  # in UTF-8 the other bytes go on with a letter
        lengths = np.diff(np.concatenate(([0], np.cumsum(starts)))[words.offsets])
        codes = _codes(words.letters.tobytes().decode("utf-8", "surrogatepass"))
        return cls(codes, np.repeat(np.arange(len(words)), lengths), len(words))

    @classmethod
    def of_word(cls, word: str) -> _Runs:
        codes = _codes(word)
        return cls(codes, np.zeros(len(codes), dtype=np.int64), 1)

    @property
    def lengths(self) -> NDArray[np.int64]:
        return np.bincount(self.word, minlength=self.words)

    @property
    def opens(self) -> NDArray[np.bool_]:
        """Whether each letter is the first of its word."""
        found: NDArray[np.bool_] = np.diff(self.word, prepend=-1) != 0
        return found

    def only(self, kept: NDArray[np.bool_]) -> _Runs:
        return _Runs(self.codes[kept], self.word[kept], self.words)

    def follows(self, letter: str) -> NDArray[np.bool_]:
        """Whether each letter has `letter` behind it."""
        behind = np.zeros(len(self.codes), dtype=np.bool_)
        behind[:-1] = (self.codes[1:] == ord(letter)) & (self.word[1:] == self.word[:-1])
        return behind

    def signatures(self) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
        """For each word which letters and which pairs of neighbours it has, a bit for each."""
        letters = np.zeros(self.words, dtype=np.uint32)
        pairs = np.zeros(self.words, dtype=np.uint64)
        if len(self.codes):
            starts = np.flatnonzero(self.opens)
            some = self.word[starts]
            letters[some] = np.bitwise_or.reduceat(np.uint32(1) << (self.codes & np.uint32(31)), starts)
            before = np.where(self.opens, 0, np.concatenate(([0], self.codes[:-1]))).astype(np.uint32)
            pairs[some] = np.bitwise_or.reduceat(_pair_bits(before, self.codes), starts)
            ends = np.append(starts[1:], len(self.codes)) - 1
            pairs[some] |= _pair_bits(self.codes[ends], np.zeros(len(ends), dtype=np.uint32))
        return letters, pairs


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)


def _pair_bits(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint64]:
    mixed = first * np.uint32(0x9E3779B1) + second * np.uint32(0x85EBCA77)
    return np.uint64(1) << (mixed >> np.uint32(26)).astype(np.uint64)


def _signature_of(word: str) -> tuple[np.uint32, np.uint64]:
    letters, pairs = _Runs.of_word(word).signatures()
    return letters[0], pairs[0]


def _bits(numbers: NDArray[Any]) -> NDArray[np.uint8]:
    """How many bits of each number are set."""
    if hasattr(np, "bitwise_count"):  # since numpy 2
        counted: NDArray[np.uint8] = np.bitwise_count(numbers)
        return counted
    bits = np.unpackbits(numbers.view(np.uint8)).reshape(len(numbers), 8 * numbers.itemsize)
    summed: NDArray[np.uint8] = bits.sum(axis=1, dtype=np.uint8)
    return summed


def _sounds(runs: _Runs) -> NDArray[np.uint64]:
    """A hash of the sound of each word: what `sound` does, for all of them at once."""
    same = np.zeros(len(runs.codes), dtype=np.bool_)
    same[1:] = (runs.codes[1:] == runs.codes[:-1]) & ~runs.opens[1:]
    runs = runs.only(~same)
    for first, second, sounds in (("p", "h", "f"), ("c", "k", "k")):
        pair = (runs.codes == ord(first)) & runs.follows(second)
        codes = np.where(pair, ord(sounds), runs.codes).astype(np.uint32)
        runs = _Runs(codes, runs.word, runs.words).only(~np.concatenate(([False], pair))[:-1])
    codes = runs.codes.copy()
    for written, sounds in (("c", "k"), ("q", "k"), ("z", "s")):
        codes[codes == ord(written)] = ord(sounds)
    runs = _Runs(codes, runs.word, runs.words)
    runs = runs.only(runs.opens | (codes != ord("h")))
    vowel = np.isin(runs.codes, [ord(letter) for letter in VOWEL_LETTERS])
    codes = np.where(vowel, ord("a"), runs.codes).astype(np.uint32)
    runs = _Runs(codes, runs.word, runs.words).only(runs.opens | ~vowel)
    starts = np.flatnonzero(runs.opens)
    place = np.arange(len(runs.codes)) - np.repeat(starts, np.diff(np.append(starts, len(runs.codes))))
    hashes = np.zeros(runs.words, dtype=np.uint64)
    if len(starts):
        mixed = (runs.codes.astype(np.uint64) + np.uint64(1)) * _POWERS[place % len(_POWERS)]
        hashes[runs.word[starts]] = np.add.reduceat(mixed, starts)
    return hashes


_POWERS = np.cumprod(np.full(64, 0x9E3779B97F4A7C15, dtype=np.uint64))
