"""AsciiDoc, with offsets into the file's own text.

No library for Python reads it. Read here: sections, paragraphs, lists of every kind, admonitions, delimited blocks,
tables, block titles and the marks of inline text. Not read: what is included or computed (include::, conditions,
attributes with the values of others), and nested tables, which are rows of the outer one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.core.model import Kind, Span
from retrieval.ingestion.formats.asciidoc_head import ATTRIBUTE, HEADING, read_head
from retrieval.ingestion.formats.asciidoc_inline import hide_marks
from retrieval.ingestion.formats.asciidoc_tables import columns_in, rows_in
from retrieval.ingestion.formats.decoding import decode
from retrieval.ingestion.formats.source_blocks import SourceBlocks, SourceLine, source_lines

if TYPE_CHECKING:
    from retrieval.ingestion.formats.parsed_document import ParsedDocument

DEEPEST = 30
BLOCK_ATTRIBUTES = re.compile(r"\[(?P<said>[^\[\]]*|\[[^\[\]]*\])\]$")
BLOCK_TITLE = re.compile(r"\.(?P<said>[^\s.].*)$")
DELIMITER = re.compile(r"(?P<sign>-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|/{4,}|\+{4,}|`{3,}|--|[|,:!]={3,})(?P<more>\w*)$")
UNREAD = re.compile(r"//(?!/)|'''+$|<<<+$|(?:include|toc|image|video|audio|ifdef|ifndef|ifeval|endif)::")
NOTE = re.compile(r"(?P<sort>NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+")
ITEM = re.compile(r"(?P<mark>\*{1,6}|-|\.{1,6}|\d{1,4}\.|[a-z]\.|<(?:\d+|\.)>)\s+(?:\[[ xX*]\]\s+)?(?=\S)")
TERM = re.compile(r"(?P<term>\S.{0,200}?)(?P<mark>:{2,4}|;;)(?:\s+(?P<said>\S.*))?$")


def read_asciidoc(data: bytes) -> ParsedDocument:
    """A document: its title is what follows the first "=". Raises ArticleError where it is no text."""
    text = decode(data)
    reading = _AdocReading(text)
    start, title, about = read_head(reading.blocks, reading.lines)
    reading.read(start, len(reading.lines), 0)
    return reading.blocks.document(title or None, about)


class _AdocReading:
    """Adds the blocks of lines, from the outermost to the innermost."""

    def __init__(self, text: str) -> None:
        self.blocks = SourceBlocks(text)
        self.lines = source_lines(text)
        self._items: list[tuple[str, int]] = []  # the mark and the block of the item on each level of a list
        self._list = -1
        self._terms: list[tuple[str, int]] = []
        self._attributes = ""
        self._caption: Span | None = None

    def read(self, at: int, end: int, depth: int) -> None:
        """Add the blocks of the lines from `at` to `end`."""
        while at < end:
            line = self.lines[at]
            after = at + 1
            if not line.said or UNREAD.match(line.said) or ATTRIBUTE.match(line.said):
                pass
            elif (delimiter := DELIMITER.match(line.said)) and depth < DEEPEST:
                after = self._delimited(at, end, delimiter, depth)
            elif attributes := BLOCK_ATTRIBUTES.match(line.said):
                self._attributes = f"{self._attributes},{attributes['said']}"
            elif (title := BLOCK_TITLE.match(line.said)) and not ITEM.match(line.said):
                self._caption = Span(line.first + title.start("said"), line.end)
                self._leave_lists()
            elif line.said == "+":
                after = self._attached(at + 1, end, depth)
            elif heading := HEADING.match(line.said):
                self._leave_lists()
                self._add(
                    Kind.HEADING,
                    Span(line.first + heading.start("said"), line.end),
                    level=max(len(heading["marks"]) - 1, 1),
                )
            elif item := ITEM.match(line.said):
                after = self._item(at, end, line, item)
            elif (term := TERM.match(line.said)) and "://" not in term["term"]:
                after = self._term(at, end, line, term)
            else:
                after = self._paragraph(at, end, line)
            at = after

    def _add(self, kind: Kind, span: Span, *, parent: int | None = None, level: int = 0, label: str = "") -> int:
        hide_marks(self.blocks, span)
        if kind is Kind.HEADING:
            return self.blocks.heading(level, span, label)
        return self.blocks.add(kind, span, parent=parent, level=level, label=label)

    def _take_caption(self, kind: Kind) -> int:
        """Add the title of the block that comes, and return its place; -1 where it has none."""
        span, self._caption = self._caption, None
        return self._add(kind, span) if span else -1

    def _take_attributes(self) -> list[str]:
        said, self._attributes = self._attributes, ""
        return [part.strip().strip('"') for part in said.split(",") if part.strip()]

    def _leave_lists(self) -> None:
        self._items.clear()
        self._terms.clear()

    def _run(self, at: int, end: int) -> int:
        """The end of the lines of a paragraph that begins at `at`."""
        stop = at + 1
        while stop < end and (said := self.lines[stop].said):
            if said == "+" or DELIMITER.match(said) or BLOCK_ATTRIBUTES.match(said) or said.startswith("//"):
                break
            if ITEM.match(said) and (self._items or self._terms):
                break
            if self._terms and TERM.match(said):
                break
            stop += 1
        return stop

    def _paragraph(self, at: int, end: int, line: SourceLine) -> int:
        in_list = self._items and at and self.lines[at - 1].said
        if not in_list:
            self._leave_lists()
        stop = self._run(at, end)
        attributes = self._take_attributes()
        sort = next(
            (one.lower() for one in attributes if one in {"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"}), ""
        )
        note = NOTE.match(line.said)
        span = Span(line.first + (note.end() if note else 0), self.lines[stop - 1].end)
        if line.indent and not note and not in_list:
            self.blocks.add(Kind.CODE, Span(line.start, span.end))
        elif note or sort:
            title = self._take_caption(Kind.NOTE)
            label = note["sort"].lower() if note else sort
            owner = title if title >= 0 else self.blocks.add(Kind.NOTE, Span(span.start, span.start), label=label)
            self._add(Kind.PARAGRAPH, span, parent=owner)
        elif attributes and attributes[0] in {"quote", "verse"}:
            self._add(Kind.QUOTATION, span)
        elif attributes and attributes[0] in {"source", "listing", "literal"}:
            self.blocks.add(Kind.CODE, span, label=attributes[1] if len(attributes) > 1 else "")
        else:
            title = self._take_caption(Kind.CAPTION)
            self._add(Kind.PARAGRAPH, span, parent=title if title >= 0 else None)
        return stop

    def _item(self, at: int, end: int, line: SourceLine, item: re.Match[str]) -> int:
        mark = re.sub(r"\d+|[a-z](?=\.)", "1", item["mark"])
        marks = [one for one, _ in self._items]
        if not marks:
            self._list = self._terms[-1][1] if self._terms else self.blocks.introduction()
        if mark in marks:
            del self._items[marks.index(mark) :]
        self._items.append((mark, -1))
        stop = self._run(at, end)
        level = len(self._items)
        parent = self._items[-2][1] if level > 1 else self._list
        sign = item["mark"]
        label = "•" if sign[0] in "*-" else f"{self._number(level)}." if sign[0] == "." else sign
        span = Span(line.first + item.end(), self.lines[stop - 1].end)
        self._items[-1] = mark, self._add(Kind.ITEM, span, parent=parent, level=level, label=label)
        self._caption, self._attributes = None, ""
        return stop

    def _number(self, level: int) -> int:
        for block in reversed(self.blocks.blocks):
            if block.kind is Kind.ITEM and block.level == level:
                return int(block.label[:-1]) + 1 if block.label[:-1].isdigit() else 1
            if block.kind is not Kind.ITEM or block.level < level:
                break
        return 1

    def _term(self, at: int, end: int, line: SourceLine, term: re.Match[str]) -> int:
        marks = [one for one, _ in self._terms]
        if term["mark"] in marks:
            del self._terms[marks.index(term["mark"]) :]
        parent = self._terms[-1][1] if self._terms else None
        place = self._add(Kind.TERM, Span(line.first, line.first + len(term["term"])), parent=parent)
        self._terms.append((term["mark"], place))
        self._items.clear()
        if term["said"]:
            start, stop = line.first + term.start("said"), self._run(at, end)
        else:
            first = next((number for number in range(at + 1, min(end, at + 3)) if self.lines[number].said), -1)
            said = self.lines[first].said if first >= 0 else ""
            if (
                not said
                or said == "+"
                or ITEM.match(said)
                or TERM.match(said)
                or DELIMITER.match(said)
                or HEADING.match(said)
            ):
                return at + 1
            start, stop = self.lines[first].first, self._run(first, end)
        self._add(Kind.DEFINITION, Span(start, self.lines[stop - 1].end), parent=place)
        return stop

    def _attached(self, at: int, end: int, depth: int) -> int:
        """Add the block that a "+" attaches to the item before it, and return the line after it."""
        owner = self._items[-1][1] if self._items else self._terms[-1][1] if self._terms else self.blocks.under
        kept = list(self._items), list(self._terms), self._list
        stop = at
        while stop < end and (
            BLOCK_ATTRIBUTES.match(self.lines[stop].said) or BLOCK_TITLE.match(self.lines[stop].said)
        ):
            stop += 1
        if stop < end:
            closing = DELIMITER.match(self.lines[stop].said)
            stop = self._closing(stop, end) + 1 if closing else self._run(stop, end)
        self.blocks.open(owner)
        self._items, self._terms = [], []
        self.read(at, min(stop, end), depth + 1)
        self._items, self._terms, self._list = kept
        self.blocks.close()
        return max(stop, at)

    def _closing(self, at: int, end: int) -> int:
        """The line that closes a delimited block; the last one where there is none."""
        delimiter = DELIMITER.match(self.lines[at].said)
        sign = delimiter["sign"] if delimiter else ""
        return next((number for number in range(at + 1, end) if self.lines[number].said == sign), end)

    def _delimited(self, at: int, end: int, delimiter: re.Match[str], depth: int) -> int:
        close = self._closing(at, end)
        sign = delimiter["sign"]
        attributes = self._take_attributes()
        if sign[0] in "/+":
            self._caption = None
        elif sign[0] == "`" or (sign[0] in "-." and len(sign) > 2) or "source" in attributes[:1]:
            language = delimiter["more"] or (
                attributes[1] if len(attributes) > 1 and attributes[0].startswith("source") else ""
            )
            owner = self._take_caption(Kind.CAPTION)
            while close > at + 1 and not self.lines[at + 1].said:
                at += 1
            while close > at + 1 and close == end and not self.lines[close - 1].said:
                close = end = close - 1
            if close > at + 1:
                span = Span(self.lines[at + 1].start, max(self.lines[close - 1].end, self.lines[at + 1].start))
                for callout in re.finditer(
                    r"[ \t]*(?:(?://|#|;;)[ \t]*)?<\d+>(?=\r?\n|$)", self.blocks.text[span.start : span.end]
                ):
                    self.blocks.hide(span.start + callout.start(), span.start + callout.end())
                self.blocks.add(Kind.CODE, span, parent=owner if owner >= 0 else None, label=language)
        elif sign.endswith("===") and sign[0] in "|!,:":
            self._table(at + 1, close, attributes, sign[0])
        else:
            self._framed(at + 1, close, sign[0], attributes, depth)
        return close + 1

    def _framed(self, at: int, end: int, sign: str, attributes: list[str], depth: int) -> None:
        sort = next((one.lower() for one in attributes if one.isupper() and len(one) > 2), "")
        if not sort:
            sort = {"=": "example", "*": "sidebar"}.get(sign, "")
        start = len(self.blocks.blocks)
        owner = self.blocks.under
        if sort:
            span, self._caption = self._caption or Span(self.lines[at - 1].start, self.lines[at - 1].start), None
            owner = self.blocks.add(Kind.NOTE, span, label=sort)
        self._leave_lists()
        self.blocks.open(owner)
        self.read(at, end, depth + 1)
        self._leave_lists()
        self.blocks.close()
        for place in range(start, len(self.blocks.blocks)):
            block = self.blocks.blocks[place]
            if sign == "_" and block.kind is Kind.PARAGRAPH:
                self.blocks.blocks[place] = type(block)(Kind.QUOTATION, block.span, block.parent)

    def _table(self, at: int, end: int, attributes: list[str], sign: str) -> None:
        caption = self._take_caption(Kind.CAPTION)
        parent = caption if caption >= 0 else self.blocks.introduction()
        if sign in ",:":
            for line in (line for line in self.lines[at:end] if line.said):
                self._add(Kind.ROW, Span(line.first, line.end), parent=parent, label=sign)
            return
        rows = rows_in(self.blocks, self.lines[at:end], columns_in(attributes))
        first = next((number for number in range(at, end) if self.lines[number].said), at)
        followed = first + 1 < end and not self.lines[first + 1].said and first == at
        named = any("header" in one for one in attributes)
        has_head = len(rows) > 1 and (named or (followed and rows[0][1] <= self.lines[first].end))
        for number, (start, stop) in enumerate(rows):
            kind = Kind.TABLE_HEAD if has_head and not number else Kind.ROW
            place = self._add(kind, Span(start, stop), parent=parent, label="|")
            parent = place if kind is Kind.TABLE_HEAD else parent
