"""What kind of thing a question asks for, and whether a sentence has one."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from retrieval.analysis.languages.all_packs import MAIN, pack_of
from retrieval.analysis.tokenizer import forms
from retrieval.core.model import Span
from retrieval.core.query_model import AnswerType

if TYPE_CHECKING:
    from collections.abc import Container, Mapping


_PERSONS = (
    "person|president|king|queen|author|actor|actress|scientist|leader|player|man|woman|composer|director|spokesman"
)
_PLACES = "city|country|state|place|location|town|region|province|county|continent|river|island|area|camp|capital"
_SIZES = "number|percentage|percent|proportion|share|fraction|amount|population|age|size|length|height|area|cost|price"

# Tried in this order: "how many" before "how", "what year" before "what".
ASKING: tuple[tuple[AnswerType, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for kind, pattern in (
        (
            AnswerType.NUMBER,
            rf"how (?:many|much|long|old|far|tall|high|big|large|fast|deep|wide|heavy|often)|what (?:{_SIZES})",
        ),
        (AnswerType.TIME, r"when|(?:what|which) (?:year|date|day|month|century|decade|time)"),
        (AnswerType.PLACE, rf"where|(?:what|which) (?:{_PLACES})|what part"),
        (AnswerType.PERSON, rf"who|whom|whose|(?:what|which) (?:{_PERSONS})|what was the name"),
        (AnswerType.REASON, r"why|what (?:caused|causes|reason|led)|for what reason"),
    )
)

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NUMERALS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?|"
    "half|third|quarter|twice|once|percent"
)
# "To prevent" tells a reason, "tried to prevent" tells only what was tried.
_TRYING = ("try", "tries", "tried", "trying", "fail", "fails", "failed", "want", "wants", "wanted", "able", "unable")
_NO_PURPOSE = "".join(rf"(?<!\b{word} )" for word in _TRYING)
# Two words with capitals or more, "Abu Bakr al-Baghdadi" and "Ludwig van Beethoven" among them.
PERSON_NAME = r"\b[A-Z][\w.'’]*(?:\s+(?:(?:al|el|bin|ibn|de|la|der|van|von)[\s-])*[A-Z][\w'’-]*)+"
EVIDENCE: dict[AnswerType, re.Pattern[str]] = {
    AnswerType.NUMBER: re.compile(rf"\d|\b(?:{NUMERALS})\b", re.IGNORECASE),
    AnswerType.TIME: re.compile(
        rf"\b(?:1\d{{3}}|20\d{{2}})s?\b|\b(?:{_MONTHS})\b|\bcentur|\b(?:BCE?|AD|CE)\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
        r"|\b(?:yesterday|today|ago)\b"
    ),
    AnswerType.PLACE: re.compile(
        r"\b(?:in|at|near|from|to|of|around|outside|between|across)\s+(?:the\s+)?(?:[a-z]+\s+)?[A-Z]\w+"
    ),
    AnswerType.PERSON: re.compile(
        rf"{PERSON_NAME}|\b(?:Mr|Mrs|Dr|King|Queen|President|Prime Minister|Sir|Lord|Pope|Emperor|General|St)\b"
    ),
    AnswerType.REASON: re.compile(
        r"\b(?:because|since|due to|owing|as a result|so that|in order|therefore|thus|caused?|reasons?|le(?:d|ads?) to"
        rf"|{_NO_PURPOSE}to (?:prevent|avoid|allow|make|keep|reduce)|result)\b",
        re.IGNORECASE,
    ),
}


CAPITALS = "A-Z\u00c0-\u00d6\u00d8-\u00de"  # in Latin letters,
CAPITALS += "\u0102\u010c\u0110\u011e\u0130\u0141\u0158\u015a\u015e\u0160\u0179\u017b\u017d\u0218\u021a"
CAPITALS += "\u0386-\u03ab\u0401\u0404\u0406\u0407\u0410-\u042f\u0490"  # Greek and Cyrillic
CASELESS = frozenset({"ar", "he", "hi", "fa", "ur", "und"})  # nothing tells a name from another word

_COUNTED = re.compile(r"\bhow many\s+(\w+(?:\s+\w+)?)", re.IGNORECASE)


def counted_words(question: str, language: str = MAIN) -> str:
    """The one or two words behind "how many": what is to be counted; "" where nothing is."""
    found = (_COUNTED if language == MAIN else _patterns(language).counted).search(question)
    return found[1] if found else ""


def answer_type(question: str, language: str = MAIN) -> AnswerType:
    """The kind of answer that `question` asks for, `OTHER` where its words do not tell."""
    asking = ASKING if language == MAIN else _patterns(language).asking
    return next((kind for kind, pattern in asking if pattern.search(question)), AnswerType.OTHER)


def has_answer(text: str, kind: AnswerType, *, besides: Container[str] = (), language: str = MAIN) -> bool:
    """Whether `text` has something of that kind that none of the words `besides` is in; no text has one of `OTHER`."""
    evidence = EVIDENCE if language == MAIN else _patterns(language).evidence
    return kind in evidence and any(
        all(form not in besides for form in forms(found.group())) for found in evidence[kind].finditer(text)
    )


def evidence_in(text: str, kind: AnswerType, language: str) -> list[Span]:
    """Where in `text` something of that kind is, in a language other than English; what touches is one."""
    found: list[Span] = []
    for match in _patterns(language).evidence[kind].finditer(text):
        if found and not text[found[-1].end : match.start()].strip(" ,."):
            found[-1] = Span(found[-1].start, match.end())
        else:
            found.append(Span(*match.span()))
    return found


def numerals_of(language: str) -> str:
    """A pattern of the words for numbers."""
    return NUMERALS if language == MAIN else pack_of(language).numerals or "(?!)"


class _AskingPatterns(NamedTuple):
    """What asks for an answer and what is one, in one language."""

    asking: tuple[tuple[AnswerType, re.Pattern[str]], ...]
    counted: re.Pattern[str]
    evidence: Mapping[AnswerType, re.Pattern[str]]


@cache
def _patterns(language: str) -> _AskingPatterns:
    pack = pack_of(language)

    def among(pattern: str) -> str:
        if not pattern:
            return "(?!)"
        return rf"(?<!\w)(?:{pattern})(?!\w)" if pack.spaced else f"(?:{pattern})"

    name = rf"{PERSON_NAME.replace('A-Z', CAPITALS)}" if pack.spaced else r"[\u30a1-\u30fa\u30fc·•]{2,}|\w·\w"
    evidence = {
        AnswerType.NUMBER: rf"\d|{among(pack.numerals)}",
        AnswerType.TIME: rf"(?<!\d)(?:1\d{{3}}|20\d{{2}})(?!\d)|{among(pack.times)}",
        AnswerType.PLACE: rf"(?<!\w)(?:{pack.places or '(?!)'})\s*(?:[^\W\d_]+\s+)?[{CAPITALS}]\w+",
        AnswerType.PERSON: name,
        AnswerType.REASON: among(pack.reasons),
    }
    if pack.places == "(?!)" or not pack.spaced:
        evidence[AnswerType.PLACE] = among(pack.places)
    if pack.code in CASELESS:
        del evidence[AnswerType.PERSON]
        evidence[AnswerType.PLACE] = among(pack.places)
    cased = {AnswerType.PLACE, AnswerType.PERSON}
    return _AskingPatterns(
        asking=tuple((kind, re.compile(among(pattern), re.IGNORECASE)) for kind, pattern in pack.asking),
        counted=re.compile(rf"{among(pack.counted)}\s*(\w+(?:\s+\w+)?)", re.IGNORECASE),
        evidence={
            kind: re.compile(pattern, re.NOFLAG if kind in cased else re.IGNORECASE)
            for kind, pattern in evidence.items()
        },
    )
