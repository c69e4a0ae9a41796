"""Small libraries made of texts, for tests that need articles of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.answer.answerer import Answerer
from retrieval.ingestion import library

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.ingestion.library import Library


def library_of(folder: Path, files: dict[str, str | bytes]) -> Library:
    """The library of a new folder with these files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return library.load(folder)


def answerer_of(folder: Path, files: dict[str, str | bytes]) -> Answerer:
    return Answerer(library_of(folder, files))
