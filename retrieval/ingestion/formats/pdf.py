"""A PDF: its pages -> paragraphs, headings and rows, each with the page that it begins on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from retrieval.core.errors import ArticleError
from retrieval.core.model import Kind
from retrieval.ingestion.bounded_process import BoundedProcess
from retrieval.ingestion.formats.document_builder import DocumentBuilder, head_of, iso_day, one_line, row_text
from retrieval.ingestion.formats.extra import require
from retrieval.ingestion.formats.pdf_layout import TextPiece, edge_lines, lines_in_order
from retrieval.ingestion.formats.text_marks import BULLET, SENTENCE_END

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retrieval.ingestion.formats.parsed_document import ParsedDocument
    from retrieval.ingestion.formats.pdf_layout import PrintedLine

LONGEST = 5_000_000  # characters of a whole document
LARGER = 1.12  # times the size of the text that a heading has at least
LONGEST_HEADING = 150
MOST_LEVELS = 5
UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")  # letters that a font does not name
MOST_UNKNOWN = 0.3  # of the letters of a page
HYPHEN = re.compile(r"(?P<before>\w+)(?:\xad|-)$")
NO_TITLE = re.compile(
    r"(?:untitled|\(?anonymous|microsoft word|powerpoint|document\d*$|slide \d)"
    r"|\.(?:docx?|pdf|indd|tex|odt|rtf|dvi)$",
    re.IGNORECASE,
)
CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
PAGE_NUMBER = re.compile(
    r"\W*(?:page |seite |página )?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|von|de)\s*\d{1,4})?\W*", re.IGNORECASE
)


class PdfPage(NamedTuple):
    """A page: its number as printed, its pieces of text, and the lines in its margins."""

    number: str
    pieces: list[TextPiece]
    edges: list[PrintedLine]


class PrintedPassage(NamedTuple):
    """Lines that belong together, and what they are: "text", "heading", "row" or "edge"."""

    kind: str
    lines: tuple[PrintedLine, ...]
    page: str


def read_pdf(data: bytes) -> ParsedDocument:
    """A document; the label of a block is the page that it begins on, "p. 12".

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
    passages = [passage for page in pages for passage in _passages(page, running, body)]
    _add(builder, _over_pages(passages), body)
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
            seen[_masked(line.text)].add(number)
    least = 2 if len(pages) < 4 else 3
    return frozenset(line for line, on in seen.items() if len(on) >= least)


def _masked(text: str) -> str:
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", one_line(text).casefold())


def _passages(page: PdfPage, running: frozenset[str], body: float) -> Iterator[PrintedPassage]:
    """The lines of a page that belong together, those that run over many pages first."""
    aside: set[TextPiece] = set()
    for line in page.edges:
        if _masked(line.text) in running or PAGE_NUMBER.fullmatch(one_line(line.text)):
            yield PrintedPassage("edge", (line,), page.number)
            aside.update(line.pieces)
    run: list[PrintedLine] = []
    kind = ""
    inside = lines_in_order([piece for piece in page.pieces if piece not in aside])
    kinds = [_kind(line, body) for line in inside]
    for at, now in enumerate(kinds):
        if now == "row" and "row" not in (kinds[at - 1] if at else "", *kinds[at + 1 : at + 2]):
            kinds[at] = "text"  # a table has two rows
    for line, now in zip(inside, kinds, strict=True):
        if run and (now != kind or now == "row" or _parts(kind, run, line)):
            yield PrintedPassage(kind, tuple(run), page.number)
            run = []
        kind = now
        run.append(line)
    if run:
        yield PrintedPassage(kind, tuple(run), page.number)


def _kind(line: PrintedLine, body: float) -> str:
    text = line.text
    if len(line.pieces) > 1 and not BULLET.match(text):
        return "row"
    is_name = len(text) <= LONGEST_HEADING and any(sign.isalpha() for sign in text)
    if is_name and line.size >= LARGER * body:
        return "heading"
    if (
        is_name
        and line.bold
        and line.size >= 0.95 * body
        and not SENTENCE_END.search(text.rstrip("."))
        and len(text) < 80
    ):
        return "heading" if not text.endswith(".") else "text"
    return "text"


def _parts(kind: str, run: Sequence[PrintedLine], line: PrintedLine) -> bool:
    """Whether a line begins something else than the lines before it."""
    last = run[-1]
    pitch = last.bottom - line.bottom
    size = max(line.size, 1.0)
    if kind == "heading":
        off_centre = abs(last.left + last.right - line.left - line.right) > size
        apart = pitch > 1.6 * size or abs(last.size - line.size) > 0.05 * size
        return apart or (abs(last.left - line.left) > 0.5 * size and off_centre)
    if last.region != line.region or pitch < 0:
        return not _goes_on(last.text, line.text)
    usual = run[-2].bottom - last.bottom if len(run) > 1 and run[-2].region == last.region else 1.35 * size
    if pitch > max(1.25 * usual, usual + 0.3 * size) or abs(last.size - line.size) > 0.15 * size:
        return True
    if BULLET.match(line.text) or (line.bold and not last.bold and not _goes_on(last.text, line.text)):
        return True
    left, right = min(one.left for one in run), max(one.right for one in run)
    if line.left > left + 0.8 * size and len(run) > 1 and run[-1].left <= left + 0.3 * size:
        return not BULLET.match(run[0].text)  # the first line of the next paragraph is indented
    first_word = line.text.split(maxsplit=1)[0]
    room = right - last.right
    return room > 2 * size * max(len(first_word), 4) * 0.5 and SENTENCE_END.search(last.text) is not None


def _goes_on(before: str, after: str) -> bool:
    return not SENTENCE_END.search(before) and after[:1].islower()


def _over_pages(passages: Sequence[PrintedPassage]) -> list[PrintedPassage]:
    """The passages, those that go on over the edge of a page or a column as one."""
    found: list[PrintedPassage] = []
    last = -1  # the place of the last one that is text
    for passage in passages:
        if passage.kind == "text" and last >= 0 and found[last].kind == "text":
            before, after = found[last].lines[-1].text, passage.lines[0].text
            parted = found[last].lines[-1].region != passage.lines[0].region or found[last].page != passage.page
            if parted and (_goes_on(before, after) or HYPHEN.search(before)):
                found[last] = found[last]._replace(lines=found[last].lines + passage.lines)
                continue
        if passage.kind != "edge":
            last = len(found)
        found.append(passage)
    return found


def _add(builder: DocumentBuilder, passages: Sequence[PrintedPassage], body: float) -> None:
    sizes = sorted(
        {round(p.lines[0].size) for p in passages if p.kind == "heading" and p.lines[0].size >= LARGER * body}
    )
    levels = {size: min(number, MOST_LEVELS) for number, size in enumerate(reversed(sizes), 1)}
    words = Counter(re.findall(r"\w+-\w+", " ".join(line.text for p in passages for line in p.lines)))
    rows: list[PrintedPassage] = []
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
                builder.add(Kind.ITEM, said[bullet.end() :], parent=parent, level=1, label=label)
            else:
                builder.add(Kind.PARAGRAPH, said, label=label)
    if rows:
        _add_rows(builder, rows)


def _add_rows(builder: DocumentBuilder, passages: Sequence[PrintedPassage]) -> None:
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
        parent = builder.add(Kind.TABLE_HEAD, row_text(head), parent=parent, label=f"p. {passages[0].page}")
    for row, passage in zip(rest, passages[len(passages) - len(rest) :], strict=True):
        builder.add(Kind.ROW, row_text(row), parent=parent, label=f"p. {passage.page}")


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
