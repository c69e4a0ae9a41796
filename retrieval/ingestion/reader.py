"""Files -> Articles. A new format is one reader file in formats/ and one row in registry.READERS."""

from __future__ import annotations

import hashlib
import os
import posixpath
import stat
from typing import TYPE_CHECKING

from retrieval.analysis.languages.recognition import sections_in
from retrieval.core.errors import ArticleError
from retrieval.core.model import Article
from retrieval.ingestion.metadata import metadata_of
from retrieval.ingestion.registry import largest_size, parse
from retrieval.ingestion.source_names import may_be_a_name, readable

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.ingestion.formats.parsed_document import ParsedDocument


def read(path: Path, folder: Path, base_url: str = "") -> Article:
    """The article in the file `path` below `folder`; a relative address in it is relative to `base_url`.

    Raises ArticleError, one sentence that names the file, where it cannot be one.
    """
    file = path.relative_to(folder).as_posix()
    try:
        content: bytes | ArticleError = bytes_of(path)
    except ArticleError as error:
        content = error
    return article_of(file, content, base_url)


def article_of(file: str, content: bytes | ArticleError, base_url: str = "") -> Article:
    """The article in the file at the path `file`, with that content, or with what `bytes_of` raised in place of it.

    Raises ArticleError, one sentence that names the file, where it cannot be one.
    """
    try:
        if isinstance(content, ArticleError):
            raise content
        draft = parse(posixpath.splitext(file)[1].lower(), content)
    except ArticleError as error:
        raise ArticleError(f"{file} {error}.") from error.__cause__
    return article_from(file, draft, hashlib.sha256(content).hexdigest(), base_url)


def article_from(file: str, draft: ParsedDocument, sha256: str, base_url: str = "") -> Article:
    """The article that a reader's draft becomes; `sha256` is the digest of what it was read from.

    Raises ArticleError, one sentence that names the file, where it is empty.
    """
    try:
        _require_text(draft)
        about = metadata_of(file, draft, base_url)
        return Article(
            file=file,
            name=about.name or _title(draft) or readable(file),
            text=draft.text,
            sha256=sha256,
            blocks=draft.blocks,
            hidden=draft.hidden,
            date=about.date,
            author=about.author,
            publisher=about.publisher,
            url=about.url,
            licence=about.licence,
            precision=about.precision,
            languages=sections_in(draft.text, draft.blocks, about.language),
            guessed=about.guessed,
            remarks=tuple(f"{file} {remark}." for remark in (*draft.remarks, *about.remarks)),
        )
    except ArticleError as error:
        raise ArticleError(f"{file} {error}.") from error.__cause__


def _require_text(draft: ParsedDocument) -> None:
    if not draft.text.strip():
        raise ArticleError("is empty; write something in it or remove it")


def _title(draft: ParsedDocument) -> str:
    """The title that the reader found in the text, where it may name a source."""
    said = " ".join((draft.title or "").split())
    return said if may_be_a_name(said) else ""


def bytes_of(path: Path) -> bytes:
    """What is in a file. Raises ArticleError, its sentence to follow the file's name, where it cannot be read."""
    largest = largest_size(path.suffix)
    try:
        # A pipe or a device that took the place of a file would keep whoever opens it waiting.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb") as file:  # noqa: PTH123
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise ArticleError("is no file that can be read; remove it")
            if state.st_size > largest:
                raise _too_large(state.st_size, largest)
            content = file.read(largest + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ArticleError(f"cannot be read ({reason}); check that it may be read by this user") from error
    if len(content) > largest:
        raise _too_large(len(content), largest)
    return content


def _too_large(size: int, largest: int) -> ArticleError:
    return ArticleError(
        f"is {size / 1e6:,.0f} MB and such a file may have {largest / 1e6:.0f} MB; split it into several files"
    )
