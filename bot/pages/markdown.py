r"""Text made safe for Discord's markdown: drawn, it is the writer's own words and nothing else.

A backslash before punctuation vanishes when Discord draws it, so escaping changes no word. It disarms everything that
starts with `<` (mentions of people, roles, channels and commands, timestamps, custom emoji), `@everyone`, links (by
their `:` and `/`), invites (by their `/`), emoji codes, spoilers, code, headings, lists and quotations. What nobody can
see is left out: control characters, lone surrogates, bidirectional controls and zero-width characters, save the two
joiners that emoji and some scripts are spelt with. Line ends of every kind become `\n`.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from retrieval.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

UNSEEN = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
BREAKS = r"\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029"
SPECIAL = re.compile(
    # What makes a list: only at the head of a line, where unseen characters do not count.
    rf"(?:(?<=[{BREAKS}])|\A)(?P<indent>[ \t{UNSEEN}]*)(?:(?P<bullet>[-+])|(?P<number>[0-9]+)\.)"
    rf"|(?P<unseen>[{UNSEEN}]+)"
    rf"|(?P<line>\r\n|[{BREAKS}])"
    r"|(?P<mark>[\\`*_~|<>\[\]#@:/])"
)
ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
STYLED = re.compile(r"\\(?P<escaped>[^0-9A-Za-z\s])|`(?P<code>[^`]*)`|\*+|_|~~")
BOLD = "**"
UNDERLINE = "__"
EMPHASIS = "*"
STRUCK = "~~"
CODE = "`"
CUT = "…"


def escape(text: str, *, bold: Iterable[Span] = (), limit: int | None = None) -> str:
    """Write markdown that Discord draws as `text`, with the stretches `bold` of it in bold.

    At most `limit` units long: what does not fit is cut between words, never inside an escape, and marked by an
    ellipsis. The time it takes grows with the text, or with the limit where that is less.
    """
    if limit is None:
        return "".join(piece for piece, _ in _pieces(text, bold))
    pieces: list[tuple[str, bool]] = []
    length = 0
    for piece in _pieces(text[: limit * 4], bold):  # what is left out of the rest would not be drawn anyway
        pieces.append(piece)
        length += units(piece[0])
        if length > limit:
            return _cut(pieces, limit)
    return "".join(piece for piece, _ in pieces)


def styled(text: str, spans: Sequence[tuple[str, Span]], *, limit: int | None = None) -> str:
    """Write markdown that Discord draws as `text`, with stretches of it in its own styles, as `escape` does.

    Each of `spans` is a stretch with the sign of its style: `**`, `__`, `*`, `~~`, or a backtick for code, in which no
    other style begins or ends.
    """
    code = [span for sign, span in spans if sign == CODE and CODE not in text[span.start : span.end]]
    others = [(sign, part) for sign, span in spans if sign != CODE for part in _outside(span, code)]
    trimmed = [
        (sign, span) for sign in (BOLD, UNDERLINE, EMPHASIS, STRUCK) for span in _joined(_of(sign, others), text)
    ]
    trimmed += [(CODE, span) for span in code if text[span.start : span.end].strip()]
    pieces = list(_styled(text, trimmed))
    if limit is None or sum(units(piece) for piece, _ in pieces) <= limit:
        return "".join(piece for piece, _ in pieces)
    return escape(text, bold=_of(BOLD, others), limit=limit)  # signs of a style that is cut would stay open


def _of(sign: str, spans: Iterable[tuple[str, Span]]) -> list[Span]:
    return [span for one, span in spans if one == sign]


def _outside(span: Span, code: Iterable[Span]) -> list[Span]:
    """The parts of a stretch outside of code, or all of it where it has the whole of each."""
    parts = [span]
    for other in code:
        if span.overlaps(other) and not (span.start <= other.start and other.end <= span.end):
            parts = [
                Span(first, last)
                for part in parts
                for first, last in ((part.start, min(part.end, other.start)), (max(part.start, other.end), part.end))
                if first < last
            ]
    return parts


def _styled(text: str, spans: Sequence[tuple[str, Span]]) -> Iterator[tuple[str, bool]]:
    """Each stretch of the markdown, and whether it may be cut; what was opened last is closed first."""
    places = sorted({0, len(text), *(edge for _, span in spans for edge in (span.start, span.end))})
    opened: list[tuple[str, Span, str]] = []
    for place, following in zip(places, [*places[1:], len(text)], strict=True):
        again: list[tuple[str, Span]] = []
        while any(span.end <= place for _, span, _ in opened):
            sign, span, drawn = opened.pop()
            yield drawn, False
            if span.end > place:
                again.append((sign, span))
        begins = sorted([one for one in spans if one[1].start == place], key=lambda one: (one[0] == CODE, -one[1].end))
        for sign, span in [*reversed(again), *begins]:
            drawn = _sign(sign, text, span)
            opened.append((sign, span, drawn))
            yield drawn, False
        if any(sign == CODE for sign, _, _ in opened):
            yield seen(text[place:following]).replace("\n", " "), True
        else:
            yield from _pieces(text[place:following], (), head=place == 0 or text[place - 1] in "\r\n")


def _sign(sign: str, text: str, span: Span) -> str:
    """Emphasis is written with `_` beside no letter, so that it is never taken for a part of bold."""
    if sign != EMPHASIS:
        return sign
    beside = text[max(span.start - 1, 0) : span.start] + text[span.end : span.end + 1]
    return sign if any(char.isalnum() for char in beside) else "_"


def unstyled(markdown: str) -> str:
    """Read the words that Discord draws for styled text."""
    return STYLED.sub(lambda found: found["escaped"] or found["code"] or "", markdown)


def unescape(markdown: str) -> str:
    """Read the words that Discord draws for escaped text without bold stretches."""
    return ESCAPED.sub(r"\1", markdown)


def seen(text: str) -> str:
    r"""Leave out of a text what nobody can see, and make every line end `\n`."""
    return re.sub(rf"\r\n|[{BREAKS}]", "\n", re.sub(rf"[{UNSEEN}]", "", text))


def plain(text: str, *, limit: int) -> str:
    """Write a text in one line for places without markdown (footers, labels, choices), at most `limit` units long."""
    line = " ".join(seen(text[: limit * 4]).split())
    return line if units(line) <= limit else _head(line, limit - len(CUT)).rstrip() + CUT


def units(text: str) -> int:
    """Count a text as Discord's clients do, in units of UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)


def _pieces(text: str, bold: Iterable[Span], *, head: bool = True) -> Iterator[tuple[str, bool]]:
    """Each stretch of the markdown, and whether it may be cut; `head` tells whether `text` begins a line."""
    edges = deque(edge for span in _joined(bold, text) for edge in (span.start, span.end))
    at = 0
    for special in (*SPECIAL.finditer(text), None):
        stop = special.start() if special else len(text)
        while edges and edges[0] <= stop:
            edge = max(edges.popleft(), at)
            yield text[at:edge], True
            yield BOLD, False
            at = edge
        yield text[at:stop], True
        if special:
            in_line = not head and special.start() == 0 and special.lastgroup in ("bullet", "number", "indent")
            yield special[0] if in_line else _drawn(special), False
            at = special.end()


def _drawn(special: re.Match[str]) -> str:
    """Write the markdown for a character, or a list's head, that is not drawn as it is written."""
    match special.lastgroup:
        case "unseen":
            return ""
        case "line":
            return "\n"
        case "mark":
            return "\\" + special["mark"]
        case _:
            head = f"\\{special['bullet']}" if special["bullet"] else f"{special['number']}\\."
            return seen(special["indent"]) + head


def _joined(spans: Iterable[Span], text: str) -> list[Span]:
    """Put the stretches in order, without blank ends; those with nothing but spaces between them are one."""
    joined: list[Span] = []
    for span in sorted(spans):
        inner = text[span.start : span.end]
        if not seen(inner).strip():
            continue
        start = span.start + len(inner) - len(inner.lstrip())
        end = min(span.end, len(text)) - (len(inner) - len(inner.rstrip()))
        if joined and (start <= joined[-1].end or set(text[joined[-1].end : start]) == {" "}):
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    return joined


def _cut(pieces: Iterable[tuple[str, bool]], limit: int) -> str:
    """As many of the pieces as fit, closed and marked as cut."""
    kept: list[str] = []
    room = limit - len(CUT)
    is_bold = False
    for piece, cuttable in pieces:
        need = units(piece)
        if piece == BOLD:
            need = 0 if is_bold else 2 * len(BOLD)  # whoever opens pays for closing
        if need > room:
            kept.append(_head(piece, room) if cuttable else "")
            break
        if piece == BOLD:
            is_bold = not is_bold
        room -= need
        kept.append(piece)
    while kept and not kept[-1].strip():
        kept.pop()
    if is_bold and kept[-1] == BOLD:
        kept.pop()
        is_bold = False
    return "".join(kept).rstrip() + (BOLD if is_bold else "") + CUT


def _head(text: str, room: int) -> str:
    """Take the beginning of a text within `room` units, up to the last space unless that is far back."""
    head = text[: max(room, 0)]
    while (beyond := units(head) - room) > 0 and head:
        head = head[: -max(beyond // 2, 1)]  # of signs that count twice, half as many are too many
    space = head.rfind(" ")
    return head[:space] if space > len(head) // 2 else head
