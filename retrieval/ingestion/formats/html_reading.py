"""HTML -> blocks, in one pass and in time that grows with its length, whatever the tags.

The parser of the standard library gives tags and text one after the other and keeps no tree, so that a page of a
million tags costs no memory; which element ends which is decided here, as far as it matters for blocks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.ingestion.formats.document_builder import DocumentBuilder
from retrieval.ingestion.formats.html_names import aside_label, language_of, note_sort, tokens_of
from retrieval.ingestion.formats.html_table import HtmlTable
from retrieval.ingestion.formats.html_tags import (
    BLOCK,
    CELLS,
    CLOSES_P,
    ENDS,
    HEADINGS,
    KINDS,
    LISTS,
    MEANING,
    OF_TABLE,
    PLAIN_INLINE,
    REGIONS,
    SKIPPED,
    VOID,
)
from retrieval.ingestion.formats.html_text import HtmlElement, HtmlText

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_TAGS = 200_000
DEEPEST = 200  # elements in each other; what is deeper is read as if it stood there
SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
FOOTNOTE = re.compile(r"\[?\s*(?:\d{1,3}|[a-z*†‡]|note \d+|citation needed)\s*\]?", re.IGNORECASE)
LINK_HEAVY = 0.5  # of the signs of navigation are in links; what has fewer is text after all


class HtmlReading(HtmlText):
    """Give it HTML to `read`, and `builder` has its blocks.

    `regions` are the main elements: the tag, the blocks from and to, and how many signs are in it.
    """

    def __init__(
        self, builder: DocumentBuilder | None = None, *, on_tag: Callable[[str, dict[str, str]], None] | None = None
    ) -> None:
        super().__init__(builder or DocumentBuilder())
        self.regions: list[tuple[str, int, int, int]] = []
        self.chars = self.links = self.tags = 0
        self._on_tag = on_tag
        self._skipping: list[str] = []
        self._beyond = 0  # elements deeper than DEEPEST
        self._linked = 0
        self._inside = 0  # open main elements

    def read(self, text: str) -> None:
        """Read a whole page, or as much of it as is read of one."""
        try:
            self.feed(text)
            self.close()
        except StopIteration:
            self.builder.remarks[f"has more than {MOST_TAGS:,} HTML tags, of which the first are read"] = None
        self._skipping.clear()
        while len(self._open) > 1:
            self._end(self._open[-1])
        self._flush()

    # What the parser of the standard library calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        if self.tags > MOST_TAGS:
            raise StopIteration
        if self._on_tag and (tag in VOID or tag in {"html", "time", "a"}):
            self._on_tag(tag, _given(attrs))
        if self._skipping:
            if tag == self._skipping[-1] and tag not in VOID:
                self._skipping.append(tag)
        elif tag in VOID:
            self._void(tag)
        elif tag in SKIPPED:
            self._skipping.append(tag)
        elif tag == "code" and attrs and self._open[-1].kind == "code":
            self._open[-1].label = language_of(tokens_of(_given(attrs))) or self._open[-1].label
        elif tag in BLOCK or tag in MEANING:
            self._start(tag, _given(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            if tag == self._skipping[-1]:
                self._skipping.pop()
            return
        if self._beyond and (tag in BLOCK or tag in MEANING):
            self._beyond -= 1
            if tag in BLOCK:
                self._flush()
            return
        for element in reversed(self._open):
            if element.tag == tag:
                self._end(element)
                return
            if element.tag in CELLS and tag not in OF_TABLE:
                break  # what stands in a cell ends nothing outside of it
        if tag in BLOCK:
            self._flush()

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._text.append(data)
            signs = len(data) - data.count(" ") - data.count("\n")
            self.chars += signs
            if self._linked:
                self.links += signs

    # Elements

    def _void(self, tag: str) -> None:
        if tag == "br":
            self._text.append("\n" if self._open[-1].kind == "code" else "\v")
        elif tag == "hr":
            self._flush()

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if len(self._open) > DEEPEST:
            self._beyond += 1
            self.builder.remarks[f"has elements more than {DEEPEST} deep, which are read as if they were less deep"] = (
                None
            )
            if tag in BLOCK:
                self._flush()
            return
        if tag in BLOCK:
            ends = ("p", *HEADINGS) if any(not said.isspace() for said in self._text) else ("p",)
            self._flush()
            if tag in CLOSES_P and self._open[-1].tag in ends:
                self._end(self._open[-1])
            self._end_implied(tag)
        element = HtmlElement(tag, self._open[-1].kind)
        element.level = self._open[-1].level if element.kind == "heading" else 0
        element.first, element.chars, element.links = len(self.builder.blocks), self.chars, self.links
        tokens = tokens_of(given)
        if "hidden" in tokens and "until-found" not in tokens:
            self._skipping.append(tag)
            return
        if tag in PLAIN_INLINE:
            return
        if element.kind != "code":
            self._know(element, tag, given, tokens)
        self._open.append(element)

    def _end_implied(self, tag: str) -> None:
        ended, barriers = ENDS.get(tag, (frozenset(), frozenset()))
        for element in reversed(self._open) if ended else ():
            if element.tag in barriers:
                return
            if element.tag in ended:
                self._end(element)
                if tag not in {"tr", "tbody", "tfoot"}:
                    return

    def _know(self, element: HtmlElement, tag: str, given: dict[str, str], tokens: frozenset[str]) -> None:
        """Find out what an element that opens is, and open its scope where it has one."""
        around = self._open[-1]
        if tag == "pre":
            element.kind, element.label = "code", language_of(tokens) or around.label
        elif around.kind == "cell" and tag not in OF_TABLE and tag not in HEADINGS:
            pass
        elif tag in LISTS:
            element.item, element.number = self.builder.introduction(), _number(given.get("start"))
            element.level = sum(one.tag in LISTS for one in self._open) + 1
            element.mark = "" if tag == "ol" else "•"
        elif tag == "li":
            self._item(element)
        elif tag in HEADINGS:
            element.kind, element.level = "heading", HEADINGS[tag]
        elif tag in KINDS:
            element.kind = KINDS[tag]
        elif tag in OF_TABLE:
            self._table_part(element, given, tokens)
        else:
            self._know_by_name(element, tag, tokens)
        self._inside += tag in REGIONS
        self._linked += tag == "a"
        element.number = len(self._text) if tag in {"sup", "q"} else element.number
        label = aside_label(tag, tokens, inside=self._inside > 0)
        if label and not element.scope and around.kind != "cell":
            element.aside, element.scope = label, True
            self.builder.open(self.builder.under)

    def _know_by_name(self, element: HtmlElement, tag: str, tokens: frozenset[str]) -> None:
        around = self._open[-1]
        sort = "details" if tag == "details" else note_sort(tag, tokens)
        if sort:
            element.kind, element.label = "note", sort
            element.scope = element.is_note = True
            self._untold += 1
            self.builder.open(self.builder.under)
        elif around.is_note and around.block < 0 and tokens & {"title", "heading", "header"}:
            element.kind = "note title"
        else:
            element.label = language_of(tokens)

    def _item(self, element: HtmlElement) -> None:
        element.kind = "item"
        for around in reversed(self._open):
            if around.tag in LISTS:
                element.item, element.level, element.mark = around.item, around.level, around.mark
                if not element.mark:
                    element.mark = f"{around.number}."
                    around.number += 1
                return
        element.item, element.level, element.mark = self.builder.under, 1, "•"

    def _table_part(self, element: HtmlElement, given: dict[str, str], tokens: frozenset[str]) -> None:
        if element.tag == "table":
            for table in self._tables:
                table.is_layout = True
            for around in self._open:
                if around.kind == "cell":
                    around.kind = "paragraph"
            layout = bool(tokens & {"presentation", "highlighttable", "linenos", "highlight"})
            self._tables.append(HtmlTable(is_layout=layout))
            element.kind = "table"
            return
        if element.tag not in {"tr", *CELLS}:
            return
        if not self._tables or self._tables[-1].is_layout:
            element.kind = "paragraph"
        elif element.tag == "tr":
            self._tables[-1].start_row(in_head=any(one.tag == "thead" for one in self._open[-2:]))
        else:
            element.kind = "cell"
            self._tables[-1].start_cell(
                is_head=element.tag == "th", rows=_number(given.get("rowspan")), columns=_number(given.get("colspan"))
            )

    def _end(self, element: HtmlElement) -> None:
        """End an element and those in it."""
        while self._open[-1] is not element:
            self._end(self._open[-1])
        if element.tag in BLOCK:
            self._flush()
        else:
            self._end_inline(element)
        self._open.pop()
        if element.tag == "table" and self._tables:
            self._tables.pop().add_to(self.builder)
        if element.scope:
            self.builder.close()
        if element.is_note and element.block < 0:
            self._untold -= 1
        if element.aside:
            self._set_aside(element)
        if element.tag in REGIONS:
            self._inside -= 1
        if element.tag in REGIONS and not element.aside:
            self.regions.append((element.tag, element.first, len(self.builder.blocks), self.chars - element.chars))

    def _end_inline(self, element: HtmlElement) -> None:
        if element.tag == "sup":
            self._superscript(element)
        elif element.tag == "q":
            self._text[element.number :] = ["“", *self._text[element.number :], "”"]
        elif element.tag == "a" and element.kind != "code":
            self._linked = max(0, self._linked - 1)

    def _superscript(self, element: HtmlElement) -> None:
        said = "".join(self._text[element.number :])
        if self.links > element.links and FOOTNOTE.fullmatch(said.strip()):
            said = ""
        elif re.fullmatch(r"[-+−]?\d{1,4}", said.strip()):
            said = said.strip().translate(SUPERSCRIPT)
        self._text[element.number :] = [said]

    def _set_aside(self, element: HtmlElement) -> None:
        """Make boilerplate of what is in an element, unless it is called navigation and is text."""
        signs, links = self.chars - element.chars, self.links - element.links
        named_only = element.tag not in {"nav", "footer"}
        if named_only and element.aside in {"navigation", "related"} and signs > 200 and links < LINK_HEAVY * signs:
            return
        self.builder.set_aside(element.first, len(self.builder.blocks), element.aside)


def _given(attributes: list[tuple[str, str | None]]) -> dict[str, str]:
    return {name: value or "" for name, value in attributes}


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1
