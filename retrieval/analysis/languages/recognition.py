"""Which language a text is in, told from its letters and its small words."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.languages.all_packs import MAIN, UNKNOWN, code_of, pack_of
from retrieval.analysis.languages.small_words import MARKED, SMALL_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from retrieval.core.model import Block

READ = 4_000  # characters of a text that are looked at
# Small words that English has all over; where a text has so many, nothing else is asked.
ENGLISH_WORDS = (" the ", " of ", " and ", " to ", " is ")
PER_ENGLISH_WORD = 90  # characters
SHORTEST_SECTION = 120  # characters; a shorter section is in its article's language
FEWEST = 3  # small words that tell a language from the one that is expected
FEWEST_OF_QUESTION = 2
SHARE = 0.08  # of all words, at least
AHEAD = 1.5  # times as many as the language that is expected has
FAR_AHEAD = 2.5  # the same for a language that nothing in the library is in
WORD = re.compile(r"[^\W\d_]+(?:['’](?=[^\W\d_]))?")

SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("latin", "[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
        ("cyrillic", "[\u0400-\u052f]"),
        ("arabic", "[\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
        ("kana", "[\u3041-\u30ff\uff66-\uff9f]"),
        ("han", "[\u3400-\u4dbf\u4e00-\u9fff]"),
        ("ko", "[\uac00-\ud7a3\u1100-\u11ff]"),
        ("th", "[\u0e01-\u0e5b]"),
        ("hi", "[\u0900-\u097f]"),
        ("el", "[\u0370-\u03ff\u1f00-\u1fff]"),
        ("he", "[\u05d0-\u05ea]"),
        (UNKNOWN, "[\u0530-\u058f\u0980-\u0dff\u0e80-\u0fff\u1000-\u137f\u1780-\u17ff]"),
    )
)
WEIGHT = {"han": 3.0, "kana": 3.0, "ko": 2.0}  # of a sign, which says as much as so many letters
KANA_IN_JAPANESE = 0.05  # of its signs, at least
PERSIAN_LETTERS = re.compile("[پچژگکی]")
ARABIC_LETTERS = re.compile("[ةىيكإأ]")
URDU_LETTERS = re.compile("[ٹڈڑےںھ]")
UKRAINIAN_LETTERS, RUSSIAN_LETTERS = re.compile("[іїєґ]", re.IGNORECASE), re.compile("[ыэъё]", re.IGNORECASE)
PER_LETTER = {"vi": 1.0}
IN_CYRILLIC = ("ru", "uk", "bg")
LETTER_COUNTS = 0.25  # of a small word
LETTERS_OF_ITS_OWN = 8  # that tell a language without small words
_OF_WORD: dict[str, tuple[str, ...]] = {}


def language_of(text: str, expected: str = MAIN) -> str:
    """The code of the language that a text is in, `expected` where it does not tell."""
    text = text[:READ]
    if expected == MAIN and _is_plainly_english(text):
        return MAIN
    script = _script(text)
    if script in ("", "latin", "cyrillic"):
        return _by_words(text, script, expected, FEWEST) if script else expected
    return _of_script(script, text)


def language_of_question(text: str, spoken: Collection[str]) -> str:
    """The code of the language that a question is in.

    It is one of those that the library is `spoken` in unless the words clearly tell another; where they tell nothing,
    the first of them. Of two languages that the words may be of, one that is spoken
    is the likelier.
    """
    expected = next(iter(spoken), MAIN)
    script = _script(text)
    if script in ("", "latin", "cyrillic"):
        return _by_words(text, script, expected, FEWEST_OF_QUESTION, spoken) if script else expected
    found = _of_script(script, text)
    return "ja" if found == "zh" and "ja" in spoken and "zh" not in spoken else found


def sections_in(text: str, blocks: Collection[Block], stated: str = "") -> tuple[tuple[int, str], ...]:
    """From which block on an article is in which language; () for one that is in English throughout.

    `stated` is what the article says of itself. A section that is long enough is looked at by itself.
    """
    own = code_of(stated) or language_of(text)
    found = [(0, own)]
    for first, start, end in _sections(blocks):
        if end - start >= SHORTEST_SECTION:
            code = language_of(text[start:end], own)
            if code != found[-1][1]:
                found.append((first, code))
        elif found[-1][1] != own:
            found.append((first, own))
    if found[1:] and found[1][0] == 0:
        found = found[1:]
    return () if found == [(0, MAIN)] else tuple(found)


def _sections(blocks: Collection[Block]) -> list[tuple[int, int, int]]:
    """The first block of each section, and where it starts and ends in the text."""
    found: list[tuple[int, int, int]] = []
    opening = False
    for number, block in enumerate(blocks):
        heading = block.level > 0 and block.kind == "heading"
        if not found or (heading and not opening):
            found.append((number, block.span.start, block.span.end))
        else:
            first, start, _ = found[-1]
            found[-1] = first, start, block.span.end
        opening = heading
    return found


def _is_plainly_english(text: str) -> bool:
    return sum(map(text.count, ENGLISH_WORDS)) * PER_ENGLISH_WORD >= len(text)


def _script(text: str) -> str:
    """The script that most of a text is in; "" where it has no letter."""
    if text.isascii():
        return "latin" if any(map(str.isalpha, text)) else ""
    counts = {name: len(pattern.findall(text)) * WEIGHT.get(name, 1.0) for name, pattern in SCRIPTS}
    counts["han"] += counts["kana"]
    best = max(counts, key=counts.__getitem__)
    if best == "han" and counts["kana"] >= KANA_IN_JAPANESE * counts["han"]:
        return "kana"
    return best if counts[best] else ""


def _of_script(script: str, text: str) -> str:
    if script == "arabic":
        persian, arabic = (len(pattern.findall(text)) for pattern in (PERSIAN_LETTERS, ARABIC_LETTERS))
        if persian <= arabic:
            return "ar"
        return "ur" if len(URDU_LETTERS.findall(text)) * 20 > persian else "fa"
    return {"kana": "ja", "han": "zh"}.get(script, script)


def _by_words(text: str, script: str, expected: str, fewest: int, spoken: Collection[str] = ()) -> str:
    """The language with most small words in a text of Latin or Cyrillic letters."""
    low = text.lower()
    words = WORD.findall(low.replace("’", "'"))
    if script == "cyrillic":
        expected = expected if expected in IN_CYRILLIC else "ru"
    points = _points(low, words, script, spoken)
    if not points:
        return expected
    best = max(points, key=lambda code: (points[code], code == expected, code in spoken))
    if not spoken and not _is_told(best, low, words, fewest):
        return expected
    ahead = 1.0 if best in spoken else FAR_AHEAD if spoken else AHEAD
    enough = max(fewest, len(words) * SHARE)
    if best == expected or (points[best] >= enough and points[best] > ahead * points.get(expected, 0)):
        return best
    return expected


def _points(low: str, words: Sequence[str], script: str, spoken: Collection[str]) -> dict[str, float]:
    """How much speaks for each language in this script: its small words, and letters that few others have."""
    if not _OF_WORD:
        _OF_WORD.update(_languages_of_words())
    points: defaultdict[str, float] = defaultdict(float)
    others = [code for code in spoken if code in SMALL_WORDS] if len(spoken) > 1 else ()
    for word in words:
        listed = _OF_WORD.get(word, ())
        for code in listed:
            points[code] += 1
        for code in others:
            points[code] += code not in listed and word in pack_of(code).stop_words
    if script == "cyrillic":
        points["uk"] += len(UKRAINIAN_LETTERS.findall(low)) * LETTER_COUNTS
        points["ru"] += len(RUSSIAN_LETTERS.findall(low)) * LETTER_COUNTS
    elif not low.isascii():
        for code, letters in MARKED.items():
            points[code] += sum(low.count(letter) for letter in letters) * PER_LETTER.get(code, LETTER_COUNTS)
    return {code: count for code, count in points.items() if (code in IN_CYRILLIC) == (script == "cyrillic")}


def _is_told(code: str, low: str, words: Sequence[str], fewest: int) -> bool:
    """Whether a text has words or letters enough of a language; single letters, as units are, tell nothing."""
    if sum(low.count(letter) for letter in MARKED.get(code, "")) >= LETTERS_OF_ITS_OWN:
        return True
    return len({word for word in words if len(word) > 1 and code in _OF_WORD.get(word, ())}) >= fewest


def _languages_of_words() -> dict[str, tuple[str, ...]]:
    """The languages that have each small word."""
    found: dict[str, list[str]] = {}
    small_words = {code: words.split() for code, words in SMALL_WORDS.items()}
    small_words[MAIN] = [word for word in STOP_WORDS if len(word) > 1 or word in ("a", "i")]
    for code, words in small_words.items():
        for word in dict.fromkeys(words):
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}
