"""A file on disk -> the articles in it: one, or several, as from a zip, a wiki's export or a list of records.

A file that holds several is read as a folder: its articles are in `export.zip/Guide/Setup.md`, `wiki.xml/Ferry`,
`faq.jsonl/How long?`. There can be no such folder beside the file, so that no path stands for two articles.
"""

from __future__ import annotations

import hashlib
import posixpath
from typing import TYPE_CHECKING, NamedTuple

from retrieval.core.errors import ArticleError
from retrieval.ingestion.left_aside import sort_of
from retrieval.ingestion.reader import article_from, article_of, bytes_of
from retrieval.ingestion.registry import READERS, parse

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable
    from pathlib import Path

    from retrieval.core.model import Article
    from retrieval.ingestion.formats.archive import ArchiveMember
    from retrieval.ingestion.formats.parsed_document import ParsedDocument

DEEPEST = 2  # archives in each other: Notion puts one into another
LONGEST_NAME = 150  # characters
MOST_ARTICLES = 20_000  # in one file
MOST_PROBLEMS = 5  # sentences about one file


class FileContents(NamedTuple):
    """The articles in a file, in the order of their paths; sentences on what could not be read and what was guessed.

    The remarks are those of the articles and those on what is left aside in the file.
    """

    articles: tuple[Article, ...] = ()
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def problem(self) -> str:
        """All problems in one line, the first ones where there are many; "" for none."""
        more = len(self.problems) - MOST_PROBLEMS
        said = " ".join(self.problems[:MOST_PROBLEMS])
        return f"{said} And {more:,} more." if more > 0 else said


def read_articles(path: Path, folder: Path, base_url: str = "") -> FileContents:
    """What is in the file `path` below `folder`; relative addresses in it are relative to `base_url`."""
    try:
        content: bytes | ArticleError = bytes_of(path)
    except ArticleError as error:
        content = error
    return articles_in(path.relative_to(folder).as_posix(), content, base_url)


def articles_in(file: str, content: bytes | ArticleError, base_url: str = "") -> FileContents:
    """What is in the file at the path `file` with that content, or with what `bytes_of` raised in place of it."""
    return _contents(file, content, base_url, DEEPEST)


def on_disk(file: str, files: Container[str]) -> str:
    """The file on disk that the article `file` is in, where `files` are those on disk; itself where it is in none."""
    at = file.find("/")
    while at >= 0:
        if _suffix(file[:at]) in READERS and file[:at] in files:
            return file[:at]
        at = file.find("/", at + 1)
    return file


def _contents(file: str, content: bytes | ArticleError, base_url: str, deeper: int) -> FileContents:
    kind = READERS[_suffix(file)]
    try:
        if not kind.holds or isinstance(content, ArticleError):
            article = article_of(file, content, base_url)
            return FileContents((article,), (), article.remarks)
    except ArticleError as error:
        return FileContents(problems=(str(error),))
    try:
        held = parse(_suffix(file), content)
        if kind.holds == "documents":
            return _documents(file, held, content, base_url)
        return _files(file, held, base_url, deeper)
    except ArticleError as error:
        return FileContents(problems=(f"{file} {error}.",))


def _documents(
    file: str, documents: Iterable[tuple[str, ParsedDocument | ArticleError]], content: bytes, base_url: str
) -> FileContents:
    articles: dict[str, Article] = {}
    problems: list[str] = []
    for name, document in documents:
        if len(articles) == MOST_ARTICLES:
            problems.append(f"{file} has more than {MOST_ARTICLES:,} articles, of which the first are read; split it.")
            break
        place = _place(file, name, articles)
        if isinstance(document, ArticleError):
            problems.append(f"{place} {document}.")
            continue
        said = (document.title, document.about, document.text)
        what = repr(said).encode("utf-8", "surrogatepass") if name else content
        try:
            articles[place] = article_from(place, document, hashlib.sha256(what).hexdigest(), base_url)
        except ArticleError as error:
            problems.append(str(error))
    nothing = () if articles or problems else (f"{file} has data and no article; it is left aside.",)
    return _in_order(articles.values(), problems, nothing)


def _files(file: str, members: Iterable[ArchiveMember], base_url: str, deeper: int) -> FileContents:
    articles: dict[str, Article] = {}
    problems: list[str] = []
    remarks: list[str] = []
    others = 0
    for member in members:
        name = member.name or posixpath.splitext(posixpath.basename(file))[0]  # gzip does not name what it packs
        suffix = _suffix(name)
        if suffix not in READERS or any(sort_of(part) for part in name.split("/")):
            others += 1
            continue
        place = _place(file, name, articles)
        if READERS[suffix].holds == "files" and deeper == 1:
            problems.append(f"{place} is an archive in an archive in another one; unpack it.")
            continue
        try:
            content: bytes | ArticleError = member.read()
        except ArticleError as error:
            content = error
        found = _contents(place, content, base_url, deeper - 1)
        articles |= {article.file: article for article in found.articles}
        problems += found.problems
        remarks += [said for said in found.remarks if not any(said in one.remarks for one in found.articles)]
    if others:
        remarks.append(f"{file} has {others:,} other {'file' if others == 1 else 'files'}, left aside.")
    return _in_order(articles.values(), problems, remarks)


def _in_order(articles: Iterable[Article], problems: Iterable[str], remarks: Iterable[str]) -> FileContents:
    found = sorted(articles, key=lambda article: article.file.split("/"))
    return FileContents(
        tuple(found), tuple(problems), (*(said for article in found for said in article.remarks), *remarks)
    )


def _place(file: str, name: str, taken: Collection[str]) -> str:
    """The path of an article that is called `name` in a file; that of the file where it has no name."""
    if not name:
        return file
    said = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    steps = [step[:LONGEST_NAME] if _suffix(step) not in READERS else step for step in said.split("/")]
    place = f"{file}/{'/'.join(step for step in steps if step not in {'', '.', '..'})}"
    if place not in taken:
        return place
    stem, suffix = posixpath.splitext(place)
    number = f" ({len(taken) + 1})"  # unlike that of any other
    return f"{stem}{number}{suffix}" if suffix in READERS else f"{place}{number}"


def _suffix(file: str) -> str:
    return posixpath.splitext(file)[1].lower()
