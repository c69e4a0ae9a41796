"""A large folder of articles -> its corpus, by all cores, and from where it was left when it was cut short."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.index.corpus import Corpus
from retrieval.index.gc_pause import without_looking_for_garbage
from retrieval.index.segments.joining import Batches
from retrieval.index.segments.parts import CorpusPart
from retrieval.index.segments.stored_articles import PackedArticles, StoredArticles
from retrieval.index.segments.vocabulary import Vocabulary
from retrieval.index.writer.folder_reading import read_folder
from retrieval.ingestion.source_folders import SourceFolders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from retrieval.index.writer.batches import Read
    from retrieval.ingestion.source_folders import AddedFolder


def build(
    folder: Path,
    work: Path,
    *,
    added: AddedFolder | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Corpus:
    """The corpus of `folder` and of the sources in `added`, made by `workers` processes.

    There is one for each core where that is not said. `work` is a folder of this function's own; it is gone when the
    corpus is whole, and stays when it is not. `progress` is told (steps done, steps in all); a file is two steps.

    Raises LibraryError where nothing can be answered from the folder, OSError where `work` cannot be written.
    """
    with without_looking_for_garbage():
        read = read_folder(SourceFolders(folder, added), work, workers, progress)
        joining = Batches(read.lexicon)
        for _ in read.counted(joining):
            pass
        segment = joining.joined()
        shelf = StoredArticles(PackedArticles.joined(_texts(read.batches)))
        read.batches.clear()  # some systems do not remove a file that is mapped
    shutil.rmtree(work, ignore_errors=True)
    parts = [CorpusPart.whole(segment, shelf)]
    return Corpus(replace(read.library, articles=shelf), read.analyzer, parts, Vocabulary(segment.vocabulary))


def _texts(reads: Iterable[Read]) -> Iterator[PackedArticles]:
    for read in reads:
        yield read.packed
        read.release()
