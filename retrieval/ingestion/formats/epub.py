"""A book (.epub): its chapters in the order in which they are read."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from retrieval.core.errors import ArticleError
from retrieval.core.model import Kind
from retrieval.ingestion.formats.archive import opened, unpacked
from retrieval.ingestion.formats.decoding import decode
from retrieval.ingestion.formats.document_builder import DocumentBuilder, iso_day, one_line
from retrieval.ingestion.formats.html_page import read_fragment
from retrieval.ingestion.formats.xml_tree import tree_of

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from retrieval.ingestion.formats.parsed_document import ParsedDocument

MOST_CHAPTERS = 2_000
LONGEST = 20_000_000  # bytes of all chapters together


def read_epub(data: bytes) -> ParsedDocument:
    """A book. Raises ArticleError, its sentence to follow the file's name, where it cannot be read."""
    archive = opened(data)
    try:
        container = tree_of(unpacked(archive, "META-INF/container.xml"))
        at = next(root.get("full-path", "") for root in container.iter("rootfile"))
        package = tree_of(unpacked(archive, at))
    except (KeyError, StopIteration):
        raise ArticleError("is no EPUB book: it does not say where its text is") from None
    if "META-INF/encryption.xml" in archive.namelist() and "META-INF/rights.xml" in archive.namelist():
        raise ArticleError("is a book that is locked; only one without a lock can be read")
    about = _about(package)
    title = str(about.pop("title", ""))
    builder = DocumentBuilder()
    if title:
        builder.add(Kind.TITLE, title)
    missing = _add_chapters(builder, archive, _chapters(package, posixpath.dirname(at)))
    if missing:
        builder.remarks[f"lacks {missing} of its chapters, or they are too large"] = None
    return builder.document(title or None, about)


def _add_chapters(builder: DocumentBuilder, archive: zipfile.ZipFile, places: Iterator[str]) -> int:
    """Add the chapters, and return how many could not be read."""
    room, missing = LONGEST, 0
    for place in places:
        try:
            chapter = unpacked(archive, place)
        except (KeyError, ArticleError):
            missing += 1
            continue
        room -= len(chapter)
        if room < 0:
            return missing + 1
        builder.open(-1)
        read_fragment(decode(chapter), builder)
        builder.close()
    return missing


def _chapters(package: Element, folder: str) -> Iterator[str]:
    """Where the chapters are, in the order of the spine; what is not read in turn and the contents are left out."""
    items = {item.get("id", ""): item for item in package.iter("item")}
    for number, entry in enumerate(package.iter("itemref")):
        item = items.get(entry.get("idref", ""))
        if number >= MOST_CHAPTERS:
            return
        if item is None or "nav" in item.get("properties", "").split() or "html" not in item.get("media-type", ""):
            continue
        yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "").split("#")[0])))


def _about(package: Element) -> dict[str, object]:
    found: dict[str, object] = {}
    authors: list[str] = []
    for element in package.iter():
        text = one_line(element.text or "")
        if element.tag in {"title", "publisher", "language"} and text:
            found.setdefault(element.tag, text)
        elif element.tag == "creator" and text:
            authors.append(text)
        elif element.tag == "date" and (day := iso_day(text)):
            found.setdefault("date", day)
        elif element.tag == "identifier" and text.startswith(("https://", "http://")):
            found.setdefault("url", text)
        elif element.tag == "rights" and text:
            found.setdefault("licence", text[:200])
    if authors:
        found["author"] = ", ".join(authors[:5])
    return found
