"""What kind of thing a question asks for, and whether a sentence has one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.analysis.tokenizer import forms
from retrieval.core.query_model import AnswerType

if TYPE_CHECKING:
    from collections.abc import Container


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
        r"|to (?:prevent|avoid|allow|make|keep|reduce)|result)\b",
        re.IGNORECASE,
    ),
}


_COUNTED = re.compile(r"\bhow many\s+(\w+(?:\s+\w+)?)", re.IGNORECASE)


def counted_words(question: str) -> str:
    """The one or two words behind "how many": what is to be counted; "" where nothing is."""
    found = _COUNTED.search(question)
    return found[1] if found else ""


def answer_type(question: str) -> AnswerType:
    """The kind of answer that `question` asks for, `OTHER` where its words do not tell."""
    return next((kind for kind, pattern in ASKING if pattern.search(question)), AnswerType.OTHER)


def has_answer(text: str, kind: AnswerType, *, besides: Container[str] = ()) -> bool:
    """Whether `text` has something of that kind that none of the words `besides` is in; no text has one of `OTHER`."""
    return kind in EVIDENCE and any(
        all(form not in besides for form in forms(found.group())) for found in EVIDENCE[kind].finditer(text)
    )
