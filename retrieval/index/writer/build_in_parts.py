"""A very large folder of articles -> the file of its index, in so much memory as is allowed."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from retrieval.index import index_file
from retrieval.index.array_file import mapped
from retrieval.index.corpus import MOST_MAPPED
from retrieval.index.gc_pause import without_looking_for_garbage
from retrieval.index.segments.joining import Batches
from retrieval.index.writer.counted_parts import Numbering, count, opened, put_aside
from retrieval.index.writer.folder_reading import read_folder
from retrieval.index.writer.merging import article_columns, segment_columns, tidied
from retrieval.ingestion.source_folders import SourceFolders

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.index.writer.counted_parts import OpenPart
    from retrieval.index.writer.folder_reading import FolderReading
    from retrieval.ingestion.source_folders import AddedFolder

UNFINISHED = ".unfinished"
ABANDONED = 86_400  # seconds without a new part


def build_in_parts(
    folder: Path,
    work: Path,
    path: Path,
    *,
    part: int,
    added: AddedFolder | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the index that `build` makes of `folder` and `added` to `path`, with less memory and more of the disk.

    So many bytes of files as `part` are counted together, as if there were no others, and what was counted is merged
    while it is written. The rest is as in `build`; it raises OSError where `path` cannot be written, too.
    """
    _clear(work)
    mine = TemporaryDirectory(prefix=f"{work.stem}-", suffix=UNFINISHED, dir=work.parent, ignore_cleanup_errors=True)
    with without_looking_for_garbage(), mine as parts:  # another process may make the same index at the same time
        _write(read_folder(SourceFolders(folder, added), work, workers, progress), Path(parts), path, part)
    shutil.rmtree(work, ignore_errors=True)  # no file in it is mapped any more


def _clear(work: Path) -> None:
    """Have a place for `work`, and remove what processes left beside it that were killed long ago."""
    work.parent.mkdir(parents=True, exist_ok=True)
    for left in work.parent.glob(f"{work.stem}-*{UNFINISHED}"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > ABANDONED:
                shutil.rmtree(left, ignore_errors=True)


def _write(read: FolderReading, kept: Path, path: Path, part: int) -> None:
    """Write the index of what was read to `path`; the parts are kept in the folder `kept`."""
    joining = Batches(read.lexicon)
    aside = _put_aside(read, joining, kept, part)
    vocabulary, ranks = joining.vocabulary()
    numbering = Numbering(len(vocabulary), ranks, joining.writings())
    parts = [_counted(one, numbering) for one in aside]
    release = _releasing(parts, read)
    segment = segment_columns([one.part for one in parts], joining, vocabulary, numbering)
    articles = article_columns([one.packed for one in read.batches])
    index_file.save_columns(tidied(segment, release), tidied(articles, release), read.library, path)


def _put_aside(read: FolderReading, joining: Batches, kept: Path, part: int) -> list[Path]:
    """Add every batch, and keep what is added in files, each of about so many bytes of articles as `part`."""
    aside: list[Path] = []
    waiting = 0

    def put() -> None:
        aside.append(kept / f"{len(aside):05}.columns")
        put_aside(joining.columns(), aside[-1])

    for size in read.counted(joining):
        waiting += size
        if waiting >= part:
            put()
            waiting = 0
    if waiting or not aside:
        put()
    return aside


def _counted(aside: Path, numbering: Numbering) -> OpenPart:
    path = aside.with_suffix(".part")
    count(aside, numbering, path)
    return opened(path)


def _releasing(parts: list[OpenPart], read: FolderReading) -> Callable[[], None]:
    """What gives back the memory that the files take which are mapped, once that is much."""

    def release() -> None:
        if mapped() > MOST_MAPPED:
            for part in parts:
                part.release()
            for batch in read.batches:
                batch.release()

    return release
