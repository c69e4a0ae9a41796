"""Lines -> blocks: which lines are one paragraph, and which are a title, a heading, a caption or a tail."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from retrieval.core.model import Block, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
HAS_WORD = re.compile(r"\w")
SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]*_]*$")
FULL_STOP = re.compile(r"[.…:;,][\"'”’»)\]*_]*$")
BULLET = re.compile(r"(?:[-*+•‣▪–—]|\d{1,3}[.)]|\(?[a-z]\))\s+(?=\S)")
_PICTURE = r"(?:photo|image|picture|photograph|illustration|video|graphic)s?"
# A credit line at its beginning and at its end; the second is looked for only where `_may_end_as_credit`.
CREDIT = re.compile(
    r"(?:photo|image|picture|photograph|illustration|caption|credit|source)s?(?:\s+(?:credit|by|courtesy)[^:]*)?\s*[:©]"
    rf"|{_PICTURE} (?:by|courtesy|via|credit)\b[^.]*$"
    r"|(?:©|(?:copyright )?(?:©|\(c\)) ?\d{4}|copyright \d{4})"
    r"|\(?(?:additional )?(?:reporting|editing) by (?-i:[A-Z])|\(?(?:written|compiled|translated) by [^.]*$"
    r"|(?:published|updated|posted|last (?:updated|modified))\b[^.]*\d[^.]*$|\d+[ -]min(?:ute)?s?(?: read)?$",
    re.IGNORECASE,
)
CREDIT_END = re.compile(
    r"[(\[]\s*(?:photo|image|picture|file photo|illustration|credit|source|via|afp|ap|reuters|getty)\b[^)\]]*[)\]]\W*$"
    rf"|\b{_PICTURE}(?: (?:by|credit|courtesy)[^:.]*)?: [^.:]{{1,80}}$"
    r"|\ball rights reserved\W*$",
    re.IGNORECASE,
)
_DAY = r"(?:\w+day,? )?(?:\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+\.?|[A-Z][a-z]+\.? \d{1,2}),? \d{4}|\d{4}-\d\d-\d\d"
# "By Jane Doe", "By Jane Doe and John Roe, The Courier, 3 May 2020", or the day alone
BYLINE = re.compile(rf"(?:B[yY]:? [A-Z][\w.'’-]*(?:,? (?:and |in |for |of )?[A-Z0-9][\w.'’-]*){{0,9}}|{_DAY})$")
# A line in the midst of a text that leads to another one: "Read more: Ten bridges and a river"
ASIDE = re.compile(
    r"(?:read (?:also|more|next)|also read|see also|related(?: \w+)?|watch(?: also)?|listen|more on this|in pictures)"
    r"\s*:\s*\S",
    re.IGNORECASE,
)
CREDIT_ALONE = re.compile(r"[(\[][^)\]]*[)\]]\W*$")
TAIL = re.compile(
    r"(?:check also|see also|read (?:also|more|next)|also read|related(?: (?:articles?|posts?|stories|topics))?"
    r"|more (?:from|on|stories)\b.*|share this(?: article)?|most read|recommended(?: for you)?|you may also like"
    r"|about the author|advertisement|newsletter|sign up.*|subscribe.*|comments?|tags?|references|external links)"
    r"\s*[:.…]?$",
    re.IGNORECASE,
)
WRAPPED = range(60, 121)  # characters: the widest line of a text that was wrapped by hand
LONGEST_TITLE = 200
LONGEST_CREDIT = 400
LONGEST_CREDITED = 82  # characters from a colon on
HEADING_WORDS = 14


def lines_of(text: str, within: Span) -> list[Span]:
    """The lines with something on them, without the white space around them."""
    inside = text[within.start : within.end]
    if "\r" in inside:
        return [Span(*line.span()) for line in LINE.finditer(text, within.start, within.end)]
    found: list[Span] = []
    start = within.start
    for line in inside.split("\n"):  # what LINE finds, without a look at each letter
        if said := line.strip():
            first = start if said[0] == line[0] else start + line.index(said[0])
            found.append(Span(first, first + len(said)))
        start += len(line) + 1
    return found


def paragraphs_of(text: str, lines: Sequence[Span]) -> list[Span]:
    """Lines that were wrapped by hand joined again, every other line by itself.

    A line was wrapped where the next line's first word would not have fitted on it: the widest line of its run tells
    how much fits. A run ends at a blank line and at a bullet.
    """
    found: list[Span] = []
    for run in _runs(text, lines):
        width = max(len(line) for line in run) if len(run) > 1 else 0
        if width not in WRAPPED:
            found.extend(run)
            continue
        start = run[0].start
        for line, after in pairwise(run):
            first_word = text[after.start : after.end].split(maxsplit=1)[0]
            wrapped = len(line) + 1 + len(first_word) > width
            if not wrapped:
                found.append(Span(start, line.end))
                start = after.start
        found.append(Span(start, run[-1].end))
    return found


def _runs(text: str, lines: Sequence[Span]) -> Iterator[list[Span]]:
    run: list[Span] = []
    for line in lines:
        if run:
            between = text[run[-1].end : line.start]
            if between not in {"\n", "\n\n"}:
                between = between.replace("\r\n", "\n").replace("\r", "\n")
            if between.count("\n") > 1 or BULLET.match(text, line.start):
                yield run
                run = []
        run.append(line)
    if run:
        yield run


def classified(text: str, paragraphs: Sequence[Span]) -> list[Block]:
    """What each paragraph is. Lines without a word ("* * *") are left out; a tail takes all that follows it."""
    spans = [span for span in paragraphs if HAS_WORD.search(text, span.start, span.end)]
    said_in = [text[span.start : span.end] for span in spans]
    kinds = [_kind(said) for said in said_in]
    for at, said in enumerate(said_in):
        if 3 * at >= len(spans) and kinds[at] is not Kind.ITEM and TAIL.match(said):
            kinds[at:] = [Kind.BOILERPLATE] * (len(spans) - at)
            break
        credited = at + 1 < len(spans) and kinds[at + 1] is Kind.BOILERPLATE
        if (
            credited
            and not SENTENCE_END.search(said)
            and CREDIT_ALONE.match(text, spans[at + 1].start, spans[at + 1].end)
        ):
            kinds[at] = Kind.BOILERPLATE
    _lists_are_not_headings(kinds)
    return [_block(text, kind, span) for kind, span in zip(kinds, spans, strict=True)]


def _kind(said: str) -> Kind:
    if len(said) < LONGEST_CREDIT and (_is_credit(said) or BYLINE.match(said) or ASIDE.match(said)):
        return Kind.BOILERPLATE
    if BULLET.match(said):
        return Kind.ITEM
    words = len(said.split(maxsplit=HEADING_WORDS))
    if words <= HEADING_WORDS and not SENTENCE_END.search(said):
        return Kind.HEADING
    if words <= HEADING_WORDS - 4 and said.rstrip("\"'”’»)").endswith("?") and not re.search(r"[.!?]\s", said):
        return Kind.HEADING
    return Kind.PARAGRAPH


def _is_credit(said: str) -> bool:
    return bool(CREDIT.match(said) or (_may_end_as_credit(said) and CREDIT_END.search(said)))


def _may_end_as_credit(said: str) -> bool:
    """Whether the signs are those of `CREDIT_END`: a closing bracket, a last colon, or the d of “reserved”."""
    last = len(said) - 1
    while last > 0 and not said[last].isalnum():
        last -= 1
    closed = ")" in said[last:] or "]" in said[last:]
    return closed or said[last] in "dD" or ":" in said[-LONGEST_CREDITED:]


def _lists_are_not_headings(kinds: list[Kind]) -> None:
    """A heading has something under it: three short lines in a row, or one at the end, are lines of a list."""
    at = kinds.index(Kind.HEADING) if Kind.HEADING in kinds else len(kinds)
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] is Kind.HEADING:
            end += 1
        under = kinds[end] if end < len(kinds) else None
        if end - at >= 3 or (end > at and under is None):
            kinds[at:end] = [Kind.ITEM] * (end - at)
        at = max(end, at + 1)


def _block(text: str, kind: Kind, span: Span) -> Block:
    bullet = BULLET.match(text, span.start, span.end) if kind is Kind.ITEM else None
    return Block(kind, Span(bullet.end(), span.end) if bullet else span)


def is_title(said: str) -> bool:
    """Whether a first line reads as a title: short, and not ended like a sentence (a question may be a title)."""
    return len(said) <= LONGEST_TITLE and not FULL_STOP.search(said) and not BULLET.match(said)


def boilerplate(said: str, *, tail: bool = False) -> str:
    """Why a paragraph is left out of answers ("credit", "byline", "link"), "" where it is not.

    With `tail` it is asked whether a line heads what stands below an article: “Check also”, “Related posts”.
    """
    if tail:
        return "tail" if TAIL.match(said) else ""
    if len(said) >= LONGEST_CREDIT:
        return ""
    if _is_credit(said):
        return "credit"
    return "byline" if BYLINE.match(said) else "link" if ASIDE.match(said) else ""
