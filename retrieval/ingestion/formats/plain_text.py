"""Plain text as people paste it: no metadata, perhaps a title line, captions, a "Check Also" at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.core.model import Block, Kind, Span
from retrieval.ingestion.formats.decoding import decode
from retrieval.ingestion.formats.layout import classified, is_title, lines_of, paragraphs_of
from retrieval.ingestion.formats.parsed_document import ParsedDocument

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_text(data: bytes) -> ParsedDocument:
    """A draft of a plain text file. The first line is its title where it reads as one and text follows."""
    text = decode(data)
    lines = lines_of(text, Span(0, len(text)))
    blocks: list[Block] = []
    title = None
    if len(lines) > 1 and is_title(text[lines[0].start : lines[0].end]):
        first, *lines = lines
        title = text[first.start : first.end]
        blocks.append(Block(Kind.TITLE, first))
    blocks.extend(classified(text, paragraphs_of(text, lines)))
    return ParsedDocument(text, tuple(_below_headings(blocks)), title)


def _below_headings(blocks: list[Block]) -> Iterator[Block]:
    """The blocks, each with the heading above it as its parent."""
    heading = -1
    for place, block in enumerate(blocks):
        yield block if block.kind is Kind.HEADING else replace(block, parent=heading)
        heading = place if block.kind is Kind.HEADING else heading
