"""Which lines are a title, and which boilerplate: bylines, credits, links, and the tail of a page."""

from __future__ import annotations

import re

from retrieval.core.model import Span

LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
FULL_STOP = re.compile(r"[.…:;,][\"'”’»)\]*_]*$")
BULLET = re.compile(r"(?:[-*+•‣▪–—]|\d{1,3}[.)]|\(?[a-z]\))\s+(?=\S)")
_PICTURE = r"(?:photo|image|picture|photograph|illustration|video|graphic)s?"
# A credit line at its beginning and at its end; the second is looked for only where `_may_end_as_credit`.
CREDIT = re.compile(
    r"(?:photo|image|picture|photograph|illustration|caption|credit)s?(?:\s+(?:credit|by|courtesy)[^:]*)?\s*[:©]"
    r"|sources?\s*[:©][^.]{1,60}$"
    rf"|{_PICTURE} (?:by|courtesy|via|credit)\b[^.]*$"
    r"|(?:©|(?:copyright )?(?:©|\(c\)) ?\d{4}|copyright \d{4})"
    r"|\(?(?:additional )?(?:reporting|editing) by (?-i:[A-Z])|\(?(?:written|compiled|translated) by [^.]*$"
    r"|(?:published|updated|posted|last (?:updated|modified))\b[^.]*\d[^.]*$|\d+[ -]min(?:ute)?s?(?: read)?$",
    re.IGNORECASE,
)
CREDIT_END = re.compile(
    r"[(\[]\s*(?:photo|image|picture|file photo|illustration|credit|source|via|afp|ap|reuters|getty)\b[^)\]]*[)\]]\W*$"
    rf"|(?<![\w-]){_PICTURE}(?: (?:by|credit|courtesy)[^:.]*)?: [^.:]{{1,80}}$"
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
TAIL = re.compile(
    r"(?:check also|see also|read (?:also|more|next)|also read|related(?: (?:articles?|posts?|stories|topics))?"
    r"|more (?:from|on|stories)\b.*|share this(?: article)?|most read|recommended(?: for you)?|you may also like"
    r"|about the author|advertisement|newsletter|sign up.*|subscribe.*|comments?|tags?|references|external links)"
    r"\s*[:.…]?$",
    re.IGNORECASE,
)
LONGEST_TITLE = 200
LONGEST_CREDIT = 400
LONGEST_CREDITED = 82  # characters from a colon on


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


def _is_credit(said: str) -> bool:
    return bool(CREDIT.match(said) or (_may_end_as_credit(said) and CREDIT_END.search(said)))


def _may_end_as_credit(said: str) -> bool:
    """Whether the signs are those of `CREDIT_END`: a closing bracket, a last colon, or the d of “reserved”."""
    last = len(said) - 1
    while last > 0 and not said[last].isalnum():
        last -= 1
    closed = ")" in said[last:] or "]" in said[last:]
    return closed or said[last] in "dD" or ":" in said[-LONGEST_CREDITED:]


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
