"""Markdown, with front matter or without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.core.model import Block, Kind, Span
from retrieval.ingestion.formats.commonmark.blocks import Blocks
from retrieval.ingestion.formats.decoding import decoded
from retrieval.ingestion.formats.front_matter import front_matter_of
from retrieval.ingestion.formats.layout import is_title
from retrieval.ingestion.formats.parsed_document import ParsedDocument

if TYPE_CHECKING:
    from retrieval.ingestion.formats.commonmark.markdown_tree import MarkdownTree

HAS_WORD = re.compile(r"\w")
LINE = re.compile(r"[^\r\n]*\w[^\r\n]*")
FOOTNOTE = re.compile(r"[ \t>]*\[\^[^\]\s]+\]:[ \t]*")  # whose text stands on the lines below


def read_markdown(data: bytes) -> ParsedDocument:
    """What a Markdown file has. Its title is its first top heading, else a first line that reads as one."""
    text, guessed = decoded(data)
    front = front_matter_of(text)
    tree = Blocks(text, front.end).read()
    _first_line_as_title(tree, front.end)
    blocks = _with_rest(tree, front.end)
    titles = [block for block in blocks if block.kind is Kind.TITLE]
    hidden = tree.in_order()
    title = (
        tree.seen(titles[0].span, [one for one in hidden if one.overlaps(titles[0].span)]).strip() if titles else None
    )
    return ParsedDocument(text, tuple(blocks), title, front.about, hidden, (*guessed, *front.remarks))


def _first_line_as_title(tree: MarkdownTree, start: int) -> None:
    """Take a first paragraph for the title where it stands on the first line, reads as a title, and text follows."""
    if len(tree.blocks) < 2 or any(block.kind in (Kind.TITLE, Kind.HEADING) for block in tree.blocks):
        return
    first = tree.blocks[0]
    said = tree.text[first.span.start : first.span.end]
    plain = first.kind is Kind.PARAGRAPH and not tree.text[start : first.span.start].strip() and "\n" not in said
    if plain and is_title(said):
        tree.blocks[0] = Block(Kind.TITLE, first.span)


def _with_rest(tree: MarkdownTree, start: int) -> list[Block]:
    """The blocks, with whatever has letters and is neither in a block nor hidden as paragraphs of its own."""
    covered = sorted([*(block.span for block in tree.blocks), *tree.hidden], key=lambda span: span.start)
    rest: list[Span] = []
    at = start
    for span in [*covered, Span(len(tree.text), len(tree.text))]:
        if at < span.start and not tree.text[at : span.start].isspace():
            lines = [Span(*line.span()) for line in LINE.finditer(tree.text, at, span.start)]
            marks = [line for line in lines if FOOTNOTE.fullmatch(tree.text, line.start, line.end)]
            tree.hide_all(marks)
            rest.extend(line for line in lines if line not in marks)
        at = max(at, span.end)
    return _merged(tree.blocks, [Block(Kind.PARAGRAPH, span) for span in rest]) if rest else tree.blocks


def _merged(blocks: list[Block], rest: list[Block]) -> list[Block]:
    """All blocks in the order of the text, with the places that their parents have now."""
    every = sorted([*enumerate(blocks), *((-1, block) for block in rest)], key=lambda one: one[1].span.start)
    places = {number: place for place, (number, _) in enumerate(every) if number >= 0}
    return [Block(block.kind, block.span, places.get(block.parent, -1), block.level, block.label) for _, block in every]
