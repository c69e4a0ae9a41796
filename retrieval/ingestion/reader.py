"""Files -> Articles. A new format is one reader file here and one row in READERS."""

from __future__ import annotations

import datetime
import hashlib
import os
import posixpath
from typing import TYPE_CHECKING

from retrieval.core.errors import ArticleError
from retrieval.core.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from retrieval.ingestion.formats.parsed_document import ParsedDocument


def _read_markdown(data: bytes) -> ParsedDocument:
    from retrieval.ingestion.formats.markdown import read_markdown  # noqa: PLC0415 - who has no Markdown does without its parser

    return read_markdown(data)


def _read_text(data: bytes) -> ParsedDocument:
    from retrieval.ingestion.formats.plain_text import read_text  # noqa: PLC0415 - likewise

    return read_text(data)


READERS: Mapping[str, Callable[[bytes], ParsedDocument]] = {
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".txt": _read_text,
}

LARGEST = 10_000_000  # bytes: twenty novels; more in one file is a mistake or wants to be several articles


def read(path: Path, folder: Path) -> Article:
    """The article in the file `path` below `folder`.

    Raises ArticleError, one sentence that names the file, where it cannot be one.
    """
    file = path.relative_to(folder).as_posix()
    try:
        content: bytes | ArticleError = bytes_of(path)
    except ArticleError as error:
        content = error
    return article_of(file, content)


def article_of(file: str, content: bytes | ArticleError) -> Article:
    """The article in the file at the path `file`, with that content, or with what `bytes_of` raised in place of it.

    Raises ArticleError, one sentence that names the file, where it cannot be one.
    """
    try:
        if isinstance(content, ArticleError):
            raise content
        stem, suffix = posixpath.splitext(posixpath.basename(file))
        draft = READERS[suffix.lower()](content)
        _require_text(draft)
        return Article(
            file=file,
            name=_said(draft.about, "name") or _said(draft.about, "title") or _one_line(draft.title) or stem,
            text=draft.text,
            sha256=hashlib.sha256(content).hexdigest(),
            blocks=draft.blocks,
            hidden=draft.hidden,
            date=_date(draft.about.get("date")),
            author=_said(draft.about, "author"),
            publisher=_said(draft.about, "publisher"),
            url=_url(_said(draft.about, "url")),
            licence=_said(draft.about, "licence") or _said(draft.about, "license"),
        )
    except ArticleError as error:
        raise ArticleError(f"{file} {error}.") from error.__cause__


def _require_text(draft: ParsedDocument) -> None:
    if not draft.text.strip():
        raise ArticleError("is empty; write something in it or remove it")


def bytes_of(path: Path) -> bytes:
    """What is in a file. Raises ArticleError, its sentence to follow the file's name, where it cannot be read."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST:
                raise ArticleError(
                    f"is {size / 1e6:,.0f} MB and an article may have {LARGEST / 1e6:.0f} MB; "
                    "split it into several files"
                )
            return file.read()
    except OSError as error:
        raise ArticleError(f"cannot be read ({error.strerror}); check that it may be read by this user") from error


def _said(about: Mapping[str, object], key: str) -> str | None:
    value = about.get(key)
    if value is None:
        return None
    if isinstance(value, list | dict):
        raise ArticleError(f"says “{key}: {value}” in its front matter, which is no line of text; write one line there")
    return _one_line(str(value))


def _one_line(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def _date(value: object) -> datetime.date | None:
    match value:
        case None | "":
            return None
        case datetime.datetime():
            return value.date()
        case datetime.date():
            return value
    try:
        return datetime.date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        raise ArticleError(f"says “date: {value}” in its front matter; write the date as 2020-05-06") from None


def _url(value: str | None) -> str | None:
    if value and not value.startswith(("https://", "http://")):
        raise ArticleError(f"says “url: {value}” in its front matter; write the whole address, from https:// on")
    return value
