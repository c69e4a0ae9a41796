"""A folder of articles -> its corpus: read from the articles, or from the index that was kept of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.core.errors import IndexFileError, LibraryError
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
# What building takes, measured with benchmarks.building: in one go for each byte of articles; in parts so much, and
# for each byte that is counted together.
IN_ONE_GO = 8
BEFORE_COUNTING = 400_000_000  # bytes
TOGETHER = 8
LEAST_PART = 4_000_000  # bytes of articles
MEMORY = 2_000_000_000  # bytes that building may take where nothing else is said


def open_corpus(
    folder: Path,
    kept: Path | None = None,
    *,
    added: AddedFolder | None = None,
    memory: int = MEMORY,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Corpus, IndexStatus]:
    """The corpus of the articles in `folder`, from the index in the folder `kept` where that holds; else it is written.

    `added` is the folder of the sources that were added while the library was in use.

    That may take about so many bytes of `memory`: an index that needs more is built in parts. `progress` is told (steps
    done, steps in all) while articles are read, twice over where that is soon done. Raises LibraryError where the
    folder of articles cannot be used, or is so large that it cannot be without an index, which cannot be written.
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
    if size_of(seen) * IN_ONE_GO > memory:
        return _built_in_parts(folders, path, memory, progress), IndexStatus(IndexState.WRITTEN, path, use.note)
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


def part_of(memory: int) -> int:
    """How many bytes of articles may be counted together so that building takes about so many bytes of memory."""
    return max(LEAST_PART, (memory - BEFORE_COUNTING) // TOGETHER)


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


def _built_in_parts(
    folders: SourceFolders, path: Path, memory: int, progress: Callable[[int, int], None] | None
) -> Corpus:
    """The corpus of a very large folder, whose index is built in about so many bytes of memory and kept at `path`."""
    from retrieval.index import index_file  # noqa: PLC0415 - as above
    from retrieval.index.writer.build_in_parts import build_in_parts  # noqa: PLC0415 - as above

    try:
        build_in_parts(
            folders.seeds,
            path.with_suffix(".unfinished"),
            path,
            added=folders.added,
            part=part_of(memory),
            progress=progress,
        )
        return index_file.load(path, *folders)
    except (OSError, IndexFileError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise LibraryError(
            f"The index {path} cannot be written ({reason}), and without one the articles in {folders.seeds} take more "
            "memory than QUOTH_BUILD_MEMORY allows; let this user write to that folder, make room on its disk, or "
            "allow more."
        ) from error


def _read(folders: SourceFolders, progress: Callable[[int, int], None] | None) -> Corpus:
    return read(library.load(folders.seeds, added=folders.added, progress=progress), progress=progress)
