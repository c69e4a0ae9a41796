"""An article's text -> what a reader sees of it, which is split and searched, and where that stands in the file.

`Article.hidden` are the stretches that are markup. Most of them stand for nothing; an entity stands for a letter,
`<br>` for a line end, and the tag that opens the next cell of a table for the bar that parts cells elsewhere.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.core.model import Article, Sentence

BAR = " | "  # what parts the cells of a row in what is searched
CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
BREAK = re.compile(r"</?(?:br|hr|p|div|li|tr|h[1-6]|dd|dt|summary|blockquote|ul|ol)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class VisibleText:
    """What is seen of a stretch: `text`, whose piece n begins there at `at[n]`, in the file at `starts[n]`.

    `ends[n]` is where it ends in the file. A piece is either taken over letter by letter or stands for markup.
    """

    text: str
    at: list[int]
    starts: list[int]
    ends: list[int]

    def start(self, place: int) -> int:
        """Where in the file the sign begins that is at `place` here."""
        piece = bisect_right(self.at, place) - 1
        return min(self.starts[piece] + place - self.at[piece], self.ends[piece])

    def end(self, place: int) -> int:
        """Where in the file the sign ends that is before `place` here."""
        piece = bisect_left(self.at, place) - 1
        if place == (self.at[piece + 1] if piece + 1 < len(self.at) else len(self.text)):
            return self.ends[piece]
        return min(self.starts[piece] + place - self.at[piece], self.ends[piece])

    def place(self, offset: int) -> int:
        """Where that is here which is at `offset` in the file; for what is not seen, what is seen next."""
        piece = bisect_right(self.starts, offset) - 1
        if piece < 0:
            return 0
        end = self.at[piece + 1] if piece + 1 < len(self.at) else len(self.text)
        return min(self.at[piece] + offset - self.starts[piece], end)


def visible(text: str, hidden: Sequence[Span], span: Span | None = None) -> VisibleText:
    """What a reader sees of a text, or of `span` of it, with the offsets that it has in the whole text."""
    start, end = (0, len(text)) if span is None else (span.start, span.end)
    said: list[str] = []
    found = VisibleText("", [], [], [])
    length = 0
    for first, last, stands_for in _pieces(text, hidden, start, end):
        said.append(stands_for)
        found.at.append(length)
        found.starts.append(first)
        found.ends.append(last)
        length += len(stands_for)
    return VisibleText("".join(said), found.at, found.starts, found.ends)


def _pieces(text: str, hidden: Sequence[Span], start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """What is seen between two places: where it starts and ends in the text, and what is seen there."""
    at = start
    number = bisect_right(hidden, start, key=lambda one: one.end) if hidden else 0
    while number < len(hidden):
        one = hidden[number]
        if one.start >= end:
            break
        if at < one.start:
            yield at, one.start, text[at : one.start]
        if stands_for := seen_of(text[max(one.start, start) : min(one.end, end)]):
            yield max(one.start, start), min(one.end, end), stands_for
        at = one.end
        number += 1
    if at < end:
        yield at, end, text[at:end]


def seen_of(markup: str) -> str:
    """What a reader sees of a stretch of markup: mostly nothing."""
    if markup[0] == "&" and markup[-1] == ";":
        return html.unescape(markup)
    if markup[0] == "<":
        return BAR if CELL.match(markup) else "\n" if BREAK.match(markup) else ""
    return ""


def searched(text: str, hidden: Sequence[Span], span: Span) -> str:
    """The words of a stretch as they are searched."""
    return visible(text, hidden, span).text if hidden else text[span.start : span.end]


def seen(article: Article, span: Span) -> str:
    """The words of a stretch of an article as they are searched."""
    return searched(article.text, article.hidden, span)


def words_of(sentence: Sentence) -> str:
    """The words of a sentence as they are searched."""
    return seen(sentence.article, sentence.span)


def with_marks(text: str, hidden: Sequence[Span], span: Span, within: Span) -> Span:
    """A stretch with the markup that touches it, as `**` before and behind a word, as far as `within` goes."""
    start, end = span.start, span.end
    number = bisect_left(hidden, end, key=lambda one: one.start)
    while number < len(hidden) and hidden[number].start == end and hidden[number].end <= within.end:
        markup = text[end : hidden[number].end]
        if markup[0].isspace() or seen_of(markup):
            break
        end = hidden[number].end
        number += 1
    number = bisect_right(hidden, start, key=lambda one: one.end) - 1
    while number >= 0 and hidden[number].end == start and hidden[number].start >= within.start:
        markup = text[hidden[number].start : start]
        if markup[-1].isspace() or seen_of(markup):  # what stands before a line of a quotation ends in a blank
            break
        start = hidden[number].start
        number -= 1
    return Span(start, end)
