"""Blocks, one after the other -> a document with a text of its own, for formats whose file is no text to quote from."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from retrieval.core.model import Kind, Span
from retrieval.ingestion.formats.block_list import BlockList
from retrieval.ingestion.formats.parsed_document import ParsedDocument

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CELLS = " | "  # between the cells of a row
MOST_COLUMNS = 200  # of a table; what is beyond is no table to read
UNSEEN = re.compile("[\xad\u200b\ufeff\0]")  # soft hyphens and the like
SPACES = re.compile(r"\s+")
NO_NAME = re.compile(r"[\W\d]*")  # a cell without a letter is no name of a column


class DocumentBuilder(BlockList):
    """Takes blocks with their text and keeps the text that they make up."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: list[str] = []
        self._hidden: list[Span] = []
        self._length = 0

    def add(self, kind: Kind, text: str, *, parent: int | None = None, level: int = 0, label: str = "") -> int:
        """Add a block and return its place. `parent` is `under` where that is not said."""
        return self.place(kind, self._spread(kind, text), parent, level, label)

    def heading(self, level: int, text: str, label: str = "") -> int:
        """Add a heading; what comes next in this scope belongs to it, up to the next one of its level."""
        return self.place_heading(level, self._spread(Kind.HEADING, text), label)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> None:
        """Add a table: its caption, its head where it has one, and a row for each that has words in it."""
        widest = max((len(row) for row in (head, *rows)), default=0)
        if widest > MOST_COLUMNS:
            self.remarks[f"has a table of more than {MOST_COLUMNS} columns, of which the first are read"] = None
        parent = self.introduction()
        if caption:
            parent = self.add(Kind.CAPTION, caption, parent=parent)
        if any(head):
            parent = self.add(Kind.TABLE_HEAD, row_text(head), parent=parent)
        for row in rows:
            if any(row):
                self.add(Kind.ROW, row_text(row), parent=parent)

    def embed(self, document: ParsedDocument) -> None:
        """Add the blocks of another document, with what is hidden in them; its title is a heading here."""
        at = [self.under] * (len(document.blocks) + 1)  # the last for a parent of -1
        hidden = iter(document.hidden)
        mark = next(hidden, None)
        for number, block in enumerate(document.blocks):
            kind = Kind.HEADING if block.kind is Kind.TITLE else block.kind
            said = document.text[block.span.start : block.span.end]
            level = max(block.level, 1) if kind is Kind.HEADING else block.level
            at[number] = self.add(kind, said, parent=at[block.parent], level=level, label=block.label)
            shift = self.blocks[-1].span.start - block.span.start
            while mark and mark.start < block.span.end:
                if mark.start >= block.span.start:
                    self._hidden.append(Span(mark.start + shift, min(mark.end, block.span.end) + shift))
                mark = next(hidden, None)
        self.remarks.update(dict.fromkeys(document.remarks))

    def said(self, place: int) -> str:
        """The text of a block."""
        return self._texts[place]

    def document(self, title: str | None = None, about: Mapping[str, object] | None = None) -> ParsedDocument:
        """What was added, as a document."""
        pieces: list[str] = []
        end = 0
        for block, text in zip(self.blocks, self._texts, strict=True):
            pieces += ("\n" * (block.span.start - end), text)
            end = block.span.end
        text = "".join(pieces)
        return ParsedDocument(text, tuple(self.blocks), title, about or {}, tuple(self._hidden), tuple(self.remarks))

    def _spread(self, kind: Kind, text: str) -> Span:
        """Where the text of the next block is."""
        near = kind is Kind.ROW and bool(self.blocks) and self.blocks[-1].kind in {Kind.ROW, Kind.TABLE_HEAD}
        start = self._length + ((1 if near else 2) if self._length and text else 0)
        self._texts.append(text)
        self._length = start + len(text)
        return Span(start, self._length)


def iso_day(said: str) -> datetime.date | None:
    """The day at the head of a time as computers write it ("2024-03-05T10:00:00Z"); None where there is none."""
    try:
        return datetime.date.fromisoformat(said.strip()[:10])
    except ValueError:
        return None


def row_text(cells: Sequence[str]) -> str:
    """A row of a table in one line."""
    return CELLS.join(cell.replace(CELLS, " / ") for cell in cells[:MOST_COLUMNS])


def one_line(text: str) -> str:
    """The text with each run of white space as one space, without soft hyphens and what else is not seen."""
    return SPACES.sub(" ", UNSEEN.sub("", text)).strip()


def head_of(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """The head and the rest of a table that does not say which its head is.

    Its first row is one where it reads as names and some column has figures below and none in it: a head is not quoted
    by itself, so that a row that is taken for one would be lost.
    """
    if len(rows) > 1 and reads_as_head(rows[0], rows[1:]):
        width = range(len(rows[0]))
        if any(not _has_figure(rows[0][at]) and _are_figures(rows[1:], at) for at in width):
            return rows[0], rows[1:]
    return [], rows


def reads_as_head(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the cells of a first row may be names of columns: filled, no two alike, no sentences, no figures."""
    names = [cell.casefold() for cell in first]
    if len(names) < 2 or not all(names) or len(set(names)) < len(names):
        return False
    if any(NO_NAME.fullmatch(name) or len(name) > 60 or name.endswith((".", "!")) for name in names):
        return False
    return not any(_has_figure(name) and _are_figures(rows, at) for at, name in enumerate(names))


def _are_figures(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether most cells of a column have a figure in them."""
    cells = [row[column] for row in rows if column < len(row) and row[column]]
    return 2 * sum(map(_has_figure, cells)) > len(cells)


def _has_figure(said: str) -> bool:
    return any(sign.isdigit() for sign in said)
