"""The export of a MediaWiki (Special:Export, dumpBackup): each page is an article; talk and templates are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retrieval.core.errors import ArticleError
from retrieval.core.model import Kind
from retrieval.ingestion.bounded_process import BoundedProcess
from retrieval.ingestion.formats.document_builder import DocumentBuilder, head_of, iso_day, one_line
from retrieval.ingestion.formats.extra import require
from retrieval.ingestion.formats.xml_tree import elements_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from retrieval.ingestion.formats.parsed_document import ParsedDocument

READ = frozenset({"0", "4", "12"})  # articles, the project's own pages, help
MOST_FAILED = 3
LARGEST_PAGE = 2_097_152  # bytes, as MediaWiki itself has it


def read_dump(data: bytes) -> Iterator[tuple[str, ParsedDocument | ArticleError]]:
    """The pages of an export by their titles, or why one cannot be read; none where the XML is something else.

    Raises ArticleError, its sentence to follow the file's name, where it cannot be read at all.
    """
    if b"<mediawiki" not in data[:4096]:
        return
    require("mwparserfromhell", "the export of a MediaWiki")
    failed = 0
    with BoundedProcess("retrieval.ingestion.formats.wikitext:blocks_of") as process:
        for element in elements_of(data, "page"):
            title, text, about = _latest(element)
            if not text:
                continue
            try:
                yield title, _page(title, text, about, process)
            except ArticleError as error:
                yield title, error
                failed += 1
                if failed > MOST_FAILED:
                    raise ArticleError(f"has more than {MOST_FAILED} pages that cannot be read; export fewer") from None


def _latest(element: Element) -> tuple[str, str, dict[str, object]]:
    """The title of a page, its text as it was last changed, and when; no text for one that is no article."""
    title = one_line(element.findtext("title") or "")
    revisions = element.findall("revision")
    is_read = (element.findtext("ns") or "0") in READ and element.find("redirect") is None
    if not title or not revisions or not is_read:
        return title, "", {}
    latest = max(revisions, key=lambda revision: revision.findtext("timestamp") or "")
    text = (latest.findtext("text") or "").strip()
    return title, "" if text[:9].upper() == "#REDIRECT" else text, _about(latest)


def _page(title: str, text: str, about: dict[str, object], process: BoundedProcess) -> ParsedDocument:
    """A page. What was read of it before it took too long is kept."""
    builder = DocumentBuilder()
    builder.add(Kind.TITLE, title)
    data = text.encode("utf-8", "replace")
    if len(data) > LARGEST_PAGE:
        builder.remarks["is larger than a page of a wiki can be; the first part is read"] = None
    try:
        for block in process.ask(data[:LARGEST_PAGE]):
            _add(builder, block)
    except ArticleError as error:
        if len(builder.blocks) == 1:
            raise
        builder.remarks[f"{error}; it is read only in part"] = None
    return builder.document(title, about)


def _about(revision: Element) -> dict[str, object]:
    day = iso_day(revision.findtext("timestamp") or "")
    return {"date": day} if day else {}


def _add(builder: DocumentBuilder, block: list[Any]) -> None:
    match block:
        case ["heading", int(level), str(said)] if one_line(said):
            builder.heading(level, one_line(said))
        case ["paragraph", str(said)] if one_line(said):
            builder.add(Kind.PARAGRAPH, one_line(said))
        case ["code", str(language), str(said)] if said.strip():
            builder.add(Kind.CODE, said.rstrip(), label=language)
        case ["item", str(marks), str(said)] if one_line(said):
            _add_item(builder, marks, one_line(said))
        case ["table", str(caption), list(rows)]:
            cells = [[one_line(cell) for cell in row] for _, row in rows]
            if not cells or max(map(len, cells)) < 2:
                return
            head, rest = (cells[0], cells[1:]) if rows[0][0] and len(rows) > 1 else head_of(cells)
            if any(is_head for is_head, _ in rows[1:]) and not rows[0][0]:
                head, rest = [], cells
            builder.table(head, rest, one_line(caption))


def _add_item(builder: DocumentBuilder, marks: str, said: str) -> None:
    """Add what follows list marks: ";" a term, ":" what defines it or is indented, "*" and "#" an item."""
    last = builder.blocks[-1] if builder.blocks else None
    if marks.endswith(";"):
        term, colon, meaning = said.partition(" : ")
        place = builder.add(Kind.TERM, term)
        if colon:
            builder.add(Kind.DEFINITION, meaning, parent=place)
    elif marks == ":" and last and last.kind in {Kind.TERM, Kind.DEFINITION}:
        term_at = len(builder.blocks) - 1 if last.kind is Kind.TERM else last.parent
        builder.add(Kind.DEFINITION, said, parent=term_at)
    elif not marks.strip(":"):
        builder.add(Kind.PARAGRAPH, said)
    else:
        level = len(marks)
        parent = builder.introduction()
        for place in range(len(builder.blocks) - 1, -1, -1):
            block = builder.blocks[place]
            if block.kind is not Kind.ITEM:
                break
            if block.level <= level:
                parent = place if block.level < level else block.parent
                break
        mark = "•" if marks.endswith(("*", ":")) else f"{_count(builder, level)}."
        builder.add(Kind.ITEM, said, parent=parent, level=level, label=mark)


def _count(builder: DocumentBuilder, level: int) -> int:
    for block in reversed(builder.blocks):
        if block.kind is not Kind.ITEM or block.level < level:
            break
        if block.level == level:
            return int(block.label[:-1]) + 1 if block.label[:-1].isdigit() else 1
    return 1
