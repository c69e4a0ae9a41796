"""A folder of articles -> its corpus: read from the articles, or from the index that was kept of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval import index_file, library
from retrieval.corpus import read
from retrieval.errors import IndexFileError
from retrieval.folder import look
from retrieval.index_file import NO_INDEX, IndexUse, Use

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from retrieval.corpus import Corpus
    from retrieval.folder import Seen

# A smaller library is read from its articles in less time than its index would be looked after; see
# benchmarks/README.md.
LARGE = 1_000_000  # bytes of articles


def open_corpus(
    folder: Path, kept: Path | None = None, *, progress: Callable[[int, int], None] | None = None
) -> tuple[Corpus, IndexUse]:
    """The corpus of the articles in `folder`, from the index in the folder `kept` where that holds; else it is written.

    `progress` is told (steps done, steps in all), twice over, while articles are read. Raises LibraryError where the
    folder of articles cannot be used.
    """
    seen = look(folder)
    if kept is None or not is_large(seen):
        return _read(folder, progress), NO_INDEX
    path = index_file.place(folder, kept)
    try:
        corpus = index_file.load(path, folder)
        if corpus.library.sources.are(seen):
            return corpus, IndexUse(Use.FOUND, path)
        why = ""
    except FileNotFoundError:
        why = ""
    except IndexFileError as error:
        why = f"The index {path} was not used, since {error}; it was made anew from the articles."
    corpus = _read(folder, progress)
    try:
        index_file.save(corpus, path)
    except OSError as error:
        return corpus, IndexUse(
            Use.FAILED,
            path,
            f"The index {path} cannot be written ({error.strerror}), so the articles will be read again at the next "
            "start; let this user write to that folder.",
        )
    return corpus, IndexUse(Use.WRITTEN, path, why)


def is_large(seen: Sequence[Seen]) -> bool:
    """Whether an index is kept of a folder with these files."""
    return sum(one.size for one in seen if one.is_article) >= LARGE


def _read(folder: Path, progress: Callable[[int, int], None] | None) -> Corpus:
    return read(library.load(folder, progress=progress), progress=progress)
