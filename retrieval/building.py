"""A large folder of articles -> its corpus, by all cores, and from where it was left when it was cut short.

The articles are read in batches of some megabytes. What is read of a batch before the names of things are known lies
in a file of the work folder, named by the content of its articles and by this program, so that another start finds it.
When all batches are read, the names are known; then the terms of each batch are numbered, and the batches are joined in
their order. The outcome does not depend on how many processes there are.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from retrieval import storage
from retrieval.articles import article_of, bytes_of
from retrieval.corpus import Corpus
from retrieval.crew import Crew
from retrieval.errors import ArticleError, IndexFileError, LibraryError
from retrieval.flat import Strings
from retrieval.folder import Sources, look
from retrieval.index_file import made_by
from retrieval.library import (
    Library,
    all_names,
    definitions_of,
    fingerprint,
    listed_names,
    nothing_in,
    problem_of_kind,
    refuse_second,
)
from retrieval.model import Article
from retrieval.names import NAMES_FILE
from retrieval.numbering import terms_of
from retrieval.parts import Part
from retrieval.reading import Words, words_of
from retrieval.segment import Batches
from retrieval.shelf import PackedArticles, Shelf
from retrieval.terms import Analyzer
from retrieval.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from retrieval.folder import Seen
    from retrieval.names import Name
    from retrieval.numbering import Terms

BATCH = 4_000_000  # bytes of files that are read together
LISTS = ("titles", "surfaces")  # of Words, which are no arrays


class Batch(NamedTuple):
    """Files that are read together, below `folder`; `work` is the folder for what was read, `maker` the program."""

    folder: Path
    files: tuple[str, ...]
    work: Path
    maker: str


class Found(NamedTuple):
    """What was found in a batch: its articles without texts, the names each defines, and why a file was left out.

    `path` is the file in which the rest is.
    """

    path: Path
    articles: list[Article]
    definitions: list[str]
    problems: dict[str, str]


class Read(NamedTuple):
    """What was read of a batch, and what was found in it."""

    found: Found
    words: Words
    packed: PackedArticles


def build(
    folder: Path, work: Path, *, workers: int | None = None, progress: Callable[[int, int], None] | None = None
) -> Corpus:
    """The corpus of `folder`, made by `workers` processes, one for each core where that is not said.

    `work` is a folder of this function's own; it is gone when the corpus is whole, and stays when it is not. `progress`
    is told (steps done, steps in all); a file is two steps. Raises LibraryError where nothing can be answered from the
    folder, OSError where `work` cannot be written.
    """
    seen = look(folder)
    batches = [Batch(folder, files, work, made_by()) for files in _batches(seen)]
    sizes = [len(batch.files) for batch in batches]
    steps = _Steps(progress, 2 * sum(sizes))
    work.mkdir(parents=True, exist_ok=True)
    with Crew(min(workers or os.cpu_count() or 1, len(batches))) as crew:
        found = []
        for one, size in zip(crew.each(_find, [(batch,) for batch in batches]), sizes, strict=True):
            found.append(one)
            steps.take(size)
        try:
            library, batches = _library(folder, seen, batches, found)
        except LibraryError:
            shutil.rmtree(work, ignore_errors=True)
            raise
        joining = Batches()
        jobs = [(batch, library.names) for batch in batches]
        for read, size in zip(crew.each(_number, jobs), sizes, strict=True):
            joining.add(*read)
            steps.take(size)
    segment = joining.joined()
    shelf = Shelf(PackedArticles.joined(_packed(batch, one) for batch, one in zip(batches, found, strict=True)))
    shutil.rmtree(work, ignore_errors=True)
    parts = [Part.whole(segment, shelf)]
    return Corpus(replace(library, articles=shelf), Analyzer(library.names), parts, Vocabulary(segment.vocabulary))


def _batches(seen: Iterable[Seen]) -> Iterator[tuple[str, ...]]:
    """The files that may be articles, in their order, some megabytes together."""
    files: list[str] = []
    size = 0
    for one in seen:
        if one.is_article and one.file != NAMES_FILE:
            files.append(one.file)
            size += one.size
        if size >= BATCH:
            yield tuple(files)
            files, size = [], 0
    if files:
        yield tuple(files)


def _library(
    folder: Path, seen: Sequence[Seen], batches: Sequence[Batch], found: list[Found]
) -> tuple[Library, list[Batch]]:
    """The library without the texts of its articles, and the batches without articles whose name another one has."""
    problems = {one.file: problem for one in seen if (problem := problem_of_kind(one))}
    first: dict[str, str] = {}
    kept: list[Batch] = []
    for number, batch in enumerate(batches):
        refused = _refused(found[number].articles, first)
        left_out = found[number].problems | refused
        problems.update((file, left_out[file]) for file in batch.files if file in left_out)
        kept.append(batch._replace(files=tuple(file for file in batch.files if file not in refused)))
        if refused:
            found[number] = _find(kept[-1])
    articles = [article for one in found for article in one.articles]
    if not articles:
        raise LibraryError(nothing_in(folder, [*problems.values()]))
    listed = listed_names(folder)
    definitions = [defined for one in found for defined in one.definitions]
    library = Library(
        folder=folder,
        articles=articles,
        names=all_names(listed, definitions),
        problems=(*problems.values(), *listed.problems),
        fingerprint=fingerprint(articles, listed.digest),
        sources=Sources.of(seen, [problems.get(one.file, "") for one in seen]),
        definitions=definitions,
    )
    return library, kept


def _refused(articles: Iterable[Article], first: dict[str, str]) -> dict[str, str]:
    """The articles whose name an earlier one has, and what is said of it; `first` has the file of each name."""
    refused = {}
    for article in articles:
        try:
            refuse_second(article, first.setdefault(article.name.casefold(), article.file))
        except ArticleError as error:
            refused[article.file] = str(error)
    return refused


def _find(batch: Batch) -> Found:
    return _read(batch).found


def _number(batch: Batch, names: tuple[Name, ...]) -> tuple[list[str], Words, Terms]:
    """The files of a batch's articles, the places of their texts, and their terms."""
    read = _read(batch)
    terms = terms_of(read.words, read.packed.texts, _analyzer(names))
    return [article.file for article in read.found.articles], read.words.without_words(), terms


@lru_cache(maxsize=1)
def _analyzer(names: tuple[Name, ...]) -> Analyzer:
    return Analyzer(names)


def _read(batch: Batch) -> Read:
    """What is read of a batch, from its file in the work folder where that is there and whole."""
    data = {file: _bytes(batch.folder / file) for file in batch.files}
    key = hashlib.sha256(batch.maker.encode())
    for file, content in data.items():
        said = content if isinstance(content, bytes) else str(content).encode("utf-8", "surrogateescape")
        key.update(file.encode("utf-8", "surrogateescape") + b"\0" + hashlib.sha256(said).digest())
    path = batch.work / f"{key.hexdigest()[:32]}.batch"
    try:
        return _unpacked(path)
    except (FileNotFoundError, IndexFileError):
        read = _read_files(path, data)
        storage.write(path, dict(_arrays(read)), _about(read))
        return read


def _packed(batch: Batch, found: Found) -> PackedArticles:
    """The articles of a batch; it is read anew where another process was done with the work folder before."""
    try:
        return _unpacked(found.path).packed
    except (FileNotFoundError, IndexFileError):
        return _read(batch).packed


def _bytes(path: Path) -> bytes | ArticleError:
    try:
        return bytes_of(path)
    except ArticleError as error:
        return error


def _read_files(path: Path, data: dict[str, bytes | ArticleError]) -> Read:
    articles, problems = [], {}
    for file, content in data.items():
        try:
            articles.append(article_of(file, content))
        except ArticleError as error:
            problems[file] = str(error)
    bare = [replace(article, text="", blocks=()) for article in articles]
    found = Found(path, bare, [definitions_of(article) for article in articles], problems)
    return Read(found, words_of(articles), PackedArticles.of(articles))


def _about(read: Read) -> dict[str, Any]:
    return {
        "articles": [(article.file, article.name, article.sha256) for article in read.found.articles],
        "definitions": read.found.definitions,
        "problems": read.found.problems,
        "titles": read.words.titles,
        "surfaces": " ".join(read.words.surfaces),
    }


def _arrays(read: Read) -> Iterator[tuple[str, NDArray[Any]]]:
    yield from storage.packed(read.packed, "articles.")
    for field in fields(Words):
        if field.name not in LISTS:
            yield f"words.{field.name}", getattr(read.words, field.name)


def _unpacked(path: Path) -> Read:
    """What was written to `path`. Raises FileNotFoundError, and IndexFileError where it is damaged."""
    stored = storage.Stored(path)
    stored.check()
    about, arrays = stored.about, stored.arrays()
    articles = [Article(file=file, name=name, text="", sha256=digest) for file, name, digest in about["articles"]]
    words = Words(
        titles=tuple(map(tuple, about["titles"])),
        surfaces=tuple(about["surfaces"].split()),
        **{field.name: arrays[f"words.{field.name}"] for field in fields(Words) if field.name not in LISTS},
    )
    packed = storage.unpacked(PackedArticles, arrays, {"Strings": Strings}, "articles.")
    return Read(Found(path, articles, about["definitions"], about["problems"]), words, packed)


class _Steps:
    """Counts steps for whoever shows them."""

    def __init__(self, progress: Callable[[int, int], None] | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def take(self, steps: int) -> None:
        self._done += steps
        if self._progress:
            self._progress(self._done, self._total)
