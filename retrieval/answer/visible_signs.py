"""The signs of a stretch that a reader sees, each with its place in the file and its style, and the text they make."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from retrieval.analysis.visible_text import seen_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retrieval.core.model import Article, Span

CLOSING = frozenset(".,;:!?)]}»”’")
BOLD_TAGS = re.compile(r"</?(?:b|strong|th)\b", re.IGNORECASE)
ITALIC_TAGS = re.compile(r"</?(?:i|em|cite|var|dfn)\b", re.IGNORECASE)
CODE_TAGS = re.compile(r"</?(?:code|kbd|samp|tt)\b", re.IGNORECASE)
STRUCK_TAGS = re.compile(r"</?(?:s|del|strike)\b", re.IGNORECASE)


class Style(StrEnum):
    """How a reader sees words that stand out."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    STRUCK = "struck"
    LABEL = "label"  # what was added: the name of a column, the mark of an item, a term


class Styled(NamedTuple):
    """A stretch of what is shown in one style."""

    style: Style
    start: int
    end: int


class DrawnText(NamedTuple):
    """A text, the place in the file of each of its signs, and its styles."""

    text: str
    origins: list[int]
    styles: list[Styled]


class Sign(NamedTuple):
    """A sign that is seen: `origin` is its place in the file, `given` whether it stands for markup."""

    char: str
    origin: int
    styles: frozenset[Style]
    given: bool
    after_markup: bool


class VisibleSigns:
    """The signs of a stretch that are seen, in order; emphasis that began before it, from `since` on, is known."""

    def __init__(self, article: Article, span: Span, *, since: int | None = None) -> None:
        self.article, self.span = article, span
        self.since = span.start if since is None else min(since, span.start)

    def __iter__(self) -> Iterator[Sign]:
        text, hidden = self.article.text, self.article.hidden
        styles: set[Style] = set()
        at, touched = self.since, False
        number = bisect_right(hidden, self.since, key=lambda one: one.end) if hidden else 0
        while at < self.span.end:
            following = hidden[number] if number < len(hidden) else None
            stop = min(following.start if following else self.span.end, self.span.end)
            for place in range(max(at, self.span.start), stop):
                yield Sign(text[place], place, frozenset(styles), given=False, after_markup=touched)
                touched = False
            if following is None or following.start >= self.span.end:
                break
            end = following.end
            number += 1
            while _is_run(text, following, end, number, hidden):  # `**` is hidden sign by sign
                end = hidden[number].end
                number += 1
            markup = text[following.start : end]
            _toggle(styles, markup)
            touched = True
            if following.start >= self.span.start:
                stands_for = seen_of(markup) or ("\n" if markup == "\\" and text[end : end + 1] in "\r\n" else "")
                yield from (
                    Sign(char, following.start, frozenset(styles), given=True, after_markup=True) for char in stands_for
                )
            at = end


def _is_run(text: str, following: Span, end: int, number: int, hidden: Sequence[Span]) -> bool:
    if number >= len(hidden) or hidden[number].start != end or text[following.start] not in "*_":
        return False
    return text[hidden[number].start : hidden[number].end].strip(text[following.start]) == ""


def _toggle(styles: set[Style], markup: str) -> None:
    """Begin or end the styles that a piece of markup begins or ends."""
    if markup.strip("*") == "" or markup.strip("_") == "":
        changed = {1: {Style.EMPHASIS}, 2: {Style.STRONG}}.get(len(markup), {Style.EMPHASIS, Style.STRONG})
    elif markup.strip("`") == "":
        changed = {Style.CODE}
    elif markup.strip("~") == "":
        changed = {Style.STRUCK}
    elif markup[0] == "<":
        tags = (
            (BOLD_TAGS, Style.STRONG),
            (ITALIC_TAGS, Style.EMPHASIS),
            (CODE_TAGS, Style.CODE),
            (STRUCK_TAGS, Style.STRUCK),
        )
        changed = {style for tag, style in tags if tag.match(markup)}
        if markup.startswith("</"):
            styles -= changed
        else:
            styles |= changed
        return
    else:
        return
    styles ^= changed


def running_text(signs: Iterable[Sign]) -> DrawnText:
    """Running text: white space is one blank, a hard end of a line and a blank line are an end of a line."""
    kept: list[Sign] = []
    space: Sign | None = None
    hard, blanks, lines, last = False, 0, 0, ""
    for sign, following in pairwise([*signs, None]):
        if sign is None:
            break
        if sign.char.isspace():
            ends = sign.char in "\r\n\u2028\u2029"
            lines += ends and not (sign.char == "\n" and last == "\r")
            last = sign.char
            hard = hard or lines > 1 or (ends and (sign.given or blanks >= 2))
            blanks = blanks + 1 if sign.char == " " else 0
            space = space or sign
            continue
        # Where a picture stood between a word and a full stop, its blank goes with it.
        ends = following is None or following.char.isspace() or following.char in CLOSING
        dropped = sign.after_markup and sign.char in CLOSING and not hard and ends and Style.CODE not in sign.styles
        if space and kept and not (dropped and _was_before_markup(space)):
            kept.append(space._replace(char="\n" if hard else " ", styles=space.styles & sign.styles))
        kept.append(sign)
        space, hard, blanks, lines = None, False, 0, 0
    return drawn(kept)


def _was_before_markup(space: Sign) -> bool:
    return not space.given and not space.after_markup


def indent_of(text: str, start: int) -> int:
    """How many blanks stand before what begins there, on its line."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return len(before) - len(before.rstrip(" \t"))


def code_text(signs: Iterable[Sign], indent: int) -> DrawnText:
    """Code as it is written, but for blanks that all its lines begin with; the first has `indent` of them before it."""
    every = [sign._replace(styles=frozenset()) for sign in signs if sign.char != "\r"]
    lines: list[list[Sign]] = [[]]
    for sign in every:
        lines[-1].append(sign)
        if sign.char == "\n":
            lines.append([])
    said = ["".join(sign.char for sign in line) for line in lines]
    common = min((len(line) - len(line.lstrip()) for line in said[1:] if line.strip()), default=indent)
    common = min(common, indent)
    kept = [sign for number, line in enumerate(lines) for sign in (line[common:] if number else line)]
    while kept and kept[-1].char.isspace():
        kept.pop()
    return drawn(kept)


def drawn(signs: Sequence[Sign]) -> DrawnText:
    styles = [
        Styled(style, start, end)
        for style in Style
        for start, end in runs_of_true([style in sign.styles for sign in signs])
    ]
    return DrawnText("".join(sign.char for sign in signs), [sign.origin for sign in signs], styles)


def runs_of_true(true: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where runs of True begin and end."""
    start = -1
    for place, is_true in enumerate([*true, False]):
        if is_true and start < 0:
            start = place
        elif not is_true and start >= 0:
            yield start, place
            start = -1
