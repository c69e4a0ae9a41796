"""The text of a file that somebody hands in to be checked, of any kind that articles have; read with limits."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from retrieval.core.errors import ArticleError
from retrieval.ingestion.bounded_process import BoundedProcess
from retrieval.ingestion.registry import COMMON, READERS, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

BOUNDED_ITSELF = ".pdf"  # its reader has a process of its own
LARGEST = 2_000_000  # characters of a draft


def draft_text(name: str, content: bytes) -> str:
    """The text of a file of that name. Raises ArticleError, a sentence for whoever handed it in."""
    suffix = posixpath.splitext(name)[1].lower()
    kind = READERS.get(suffix)
    if kind is None or kind.holds in {"files", "documents"}:
        raise ArticleError(f"That kind of file cannot be read here; hand in one of {COMMON}.")
    if len(content) > kind.largest:
        raise ArticleError(f"The file is too large; it may have {kind.largest / 1e6:.0f} MB.")
    try:
        text = parse(suffix, content).text if suffix == BOUNDED_ITSELF else _bounded(suffix, content)
    except ArticleError as error:
        raise ArticleError(f"The file {error}.") from error
    if len(text) > LARGEST:
        raise ArticleError(f"The file has too much text; it may have {LARGEST:,} characters.")
    return text


def _bounded(suffix: str, content: bytes) -> str:
    with BoundedProcess(f"{__name__}:texts_of") as process:
        return "".join(process.ask(suffix.encode() + b"\0" + content))


def texts_of(data: bytes) -> Iterator[Any]:
    """What a bounded process gives for the kind of a file and its bytes, with a NUL between."""
    suffix, _, content = data.partition(b"\0")
    yield parse(suffix.decode(), content).text
