"""Which articles of a folder came, changed or went since it was read, and which are left out now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from retrieval.ingestion.file_articles import on_disk
from retrieval.ingestion.folder_settings import SETTINGS_FILE, settings_of
from retrieval.ingestion.library import named_apart
from retrieval.ingestion.source_folders import read_source

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from retrieval.core.model import Article
    from retrieval.index.corpus import Corpus
    from retrieval.ingestion.file_articles import FileContents
    from retrieval.ingestion.scanner import ScannedFile
    from retrieval.ingestion.source_folders import SourceFolders


class Difference(NamedTuple):
    """Articles that came, by their files; the files of those that went; why a file that could be one is left out.

    One that changed is in both. `remarks` are those on each file that was read, one a line. `renamed` are articles that
    only have another name, since others with it came or went.
    """

    came: dict[str, Article]
    went: set[str]
    problems: dict[str, str]
    remarks: dict[str, str]
    renamed: dict[str, Article]


def differing(corpus: Corpus, seen: Sequence[ScannedFile]) -> Difference:
    """How the folder of a corpus, with the files `seen` in it, differs from what the corpus has.

    A file with the size and the time that it had is not read, but for one that was left out: why may be over.
    """
    before = corpus.library.sources.listed()
    now = {one.file: one for one in seen}
    settings = before.get(SETTINGS_FILE, (None, ""))[0]
    every = settings != now.get(SETTINGS_FILE)  # what relative addresses are relative to may have changed
    read = _read(corpus.library.folders, [one for one in seen if every or before.get(one.file) != (one, "")])
    came = {article.file: article for contents in read.values() for article in contents.articles}
    there = {file for file, one in now.items() if one.is_article}
    went = {file for file in corpus.files() if _is_gone(file, on_disk(file, before), there, read, came)}
    for file, article in [*came.items()]:
        if old := corpus.article(file):
            if old.sha256 == article.sha256 and old.url == article.url:
                del came[file]
            else:
                went.add(file)
    problems = {file: contents.problem for file, contents in read.items() if contents.problems}
    remarks = {file: "\n".join(contents.remarks) for file, contents in read.items()}
    return Difference(came, went, problems, remarks, apart(corpus, came, went))


def arriving(corpus: Corpus, articles: Iterable[Article], went: Iterable[str] = ()) -> Difference:
    """The difference that these articles would make to a corpus, where the articles in the files `went` go."""
    came = {article.file: article for article in articles}
    gone = {file for file in (*went, *came) if corpus.article(file)}
    return Difference(came, gone, {}, {}, apart(corpus, came, gone))


def _is_gone(file: str, held_by: str, there: Container[str], read: Container[str], came: Container[str]) -> bool:
    """Whether an article is no more in the file that it was held by: that went, or was read and does not have it."""
    return held_by not in there or (held_by in read and file not in came)


def _read(folders: SourceFolders, files: Sequence[ScannedFile]) -> dict[str, FileContents]:
    base_url = settings_of(folders.seeds).base_url
    return {one.file: read_source(folders, one.file, base_url) for one in files if one.is_article}


def apart(corpus: Corpus, came: dict[str, Article], went: set[str]) -> dict[str, Article]:
    """Tell those that `came` apart from others with their names; the articles that were there and get another name."""
    gone = [article for file in went if (article := corpus.article(file))]
    names = {(article.own_name or article.name).casefold() for article in (*came.values(), *gone)}
    there = {article.file: article for article in corpus.articles_named(names) if article.file not in went}
    renamed = {}
    for article in named_apart([*there.values(), *came.values()]):
        if article.file in came:
            came[article.file] = article
        elif article is not there[article.file]:
            renamed[article.file] = article
    return renamed
