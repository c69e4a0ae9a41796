"""Blocks of a text format: their spans are offsets into the file's own text, and what is markup in it is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from retrieval.core.model import Span
from retrieval.ingestion.formats.block_list import BlockList
from retrieval.ingestion.formats.parsed_document import ParsedDocument

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrieval.core.model import Kind


class SourceLine(NamedTuple):
    """A line without its end and without white space behind; `indent` are the signs before its first word."""

    start: int
    end: int
    indent: int
    said: str

    @property
    def first(self) -> int:
        """Where its first word begins."""
        return self.start + self.indent


class SourceBlocks(BlockList):
    """Takes blocks by their spans."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self._hidden: list[Span] = []

    def add(self, kind: Kind, span: Span, *, parent: int | None = None, level: int = 0, label: str = "") -> int:
        """Add a block and return its place. `parent` is `under` where that is not said."""
        return self.place(kind, span, parent, level, label)

    def heading(self, level: int, span: Span, label: str = "") -> int:
        """Add a heading; what comes next in this scope belongs to it, up to the next one of its level."""
        return self.place_heading(level, span, label)

    def hide(self, start: int, end: int) -> None:
        """Say that what stands there is not seen."""
        if start < end:
            self._hidden.append(Span(start, end))

    def said(self, place: int) -> str:
        """The text of a block, with what is hidden in it."""
        span = self.blocks[place].span
        return self.text[span.start : span.end]

    def document(self, title: str | None = None, about: Mapping[str, object] | None = None) -> ParsedDocument:
        """What was added, as a document."""
        apart: list[Span] = []
        for span in sorted(self._hidden):
            if apart and span.start <= apart[-1].end:
                apart[-1] = Span(apart[-1].start, max(span.end, apart[-1].end))
            else:
                apart.append(span)
        return ParsedDocument(self.text, tuple(self.blocks), title, about or {}, tuple(apart), tuple(self.remarks))


def source_lines(text: str) -> list[SourceLine]:
    """The lines of a text, whatever their ends; a tab counts as one sign."""
    found: list[SourceLine] = []
    start = 0
    for line in text.splitlines(keepends=True) if "\r" in text else text.split("\n"):
        said = line.strip()
        indent = len(line) - len(line.lstrip()) if said else 0
        found.append(SourceLine(start, start + indent + len(said), indent, said))
        start += len(line) + ("\r" not in text)
    return found
