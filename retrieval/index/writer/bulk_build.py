"""A large folder of articles -> its corpus, by all cores, and from where it was left when it was cut short.

The articles are read in batches of some megabytes, by all cores; what was read lies in files of the work folder. When
all are read, the names are known, and their words get one numbering; each word is looked up once, by all cores. What is
left is counting: the terms of each batch as numbers, and then the index of all batches in their order, in this process.
The outcome does not depend on how many processes there are.
"""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.analysis.analyzer import Analyzer
from retrieval.core.errors import LibraryError
from retrieval.index.code_digest import code_digest
from retrieval.index.corpus import Corpus
from retrieval.index.encoding.lexicon import Lexicon, look_up
from retrieval.index.encoding.term_ids import terms_of
from retrieval.index.gc_pause import without_looking_for_garbage
from retrieval.index.segments.builder import Batches, numbered
from retrieval.index.segments.parts import CorpusPart
from retrieval.index.segments.stored_articles import PackedArticles, StoredArticles
from retrieval.index.segments.vocabulary import Vocabulary
from retrieval.index.writer.batches import Batch, find, opened
from retrieval.index.writer.worker_pool import WorkerPool
from retrieval.ingestion.folder_settings import settings_of
from retrieval.ingestion.library import (
    Library,
    all_names,
    fingerprint_of,
    listed_names,
    nothing_in,
    problem_of_kind,
)
from retrieval.ingestion.scanner import SourceFiles
from retrieval.ingestion.source_folders import SourceFolders, look_in
from retrieval.ingestion.source_names import told_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from retrieval.index.encoding.term_ids import Terms
    from retrieval.index.segments.segment import Segment
    from retrieval.index.writer.batches import BatchContents, Read
    from retrieval.ingestion.scanner import ScannedFile
    from retrieval.ingestion.source_folders import AddedFolder

BATCH = 4_000_000  # bytes of files that are read together
TOGETHER = 16_000  # words that are looked up together
THREADS = 2  # that count at once; more wait for each other


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
    seen = look_in(SourceFolders(folder, added))
    base_url = settings_of(folder).base_url
    batches = [Batch(folder, files, work, code_digest(), base_url, added=added) for files in _batches(seen)]
    steps = _Steps(progress, sum(len(batch.files) for batch in batches))
    work.mkdir(parents=True, exist_ok=True)
    with without_looking_for_garbage():
        with WorkerPool(min(workers or os.cpu_count() or 1, len(batches))) as crew:
            found = []
            for batch, one in zip(batches, crew.each(find, [(batch,) for batch in batches]), strict=True):
                found.append(one)
                steps.take(len(batch.files))
            try:
                library, batches = _library(folder, seen, batches, found, crew)
            except LibraryError:
                shutil.rmtree(work, ignore_errors=True)
                raise
            reads = [opened(batch, one) for batch, one in zip(batches, found, strict=True)]
            analyzer = Analyzer(library.names)
            numbers, lexicon = _lexicon(reads, analyzer, crew, steps)
        segment = _joined(reads, numbers, lexicon, steps)
        shelf = StoredArticles(PackedArticles.joined(_texts(reads)))
        reads.clear()  # some systems do not remove a file that is mapped
    shutil.rmtree(work, ignore_errors=True)
    parts = [CorpusPart.whole(segment, shelf)]
    return Corpus(replace(library, articles=shelf), analyzer, parts, Vocabulary(segment.vocabulary))


def _batches(seen: Iterable[ScannedFile]) -> Iterator[tuple[str, ...]]:
    """The files that may be articles, in their order, some megabytes together."""
    files: list[str] = []
    size = 0
    for one in seen:
        if one.is_article:
            files.append(one.file)
            size += one.size
        if size >= BATCH:
            yield tuple(files)
            files, size = [], 0
    if files:
        yield tuple(files)


def _library(
    folder: Path, seen: Sequence[ScannedFile], batches: Sequence[Batch], found: list[BatchContents], crew: WorkerPool
) -> tuple[Library, list[Batch]]:
    """The library without its articles, and the batches, those again in which an article has a name of another."""
    problems = {one.file: problem for one in seen if (problem := problem_of_kind(one))}
    for one in found:
        problems.update(one.problems)
    apart = told_apart((article.file, article.own_name) for one in found for article in one.articles)
    kept = [
        batch._replace(names=tuple((one.file, apart[one.file]) for one in contents.articles if one.file in apart))
        for batch, contents in zip(batches, found, strict=True)
    ]
    again = [number for number, batch in enumerate(kept) if batch.names]
    for number, one in zip(again, crew.each(find, [(kept[number],) for number in again]), strict=True):
        found[number] = one
    articles = [(article.file, article.sha256) for one in found for article in one.articles]
    if not articles:
        raise LibraryError(nothing_in(folder, [*problems.values()]))
    remarks = {file: said for one in found for file, said in one.remarks.items()}
    listed = listed_names(folder)
    definitions = [defined for one in found for defined in one.definitions]
    library = Library(
        folder=folder,
        articles=(),
        names=all_names(listed, definitions),
        problems=(*problems.values(), *listed.problems, *settings_of(folder).problems),
        fingerprint=fingerprint_of(articles, listed.digest),
        sources=SourceFiles.of(
            seen, [problems.get(one.file, "") for one in seen], [remarks.get(one.file, "") for one in seen]
        ),
        definitions=definitions,
        added=batches[0].added,
    )
    return library, kept


def _lexicon(
    reads: Sequence[Read], analyzer: Analyzer, crew: WorkerPool, steps: _Steps
) -> tuple[list[NDArray[np.int32]], Lexicon]:
    """The numbers that the surfaces of each batch have in the lexicon of all, and that lexicon."""
    numbers, words = numbered([read.words.surfaces for read in reads])
    chunks = [(words.between(at, at + TOGETHER),) for at in range(0, len(words), TOGETHER)]
    steps.share(len(chunks) + len(reads))
    looked_up = []
    for one in crew.each(look_up, chunks):
        looked_up.append(one)
        steps.take_share()
    return numbers, Lexicon.of(looked_up, analyzer)


def _joined(reads: Sequence[Read], numbers: Sequence[NDArray[np.int32]], lexicon: Lexicon, steps: _Steps) -> Segment:
    """The batches as one segment."""
    joining = Batches(lexicon)

    def terms(read: Read, its_numbers: NDArray[np.int32]) -> Terms:
        return terms_of(read.words, its_numbers, lexicon, StoredArticles(read.packed))

    with ThreadPoolExecutor(THREADS) as threads:
        for read, found in zip(reads, threads.map(terms, reads, numbers), strict=True):
            joining.add([article.file for article in read.found.articles], read.words, found)
            read.release()
            steps.take_share()
    return joining.joined()


def _texts(reads: Iterable[Read]) -> Iterator[PackedArticles]:
    for read in reads:
        yield read.packed
        read.release()


class _Steps:
    """Counts two steps for each file, for whoever shows them: when it was read, and spread over what follows."""

    def __init__(self, progress: Callable[[int, int], None] | None, files: int) -> None:
        self._progress = progress
        self._files = files
        self._done = 0
        self._shares = 1
        self._taken = 0

    def take(self, steps: int) -> None:
        self._done += steps
        if self._progress:
            self._progress(self._done, 2 * self._files)

    def share(self, shares: int) -> None:
        """Spread the second steps over so many shares."""
        self._shares = shares

    def take_share(self) -> None:
        self._taken += 1
        self.take(self._files + self._files * self._taken // self._shares - self._done)
