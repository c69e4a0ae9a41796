"""The words in a sentence that are what a question asks for, where they can be told: a number, a time, a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.analysis.analyzer import keys_of, stem
from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.languages.all_packs import MAIN, pack_of
from retrieval.analysis.tokenizer import forms, words
from retrieval.analysis.visible_text import visible
from retrieval.answer.contradiction import COUNTS, NEAR, NUMBER
from retrieval.core.model import Span
from retrieval.core.query_model import AnswerType
from retrieval.query.answer_types import PERSON_NAME, evidence_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.core.model import Sentence
    from retrieval.core.query_model import Query

MOST = 2  # that may be what is asked for; of more, nobody can tell which

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
_YEAR = r"(?:1[0-9]\d\d|20\d\d)"
_DAY = r"(?:[0-3]?\d(?:st|nd|rd|th)?)"
_CLOCK = r"(?:[0-2]?\d[:.][0-5]\d(?:\s?[ap]\.?m\b\.?)?|[01]?\d\s?[ap]\.?m\b\.?|noon|midnight)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)"
_MOMENT = (
    rf"(?:{_DAY}\s+{_MONTH}(?:,?\s+{_YEAR})?|{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?|{_MONTH}\s+{_YEAR}|{_YEAR}-\d\d-\d\d"
)
_MOMENT += rf"|{_WEEKDAY}(?:,?\s+(?:at\s+)?{_CLOCK})?|{_CLOCK}|\b{_YEAR}\b|\b{_MONTH}\b)"
TIME = re.compile(rf"\b{_MOMENT}(?:\s?(?:–|-|to|until|and)\s?{_MOMENT})?(?!\w)")
UNIT = (
    r"(?:\s?%|\s?(?:per\s?cent|percent|[kcm]?m|km|kg|g|mg|ml|l|GB|MB|KB|°C|°F|EUR|USD|GBP|€|\$|£)\b|\s?[€$£]"
    r"|\s(?:euros?|dollars?|pounds?|cents?|pence|seconds?|minutes?|hours?|days?|weeks?|months?|years?|points?|gold|"
    r"met(?:er|re)s?|kilomet(?:er|re)s?|miles?|feet|foot|inch(?:es)?|tons?|litres?|liters?|degrees?)\b)"
)
AMOUNT = re.compile(rf"[€$£]\s?\d[\d,.]*\d|[€$£]\s?\d|(?:{NUMBER.pattern}){UNIT}?", re.IGNORECASE)
MEASURED = re.compile(rf"[€$£]|{UNIT}\Z", re.IGNORECASE)
# "How long" asks for a time or a stretch, and "how much" for no time.
HOW_LONG, HOW_MUCH = (re.compile(rf"\bhow {word}\b", re.IGNORECASE) for word in ("long", "much"))
DURATION = re.compile(r"\b(?:second|minute|hour|day|week|month|year)s?\Z", re.IGNORECASE)
LENGTH = re.compile(
    r"(?:\b|\d)(?:[kcm]?m|met(?:er|re)s?|kilomet(?:er|re)s?|miles?|feet|foot|inch(?:es)?)\Z", re.IGNORECASE
)
NAME = re.compile(PERSON_NAME)
PLACE = re.compile(r"\b(?:in|at|near|on|behind|inside|outside|under)\s+((?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)")


def answering_words(query: Query, sentence: Sentence) -> tuple[Span, ...]:
    """Where in the article those words of `sentence` are; none where `query` asks for nothing that can be told."""
    said = visible(sentence.article.text, sentence.article.hidden, sentence.span)
    asked = set(forms(query.read or query.question))
    found = [span for span in _found(query, said.text) if not asked.issuperset(forms(said.text[span.start : span.end]))]
    if len({said.text[span.start : span.end].casefold() for span in found}) > MOST:
        return ()
    return tuple(Span(said.start(span.start), said.end(span.end)) for span in found)


def _found(query: Query, text: str) -> Iterator[Span]:
    if query.language != MAIN:
        yield from _found_in_other(query, text)
        return
    match query.answer_type:
        case AnswerType.NUMBER if query.counted:
            yield from _counts(text, stem(query.counted.lower().split()[0]))
        case AnswerType.NUMBER:
            yield from (span for span in _amounts(text) if _is_asked_for(query, text[span.start : span.end]))
        case AnswerType.TIME:
            yield from (Span(*found.span()) for found in TIME.finditer(text))
        case AnswerType.PERSON:
            yield from _names(text)
        case AnswerType.PLACE:
            yield from (Span(*found.span(1)) for found in PLACE.finditer(text))


def _found_in_other(query: Query, text: str) -> Iterator[Span]:
    """The same in a language other than English, whose words for times and numbers its pack has."""
    if query.answer_type is AnswerType.TIME:
        yield from evidence_in(text, AnswerType.TIME, query.language)
    elif query.answer_type is AnswerType.NUMBER and query.counted:
        pack = pack_of(query.language)
        counted = pack.key(query.counted.split()[0])
        for found in NUMBER.finditer(text):
            behind = text[found.end() : found.end() + 60]
            if counted in keys_of(words(behind)[:NEAR], behind, query.language):
                yield Span(*found.span())


def _counts(text: str, counted: str) -> Iterator[Span]:
    """The numbers that stand shortly before what is counted."""
    for found in NUMBER.finditer(text):
        after = [stem(word.form) for word in words(text[found.end() : found.end() + 60])[:NEAR]]
        if counted in after:
            yield Span(*found.span())


def _amounts(text: str) -> Iterator[Span]:
    """The amounts with a unit or a currency; where there is none, the numbers that are no years, in figures."""
    found = [Span(*one.span()) for one in AMOUNT.finditer(text)]
    measured = [span for span in found if MEASURED.search(text[span.start : span.end])]
    bare = [span for span in found if text[span.start : span.end].lower() not in COUNTS]
    yield from measured or (span for span in bare if not re.fullmatch(_YEAR, text[span.start : span.end]))


def _is_asked_for(query: Query, amount: str) -> bool:
    """Whether an amount may be of the kind that the question asks for."""
    asked = query.read or query.question
    if HOW_LONG.search(asked):
        return bool(DURATION.search(amount) or LENGTH.search(amount))
    return not (HOW_MUCH.search(asked) and DURATION.search(amount))


def _names(text: str) -> Iterator[Span]:
    """What looks like a name, without a small word that has a capital because it opens the sentence."""
    for found in NAME.finditer(text):
        start, end = found.span()
        opening = re.match(r"\w+\s+", found[0])
        if opening and opening[0].strip().lower() in STOP_WORDS:
            start += opening.end()
            if not re.search(r"\s", text[start:end].strip()):
                continue
        yield Span(start, end)
