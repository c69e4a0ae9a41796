"""Markdown, with front matter or without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from retrieval.core.model import Block, Kind, Span
from retrieval.ingestion.formats.decoding import decode
from retrieval.ingestion.formats.front_matter import front_matter_of
from retrieval.ingestion.formats.layout import classified, is_title, lines_of, paragraphs_of
from retrieval.ingestion.formats.parsed_document import ParsedDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKERS = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?|>\s?)")
HEADING_MARKS = re.compile(r"#{1,6}\s+")
HEADING_CLOSE = re.compile(r"\s+#+\s*$")
IMAGE_ALONE = re.compile(r"!\[[^\]]*\]\([^)]*\)\s*$")
EMPHASISED = re.compile(r"(?P<mark>\*\*|__|[*_])(?![\s*_])(?P<said>[^*_]+)(?P=mark)$")
LINE_END = re.compile(r"\r\n|\n|\r")
PARSER = MarkdownIt("commonmark").enable("table")


def read_markdown(data: bytes) -> ParsedDocument:
    """A draft of a Markdown file: its title is the first heading, else a first line that reads as one."""
    text = decode(data)
    front = front_matter_of(text)
    blocks = _blocks(text, front.end)
    if blocks and blocks[0].kind is not Kind.TITLE and len(blocks) > 1:
        first = blocks[0]
        if first.kind is not Kind.BOILERPLATE and _opens_line(text, first) and is_title(_said(text, first)):
            blocks[0] = Block(Kind.TITLE, first.span)
    title = _said(text, blocks[0]) if blocks and blocks[0].kind is Kind.TITLE else None
    return ParsedDocument(text, tuple(blocks), title, front.about, remarks=front.remarks)


def _said(text: str, block: Block) -> str:
    return text[block.span.start : block.span.end]


def _opens_line(text: str, block: Block) -> bool:
    """Whether nothing, not even a bullet, stands before a block on its line."""
    start = text.rfind("\n", 0, block.span.start) + 1
    start = max(start, text.rfind("\r", start, block.span.start) + 1)
    return not text[start : block.span.start].strip()


def _blocks(text: str, start: int) -> list[Block]:
    """The blocks of the Markdown from `start` on; a heading that comes first is the title; code and HTML are none."""
    starts = [start, *(end.end() for end in LINE_END.finditer(text, start)), len(text)]
    blocks: list[Block] = []
    inside: list[str] = []
    for token in PARSER.parse(text[start:]):
        if token.nesting:
            inside = [*inside, token.type] if token.nesting > 0 else inside[:-1]
        if token.map is None:
            continue
        span = Span(starts[token.map[0]], starts[min(token.map[1], len(starts) - 1)])
        if token.type == "tr_open" and "tbody_open" in inside:
            blocks.extend(Block(Kind.ITEM, line) for line in lines_of(text, span))
        elif token.type == "inline" and "heading_open" in inside:
            blocks.extend(_heading(text, span, Kind.HEADING if blocks else Kind.TITLE))
        elif token.type == "inline" and "table_open" not in inside:
            blocks.extend(_paragraphs(text, span, item="list_item_open" in inside))
    return _marked_lines(text, blocks)


def _marked_lines(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with what is a heading or a caption by its marks alone: a line all in bold, one all in italics."""
    found: list[Block] = []
    for block in blocks:
        said = _said(text, block)
        kind, alone = block.kind, EMPHASISED.match(said)
        under_picture = bool(found) and IMAGE_ALONE.match(_said(text, found[-1])) is not None
        if not _opens_line(text, block) or kind not in {Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING}:
            pass
        elif IMAGE_ALONE.match(said) or (
            alone and len(alone["mark"]) == 1 and (under_picture or is_title(alone["said"]))
        ):
            kind = Kind.BOILERPLATE
        elif alone and is_title(alone["said"]):
            kind = Kind.HEADING
        found.append(Block(kind, block.span))
    return found


def _heading(text: str, span: Span, kind: Kind) -> list[Block]:
    line = lines_of(text, span)[0]
    marks = HEADING_MARKS.match(text, line.start, line.end)
    close = HEADING_CLOSE.search(text[line.start : line.end]) if marks else None
    start = marks.end() if marks else line.start
    end = line.start + close.start() if close else line.end
    return [Block(kind, Span(start, end))] if start < end else []


def _paragraphs(text: str, span: Span, *, item: bool) -> list[Block]:
    lines = []
    for line in lines_of(text, span):
        start = line.start
        while marker := MARKERS.match(text, start, line.end):
            start = marker.end()
        if start < line.end:
            lines.append(Span(start, line.end))
    if not lines:
        return []
    whole = Span(lines[0].start, lines[-1].end)
    if IMAGE_ALONE.match(text, whole.start, whole.end):
        return [Block(Kind.BOILERPLATE, whole)]
    if item:
        return [Block(Kind.ITEM, whole)]
    return classified(text, paragraphs_of(text, lines))
