"""Whether sources visibly say different things: the question asks for a value, and theirs have none in common."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from retrieval.answer_types import EVIDENCE, AnswerType, expected
from retrieval.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.model import Quote

VALUED = (AnswerType.NUMBER, AnswerType.TIME, AnswerType.PLACE, AnswerType.PERSON)
COUNTS = {
    word: str(count)
    for count, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)  # noqa: SIM905
}
SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?|\b(?:" + "|".join(COUNTS) + r")\b", re.IGNORECASE)
SCALE = re.compile(r"[\s-]*(thousand|million|billion)\b", re.IGNORECASE)
YEAR = re.compile(r"1[5-9]\d\d|20\d\d")


def say_different_things(question: str, quotes: Iterable[Quote]) -> bool:
    """Whether two of the sources quoted each give what `question` asks for, and nothing of the one is in the other.

    A number, a time, a place or a person is looked for in the sentences that were found. What the question names
    itself does not count, nor do the years in which something was counted.
    """
    kind = expected(question)
    if kind not in VALUED:
        return False
    asked = values(question, kind) | {word.form for word in words(question)}
    by_source: dict[str, set[str]] = {}
    for quote in quotes:
        said = by_source.setdefault(quote.article.file, set())
        for span in quote.sentences:
            said |= values(quote.article.text[span.start : span.end], kind) - asked
    return any(one and other and not one & other for one, other in combinations(by_source.values(), 2))


def values(text: str, kind: AnswerType) -> set[str]:
    """What `text` gives of a kind, each value in one form: 15,000 and 15 thousand are "15000"."""
    if kind is AnswerType.NUMBER:
        return set(_numbers(text))
    return {word.form for match in EVIDENCE[kind].finditer(text) for word in words(match[0]) if _names(word.form)}


def _numbers(text: str) -> Iterable[str]:
    for match in NUMBER.finditer(text):
        digits = match[0].replace(",", "")
        scale = SCALE.match(text, match.end())
        if not scale and YEAR.fullmatch(match[0]):
            continue
        number = float(COUNTS.get(digits.lower(), digits)) * (SCALES[scale[1].lower()] if scale else 1)
        yield f"{number:.15g}"


def _names(form: str) -> bool:
    return form not in {"in", "at", "near", "from", "to", "of", "around", "outside", "between", "across", "the"}
