"""A batch of files -> what can be read of it before the names of things are known, kept in a file of a work folder.

The file's name is a digest of the files' content and of the program, so that another start finds it there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from retrieval.core.arrays import StringArray
from retrieval.core.errors import IndexFileError
from retrieval.index import array_file
from retrieval.index.encoding.tokens import Words, words_of
from retrieval.index.segments.stored_articles import PackedArticles
from retrieval.ingestion.file_articles import articles_in
from retrieval.ingestion.library import definitions_of, named, spoken_in
from retrieval.ingestion.source_folders import SourceFolders, source_bytes, with_about

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from retrieval.core.errors import ArticleError
    from retrieval.ingestion.source_folders import AddedFolder


class Batch(NamedTuple):
    """Files that are read together, below `folder`; `work` is the folder for what was read, `maker` the program.

    `base_url` is what addresses in them are relative to. `names` are the names of those whose own others have too.
    `added` is the folder of added sources.
    """

    folder: Path
    files: tuple[str, ...]
    work: Path
    maker: str
    base_url: str = ""
    names: tuple[tuple[str, str], ...] = ()
    added: AddedFolder | None = None

    @property
    def folders(self) -> SourceFolders:
        """Where the files are."""
        return SourceFolders(self.folder, self.added)


class Heading(NamedTuple):
    """An article without its text: its file, its own name, and the digest of the file."""

    file: str
    own_name: str
    sha256: str


class BatchContents(NamedTuple):
    """What was found in a batch: its articles without texts, the names each defines, and why a file was left out.

    `remarks` are those on each file, one a line, and `spoken` the languages as Library has them. `path`
    is the file in which the rest is.
    """

    path: Path
    articles: list[Heading]
    definitions: list[str]
    problems: dict[str, str]
    remarks: dict[str, str]
    spoken: dict[str, Sequence[str]]


@dataclass(frozen=True, slots=True, eq=False)
class StoredBatch:
    """What is in the file as arrays."""

    words: Words
    articles: PackedArticles


class Read(NamedTuple):
    """What was read of a batch, and what was found in it; `release` gives back the memory that the file takes."""

    found: BatchContents
    words: Words
    packed: PackedArticles
    release: Callable[[], None]


KINDS = {kind.__name__: kind for kind in (PackedArticles, StringArray, Words)}


def find(batch: Batch) -> BatchContents:
    """What is found in a batch, which is read where that was not done before. Raises OSError."""
    data = {file: source_bytes(batch.folders, file) for file in batch.files}
    path = batch.work / f"{_digest(batch, data)[:32]}.batch"
    try:
        return _opened(path).found
    except (FileNotFoundError, IndexFileError):
        return _read(path, data, batch)


def opened(batch: Batch, found: BatchContents) -> Read:
    """What was read of a batch; it is read anew where another process was done with the work folder before."""
    try:
        return _opened(found.path)
    except (FileNotFoundError, IndexFileError):
        return _opened(find(batch).path)


def _digest(batch: Batch, data: dict[str, bytes | ArticleError]) -> str:
    key = hashlib.sha256(repr((batch.maker, batch.base_url, batch.names)).encode("utf-8", "surrogateescape"))
    for file, content in data.items():
        said = content if isinstance(content, bytes) else str(content).encode("utf-8", "surrogateescape")
        key.update(file.encode("utf-8", "surrogateescape") + b"\0" + hashlib.sha256(said).digest())
        key.update(batch.folders.about(file).text.encode("utf-8", "surrogatepass"))
    return key.hexdigest()


def _read(path: Path, data: dict[str, bytes | ArticleError], batch: Batch) -> BatchContents:
    """Read the articles of these files, and keep in `path` what was read."""
    names = dict(batch.names)
    read = {
        file: with_about(articles_in(file, content, batch.base_url), batch.folders.about(file))
        for file, content in data.items()
    }
    articles = [named(one, names.get(one.file, "")) for contents in read.values() for one in contents.articles]
    found = BatchContents(
        path,
        articles=[Heading(article.file, article.own_name or article.name, article.sha256) for article in articles],
        definitions=[definitions_of(article) for article in articles],
        spoken=spoken_in(articles),
        problems={file: contents.problem for file, contents in read.items() if contents.problems},
        remarks={file: "\n".join(contents.remarks) for file, contents in read.items() if contents.remarks},
    )
    kept = StoredBatch(words_of(articles), PackedArticles.of(articles))
    about = {name: value for name, value in found._asdict().items() if name != "path"}
    array_file.write(path, dict(array_file.packed(kept)), about, lasting=False)
    return found


def _opened(path: Path) -> Read:
    """What was written to `path`. Raises FileNotFoundError, and IndexFileError where it is damaged."""
    stored = array_file.Stored(path)
    stored.check_now()
    about = stored.about
    found = BatchContents(path, **about)._replace(articles=[Heading(*one) for one in about["articles"]])
    kept: StoredBatch = array_file.unpacked(StoredBatch, stored.arrays(), KINDS)
    return Read(found, kept.words, kept.articles, stored.release)
