r"""Scripts whose words Python's `\w` does not find: those that set no spaces, and those that write vowels as marks.

Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese become overlapping pairs of signs, as in Lucene's CJKAnalyzer,
and of Chinese signs each by itself too; what is a pair in a question is one in the text. The words of India's scripts
are letters and marks together.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Han, kana, Hangul, and the forms of half and full width; each sign by itself.
EAST_ASIAN = "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
EAST_ASIAN += "\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
KATAKANA_MARKS = "\u3099\u309a\uff9e\uff9f"  # that make "ga" of "ka", as signs of their own
# A consonant with its vowels and tones, which stand before, above, below and behind it.
THAI_AND_LAO = (
    "[\u0e40-\u0e44\u0ec0-\u0ec4]?[\u0e01-\u0e2e\u0e81-\u0eae\u0edc-\u0edf]"
    "[\u0e2f-\u0e3a\u0e45-\u0e4e\u0eaf-\u0ebd\u0ec6-\u0ecd]*"
)
KHMER_AND_BURMESE = (
    "[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*"
    "|[\u1000-\u102a\u103f\u1050-\u1055](?:\u1039[\u1000-\u102a]|[\u102b-\u1038\u103a-\u103e\u1056-\u109d])*"
)
SOUTH_EAST_ASIAN = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u1780-\u17d3\u17dd\u1000-\u103f\u1050-\u109d"
INDIAN = "\u0900-\u0963\u0971-\u0983\u0985-\u09e3\u09f0-\u0a03\u0a05-\u0a63\u0a70-\u0ae3\u0af9-\u0b63\u0b71-\u0be3"
INDIAN += "\u0c00-\u0c63\u0c80-\u0ce3\u0cf1-\u0d63\u0d7a-\u0ddf\u0df2-\u0df3"
DANDA = "\u0964\u0965"  # their full stops, which are among none of these
JOINED = "\u200c\u200d"  # inside a word, for how its letters look

SIGN = re.compile(rf"[{EAST_ASIAN}][{KATAKANA_MARKS}]*|{THAI_AND_LAO}|{KHMER_AND_BURMESE}|[{SOUTH_EAST_ASIAN}]")
UNSPACED = f"{EAST_ASIAN}{KATAKANA_MARKS}{SOUTH_EAST_ASIAN}"
RUN = re.compile(rf"[{UNSPACED}]+|[{INDIAN}]+(?:[{JOINED}]+[{INDIAN}]+)*")
OWN = re.compile(rf"[{UNSPACED}{INDIAN}]")
IS_UNSPACED = re.compile(rf"[{UNSPACED}]")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")  # of which one is a word often
NUKTA = 7  # the combining class of the dot below, which many leave out


def of_their_own(text: str) -> bool:
    """Whether a text has signs of these scripts."""
    return not text.isascii() and OWN.search(text) is not None


def is_unspaced(word: str) -> bool:
    """Whether a word is of a script that sets no spaces."""
    return not word.isascii() and IS_UNSPACED.match(word) is not None


def words_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words in what RUN matched from `start` to `end`: pairs of signs and Chinese signs, or all of it."""
    if not IS_UNSPACED.match(text, start):
        yield start, end
        return
    signs = [match.span() for match in SIGN.finditer(text, start, end)]
    if len(signs) == 1:
        yield signs[0]
    for first, second in pairwise(signs):
        if HAN.match(text, first[0]):
            yield first
        yield first[0], second[1]
    if len(signs) > 1 and HAN.match(text, signs[-1][0]):
        yield signs[-1]


def folded(word: str) -> str:
    """A word of these scripts as it is compared: of full width, composed, without the dot below and joiners."""
    plain = unicodedata.normalize("NFKD", word)
    kept = (letter for letter in plain if unicodedata.combining(letter) != NUKTA and letter not in JOINED)
    return unicodedata.normalize("NFC", "".join(kept)).casefold()
