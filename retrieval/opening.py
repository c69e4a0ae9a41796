"""A folder of articles -> its corpus: read from the articles, or from the index that was kept of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval import index_file, library
from retrieval.corpus import read
from retrieval.errors import IndexFileError
from retrieval.folder import look
from retrieval.index_file import NO_INDEX, IndexUse, Use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from retrieval.corpus import Corpus
    from retrieval.folder import Seen

# A smaller library is read from its articles in less time than its index would be looked after; see
# benchmarks/README.md.
LARGE = 1_000_000  # bytes of articles
# Other processes need a second each to start.
WORTH_CORES = 20_000_000  # bytes of articles


def open_corpus(
    folder: Path, kept: Path | None = None, *, progress: Callable[[int, int], None] | None = None
) -> tuple[Corpus, IndexUse]:
    """The corpus of the articles in `folder`, from the index in the folder `kept` where that holds; else it is written.

    `progress` is told (steps done, steps in all) while articles are read, twice over where that is soon done. Raises
    LibraryError where the folder of articles cannot be used.
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
    corpus = _built(folder, seen, path.with_suffix(".unfinished"), progress)
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
    return size_of(seen) >= LARGE


def size_of(seen: Iterable[Seen]) -> int:
    """How many bytes of articles there are."""
    return sum(one.size for one in seen if one.is_article)


def _built(folder: Path, seen: Sequence[Seen], work: Path, progress: Callable[[int, int], None] | None) -> Corpus:
    """The corpus of a large folder, by all cores where that pays and where `work` can be written."""
    if size_of(seen) < WORTH_CORES:
        return _read(folder, progress)
    from retrieval.building import build  # noqa: PLC0415 - other processes are for large folders alone

    try:
        return build(folder, work, progress=progress)
    except OSError:
        return _read(folder, progress)


def _read(folder: Path, progress: Callable[[int, int], None] | None) -> Corpus:
    return read(library.load(folder, progress=progress), progress=progress)
