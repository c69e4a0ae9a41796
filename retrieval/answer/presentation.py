"""A stretch of an article -> what a reader sees of it: no markup, a row with its columns, an item with its mark.

What is in the file stays the quotation, word for word; this is how it is shown. Each letter that is shown knows its
place in the file, so that the words that were found can be marked; what is added, as the name of a column, has none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from retrieval.analysis.visible_text import seen, seen_of
from retrieval.core.model import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retrieval.core.model import Article, Block, Quote

ADDED = -1  # the origin of a sign that is not in the file at this place
BETWEEN_CELLS = " · "
WIDE_ROW = 160  # signs; a longer row has each of its columns on a line of its own
INDENT = "  "  # for each level of a list below the first that is shown
COLUMN_GAP = re.compile(r"[ \u00a0]{2,}")
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
    LABEL = "label"  # what was added: the name of a column, the mark of an item


class Styled(NamedTuple):
    """A stretch of what is shown in one style."""

    style: Style
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """What is shown of a block: `origins` has for each sign of `text` its place in the file, ADDED for none."""

    kind: Kind
    text: str
    origins: Sequence[int]
    styles: Sequence[Styled] = ()
    label: str = ""

    def marked(self, spans: Iterable[Span]) -> list[Span]:
        """Where in `text` those stretches of the file are shown."""
        return [
            Span(first, last)
            for span in spans
            for first, last in _runs([span.start <= origin < span.end for origin in self.origins])
        ]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a stretch, block by block."""

    blocks: Sequence[ShownBlock]

    @property
    def text(self) -> str:
        """All of it as plain text, each block on lines of its own."""
        return "\n".join(block.text for block in self.blocks)


def shown_of(article: Article, span: Span) -> Shown:
    """What a reader sees of a stretch of an article."""
    first = max(bisect_right(article.blocks, span.start, key=lambda block: block.span.start) - 1, 0)
    inside: list[tuple[int, Block]] = []
    for place in range(first, len(article.blocks)):
        block = article.blocks[place]
        if block.span.start >= span.end:
            break
        if block.span.overlaps(span) and block.kind is not Kind.BOILERPLATE:
            inside.append((place, block))
    if not inside:  # no block, as in a text that nobody read for its blocks
        whole = ShownBlock(Kind.PARAGRAPH, *_running(_Signs(article, span)))
        return Shown([whole])
    outermost = min((block.level for _, block in inside if block.kind is Kind.ITEM), default=0)
    terms = {block.parent for _, block in inside if block.kind is Kind.DEFINITION}
    found: list[ShownBlock] = []
    for place, block in inside:
        part = Span(max(block.span.start, span.start), min(block.span.end, span.end))
        if not (block.kind is Kind.TERM and place in terms):
            defined = {inside[number - 1][0] for number, (one, _) in enumerate(inside) if one == place and number}
            found.append(_block(article, block, part, outermost, after_term=block.parent in defined or not found))
    return Shown([one for one in found if one.text.strip()])


def path_of(article: Article, span: Span) -> tuple[str, ...]:
    """The headings above what begins where `span` does, outermost first, without those that are in it."""
    place = bisect_right(article.blocks, span.start, key=lambda block: block.span.start) - 1
    path: list[str] = []
    while place >= 0:
        block = article.blocks[place]
        if block.kind is Kind.HEADING and block.span.end <= span.start:
            path.append(_one_line(article, block.span))
        place = block.parent
    return tuple(reversed(path))


def path_of_quote(quote: Quote) -> tuple[str, ...]:
    """The headings above a quotation, outermost first, without the article's title."""
    return path_of(quote.article, quote.span)


def _one_line(article: Article, span: Span) -> str:
    return " ".join(seen(article, span).split())


def _block(article: Article, block: Block, part: Span, outermost: int, *, after_term: bool) -> ShownBlock:
    signs = _Signs(article, part, since=block.span.start)
    whole = part.start <= block.span.start
    match block.kind:
        case Kind.ROW | Kind.TABLE_HEAD:
            return ShownBlock(block.kind, *_row(article, block, part))
        case Kind.CODE:
            return ShownBlock(block.kind, *_code(signs, _indent(article.text, part.start)), label=block.label)
        case Kind.ITEM:
            lead = INDENT * max(block.level - outermost, 0) + (f"{block.label or '•'} " if whole else "")
            return _led(block.kind, lead, *_running(signs))
        case Kind.DEFINITION if after_term and block.parent >= 0 and whole:
            term = article.blocks[block.parent]
            return _led(block.kind, f"{_one_line(article, term.span)}: ", *_running(signs), origin=term.span)
        case Kind.HEADING:
            text, origins, styles = _running(signs)
            return ShownBlock(block.kind, text, origins, [*styles, Styled(Style.STRONG, 0, len(text))])
        case _:
            return ShownBlock(block.kind, *_running(signs))


def _led(
    kind: Kind, lead: str, text: str, origins: list[int], styles: list[Styled], *, origin: Span | None = None
) -> ShownBlock:
    """A block with something in front of it that is not in this place of the file."""
    moved = [Styled(style, start + len(lead), end + len(lead)) for style, start, end in styles]
    if lead.strip():
        moved.insert(0, Styled(Style.STRONG if origin else Style.LABEL, 0, len(lead.rstrip())))
    return ShownBlock(kind, lead + text, [ADDED] * len(lead) + origins, moved)


class _Sign(NamedTuple):
    """A sign that is seen: `origin` is its place in the file, `given` whether it stands for markup."""

    char: str
    origin: int
    styles: frozenset[Style]
    given: bool
    after_markup: bool


class _Signs:
    """The signs of a stretch that are seen, in order; emphasis that began before it, from `since` on, is known."""

    def __init__(self, article: Article, span: Span, *, since: int | None = None) -> None:
        self.article, self.span = article, span
        self.since = span.start if since is None else min(since, span.start)

    def __iter__(self) -> Iterator[_Sign]:
        text, hidden = self.article.text, self.article.hidden
        styles: set[Style] = set()
        at, touched = self.since, False
        number = bisect_right(hidden, self.since, key=lambda one: one.end) if hidden else 0
        while at < self.span.end:
            following = hidden[number] if number < len(hidden) else None
            stop = min(following.start if following else self.span.end, self.span.end)
            for place in range(max(at, self.span.start), stop):
                yield _Sign(text[place], place, frozenset(styles), given=False, after_markup=touched)
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
                    _Sign(char, following.start, frozenset(styles), given=True, after_markup=True)
                    for char in stands_for
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


def _running(signs: Iterable[_Sign]) -> tuple[str, list[int], list[Styled]]:
    """Running text: white space is one blank, a hard end of a line and a blank line are an end of a line."""
    kept: list[_Sign] = []
    space: _Sign | None = None
    hard, blanks, lines, last = False, 0, 0, ""
    for sign in signs:
        if sign.char.isspace():
            ends = sign.char in "\r\n\u2028\u2029"
            lines += ends and not (sign.char == "\n" and last == "\r")
            last = sign.char
            hard = hard or lines > 1 or (ends and (sign.given or blanks >= 2))
            blanks = blanks + 1 if sign.char == " " else 0
            space = space or sign
            continue
        # Where a picture stood between a word and a full stop, its blank goes with it.
        dropped = sign.after_markup and sign.char in CLOSING and not hard
        if space and kept and not (dropped and _was_before_markup(space)):
            kept.append(space._replace(char="\n" if hard else " ", styles=space.styles & sign.styles))
        kept.append(sign)
        space, hard, blanks, lines = None, False, 0, 0
    return _drawn(kept)


def _was_before_markup(space: _Sign) -> bool:
    return not space.given and not space.after_markup


def _indent(text: str, start: int) -> int:
    """How many blanks stand before what begins there, on its line."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return len(before) - len(before.rstrip(" \t"))


def _code(signs: Iterable[_Sign], indent: int) -> tuple[str, list[int], list[Styled]]:
    """Code as it is written, but for blanks that all its lines begin with; the first has `indent` of them before it."""
    every = [sign._replace(styles=frozenset()) for sign in signs if sign.char != "\r"]
    lines: list[list[_Sign]] = [[]]
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
    return _drawn(kept)


def _row(article: Article, block: Block, part: Span) -> tuple[str, list[int], list[Styled]]:
    """The cells of a row, each with the name of its column, or those of a table's head."""
    head = article.blocks[block.parent] if block.parent >= 0 else None
    named = block.kind is Kind.ROW and head is not None and head.kind is Kind.TABLE_HEAD
    names = [text for text, _, _ in cells(article, head.span, head.label)] if named and head else []
    found: list[tuple[str, str, list[int], list[Styled]]] = []
    for number, (text, origins, styles) in enumerate(cells(article, part, block.label)):
        if text:
            name = names[number] if number < len(names) else ""
            found.append((f"{name.rstrip(':')}: " if name else "", text, origins, styles))
    wide = sum(len(name) + len(text) for name, text, _, _ in found) > WIDE_ROW
    return _side_by_side(found, "\n" if wide else BETWEEN_CELLS)


def _side_by_side(
    found: Sequence[tuple[str, str, list[int], list[Styled]]], between: str
) -> tuple[str, list[int], list[Styled]]:
    said, origins, styles = "", [], []
    for name, text, its_origins, its_styles in found:
        lead = (between if said else "") + name
        if name:
            styles.append(Styled(Style.LABEL, len(said) + len(lead) - len(name), len(said) + len(lead) - 1))
        start = len(said) + len(lead)
        styles += [Styled(style, a + start, b + start) for style, a, b in its_styles]
        said += lead + text
        origins += [ADDED] * len(lead) + its_origins
    return said, origins, styles


def cells(article: Article, span: Span, separator: str = "") -> list[tuple[str, list[int], list[Styled]]]:
    """What is in each cell of a row, whose cells are parted by `|` or by another sign."""
    sign_between = separator or _separator(article.text[span.start : span.end])
    if not sign_between:
        return _columns(article, span)
    split: list[list[_Sign]] = [[]]
    quoted = False
    for sign in _Signs(article, span):
        quoted = quoted != (sign.char == '"' and sign_between != "|")
        escaped = not sign.given and article.text[sign.origin - 1 : sign.origin] == "\\"
        if sign.char == sign_between and not quoted and not escaped:
            split.append([])
        else:
            split[-1].append(sign)
    found = [_running(cell) for cell in split]
    edges = sign_between == "|"
    if edges and found and not found[0][0] and article.text[span.start] == "|":
        found = found[1:]
    if edges and found and not found[-1][0] and article.text[span.end - 1] == "|":
        found = found[:-1]
    return found


def _separator(row: str) -> str:
    return "|" if "|" in row or "<" in row else "\t" if "\t" in row else ""


def _columns(article: Article, span: Span) -> list[tuple[str, list[int], list[Styled]]]:
    """The cells of a row of plain text, with two blanks or more between them."""
    text = article.text
    places = [gap.span() for gap in COLUMN_GAP.finditer(text, span.start, span.end)]
    starts, ends = [span.start, *(end for _, end in places)], [*(start for start, _ in places), span.end]
    return [_running(_Signs(article, Span(start, end))) for start, end in zip(starts, ends, strict=True)]


def _drawn(signs: Sequence[_Sign]) -> tuple[str, list[int], list[Styled]]:
    styles = [
        Styled(style, start, end) for style in Style for start, end in _runs([style in sign.styles for sign in signs])
    ]
    return "".join(sign.char for sign in signs), [sign.origin for sign in signs], styles


def _runs(true: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where runs of True begin and end."""
    start = -1
    for place, is_true in enumerate([*true, False]):
        if is_true and start < 0:
            start = place
        elif not is_true and start >= 0:
            yield start, place
            start = -1
