"""Which articles of a folder came, changed or went since it was read, and which are left out now."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from retrieval.analysis.synonyms import NAMES_FILE
from retrieval.core.errors import ArticleError
from retrieval.ingestion.library import refuse_second
from retrieval.ingestion.reader import read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from retrieval.core.model import Article
    from retrieval.index.corpus import Corpus
    from retrieval.ingestion.scanner import ScannedFile


class Difference(NamedTuple):
    """Articles that came, by their files; the files of those that went; why a file that could be one is left out.

    One that changed is in both.
    """

    came: dict[str, Article]
    went: set[str]
    problems: dict[str, str]


def differing(corpus: Corpus, seen: Sequence[ScannedFile]) -> Difference:
    """How the folder of a corpus, with the files `seen` in it, differs from what the corpus has.

    A file with the size and the time that it had is not read, but for one that was left out: why may be over.
    """
    before = corpus.library.sources.listed()
    now = {one.file for one in seen}
    came, problems = _read(corpus.library.folder, [one for one in seen if before.get(one.file) != (one, "")])
    went = {file for file in (*before, *problems) if (file not in now or file in problems) and corpus.article(file)}
    for file, article in [*came.items()]:
        if old := corpus.article(file):
            if old.sha256 == article.sha256:
                del came[file]
            else:
                went.add(file)
    _refuse_seconds(corpus, came, went, problems)
    return Difference(came, went, problems)


def _read(folder: Path, files: Sequence[ScannedFile]) -> tuple[dict[str, Article], dict[str, str]]:
    articles: dict[str, Article] = {}
    problems: dict[str, str] = {}
    for one in files:
        if one.is_article and one.file != NAMES_FILE:
            try:
                articles[one.file] = read(folder / one.file, folder)
            except ArticleError as error:
                problems[one.file] = str(error)
    return articles, problems


def _refuse_seconds(corpus: Corpus, came: dict[str, Article], went: set[str], problems: dict[str, str]) -> None:
    """Leave out each article whose name one in an earlier file has, among those that came and those that are there."""
    of_name: defaultdict[str, dict[str, Article]] = defaultdict(dict)
    for article in came.values():
        of_name[article.name.casefold()][article.file] = article
    for file, article in _there(corpus, of_name, came.keys() | went).items():
        of_name[article.name.casefold()][file] = article
    for articles in of_name.values():
        first = min(articles, key=lambda file: file.split("/"))
        for file, article in articles.items():
            try:
                refuse_second(article.file, article.name, first)
            except ArticleError as error:
                problems[file] = str(error)
                if came.pop(file, None) is None:
                    went.add(file)


def _there(corpus: Corpus, names: Mapping[str, object], others: set[str]) -> dict[str, Article]:
    """The articles with one of these names that the corpus has and that are none of the `others`, by their files."""
    return {article.file: article for article in corpus.articles_named(names) if article.file not in others}
