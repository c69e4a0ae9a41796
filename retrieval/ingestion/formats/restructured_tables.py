"""The tables of reStructuredText: drawn as a grid, ruled with equals signs, or given as a list or as values.

The label of a head or a row is the sign between its cells: "|", a line end, or a comma; "" for two spaces.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from retrieval.core.model import Kind, Span
from retrieval.ingestion.formats.restructured_inline import hide_markup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.ingestion.formats.source_blocks import SourceBlocks, SourceLine

RULE = re.compile(r"\+[-=+]+\+?$")
SIGNS = {"tab": "\t", "space": " "}


def add_grid(blocks: SourceBlocks, lines: Sequence[SourceLine]) -> int:
    """Add a table that is drawn, and return how many lines it has. A row of several lines is one with all of them."""
    count = next((at for at, line in enumerate(lines) if not line.said.startswith(("+", "|"))), len(lines))
    ends = [at for at in range(count) if RULE.match(lines[at].said)]
    has_head = any("=" in lines[at].said for at in ends[1:-1])
    parent = blocks.introduction()
    for before, after in pairwise(ends):
        inside = [line for line in lines[before + 1 : after] if line.said.strip("| ")]
        if not inside:
            continue
        span = Span(inside[0].first + 1, inside[-1].end - inside[-1].said.endswith("|"))
        for line, following in pairwise(inside):  # the sides of the table between two lines
            blocks.hide(line.end - 1, following.first + 1)
        is_head = has_head and parent == blocks.introduction()
        place = _add(blocks, Kind.TABLE_HEAD if is_head else Kind.ROW, _stripped(blocks, span), parent, "|")
        parent = place if is_head else parent
        has_head = has_head and not is_head
    return max(count, 1)


def add_simple(blocks: SourceBlocks, lines: Sequence[SourceLine]) -> int:
    """Add a table between rules of equals signs, and return how many lines it has; 0 where it is none."""
    rule = lines[0].said
    if " " not in rule:
        return 0
    ends = [at for at, line in enumerate(lines) if line.said and set(line.said) <= {"=", " "}][:3]
    blank = next(
        (at for at in ends[1:] if at + 1 >= len(lines) or not lines[at + 1].said), ends[-1] if len(ends) > 1 else 0
    )
    if not blank:
        return 0
    has_head = len([at for at in ends if at <= blank]) == 3
    parent = blocks.introduction()
    starts = [match.start() for match in re.finditer("=+", rule)]
    rows: list[list[SourceLine]] = []
    heads = 0
    for at in range(1, blank):
        line = lines[at]
        if at == ends[1]:
            heads = len(rows)
        elif (line.said and set(line.said) > {"-"}) or (line.said and not set(line.said) <= {"-", " "}):
            goes_on = line.indent - lines[0].indent >= (starts[1] if len(starts) > 1 else 1)
            if goes_on and rows:
                rows[-1].append(line)
            else:
                rows.append([line])
    for number, row in enumerate(rows):
        is_head = has_head and number < heads
        place = _add(blocks, Kind.TABLE_HEAD if is_head else Kind.ROW, Span(row[0].first, row[-1].end), parent, "")
        parent = place if is_head else parent
    return blank + 1


def add_list_table(blocks: SourceBlocks, lines: Sequence[SourceLine], heads: int) -> None:
    """Add a table that is a list of lists; the marks of these lists are hidden."""
    rows: list[list[SourceLine]] = []
    for line in lines:
        if re.match(r"[*+-]\s+-(?:\s|$)", line.said):
            rows.append([line])
        elif rows and line.said:
            rows[-1].append(line)
    parent = blocks.under
    for number, row in enumerate(rows):
        marks = re.match(r"[*+-]\s+-\s*", row[0].said)
        for line in row[1:]:
            if line.said == "-" or line.said.startswith("- "):
                blocks.hide(line.first, min(line.first + 2, line.end))
        span = Span(row[0].first + (marks.end() if marks else 0), row[-1].end)
        is_head = number < heads
        place = _add(blocks, Kind.TABLE_HEAD if is_head else Kind.ROW, span, parent, "\n")
        parent = place if is_head else parent


def add_csv(blocks: SourceBlocks, lines: Sequence[SourceLine], options: Mapping[str, str], heads: int) -> None:
    """Add a table of values; its head is in the options, or its first rows are."""
    sign = SIGNS.get(options.get("delim", ","), options.get("delim", ",")) or ","
    parent = blocks.under
    if header := options.get("header"):
        start = blocks.text.rfind(header, 0, lines[0].start if lines else len(blocks.text))
        if start >= 0:
            _hide_quotes(blocks, Span(start, start + len(header)))
            parent = _add(blocks, Kind.TABLE_HEAD, Span(start, start + len(header)), parent, sign)
    for number, line in enumerate(line for line in lines if line.said):
        is_head = number < heads
        _hide_quotes(blocks, Span(line.first, line.end))
        place = _add(blocks, Kind.TABLE_HEAD if is_head else Kind.ROW, Span(line.first, line.end), parent, sign)
        parent = place if is_head else parent


def _hide_quotes(blocks: SourceBlocks, span: Span) -> None:
    for mark in re.finditer('"', blocks.text[span.start : span.end]):
        blocks.hide(span.start + mark.start(), span.start + mark.end())


def _add(blocks: SourceBlocks, kind: Kind, span: Span, parent: int, label: str) -> int:
    """Add a row and return its place; that of its parent where it has no sign."""
    if not len(span):
        return parent
    hide_markup(blocks, span)
    return blocks.add(kind, span, parent=parent, label=label)


def _stripped(blocks: SourceBlocks, span: Span) -> Span:
    said = blocks.text[span.start : span.end]
    return Span(span.start + len(said) - len(said.lstrip()), span.start + len(said.rstrip()))
