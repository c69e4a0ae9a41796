"""A question -> the phrases in it that stand in quotation marks, and are to be found as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.query.question_text import QuestionText

MOST_PHRASES = 5
# What opens a quotation and what closes it, in one language or another. A single mark is an apostrophe where it stands
# inside a word, so a quotation in single marks begins behind a blank and ends before one or before a sign.
PAIRS = (
    ("“„‟", "”“"),
    ("«", "»"),
    ("»", "«"),
    ("‹", "›"),
    ("›", "‹"),
    ('"＂', '"＂'),
    ("”", "”"),
    ("「", "」"),
    ("『", "』"),
    ("《", "》"),
)
SINGLE = "(?<![^\\s([{])[‘‚'](?P<in>[^‘’‚'\\n]*(?:['’](?=\\w)[^‘’‚'\\n]*)*)['’](?!\\w)"
QUOTED = re.compile(
    "|".join(
        [*(f"[{opens}]([^{opens}{closes}\n]*)[{closes}]" for opens, closes in PAIRS), SINGLE.replace("?P<in>", "")]
    )
)


def quoted_phrases(question: str) -> Sequence[Span]:
    """The stretches of a question between quotation marks of any kind that have a letter or a digit, in its order."""
    found = []
    for match in QUOTED.finditer(question):
        start, end = match.span(match.lastindex or 0)
        inside = question[start:end]
        start, end = start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
        if any(letter.isalnum() for letter in inside):
            found.append(Span(start, end))
    return found[:MOST_PHRASES]


def name_of_small_words(question: QuestionText) -> Sequence[Span]:
    """The name that a question ends with whose words are all small ones: "Go", "The Who", "x"; none where it has none.

    Such words are in no index, so that they can only be found as they stand.
    """
    text, words = question.text, question.words
    first = len(words)
    while first > 1 and not text.isupper() and _may_be_a_name(text, words[first - 1].span):
        first -= 1
    return [Span(words[first].span.start, words[-1].span.end)] if first < len(words) else []


def _may_be_a_name(text: str, span: Span) -> bool:
    return text[span.start].isupper() or (len(span) == 1 and text[span.start] not in "ai")
