"""The text in HTML elements -> blocks, each by what the elements around it are."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from retrieval.core.model import Kind
from retrieval.ingestion.formats.document_builder import DocumentBuilder, one_line
from retrieval.ingestion.formats.html_tags import HEADINGS

if TYPE_CHECKING:
    from retrieval.ingestion.formats.html_table import HtmlTable

PARTED = re.compile(r"\v\s*\v\s*")  # two line ends in turn part paragraphs, as people write them
_BLOCKS = {"quotation": Kind.QUOTATION, "caption": Kind.CAPTION, "table caption": Kind.CAPTION}


class HtmlElement:
    """An open element: what it is for what stands in it."""

    __slots__ = (
        "aside",
        "block",
        "chars",
        "first",
        "is_note",
        "item",
        "kind",
        "label",
        "level",
        "links",
        "mark",
        "number",
        "scope",
        "tag",
    )

    def __init__(self, tag: str, kind: str) -> None:
        self.tag = tag
        self.kind = (
            kind  # "item", "note", "table" …: how text in it is read; that of the element around it where it has none
        )
        self.is_note = False
        self.scope = False  # whether it opened a scope of the builder
        self.block = -1  # its block, where it has one: of an item, a note
        self.item = -1  # the block that the items of a list belong to
        self.label = ""
        self.aside = ""  # why what is in it is boilerplate
        self.level = self.number = 0
        self.first = self.chars = self.links = 0  # blocks, signs and linked signs before it
        self.mark = ""


class HtmlText(HTMLParser):
    """Adds what was said in the innermost open element to `builder`."""

    def __init__(self, builder: DocumentBuilder) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = builder
        self._open: list[HtmlElement] = [HtmlElement("", "paragraph")]
        self._text: list[str] = []
        self._tables: list[HtmlTable] = []
        self._term = -1
        self._untold = 0  # open notes without a block as yet

    def _flush(self) -> None:
        if not self._text:
            return
        text = "".join(self._text)
        self._text.clear()
        element = self._open[-1]
        if element.kind == "code":
            self._code(element, text)
            return
        for part in PARTED.split(text) if "\v" in text and element.kind in {"paragraph", "item"} else [text]:
            if said := one_line(part):
                self._add(element, said)

    def _code(self, element: HtmlElement, text: str) -> None:
        lines = text.replace("\r\n", "\n").replace("\v", "\n").split("\n")
        while lines and not lines[0].strip():
            lines.pop(0)
        code = "\n".join(lines).rstrip()
        if code:
            self._ready()
            self.builder.add(Kind.CODE, code, label=element.label)

    def _add(self, element: HtmlElement, said: str) -> None:
        builder, kind = self.builder, element.kind
        if kind == "cell":
            self._tables[-1].add_text(said)
        elif kind == "table caption" and self._tables:
            self._tables[-1].caption = said
        elif kind == "note title":
            self._note(said)
        elif kind == "item":
            self._add_to_item(said)
        else:
            self._ready()
            if kind == "heading":
                builder.heading(element.level, said)
            elif kind == "term":
                self._term = builder.add(Kind.TERM, said)
            elif kind == "definition":
                builder.add(Kind.DEFINITION, said, parent=self._term if self._term >= 0 else None)
            else:
                builder.add(_BLOCKS.get(kind, Kind.PARAGRAPH), said)

    def _ready(self) -> None:
        """Add what has no block of its own yet and is around what comes: notes without a title."""
        for element in self._open if self._untold else ():
            if self._is_untold(element):
                self._untold -= 1
                element.block = self.builder.add(Kind.NOTE, "", label=element.label)
                self.builder.close()
                self.builder.open(element.block)

    @staticmethod
    def _is_untold(element: HtmlElement) -> bool:
        return element.is_note and element.block < 0

    def _note(self, title: str) -> None:
        for element in reversed(self._open):
            if element.is_note:
                if element.block >= 0:
                    break
                self._untold -= 1
                if title.endswith("?"):
                    element.block = self.builder.add(Kind.HEADING, title, level=len(HEADINGS), label="question")
                else:
                    element.block = self.builder.add(Kind.NOTE, title, label=element.label)
                self.builder.close()
                self.builder.open(element.block)
                return
        self.builder.add(Kind.PARAGRAPH, title)

    def _add_to_item(self, said: str) -> None:
        self._ready()
        for element in reversed(self._open):
            if element.tag == "li":
                if element.block >= 0:
                    self.builder.add(Kind.PARAGRAPH, said)
                    return
                element.block = self.builder.add(
                    Kind.ITEM, said, parent=element.item, level=element.level, label=element.mark
                )
                if not element.scope:
                    self.builder.open(element.block)
                    element.scope = True
                return
        self.builder.add(Kind.PARAGRAPH, said)
