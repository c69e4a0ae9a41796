"""A folder of articles -> its corpus: read from the articles, or from the index that was kept of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.core.errors import IndexFileError
from retrieval.index.corpus import read
from retrieval.index.status import NO_INDEX, IndexState, IndexStatus
from retrieval.ingestion import library
from retrieval.ingestion.source_folders import SourceFolders, look_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from retrieval.index.corpus import Corpus
    from retrieval.ingestion.scanner import ScannedFile
    from retrieval.ingestion.source_folders import AddedFolder

# A smaller library is read from its articles in less time than its index would be looked after; see
# benchmarks/README.md.
LARGE = 250_000  # bytes of articles
# Where more of the files are new, or are no more, an index is made anew.
MANY = 0.02
# Other processes need a second each to start.
WORTH_CORES = 20_000_000  # bytes of articles


def open_corpus(
    folder: Path,
    kept: Path | None = None,
    *,
    added: AddedFolder | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Corpus, IndexStatus]:
    """The corpus of the articles in `folder`, from the index in the folder `kept` where that holds; else it is written.

    `added` is the folder of the sources that were added while the library was in use.

    `progress` is told (steps done, steps in all) while articles are read, twice over where that is soon done. Raises
    LibraryError where the folder of articles cannot be used.
    """
    folders = SourceFolders(folder, added)
    seen = look_in(folders)
    if kept is None or not is_large(seen):
        return _read(folders, progress), NO_INDEX
    from retrieval.index import index_file  # noqa: PLC0415 - few articles are read sooner than what is behind is imported

    index_file.clear(kept)
    path = index_file.place(folder, kept)
    corpus, use = _found(folders, path, seen)
    if corpus:
        return corpus, use
    corpus = _built(folders, seen, path.with_suffix(".unfinished"), progress)
    try:
        index_file.save(corpus, path)
        return index_file.load(path, folder, added), IndexStatus(IndexState.WRITTEN, path, use.note)
    except (OSError, IndexFileError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        note = (
            f"The index {path} cannot be written ({reason}), so the articles are read again at each start; let this "
            "user write to that folder."
        )
        return corpus, IndexStatus(IndexState.FAILED, path, note)


def _found(folders: SourceFolders, path: Path, seen: Sequence[ScannedFile]) -> tuple[Corpus | None, IndexStatus]:
    """The corpus of the folder from the index at `path`; None where there is none that can be used.

    Of a few files that changed since it was written, what is new is read; where many did, it is better made anew.
    """
    from retrieval.index import index_file  # noqa: PLC0415 - as above

    try:
        corpus = index_file.load(path, *folders)
    except FileNotFoundError:
        return None, IndexStatus(IndexState.WRITTEN, path)
    except IndexFileError as error:
        why = f"The index {path} was not used, since {error}; it was made anew from the articles."
        return None, IndexStatus(IndexState.WRITTEN, path, why)
    since = corpus.library.sources.differ(seen)
    if since > MANY * len(seen):
        return None, IndexStatus(IndexState.WRITTEN, path)
    if not corpus.library.sources.are(seen):
        from retrieval.index.writer.update import changed  # noqa: PLC0415 - as above

        corpus, _ = changed(corpus, seen)
    return corpus, IndexStatus(IndexState.FOUND, path, since=since)


def is_large(seen: Sequence[ScannedFile]) -> bool:
    """Whether an index is kept of a folder with these files."""
    whole = 0
    for one in seen:  # the first few will do: there may be tens of thousands
        whole += one.size if one.is_readable else 0
        if whole >= LARGE:
            return True
    return False


def size_of(seen: Iterable[ScannedFile]) -> int:
    """How many bytes of articles there are."""
    return sum(one.size for one in seen if one.is_readable)


def _built(
    folders: SourceFolders, seen: Sequence[ScannedFile], work: Path, progress: Callable[[int, int], None] | None
) -> Corpus:
    """The corpus of a large folder, by all cores where that pays and where `work` can be written."""
    if size_of(seen) < WORTH_CORES:
        return _read(folders, progress)
    from retrieval.index.writer.bulk_build import build  # noqa: PLC0415 - other processes are for large folders alone

    try:
        return build(folders.seeds, work, added=folders.added, progress=progress)
    except OSError:
        return _read(folders, progress)


def _read(folders: SourceFolders, progress: Callable[[int, int], None] | None) -> Corpus:
    return read(library.load(folders.seeds, added=folders.added, progress=progress), progress=progress)
