"""An OpenDocument text (.odt): headings by their outline level, lists, tables, notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.core.errors import ArticleError
from retrieval.core.model import Kind
from retrieval.ingestion.formats.archive import opened, unpacked
from retrieval.ingestion.formats.document_builder import MOST_COLUMNS, DocumentBuilder, head_of, iso_day, one_line
from retrieval.ingestion.formats.xml_tree import tree_of
from retrieval.ingestion.registry import SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from retrieval.ingestion.formats.parsed_document import ParsedDocument

LARGEST_PART = 4 * SMALL
UNSEEN = frozenset({"tracked-changes", "annotation", "annotation-end", "note", "frame", "forms", "sequence-decls",
                    "table-of-content", "bibliography", "alphabetical-index", "user-index"})  # fmt: skip
HOLDS = frozenset({"section", "text-box", "index-body", "numbered-paragraph"})
CODE = re.compile(r"preformatted|source|code|listing", re.IGNORECASE)
QUOTED = re.compile(r"quotation|^quote", re.IGNORECASE)
MOST_REPEATED = 100


def read_open_document(data: bytes) -> ParsedDocument:
    """A text; its title is the paragraph of that style, else what it says of itself, else its first top heading.

    Raises ArticleError, its sentence to follow the file's name, where it cannot be read.
    """
    archive = opened(data)
    try:
        content = tree_of(unpacked(archive, "content.xml", LARGEST_PART))
    except KeyError:
        content = None
    text = content.find("body/text") if content is not None else None
    if content is None or text is None:
        raise ArticleError("is no OpenDocument text; save it anew as .odt")
    parents = {style.get("name", ""): style.get("parent-style-name", "") for style in content.iter("style")}
    numbered = {
        style.get("name", ""): next((level.tag for level in style), "").endswith("number")
        for style in content.iter("list-style")
    }
    reading = _OdtReading(parents, numbered)
    reading.add_all(text)
    for note in text.iter("note-body"):
        if said := one_line(" ".join("".join(_text(one)) for one in note.iter("p"))):
            reading.builder.add(Kind.PARAGRAPH, said, parent=-1, label="footnote")
    about = _about(unpacked(archive, "meta.xml", SMALL)) if "meta.xml" in archive.namelist() else {}
    title = str(about.pop("title", ""))
    builder = reading.builder
    if reading.title >= 0:
        title = builder.said(reading.title)
    elif builder.blocks and builder.blocks[0].kind is Kind.HEADING and builder.blocks[0].level == 1 and not title:
        title = builder.said(0)
        builder.make_title(0)
    return builder.document(title or None, about)


def _about(data: bytes) -> dict[str, object]:
    found: dict[str, object] = {}
    for element in tree_of(data).iter():
        text = one_line(element.text or "")
        if element.tag in {"title", "language"} and text:
            found.setdefault(element.tag, text)
        elif element.tag in {"initial-creator", "creator"} and text:
            found.setdefault("author", text)
        elif element.tag == "creation-date" and (day := iso_day(text)):
            found["date"] = day
    return found


class _OdtReading:
    """Adds the paragraphs, lists and tables of a body."""

    def __init__(self, parents: Mapping[str, str], numbered: Mapping[str, bool]) -> None:
        self.builder = DocumentBuilder()
        self.title = -1
        self._parents = parents
        self._numbered = numbered
        self._code: list[str] = []

    def add_all(self, body: Element) -> None:
        for element in body:
            if element.tag == "p":
                self._paragraph(element)
                continue
            self._flush_code()
            if element.tag == "h":
                level = element.get("outline-level", "1")
                if said := one_line("".join(_text(element))):
                    self.builder.heading(min(int(level), 9) if level.isdigit() else 1, said)
            elif element.tag == "list":
                self._list(element, 1, self.builder.introduction(), numbered=False)
            elif element.tag == "table":
                self._table(element)
            elif element.tag in HOLDS:
                self.add_all(element)
        self._flush_code()

    def _style(self, element: Element) -> str:
        own = element.get("style-name", "")
        for _ in range(5):
            if own in {"Title", "Subtitle"} or CODE.search(own) or QUOTED.search(own) or not self._parents.get(own):
                return own
            own = self._parents[own]
        return own

    def _flush_code(self) -> None:
        if self._code:
            self.builder.add(Kind.CODE, "\n".join(self._code))
            self._code.clear()

    def _paragraph(self, element: Element) -> None:
        style = self._style(element)
        raw = "".join(_text(element))
        if CODE.search(style):
            self._code.append(raw.rstrip())
            return
        self._flush_code()
        said = one_line(raw)
        if said and style == "Title" and self.title < 0:
            self.title = self.builder.add(Kind.TITLE, said, parent=-1)
        elif said:
            self.builder.add(Kind.QUOTATION if QUOTED.search(style) else Kind.PARAGRAPH, said)
        for frame in element.iter("text-box"):
            self.add_all(frame)

    def _list(self, element: Element, level: int, parent: int, *, numbered: bool) -> None:
        numbered = self._numbered.get(element.get("style-name", ""), numbered)
        count = 0
        for item in element:
            if item.tag not in {"list-item", "list-header"}:
                continue
            count += 1
            own = -1
            for part in item:
                if part.tag == "list":
                    self._list(part, level + 1, own if own >= 0 else parent, numbered=numbered)
                elif part.tag in {"p", "h"} and (said := one_line("".join(_text(part)))):
                    if own < 0:
                        mark = f"{count}." if numbered else "•"
                        own = self.builder.add(Kind.ITEM, said, parent=parent, level=level, label=mark)
                    else:
                        self.builder.add(Kind.PARAGRAPH, said, parent=own)

    def _table(self, element: Element) -> None:
        rows: list[list[str]] = []
        heads = len(list(element.iterfind("table-header-rows/table-row")))
        for row in element.iter("table-row"):
            cells: list[str] = []
            for cell in row:
                if cell.tag in {"table-cell", "covered-table-cell"} and len(cells) <= MOST_COLUMNS:
                    said = one_line(" ".join("".join(_text(part)) for part in cell.iter("p")))
                    if cell.tag == "covered-table-cell" and rows and len(cells) < len(rows[-1]):
                        said = rows[-1][len(cells)][:200]
                    repeated = cell.get("number-columns-repeated", "1")
                    cells += [said] * (min(int(repeated), MOST_REPEATED) if repeated.isdigit() else 1)
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                rows.append(cells)
        if max(map(len, rows), default=0) < 2:
            for cells in rows:
                self.builder.add(Kind.PARAGRAPH, cells[0])
            return
        head, rest = (rows[0], rows[1:]) if heads == 1 and len(rows) > 1 else head_of(rows)
        self.builder.table(head, rest)


def _text(element: Element) -> Iterator[str]:
    """The text of a paragraph, without notes and what is drawn in it."""
    yield element.text or ""
    for part in element:
        if part.tag == "s":
            count = part.get("c", "1")
            yield " " * (min(int(count), MOST_REPEATED) if count.isdigit() else 1)
        elif part.tag == "tab":
            yield "\t"
        elif part.tag == "line-break":
            yield "\n"
        elif part.tag not in UNSEEN:
            yield from _text(part)
        yield part.tail or ""
