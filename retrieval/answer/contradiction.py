"""Whether sources visibly say different things: the question asks for a value, and theirs have none in common."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from retrieval.analysis.analyzer import stem
from retrieval.analysis.languages.all_packs import MAIN
from retrieval.analysis.tokenizer import forms, words
from retrieval.analysis.visible_text import seen
from retrieval.core.query_model import AnswerType
from retrieval.query.answer_types import EVIDENCE, PERSON_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retrieval.core.model import Quote
    from retrieval.core.query_model import Query

Value: TypeAlias = tuple[str, str]  # what it can be compared with, such as "year", and the value itself

_NUMERALS = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty
""".split()  # noqa: SIM905 - a line of words reads better than quoted items
COUNTS = {word: count for count, word in enumerate(_NUMERALS, 1)}
SCALES = {"": 1, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
NUMBER = re.compile(
    rf"(?<![\w./])(\d+(?:,\d{{3}})*(?:\.\d+)?(?![\w/])|(?:{'|'.join(COUNTS)})\b)(?:[\s-]+(thousand|million|billion)\b)?",
    re.IGNORECASE,
)
NEAR = 3  # words after a number within which what it counts is named
YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
TIMES = (
    ("year", re.compile(r"\b(?:1\d{3}|20\d{2})\b")),
    ("month", re.compile(rf"\b(?:{_MONTHS})\b")),
    ("day", re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")),
)
PERSON = re.compile(PERSON_NAME)
# Words within what looks like a name that tell no two names apart.
LINKING = frozenset(
    """
    in at near from to of around outside between across the al bin ibn de van von mr mrs dr king queen president prime
    minister sir lord pope emperor general st
    """.split()  # noqa: SIM905 - lines of words read better than quoted items
)


def say_different_things(query: Query, quotes: Iterable[Quote]) -> bool:
    """Whether two of the sources quoted each give what `query` asks for, and nothing of the one is in the other.

    A number, a time, a place or a person is looked for in the sentences that were found; what the question names itself
    does not count. Where it cannot be seen, the answer is no.
    """
    asked = set(forms(query.question))
    by_source: dict[str, set[Value]] = {}
    for quote in quotes:
        said = by_source.setdefault(quote.article.file, set())
        for span in quote.sentences:
            text = seen(quote.article, span)
            said.update(value for value in _values(text, query) if value[1] not in asked)
    return any(_differ(one, other) for one, other in combinations(by_source.values(), 2))


def _differ(one: set[Value], other: set[Value]) -> bool:
    """Whether both have values of one sort, and none of them in common."""
    shared = {sort for sort, _ in one & other}
    return bool({sort for sort, _ in one} & {sort for sort, _ in other} - shared)


def _values(text: str, query: Query) -> Iterator[Value]:
    """What `text` gives of the kind that `query` asks for, each value in one form: 15 thousand is "15000"."""
    match query.answer_type:
        case AnswerType.NUMBER:
            counted = query.counted.lower().split()
            if query.language == MAIN or not counted:  # what another language counts is not told from the rest
                yield from _numbers(text, of=stem(counted[0]) if counted else None)
        case AnswerType.TIME if query.language == MAIN:
            for sort, pattern in TIMES:
                yield from ((sort, found) for found in pattern.findall(text))
        case AnswerType.PLACE | AnswerType.PERSON as kind if query.language == MAIN:
            for found in (PERSON if kind is AnswerType.PERSON else EVIDENCE[kind]).finditer(text):
                yield from (("name", word.form) for word in words(found[0]) if word.form not in LINKING)


def _numbers(text: str, *, of: str | None) -> Iterator[Value]:
    """The numbers of a text but for years; with `of`, those that count that thing."""
    for found in NUMBER.finditer(text):
        after = [stem(word.form) for word in words(text[found.end() : found.end() + 60])[:NEAR]]
        if (of is not None and of not in after) or YEAR.fullmatch(found[0]):
            continue
        digits = found[1].replace(",", "").lower()
        yield "number", f"{float(COUNTS.get(digits, digits)) * SCALES[(found[2] or '').lower()]:.15g}"
