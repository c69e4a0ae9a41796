"""The index of a folder of articles in a file: kept after it was made, and used again while it holds.

It holds while the files of the folder have the sizes and times that they had when they were read, and the program that
made it is the one that reads it. Whatever else is found in its place is never used.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

from retrieval import storage
from retrieval.corpus import Corpus
from retrieval.errors import IndexFileError
from retrieval.flat import Runs, Strings
from retrieval.folder import Sources
from retrieval.library import Library
from retrieval.names import Name
from retrieval.parts import Part
from retrieval.postings import Postings
from retrieval.segment import Segment
from retrieval.shapes import Shapes
from retrieval.shelf import PackedArticles, Shelf
from retrieval.terms import Analyzer
from retrieval.vocabulary import Vocabulary
from retrieval.writings import Writings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retrieval.model import Article

# What decides what is in an index: our own files, and packages whose next version may read articles otherwise.
MODULES = ("", "articles")
FILES = (".py", ".txt")
PACKAGES = ("charset-normalizer", "markdown-it-py", "nltk", "python-frontmatter")


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What is in the file: the articles and what was read from them. `definitions` are those of Library."""

    segment: Segment
    articles: PackedArticles
    definitions: Strings
    sources: Sources


PARTS = {kind.__name__: kind for kind in (PackedArticles, Postings, Runs, Segment, Shapes, Sources, Strings, Writings)}


def place(folder: Path, kept: Path) -> Path:
    """Where the index of a folder of articles is in the folder of all indexes."""
    whole = str(folder.resolve())
    digest = hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return kept / f"{folder.resolve().name}-{digest}.index"


def save(corpus: Corpus, path: Path) -> None:
    """Write a corpus of one part to `path`, whole or not at all. Raises OSError."""
    library = corpus.library
    (part,) = corpus.parts
    kept = Kept(
        segment=part.segment,
        articles=_packed(library.articles),
        definitions=Strings.of(library.definitions),
        sources=library.sources,
    )
    about = {
        "made by": made_by(),
        "folder": str(library.folder.resolve()),
        "names": [name.all for name in library.names],
        "problems": library.problems,
        "fingerprint": library.fingerprint,
    }
    storage.write(path, dict(storage.packed(kept)), about)


def _packed(articles: Sequence[Article]) -> PackedArticles:
    return articles.packed if isinstance(articles, Shelf) else PackedArticles.of(articles)


def load(path: Path, folder: Path) -> Corpus:
    """The corpus that was saved to `path`, as the articles in `folder` were then.

    Raises FileNotFoundError where there is none; IndexFileError, which says why, where it is none of this folder, was
    made by another version, or is not whole.
    """
    stored = storage.Stored(path)
    about = stored.about
    if about.get("made by") != made_by():
        raise IndexFileError("it was made by another version")
    if about["folder"] != str(folder.resolve()):
        raise IndexFileError(f"it is of another folder, {about['folder']}")
    stored.check()
    kept: Kept = storage.unpacked(Kept, stored.arrays(), PARTS)
    names = tuple(Name(main, tuple(others)) for main, *others in about["names"])
    library = Library(
        folder=folder,
        articles=Shelf(kept.articles),
        names=names,
        problems=tuple(about["problems"]),
        fingerprint=about["fingerprint"],
        sources=kept.sources,
        definitions=kept.definitions,
    )
    part = Part.whole(kept.segment, library.articles)
    return Corpus(library, Analyzer(names), [part], Vocabulary(kept.segment.vocabulary), stored.release)


@cache
def made_by() -> str:
    """A digest of all that decides what is in an index but the articles: our modules and the packages they use."""
    whole = hashlib.sha256()
    for name in MODULES:
        for file in sorted(files("retrieval").joinpath(name).iterdir(), key=lambda file: file.name):
            if file.name.endswith(FILES):
                whole.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    for package in PACKAGES:
        whole.update(f"{package} {version(package)}\n".encode())
    whole.update(f"{sys.version_info[:2]} {unicodedata.unidata_version} {sys.byteorder}".encode())
    return whole.hexdigest()
