"""Which articles of a folder came, changed or went since it was read, and which are left out now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from retrieval.core.errors import ArticleError
from retrieval.ingestion.folder_settings import SETTINGS_FILE, settings_of
from retrieval.ingestion.library import named_apart
from retrieval.ingestion.reader import read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retrieval.core.model import Article
    from retrieval.index.corpus import Corpus
    from retrieval.ingestion.scanner import ScannedFile


class Difference(NamedTuple):
    """Articles that came, by their files; the files of those that went; why a file that could be one is left out.

    One that changed is in both. `renamed` are articles that only have another name, since others with it came or went.
    """

    came: dict[str, Article]
    went: set[str]
    problems: dict[str, str]
    renamed: dict[str, Article]


def differing(corpus: Corpus, seen: Sequence[ScannedFile]) -> Difference:
    """How the folder of a corpus, with the files `seen` in it, differs from what the corpus has.

    A file with the size and the time that it had is not read, but for one that was left out: why may be over.
    """
    before = corpus.library.sources.listed()
    now = {one.file: one for one in seen}
    settings = before.get(SETTINGS_FILE, (None, ""))[0]
    every = settings != now.get(SETTINGS_FILE)  # what relative addresses are relative to may have changed
    came, problems = _read(corpus.library.folder, [one for one in seen if every or before.get(one.file) != (one, "")])
    went = {
        file
        for file in (*before, *problems)
        if (not _is_there(now.get(file)) or file in problems) and corpus.article(file)
    }
    for file, article in [*came.items()]:
        if old := corpus.article(file):
            if old.sha256 == article.sha256 and old.url == article.url:
                del came[file]
            else:
                went.add(file)
    return Difference(came, went, problems, _apart(corpus, came, went))


def _is_there(one: ScannedFile | None) -> bool:
    return one is not None and one.is_article


def _read(folder: Path, files: Sequence[ScannedFile]) -> tuple[dict[str, Article], dict[str, str]]:
    articles: dict[str, Article] = {}
    problems: dict[str, str] = {}
    base_url = settings_of(folder).base_url
    for one in files:
        if one.is_article:
            try:
                articles[one.file] = read(folder / one.file, folder, base_url)
            except ArticleError as error:
                problems[one.file] = str(error)
    return articles, problems


def _apart(corpus: Corpus, came: dict[str, Article], went: set[str]) -> dict[str, Article]:
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
