"""A PDF: its pages -> paragraphs, headings and rows, each with the page that it begins on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from retrieval.core.errors import ArticleError
from retrieval.core.model import Kind
from retrieval.ingestion.bounded_process import BoundedProcess
from retrieval.ingestion.formats.document_builder import DocumentBuilder, head_of, iso_day, one_line, row_text
from retrieval.ingestion.formats.extra import require
from retrieval.ingestion.formats.pdf_layout import TextPiece, edge_lines
from retrieval.ingestion.formats.pdf_passages import (
    HYPHEN,
    LARGER,
    PAGE_NUMBER,
    PdfPage,
    masked,
    over_pages,
    passages_of,
)
from retrieval.ingestion.formats.text_marks import BULLET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.ingestion.formats.parsed_document import ParsedDocument
    from retrieval.ingestion.formats.pdf_passages import PdfPassage

LONGEST = 5_000_000  # characters of a whole document
MOST_LEVELS = 5
UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")  # letters that a font does not name
MOST_UNKNOWN = 0.3  # of the letters of a page
NO_TITLE = re.compile(
    r"(?:untitled|\(?anonymous|microsoft word|powerpoint|document\d*$|slide \d)"
    r"|\.(?:docx?|pdf|indd|tex|odt|rtf|dvi)$",
    re.IGNORECASE,
)
CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


def read_pdf(data: bytes) -> ParsedDocument:
    """A document; the label of a paragraph and of a heading is the page that it begins on, "p. 12".

    Raises ArticleError, its sentence to follow the file's name, where it cannot be read or has no text.
    """
    require("pypdfium2", "a PDF")
    if not data[:1024].lstrip().startswith(b"%PDF") and b"%PDF-" not in data[:1024]:
        raise ArticleError("is no PDF, whatever its name says; download it anew")
    builder = DocumentBuilder()
    about, pages = _read(data, builder)
    if not any(page.pieces for page in pages):
        raise ArticleError("has no text, only pictures of pages; run text recognition (OCR) over it first")
    sizes = Counter[float]()
    for piece in (piece for page in pages for piece in page.pieces):
        sizes[round(piece.size, 1)] += len(piece.text)
    body = sizes.most_common(1)[0][0]
    running = _running(pages)
    passages = [passage for page in pages for passage in passages_of(page, running, body)]
    _add(builder, over_pages(passages), body)
    title = one_line(str(about.get("Title", "")))
    title = "" if NO_TITLE.search(title) else title
    largest = max((b for b in builder.blocks[:8] if b.kind is Kind.HEADING), key=lambda b: -b.level, default=None)
    if largest is not None and (largest.level == 1 or not title):
        place = builder.blocks.index(largest)
        title = builder.said(place)
        builder.make_title(place)
    return builder.document(title or None, _about(about))


def _read(data: bytes, builder: DocumentBuilder) -> tuple[Mapping[str, Any], list[PdfPage]]:
    """What the file says of itself, and its pages, as many as can be read."""
    about: Mapping[str, Any] = {}
    pages: list[PdfPage] = []
    room, count, unread = LONGEST, 0, 0
    try:
        with BoundedProcess("retrieval.ingestion.formats.pdf_pages:pages_of") as process:
            for given in process.ask(data):
                if "about" in given:
                    about, count = given["about"], given["pages"]
                    continue
                pieces = [TextPiece(*piece)._replace(text=piece[6].translate(LIGATURES)) for piece in given["pieces"]]
                said = "".join(piece.text for piece in pieces)
                if len(UNKNOWN.findall(said)) > MOST_UNKNOWN * max(len(said), 1):
                    unread += 1
                    pieces = []
                pages.append(PdfPage(given["number"], pieces, edge_lines(pieces, given["size"][1])))
                room -= len(said)
                if room < 0:
                    break
    except ArticleError:
        if not pages:
            raise
    if len(pages) < count:
        builder.remarks[f"has {count:,} pages, of which only the first {len(pages):,} could be read"] = None
    if unread:
        builder.remarks[
            f"has {unread:,} pages in fonts that do not say which letters they draw, which are left aside"
        ] = None
    return about, pages


def _about(said: Mapping[str, Any]) -> dict[str, object]:
    about: dict[str, object] = {}
    if author := one_line(str(said.get("Author", ""))):
        about |= {"author": author[:200]} if author != "(anonymous)" else {}
    created = CREATED.match(str(said.get("CreationDate", "")))
    if created and (day := iso_day("-".join(created.groups()))):
        about["date"] = day
    return about


def _running(pages: Sequence[PdfPage]) -> frozenset[str]:
    """The lines at the edges of pages that are there on several, but for their numbers."""
    seen: defaultdict[str, set[int]] = defaultdict(set)
    for number, page in enumerate(pages):
        for line in page.edges:
            seen[masked(line.text)].add(number)
    least = 2 if len(pages) < 4 else 3
    return frozenset(line for line, on in seen.items() if len(on) >= least)


def _add(builder: DocumentBuilder, passages: Sequence[PdfPassage], body: float) -> None:
    sizes = sorted(
        {round(p.lines[0].size) for p in passages if p.kind == "heading" and p.lines[0].size >= LARGER * body}
    )
    levels = {size: min(number, MOST_LEVELS) for number, size in enumerate(reversed(sizes), 1)}
    words = Counter(re.findall(r"\w+-\w+", " ".join(line.text for p in passages for line in p.lines)))
    rows: list[PdfPassage] = []
    for passage in passages:
        if rows and (passage.kind not in {"row", "edge"} or passage.lines[0].region != rows[-1].lines[0].region):
            _add_rows(builder, rows)
            rows = []
        label = f"p. {passage.page}"
        said = _joined([line.text for line in passage.lines], words)
        if passage.kind == "row":
            rows.append(passage)
        elif passage.kind == "edge":
            alone = PAGE_NUMBER.fullmatch(said)
            builder.add(Kind.BOILERPLATE, said, parent=-1, label="page number" if alone else "running head")
        elif passage.kind == "heading" and said:
            level = levels.get(round(passage.lines[0].size), min(len(levels) + 1, MOST_LEVELS + 1))
            builder.heading(level, said, label)
        elif said:
            bullet = BULLET.match(said)
            if bullet:
                last = builder.blocks[-1] if builder.blocks else None
                parent = last.parent if last and last.kind is Kind.ITEM else builder.introduction()
                builder.add(Kind.ITEM, said[bullet.end() :], parent=parent, level=1, label=_mark(bullet[0]))
            else:
                builder.add(Kind.PARAGRAPH, said, label=label)
    if rows:
        _add_rows(builder, rows)


def _mark(bullet: str) -> str:
    mark = bullet.strip()
    return mark if mark.strip("().").isalnum() else "•"


def _add_rows(builder: DocumentBuilder, passages: Sequence[PdfPassage]) -> None:
    """Add the rows of a table, each cell in its column by where it begins."""
    starts: list[float] = []
    for left in sorted(piece.left for passage in passages for piece in passage.lines[0].pieces):
        if not starts or left - starts[-1] > 12:
            starts.append(left)
    rows: list[list[str]] = []
    for passage in passages:
        row = [""] * len(starts)
        for piece in passage.lines[0].pieces:
            column = max((at for at, start in enumerate(starts) if start <= piece.left + 0.1), default=0)
            row[column] = f"{row[column]} {one_line(piece.text)}".strip()
        rows.append(row)
    head, rest = head_of(rows)
    parent = builder.introduction()
    if head:
        parent = builder.add(Kind.TABLE_HEAD, row_text(head), parent=parent)
    for row in rest:
        builder.add(Kind.ROW, row_text(row), parent=parent)


def _joined(lines: Sequence[str], hyphened: Mapping[str, int]) -> str:
    """Lines as one text; a hyphen at the end of one goes, unless the word has it elsewhere in the document too."""
    said = ""
    for line in lines:
        cut = HYPHEN.search(said)
        if cut and line[:1].islower():
            first = re.match(r"\w*", line)
            whole = f"{cut['before']}-{first[0] if first else ''}"
            said = said[: cut.end("before")] + ("-" if hyphened.get(whole) else "") + line.strip()
        else:
            said = f"{said} {line.strip()}" if said else line.strip()
    return one_line(said)
