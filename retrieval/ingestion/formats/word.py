"""A Word document (.docx): headings by their styles, lists by their numbering, tables with what spans in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from retrieval.core.errors import ArticleError
from retrieval.core.model import Kind
from retrieval.ingestion.formats.archive import opened, unpacked
from retrieval.ingestion.formats.document_builder import DocumentBuilder, head_of, iso_day, one_line
from retrieval.ingestion.formats.xml_tree import tree_of
from retrieval.ingestion.registry import SMALL

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from retrieval.ingestion.formats.parsed_document import ParsedDocument

LARGEST_PART = 4 * SMALL
HEADING = re.compile(r"heading (?P<level>[1-9])$")
IN_LIST = re.compile(r"list (?:bullet|number|paragraph) (?P<level>[2-5])")
CODE = re.compile(r"code|source|preformatted|verbatim|plain text|listing|html pre")
CALLED = {
    "title": "title",
    "subtitle": "subtitle",
    "caption": "caption",
    "quote": "quotation",
    "intense quote": "quotation",
    "block text": "quotation",
}
NOT_SAID = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "pict", "drawing", "object", "rPr", "pPr"})
FORMATS = {"decimal": "{}.", "upperLetter": "{}.", "lowerLetter": "{}.", "upperRoman": "{}.", "lowerRoman": "{}."}


class WordStyles(NamedTuple):
    """What each style is, by its id: "heading 2", "title", "code" …; and the list that it belongs to."""

    name: Mapping[str, str]
    numbering: Mapping[str, tuple[str, int]]
    marks: Mapping[tuple[str, int], str]  # by list and level: "bullet" or the form of a number


def read_word(data: bytes) -> ParsedDocument:
    """A document; its title is the paragraph of that style, else what its properties say, else its only top heading.

    Raises ArticleError, its sentence to follow the file's name, where it cannot be read.
    """
    archive = opened(data)
    body = _part(archive, "word/document.xml")
    root = body.find("body") if body is not None else None
    if root is None:
        raise ArticleError("is no Word document; save it anew as .docx")
    reading = _WordReading(_styles(archive))
    reading.add_all(root)
    reading.flush_code()
    _add_notes(reading, archive)
    builder = reading.builder
    about = _about(archive)
    title = str(about.pop("title", ""))
    tops = [place for place, block in enumerate(builder.blocks) if block.kind is Kind.HEADING and block.level == 1]
    if reading.title >= 0:
        title = builder.said(reading.title)
    elif len(tops) == 1 and tops[0] == 0:
        title = builder.said(0)
        builder.make_title(0)
    return builder.document(title or None, about)


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    try:
        return tree_of(unpacked(archive, name, LARGEST_PART))
    except KeyError:
        return None


def _about(archive: zipfile.ZipFile) -> dict[str, object]:
    said: dict[str, object] = {}
    core = _part(archive, "docProps/core.xml")
    for element in core if core is not None else ():
        text = one_line(element.text or "")
        if element.tag in {"title", "creator", "language"} and text:
            said["author" if element.tag == "creator" else element.tag] = text
        elif element.tag == "created" and (day := iso_day(text)):
            said["date"] = day
    return said


def _styles(archive: zipfile.ZipFile) -> WordStyles:
    names: dict[str, str] = {}
    numbering: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    styles = _part(archive, "word/styles.xml")
    for style in styles.iter("style") if styles is not None else ():
        own = style.get("styleId", "")
        names[own] = (_value(style, "name") or own).lower()
        based[own] = _value(style, "basedOn")
        level = style.find("pPr/outlineLvl")
        if level is not None and level.get("val", "").isdigit() and not HEADING.match(names[own]):
            names[own] = f"heading {min(int(level.get('val', '0')) + 1, 9)}"
        if (number := style.find("pPr/numPr")) is not None:
            numbering[own] = _number(number)
        if in_list := IN_LIST.fullmatch(names[own]):
            numbering[own] = numbering.get(own, (own, 0))[0], int(in_list["level"]) - 1
    known = {own: _called(own, names, based) for own in names}
    return WordStyles(known, numbering, _marks(archive))


def _value(element: Element, name: str) -> str:
    """What an element below another one says, "" where there is none."""
    found = element.find(name)
    return found.get("val", "") if found is not None else ""


def _called(own: str, names: Mapping[str, str], based: Mapping[str, str]) -> str:
    """What a style is by its name, or by that of the one it is based on."""
    for _ in range(10):
        name = names.get(own, "")
        if HEADING.match(name):
            return name
        if name in CALLED or CODE.search(name):
            return CALLED.get(name, "code")
        own = based.get(own, "")
    return ""


def _marks(archive: zipfile.ZipFile) -> dict[tuple[str, int], str]:
    numbering = _part(archive, "word/numbering.xml")
    if numbering is None:
        return {}
    levels = {
        (abstract.get("abstractNumId", ""), level.get("ilvl", "")): form.get("val", "")
        for abstract in numbering.iter("abstractNum")
        for level in abstract.iter("lvl")
        if (form := level.find("numFmt")) is not None
    }
    found: dict[tuple[str, int], str] = {}
    for number in numbering.iter("num"):
        of = _value(number, "abstractNumId")
        found.update({(number.get("numId", ""), at): levels[of, str(at)] for at in range(9) if (of, str(at)) in levels})
    return found


def _number(given: Element) -> tuple[str, int]:
    level = _value(given, "ilvl")
    return _value(given, "numId"), min(int(level), 8) if level.isdigit() else 0


class _WordReading:
    """Adds the paragraphs and tables of a body."""

    def __init__(self, styles: WordStyles) -> None:
        self.builder = DocumentBuilder()
        self.title = -1
        self._styles = styles
        self._items: list[int] = []  # the item on each level of the list that is being read
        self._list = -1  # what this list belongs to
        self._counts: dict[tuple[str, int], int] = {}
        self._code: list[str] = []

    def add_all(self, body: Element) -> None:
        for element in body:
            if element.tag == "p":
                self._paragraph(element)
            elif element.tag == "tbl":
                self._table(element)
            elif element.tag in {"sdt", "sdtContent", "ins", "smartTag", "customXml"}:
                self.add_all(element)

    def flush_code(self) -> None:
        if self._code:
            self.builder.add(Kind.CODE, "\n".join(self._code))
            self._code.clear()

    def _paragraph(self, element: Element) -> None:
        properties = element.find("pPr")
        style = properties.find("pStyle") if properties is not None else None
        own = style.get("val", "") if style is not None else ""
        kind = self._styles.name.get(own, "")
        raw = "".join(_text(element))
        if kind == "code":
            self._code.append(raw.rstrip())
            return
        self.flush_code()
        said = one_line(raw)
        if not said:
            return
        numbered = properties.find("numPr") if properties is not None else None
        number, level = _number(numbered) if numbered is not None else self._styles.numbering.get(own, ("", 0))
        heading = HEADING.match(kind)
        outline = properties.find("outlineLvl") if properties is not None else None
        if outline is not None and outline.get("val", "9") in "012345678":
            heading = HEADING.match(f"heading {int(outline.get('val', '0')) + 1}")
        if number and number != "0" and not heading:
            self._item(said, number, level)
            return
        self._items.clear()
        if heading:
            self.builder.heading(int(heading["level"]), said)
        elif kind == "title" and self.title < 0:
            self.title = self.builder.add(Kind.TITLE, said, parent=-1)
        else:
            called = {"caption": Kind.CAPTION, "quotation": Kind.QUOTATION}
            self.builder.add(called.get(kind, Kind.PARAGRAPH), said)

    def _item(self, said: str, number: str, level: int) -> None:
        if not self._items:
            self._list = self.builder.introduction()
        del self._items[level:]
        form = self._styles.marks.get((number, level), "bullet")
        self._counts = {key: count for key, count in self._counts.items() if key[0] != number or key[1] <= level}
        count = self._counts[number, level] = self._counts.get((number, level), 0) + 1
        mark = f"{_counted(count, form)}." if form in FORMATS else "•"
        parent = self._items[-1] if self._items else self._list
        self._items.append(self.builder.add(Kind.ITEM, said, parent=parent, level=level + 1, label=mark))

    def _table(self, element: Element) -> None:
        self.flush_code()
        self._items.clear()
        rows: list[list[str]] = []
        heads = 0
        for row in element.iter("tr"):
            cells: list[str] = []
            for cell in row.findall("tc"):
                said = one_line(" ".join("".join(_text(paragraph)) for paragraph in cell.iter("p")))
                properties = cell.find("tcPr")
                merged = properties.find("vMerge") if properties is not None else None
                if merged is not None and merged.get("val") != "restart" and rows and len(cells) < len(rows[-1]):
                    said = rows[-1][len(cells)] if len(rows[-1][len(cells)]) < 200 else ""
                spans = properties.find("gridSpan") if properties is not None else None
                width = spans.get("val", "1") if spans is not None else "1"
                cells += [said] + [""] * (min(int(width), 200) - 1 if width.isdigit() else 0)
            if row.find("trPr/tblHeader") is not None and heads == len(rows) < 1:
                heads = 1
            rows.append(cells)
        if max(map(len, rows), default=0) < 2:
            for said in (cell for row in rows for cell in row if cell):
                self.builder.add(Kind.PARAGRAPH, said)
            return
        head, rest = (rows[0], rows[1:]) if heads and len(rows) > 1 else head_of(rows)
        self.builder.table(head, rest)


def _text(element: Element) -> Iterator[str]:
    """The text of a paragraph as it reads once all changes are accepted."""
    for part in element:
        if part.tag == "t":
            yield part.text or ""
        elif part.tag == "tab":
            yield "\t"
        elif part.tag in {"br", "cr"}:
            yield "\n"
        elif part.tag == "noBreakHyphen":
            yield "-"
        elif part.tag not in NOT_SAID:
            yield from _text(part)


def _add_notes(reading: _WordReading, archive: zipfile.ZipFile) -> None:
    """Add the foot notes behind the text, each a paragraph of its own."""
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        notes = _part(archive, part)
        for note in notes if notes is not None else ():
            said = one_line(" ".join("".join(_text(paragraph)) for paragraph in note.iter("p")))
            if said and note.get("type") is None:
                reading.builder.add(Kind.PARAGRAPH, said, parent=-1, label="footnote")


def _counted(count: int, form: str) -> str:
    if form.endswith("Letter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman"):
        roman, left = "", min(count, 3999)
        for value, sign in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
                            (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
            roman += sign * (left // value)
            left %= value
        return roman.upper() if form.startswith("upper") else roman
    return str(count)
