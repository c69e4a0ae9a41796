"""A large folder -> its articles in batches, with the terms of each as numbers: all that comes before counting.

The articles are read in batches of some megabytes, by all cores; what was read lies in files of the work folder. When
all are read, the names are known, and their words get one numbering; each word is looked up once, by all cores. What is
left is counting: the terms of each batch as numbers, and then the index of all batches in their order, in one process.
The outcome does not depend on how many processes there are.
"""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from retrieval.analysis.analyzer import Analyzer
from retrieval.core.errors import LibraryError
from retrieval.index.code_digest import code_digest
from retrieval.index.encoding.lexicon import Lexicon, look_up
from retrieval.index.encoding.term_ids import terms_of
from retrieval.index.segments.builder import numbered
from retrieval.index.segments.stored_articles import StoredArticles
from retrieval.index.writer.batches import Batch, find, opened
from retrieval.index.writer.worker_pool import WorkerPool
from retrieval.ingestion.folder_settings import settings_of
from retrieval.ingestion.library import (
    Library,
    all_names,
    fingerprint_of,
    languages_in,
    listed_names,
    nothing_in,
    problem_of_kind,
)
from retrieval.ingestion.scanner import SourceFiles
from retrieval.ingestion.source_folders import look_in
from retrieval.ingestion.source_names import told_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from retrieval.index.encoding.term_ids import Terms
    from retrieval.index.segments.joining import Batches
    from retrieval.index.writer.batches import BatchContents, Read
    from retrieval.ingestion.scanner import ScannedFile
    from retrieval.ingestion.source_folders import SourceFolders

BATCH = 4_000_000  # bytes of files that are read together
TOGETHER = 16_000  # words that are looked up together
THREADS = 2  # that count at once; more wait for each other
AHEAD = 8  # batches whose terms may be there before they are joined


class BuildSteps:
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


class FolderReading(NamedTuple):
    """A folder whose words are numbered: its library without articles, and its batches with `numbers` of their words.

    `sizes` are how many bytes of files each batch has.
    """

    library: Library
    analyzer: Analyzer
    batches: list[Read]
    sizes: list[int]
    numbers: list[NDArray[np.int32]]
    lexicon: Lexicon
    steps: BuildSteps

    def counted(self, joining: Batches) -> Iterator[int]:
        """Add the terms of each batch to `joining`, and give its size."""

        def terms(read: Read, its_numbers: NDArray[np.int32]) -> Terms:
            return terms_of(read.words, its_numbers, self.lexicon, StoredArticles(read.packed))

        with ThreadPoolExecutor(THREADS) as threads:
            for first in range(0, len(self.batches), AHEAD):
                some = slice(first, first + AHEAD)
                for read, size, found in zip(
                    self.batches[some],
                    self.sizes[some],
                    threads.map(terms, self.batches[some], self.numbers[some]),
                    strict=True,
                ):
                    joining.add([article.file for article in read.found.articles], read.words, found)
                    read.release()
                    self.steps.take_share()
                    yield size


def read_folder(
    folders: SourceFolders,
    work: Path,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> FolderReading:
    """Read the articles by so many processes, as far as what comes before counting."""
    folder, added = folders
    seen = look_in(folders)
    base_url = settings_of(folder).base_url
    sizes = {one.file: one.size for one in seen}
    batches = [Batch(folder, files, work, code_digest(), base_url, added=added) for files in _batches(seen)]
    steps = BuildSteps(progress, sum(len(batch.files) for batch in batches))
    work.mkdir(parents=True, exist_ok=True)
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
        analyzer = Analyzer(library.names, _languages(library, found))
        numbers, lexicon = _lexicon(reads, analyzer, crew, steps)
    bytes_of = [sum(sizes[file] for file in batch.files) for batch in batches]
    return FolderReading(library, analyzer, reads, bytes_of, numbers, lexicon, steps)


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
        spoken={file: codes for one in found for file, codes in one.spoken.items()},
        added=batches[0].added,
    )
    return library, kept


def _languages(library: Library, found: Sequence[BatchContents]) -> tuple[str, ...]:
    """The languages of a library whose articles are not there yet."""
    return tuple(languages_in(library.spoken, sum(len(one.articles) for one in found)))


def _lexicon(
    reads: Sequence[Read], analyzer: Analyzer, crew: WorkerPool, steps: BuildSteps
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
