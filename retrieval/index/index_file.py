"""The index of a folder of articles in a file: kept after it was made, and used again while it holds.

It holds while the files of the folder have the sizes and times that they had when they were read, and the program that
made it is the one that reads it. Whatever else is found in its place is never used.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.synonyms import Name
from retrieval.core.arrays import RaggedArray, StringArray
from retrieval.core.errors import IndexFileError
from retrieval.index import array_file
from retrieval.index.code_digest import code_digest
from retrieval.index.corpus import Corpus
from retrieval.index.segments.fuzzy import FuzzyIndex
from retrieval.index.segments.parts import CorpusPart
from retrieval.index.segments.postings import Postings
from retrieval.index.segments.segment import Segment
from retrieval.index.segments.stored_articles import PackedArticles, StoredArticles
from retrieval.index.segments.surface_forms import SurfaceForms
from retrieval.index.segments.vocabulary import Vocabulary
from retrieval.ingestion.library import Library
from retrieval.ingestion.scanner import SourceFiles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.core.model import Article
    from retrieval.ingestion.source_folders import AddedFolder

logger = logging.getLogger(__name__)

# After how long nobody will come back to an index whose folder is not there: a disk may be away for some time, and
# whether an index was used is noted once a week, when it is checked.
FORGOTTEN = 30 * 86_400  # seconds


@dataclass(frozen=True, slots=True, eq=False)
class StoredIndex:
    """What is in the file: the articles and what was read from them. `definitions` are those of Library."""

    segment: Segment
    articles: PackedArticles
    definitions: StringArray
    sources: SourceFiles


PARTS = {
    kind.__name__: kind
    for kind in (PackedArticles, Postings, RaggedArray, Segment, FuzzyIndex, SourceFiles, StringArray, SurfaceForms)
}


def place(folder: Path, kept: Path) -> Path:
    """Where the index of a folder of articles is in the folder of all indexes."""
    whole = str(folder.resolve())
    digest = hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return kept / f"{folder.resolve().name}-{digest}.index"


def save(corpus: Corpus, path: Path) -> None:
    """Write a corpus of one part to `path`, whole or not at all. Raises OSError."""
    library = corpus.library
    (part,) = corpus.parts
    articles = _packed(library.articles)
    save_columns(dict(array_file.packed(part.segment)), dict(array_file.packed(articles)), library, path)


def save_columns(
    segment: Mapping[str, array_file.Column], articles: Mapping[str, array_file.Column], library: Library, path: Path
) -> None:
    """The same of the arrays of a Segment and of PackedArticles by their names. Raises OSError."""
    about = {
        "made by": code_digest(),
        "folder": str(library.folder.resolve()),
        "names": [name.all for name in library.names],
        "problems": library.problems,
        "fingerprint": library.fingerprint,
        "spoken": library.spoken,
    }
    arrays: dict[str, array_file.Column] = {f"segment.{name}": column for name, column in segment.items()}
    arrays |= {f"articles.{name}": column for name, column in articles.items()}
    arrays |= dict(array_file.packed(StringArray.of(library.definitions), "definitions."))
    arrays |= dict(array_file.packed(library.sources, "sources."))
    array_file.write(path, arrays, about)


def clear(kept: Path) -> None:
    """Remove from the folder of all indexes what nobody used for a month and nobody will.

    That is an index whose folder of articles does not exist, or that is none of this version, and what a program left
    behind that was writing one and ended. A process that has an index open keeps what it mapped, and would write it
    anew at its next start.
    """
    with suppress(OSError):
        for path in sorted(kept.iterdir()):
            if _is_forgotten(path):
                logger.info("%s was not used for a month, and what it was made of is gone: it is removed.", path)
                path.with_suffix(".checked").unlink(missing_ok=True)
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)


def _is_forgotten(path: Path) -> bool:
    if path.suffix not in (".index", ".embeddings", ".partial", ".unfinished"):
        return False
    noted = [file.stat().st_mtime for file in (path, path.with_suffix(".checked")) if file.exists()]
    if not noted or time.time() - max(noted) < FORGOTTEN:
        return False
    return path.suffix in (".partial", ".unfinished") or not _may_be_of_use(path)


def _may_be_of_use(path: Path) -> bool:
    """Whether the folder that an index is of is there, as far as this user may know."""
    try:
        return Path(array_file.Stored(path).about["folder"]).exists()
    except IndexFileError as error:
        return isinstance(error.__cause__, OSError)
    except OSError:
        return True


def _packed(articles: Sequence[Article]) -> PackedArticles:
    return articles.packed if isinstance(articles, StoredArticles) else PackedArticles.of(articles)


def load(path: Path, folder: Path | None, added: AddedFolder | None = None) -> Corpus:
    """The corpus that was saved to `path`, as the articles in `folder` and the added ones in `added` were then.

    Where `folder` is None, it may be of any.

    Raises FileNotFoundError where there is none; IndexFileError, which says why, where it is none of this folder, was
    made by another version, or is not whole.
    """
    stored = array_file.Stored(path)
    about = stored.about
    if about.get("made by") != code_digest():
        raise IndexFileError("it was made by another version")
    if folder and about["folder"] != str(folder.resolve()):
        raise IndexFileError(f"it is of another folder, {about['folder']}")
    stored.check()
    kept: StoredIndex = array_file.unpacked(StoredIndex, stored.arrays(), PARTS)
    names = tuple(Name(main, tuple(others)) for main, *others in about["names"])
    library = Library(
        folder=folder or Path(about["folder"]),
        articles=StoredArticles(kept.articles),
        names=names,
        problems=tuple(about["problems"]),
        fingerprint=about["fingerprint"],
        sources=kept.sources,
        definitions=kept.definitions,
        spoken=about["spoken"],
        added=added,
    )
    part = CorpusPart.whole(kept.segment, library.articles)
    return Corpus(
        library, Analyzer(names, tuple(library.languages)), [part], Vocabulary(kept.segment.vocabulary), stored.release
    )
