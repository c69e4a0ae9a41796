"""A very large folder of articles -> the file of its index, in so much memory as is allowed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from retrieval.index import index_file
from retrieval.index.array_file import mapped
from retrieval.index.corpus import MOST_MAPPED
from retrieval.index.gc_pause import without_looking_for_garbage
from retrieval.index.segments.joining import Batches
from retrieval.index.writer.counted_parts import Numbering, count, opened, put_aside
from retrieval.index.writer.folder_reading import read_folder
from retrieval.index.writer.merging import article_columns, segment_columns, tidied

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from retrieval.index.writer.counted_parts import OpenPart
    from retrieval.index.writer.folder_reading import FolderReading


def build_in_parts(
    folder: Path,
    work: Path,
    path: Path,
    *,
    part: int,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the index of `folder` to `path`: the one that `build` makes, with less memory and more of the disk.

    So many bytes of files as `part` are counted together, as if there were no others, and what was counted is merged
    while it is written. The rest is as in `build`; it raises OSError where `path` cannot be written, too.
    """
    with without_looking_for_garbage():
        _write(read_folder(folder, work, workers, progress), work, path, part)
    shutil.rmtree(work, ignore_errors=True)  # no file in it is mapped any more


def _write(read: FolderReading, work: Path, path: Path, part: int) -> None:
    joining = Batches(read.lexicon)
    aside = _put_aside(read, joining, work, part)
    vocabulary, ranks = joining.vocabulary()
    numbering = Numbering(len(vocabulary), ranks, joining.writings())
    parts = [_counted(one, numbering) for one in aside]
    release = _releasing(parts, read)
    segment = segment_columns([one.part for one in parts], joining, vocabulary, numbering)
    articles = article_columns([one.packed for one in read.batches])
    index_file.save_columns(tidied(segment, release), tidied(articles, release), read.library, path)


def _put_aside(read: FolderReading, joining: Batches, work: Path, part: int) -> list[Path]:
    """Add every batch, and keep what is added in files, each of about so many bytes of articles as `part`."""
    aside: list[Path] = []
    waiting = 0

    def put() -> None:
        aside.append(work / f"{len(aside):05}.columns")
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
