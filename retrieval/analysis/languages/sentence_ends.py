"""Where the sentences of a paragraph end in a language with a pack: by rules, its abbreviations and its full stops."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from retrieval.analysis.languages.all_packs import pack_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOSING = "\"'”’»«›“)\\]}」』）】》〉"
OPENING = "\"'“‘„«»‹(\\[{¿¡「『（【《〈—–\\-"
# An end mark with what closes behind it, and where the next sentence begins. The full stops of scripts that set no
# space need none.
STOPS = "。！？｡؟।॥۔։።፧།៖៕။"
END = re.compile(
    rf"[。！？｡]+[{CLOSING}]*\s*(?=\S)|(?:[.!?…]+|[{STOPS}]+)(?:[{CLOSING}]|[ \u00a0\u202f]»(?=\s|$))*+(?:\s+)(?=\S)"
)
WITHOUT_SPACE = frozenset("。！？｡")
# “「閉鎖だ。」と言った”: what was said stands within the sentence.
SAID = re.compile(r"[。！？｡]+[」』）】》”’\"')]+$")
GOES_ON_BEHIND = re.compile(r"[\u3041-\u309f、，,；;の]")
BEFORE_WORD = "\\s\"'’“‘„«»‹(\\[{¿¡「『（【《〈—–/"
LAST_WORD = re.compile(rf"(?:^|[{BEFORE_WORD}])([^{BEFORE_WORD}]+)\.[{CLOSING}]*$")
INITIALS = re.compile(r"(?:[^\W\d_](?:\.-?|-))*[^\W\d_]")  # J  J.R  J.-C
ERA = re.compile(
    r"(?:(?:[avnpмпδπ]\.?\s?)?(?:[cC]hr|C|c|J\.?-C|Kr|kr|χ|Χ|э|э)|ee\.\s?uu|uu|ق\.م|m\.[ös]|př\.\s?n\.\s?l|n\.\s?[el]|[ap]\.m)",
    re.IGNORECASE,
)
ERA_BEFORE = re.compile(r"\b[avnp]\.\s?\w\.\W*$", re.IGNORECASE)  # “a. C.”
ROMAN = re.compile(r"[IVXLC]+\b")
NUMBER = re.compile(r"(?:\d{1,2}|[IVXLC]{1,6})")
FIRST_WORD = re.compile(rf"[{OPENING}]*([^\W_]+)")
LEADING = re.compile(rf"[{OPENING}]*")
EVERYWHERE = frozenset(
    """
    ca cca dr prof mr mrs ms st vs e.g i.e ph.d m.d u.s u.k p.s z.b co ltd inc corp jr sr no
    """.split()  # noqa: SIM905 - lines of words read better than quoted items
)
LONGEST_OF_DOTS = 8  # letters and dots of an abbreviation
LOOK_BACK = 40  # characters before an end, among which its last word is
# What ends a sentence as often as not: it does before a small word with a capital.
MAY_END = frozenset(
    """
    etc usw u.ä ff enz itd itp atd tj stb osv m.m m.fl jne и.т.д и.т.п т.д т.п др пр ecc ss vd vb
    """.split()  # noqa: SIM905 - likewise
)


class _EndRules(NamedTuple):
    """The rules of one language, made once."""

    abbreviations: frozenset[str]
    before_number: re.Pattern[str]
    amid: re.Pattern[str]
    after_ordinal: re.Pattern[str] | None
    small_words: frozenset[str]


@cache
def _rules(code: str) -> _EndRules:
    pack = pack_of(code)
    every = re.compile(rf"(?:{pack.before_number or '(?!)'})$", re.IGNORECASE)
    amid = re.compile(rf"(?:{pack.amid or '(?!)'})$", re.IGNORECASE)
    after = re.compile(rf"(?:{pack.after_ordinal})\b") if pack.after_ordinal else None
    numbered = frozenset(word for word in pack.abbreviations if every.fullmatch(word))
    return _EndRules((pack.abbreviations - numbered) | EVERYWHERE, every, amid, after, pack.stop_words)


def ends(text: str, code: str) -> list[tuple[int, int]]:
    """Where each sentence of a paragraph in this language starts and ends, without the white space around it."""
    rules = _rules(code)
    found: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for end, begin in _gaps(text):
        if end > start and _is_end(text, start, end, begin, rules):
            found.append((start, end))
            start = begin
    last = len(text.rstrip())
    if start < last:
        found.append((start, last))
    return found


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """Where a sentence may end, and where the next one would begin."""
    for mark in END.finditer(text):
        yield mark.start() + len(mark[0].rstrip()), mark.end()


def _is_end(text: str, start: int, end: int, begin: int, rules: _EndRules) -> bool:
    before = text[max(start, end - LOOK_BACK) : end]
    marks = before.rstrip("\"'”’»«›“)]}」』）】》〉")
    after = text[begin : begin + LOOK_BACK]
    if marks[-1:] in WITHOUT_SPACE:
        return not (SAID.search(before) and GOES_ON_BEHIND.match(after))
    first = after[LEADING.match(after).end() :][:1]  # type: ignore[union-attr]
    if marks[-1:] != ".":
        return marks[-1:] in STOPS or not first.islower()
    if first.islower() or not after.strip(" .…") or after[0] in ",;:)":
        return False
    return _ends_at_full_stop(before, marks, after, first, rules)


def _ends_at_full_stop(before: str, marks: str, after: str, first: str, rules: _EndRules) -> bool:
    """Whether a full stop ends a sentence where something else than a small letter follows."""
    if marks.endswith(("..", ". .")):
        return True
    found = LAST_WORD.search(before)
    word = found[1].rstrip(".") if found else ""
    low = word.lower()
    if (first.isdigit() or ROMAN.match(after)) and rules.before_number.fullmatch(low):
        return False
    if low in MAY_END or (ERA.fullmatch(low) and (len(low) > 1 or ERA_BEFORE.search(before))):
        return _opens(after, rules)
    if low in rules.abbreviations or (len(word) == 1 and word.islower()):
        return False
    if rules.after_ordinal and NUMBER.fullmatch(word):
        return not rules.after_ordinal.match(after) or _opens(after, rules)
    return _ends_behind_word(before, word, after, rules) and not (first.isdigit() and rules.amid.fullmatch(low))


def _ends_behind_word(before: str, word: str, after: str, rules: _EndRules) -> bool:
    """Whether a word that is no abbreviation that is known ends the sentence: an initial does not."""
    if INITIALS.fullmatch(word) and word[-1].isupper():
        return _is_sign_of_measure(before, word)
    if "." in word and not word[0].isdigit() and len(word) <= LONGEST_OF_DOTS:  # an abbreviation that nobody listed
        return _opens(after, rules)
    return True


def _is_sign_of_measure(before: str, word: str) -> bool:
    """Whether a letter stands behind a number: “bei 20 C. Dann”."""
    return re.search(rf"\d\s?[°º]?\s?{re.escape(word)}\.$", before) is not None


def _opens(after: str, rules: _EndRules) -> bool:
    """Whether a small word with a capital comes, which often opens a sentence."""
    word = FIRST_WORD.match(after)
    return word is not None and word[1][0].isupper() and word[1].lower() in rules.small_words
