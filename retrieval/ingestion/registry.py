"""Which files are read, by what, and what has to be installed for it."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from retrieval.core.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SMALL = 10_000_000  # bytes: twenty novels; more in one text wants to be several articles
LARGE = 50_000_000  # of a file that holds pictures, or many articles


class Format(NamedTuple):
    """A kind of file: the function that reads it ("module:name"), what it is called, and how large it may be.

    `needs` is the module without which it cannot be read, which the extra `formats` brings. A file that `holds` files
    or documents is read as a folder of them; another one is an article.
    """

    reader: str
    name: str
    needs: str = ""
    holds: str = ""
    largest: int = SMALL


READERS: Mapping[str, Format] = {
    ".md": Format("retrieval.ingestion.formats.markdown:read_markdown", "Markdown"),
    ".markdown": Format("retrieval.ingestion.formats.markdown:read_markdown", "Markdown"),
    ".txt": Format("retrieval.ingestion.formats.plain_text:read_text", "plain text"),
    ".rst": Format("retrieval.ingestion.formats.restructured_text:read_restructured_text", "reStructuredText"),
    ".adoc": Format("retrieval.ingestion.formats.asciidoc:read_asciidoc", "AsciiDoc"),
    ".asciidoc": Format("retrieval.ingestion.formats.asciidoc:read_asciidoc", "AsciiDoc"),
    ".html": Format("retrieval.ingestion.formats.html_page:read_html", "HTML"),
    ".htm": Format("retrieval.ingestion.formats.html_page:read_html", "HTML"),
    ".xhtml": Format("retrieval.ingestion.formats.html_page:read_html", "HTML"),
    ".csv": Format("retrieval.ingestion.formats.delimited_table:read_table", "a table of comma-separated values"),
    ".tsv": Format("retrieval.ingestion.formats.delimited_table:read_table", "a table of tab-separated values"),
    ".json": Format("retrieval.ingestion.formats.json_records:read_json", "JSON", holds="documents"),
    ".jsonl": Format("retrieval.ingestion.formats.json_records:read_json_lines", "JSON Lines", holds="documents"),
    ".ndjson": Format("retrieval.ingestion.formats.json_records:read_json_lines", "JSON Lines", holds="documents"),
    ".srt": Format("retrieval.ingestion.formats.subtitles:read_subtitles", "subtitles"),
    ".vtt": Format("retrieval.ingestion.formats.subtitles:read_subtitles", "subtitles"),
    ".eml": Format("retrieval.ingestion.formats.mail:read_mail", "an e-mail"),
    ".docx": Format("retrieval.ingestion.formats.word:read_word", "a Word document", largest=LARGE),
    ".odt": Format(
        "retrieval.ingestion.formats.open_document:read_open_document", "an OpenDocument text", largest=LARGE
    ),
    ".epub": Format("retrieval.ingestion.formats.epub:read_epub", "an EPUB book", largest=LARGE),
    ".pdf": Format("retrieval.ingestion.formats.pdf:read_pdf", "a PDF", needs="pypdfium2", largest=LARGE),
    ".xml": Format(
        "retrieval.ingestion.formats.mediawiki:read_dump",
        "a MediaWiki export",
        needs="mwparserfromhell",
        holds="documents",
        largest=LARGE,
    ),
    ".zip": Format("retrieval.ingestion.formats.archive:files_in_zip", "a zip", holds="files", largest=LARGE),
    ".gz": Format("retrieval.ingestion.formats.archive:file_in_gzip", "a gzip file", holds="files", largest=LARGE),
    ".bz2": Format("retrieval.ingestion.formats.archive:file_in_bzip2", "a bzip2 file", holds="files", largest=LARGE),
}

COMMON = ".md, .txt, .html, .docx, .pdf"  # those of READERS that most people have


def largest_size(suffix: str) -> int:
    """How many bytes a file of that kind may have."""
    kind = READERS.get(suffix.lower())
    return kind.largest if kind else SMALL


def is_read(file: str) -> bool:
    """Whether a file is of a kind that is read, by its name; of one that is packed alone, what is in it counts."""
    stem, suffix = os.path.splitext(file)  # noqa: PTH122 - quicker for thousands of files
    kind = READERS.get(suffix.lower())
    if kind is None or kind.holds != "files" or suffix.lower() == ".zip":
        return kind is not None
    inside = READERS.get(os.path.splitext(stem)[1].lower())  # noqa: PTH122 - likewise
    return inside is not None and inside.holds != "files"


def parse(suffix: str, data: bytes) -> Any:
    """What the reader of a kind of file makes of its bytes.

    Raises ArticleError, its sentence to follow the file's name, where it cannot be read.
    """
    kind = READERS[suffix]
    try:
        return _function(kind.reader)(data)
    except RecursionError:
        raise ArticleError("is nested too deep to be read; make it flatter") from None


@cache
def _function(place: str) -> Callable[[bytes], Any]:
    module, name = place.split(":")
    return getattr(import_module(module), name)  # type: ignore[no-any-return]
