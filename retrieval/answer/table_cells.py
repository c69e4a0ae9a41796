"""The cells of a table's row, and the row as it is shown: each cell with the name of its column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.answer.visible_signs import DrawnText, Sign, Style, Styled, VisibleSigns, running_text
from retrieval.core.model import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.core.model import Article, Block

ADDED = -1  # the origin of a sign that is not in the file at this place
BETWEEN_CELLS = " · "
WIDE_ROW = 160  # signs; a longer row has each of its columns on a line of its own
COLUMN_GAP = re.compile(r"[ \u00a0]{2,}")


def row_text(article: Article, block: Block, part: Span) -> DrawnText:
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


def _side_by_side(found: Sequence[tuple[str, str, list[int], list[Styled]]], between: str) -> DrawnText:
    said, origins, styles = "", [], []
    for name, text, its_origins, its_styles in found:
        lead = (between if said else "") + name
        if name:
            styles.append(Styled(Style.LABEL, len(said) + len(lead) - len(name), len(said) + len(lead) - 1))
        start = len(said) + len(lead)
        styles += [Styled(style, a + start, b + start) for style, a, b in its_styles]
        said += lead + text
        origins += [ADDED] * len(lead) + its_origins
    return DrawnText(said, origins, styles)


def cells(article: Article, span: Span, separator: str = "") -> list[DrawnText]:
    """What is in each cell of a row, whose cells are parted by `|` or by another sign."""
    sign_between = separator or _separator(article.text[span.start : span.end])
    if not sign_between:
        return _columns(article, span)
    split: list[list[Sign]] = [[]]
    quoted, last = False, span.start - 1
    for sign in VisibleSigns(article, span):
        if sign_between != "|":  # quotation marks around a cell count whether they are seen or not
            quoted = quoted != (article.text.count('"', last + 1, sign.origin + 1) % 2 == 1)
            last = sign.origin
        escaped = not sign.given and article.text[sign.origin - 1 : sign.origin] == "\\"
        if sign.char == sign_between and not quoted and not escaped:
            split.append([])
        else:
            split[-1].append(sign)
    found = [running_text(cell) for cell in split]
    edges = sign_between == "|"
    if edges and found and not found[0][0] and article.text[span.start] == "|":
        found = found[1:]
    if edges and found and not found[-1][0] and article.text[span.end - 1] == "|":
        found = found[:-1]
    return found


def _separator(row: str) -> str:
    return "|" if "|" in row or "<" in row else "\t" if "\t" in row else ""


def _columns(article: Article, span: Span) -> list[DrawnText]:
    """The cells of a row of plain text, with two blanks or more between them."""
    text = article.text
    places = [gap.span() for gap in COLUMN_GAP.finditer(text, span.start, span.end)]
    starts, ends = [span.start, *(end for _, end in places)], [*(start for start, _ in places), span.end]
    return [running_text(VisibleSigns(article, Span(start, end))) for start, end in zip(starts, ends, strict=True)]
