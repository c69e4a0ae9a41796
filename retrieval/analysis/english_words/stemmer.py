"""Words -> stems: the Snowball stemmer of English (Porter 2001), equal to nltk's and several times as fast.

https://snowballstem.org/algorithms/english/stemmer.html tells the algorithm; the steps and regions here have its names.
A step looks for the longest of its suffixes that ends the word, and where that stands in the region that the step asks
for, writes another in its place. R1 is what comes after the first letter that is no vowel and follows a vowel, and R2
the same within R1; here each is the place where it begins.

The words and rules are those of nltk.stem.snowball.EnglishStemmer. Where it does otherwise than that page, a comment
says so. A step looks up the few suffixes that have the last two letters of the word, and the regions are looked for
only where a step may ask for them.
"""

from __future__ import annotations

import re
from itertools import groupby

VOWELS = frozenset("aeiouy")
NO_SHORT_END = VOWELS | frozenset("wxY")
DOUBLE = frozenset(["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"])
AFTER = {"ogi": "l", "li": "cdeghkmnrt", "ion": "st"}  # the letters that these suffixes have to follow
APOSTROPHES = str.maketrans("\u2018\u2019\u201b", "'''")

CONSONANT_Y = re.compile(r"(^|[aeiouy])y")
REGIONS = re.compile(
    r"(gener|arsen|commun|[^aeiouy]*[aeiouy]+[^aeiouy])"  # up to R1
    r"(?:[^aeiouy]*[aeiouy]+[^aeiouy]|.*)",  # up to R2, or to the end
    re.DOTALL,
)

SPECIAL = {
    "skis": "ski",
    "skies": "sky",
    "dying": "die",
    "lying": "lie",
    "tying": "tie",
    "idly": "idl",
    "gently": "gentl",
    "ugly": "ugli",
    "early": "earli",
    "only": "onli",
    "singly": "singl",
    **{word: word for word in ("sky", "news", "howe", "atlas", "cosmos", "bias", "andes")},
    **{f"{word}{end}": word for word in ("inning", "outing", "canning", "herring", "earring") for end in ("", "s")},
    **{f"{word}{end}": word for word in ("proceed", "exceed", "succeed") for end in ("", "s", "ed", "ing")},
}


def _by_ending(rules: str) -> dict[str, list[tuple[str, str]]]:
    """Each suffix of the rules and what takes its place, by the last two letters of the suffix, longest first."""
    pairs = [(suffix, new) for suffix, _, new in (rule.partition(":") for rule in rules.split())]
    pairs.sort(key=lambda pair: (pair[0][-2:], -len(pair[0])))
    return {ending: list(some) for ending, some in groupby(pairs, key=lambda pair: pair[0][-2:])}


# "suffix:what takes its place"; nothing where nothing does.
STEP_2 = _by_ending(
    """
    tional:tion enci:ence anci:ance abli:able entli:ent izer:ize ization:ize ational:ate ation:ate ator:ate alism:al
    aliti:al alli:al fulness:ful ousli:ous ousness:ous iveness:ive iviti:ive biliti:ble bli:ble ogi:og fulli:ful
    lessli:less li:
    """
)
STEP_3 = _by_ending("tional:tion ational:ate alize:al icate:ic iciti:ic ical:ic ful: ness: ative:")
STEP_4 = _by_ending("al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion")
ENDINGS = {"ed", "ng", *STEP_2, *STEP_3, *STEP_4}  # of words that a step from 1b to 4 may change, but for a last y


def stem(word: str) -> str:
    """The stem of a word, in small letters: "relational" -> "relat". Any text is taken for one word."""
    word = word.lower()
    if len(word) <= 2:
        return word
    if word in SPECIAL:
        return SPECIAL[word]
    if not word.isascii():
        word = word.translate(APOSTROPHES)
    if "'" in word:
        word = _step_0(word.removeprefix("'"))
    # A y that is no vowel, as it begins the word or follows one, is written Y meanwhile.
    if "y" in word and CONSONANT_Y.search(word):
        return _steps(CONSONANT_Y.sub(r"\1Y", word)).replace("Y", "y")
    return _steps(word)


def _steps(word: str) -> str:
    """Steps 1a to 5."""
    if word.endswith(("s", "ied")):
        word = _step_1a(word)
    ending, last = word[-2:], word[-1:]
    if ending not in ENDINGS and last not in "ely":
        return word
    r1, r2 = _regions(word)
    if last in "dgy":
        word = _step_1c(_step_1b(word, r1))
        ending = word[-2:]
    if ending in STEP_2:
        word, r2 = _step_2(word, r1, r2)
    if word[-2:] in STEP_3:
        word, r2 = _step_3(word, r1, r2)
    if word[-2:] in STEP_4:
        word = _step_4(word, r2)
    return _step_5(word, r1, r2) if word.endswith(("e", "l")) else word


def _regions(word: str) -> tuple[int, int]:
    """Where R1 and R2 begin; at the end of the word where it has none."""
    found = REGIONS.match(word)
    return (found.end(1), found.end()) if found else (len(word), len(word))


def _ends_short(word: str) -> bool:
    """Whether a word ends in a short syllable: a vowel between two letters that are none, or two letters as in "at"."""
    if len(word) < 3:
        return len(word) == 2 and word[0] in VOWELS and word[1] not in VOWELS
    return word[-3] not in VOWELS and word[-2] in VOWELS and word[-1] not in NO_SHORT_END


def _step_0(word: str) -> str:
    """A last apostrophe, and an s with it."""
    for suffix in ("'s'", "'s", "'"):
        if word.endswith(suffix):
            return word.removesuffix(suffix)
    return word


def _step_1a(word: str) -> str:
    """Plurals."""
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith("sses"):
        return word[:-2]
    return word if word.endswith(("us", "ss")) or VOWELS.isdisjoint(word[:-2]) else word[:-1]


def _step_1b(word: str, r1: int) -> str:
    """Past tenses and participles."""
    if not word.endswith(("ed", "ing", "edly", "ingly")):
        return word
    bare = word.removesuffix("ly")
    if bare.endswith("eed"):
        return bare[:-1] if r1 <= len(bare) - 3 else word
    rest = bare[:-2] if bare.endswith("ed") else bare[:-3]
    if VOWELS.isdisjoint(rest):
        return word
    ending = rest[-2:]
    if ending in DOUBLE:
        return rest[:-1]
    if ending in ("at", "bl", "iz"):
        # Of five letters or more without R1, nltk takes the e for R2, from which step 5 would drop it: "throated".
        return rest if len(rest) > 4 and r1 == len(rest) else rest + "e"
    return rest + "e" if r1 >= len(rest) and _ends_short(rest) else rest


def _step_1c(word: str) -> str:
    """A last y; one that follows a vowel is a Y by now."""
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > 2 else word


def _step_2(word: str, r1: int, r2: int) -> tuple[str, int]:
    """Suffixes of suffixes, in R1. What is left of R2 comes back too."""
    for suffix, new in STEP_2[word[-2:]]:
        if word.endswith(suffix):
            at = len(word) - len(suffix)
            if at < r1 or (suffix in AFTER and word[at - 1] not in AFTER[suffix]):
                return word, r2
            word = word[:at] + new
            # nltk leaves R2 nothing of a suffix that it had in part, so that step 5 keeps the e: "realizer".
            return word, len(word) if new == "ize" and at < r2 else r2
    return word, r2


def _step_3(word: str, r1: int, r2: int) -> tuple[str, int]:
    """More of them in R1, and "ative" in R2."""
    for suffix, new in STEP_3[word[-2:]]:
        if word.endswith(suffix):
            at = len(word) - len(suffix)
            if at < (r2 if suffix == "ative" else r1):
                return word, r2
            word = word[:at] + new
            # Likewise: "irrationally".
            return word, len(word) if new == "ate" and at < r2 else r2
    return word, r2


def _step_4(word: str, r2: int) -> str:
    """Suffixes in R2."""
    for suffix, _ in STEP_4[word[-2:]]:
        if word.endswith(suffix):
            at = len(word) - len(suffix)
            return word if at < r2 or (suffix == "ion" and word[at - 1] not in "st") else word[:at]
    return word


def _step_5(word: str, r1: int, r2: int) -> str:
    """A last e or l."""
    at = len(word) - 1
    if word.endswith("e"):
        return word[:-1] if at >= r2 or (at >= r1 and not _ends_short(word[:-1])) else word
    return word[:-1] if at >= r2 and word.endswith("ll") else word
