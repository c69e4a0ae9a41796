"""The two folders that articles come from: the operator's own, and the one for sources that are added while it runs.

A file is known by its path below either of them. Where both have it, the added one counts. What was said of an added
file when it was added (its name, its date …) lies beside it in a hidden file.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from retrieval.core.errors import ArticleError
from retrieval.core.model import DatePrecision
from retrieval.ingestion.file_articles import FileContents, articles_in
from retrieval.ingestion.left_aside import HIDDEN
from retrieval.ingestion.reader import bytes_of
from retrieval.ingestion.scanner import MOMENT, OWN, look

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from retrieval.core.model import Article
    from retrieval.ingestion.scanner import ScannedFile

MEMBER_ANSWER = ".member.md"  # how the file of what a member wrote in a chat ends: an answer, and no document
ABOUT = ".about.json"


class SourceAbout(NamedTuple):
    """What was said of a file when it was added; "" for what was not said. `date` is as in 2020-05-06."""

    name: str = ""
    date: str = ""
    url: str = ""
    author: str = ""

    @classmethod
    def of(cls, text: str) -> SourceAbout:
        """From JSON, of which what cannot be used is left aside."""
        try:
            said = json.loads(text)
        except ValueError:
            return cls()
        if not isinstance(said, dict):
            return cls()
        return cls(**{key: value for key in cls._fields if isinstance(value := said.get(key), str)})

    @property
    def text(self) -> str:
        """As JSON."""
        return json.dumps({key: value for key, value in self._asdict().items() if value}, ensure_ascii=False)


class AddedFolder(NamedTuple):
    """The folder of the added sources, which need not be there; without `members` members' answers are left aside."""

    path: Path
    members: bool = True


class SourceFolders(NamedTuple):
    """The operator's folder of articles, and that of the added sources."""

    seeds: Path
    added: AddedFolder | None = None

    def holding(self, file: str) -> Path:
        """The folder in which a file is."""
        if self.added and os.path.exists(f"{self.added.path}/{file}"):  # noqa: PTH110 - for each of thousands of files
            return self.added.path
        return self.seeds

    def about(self, file: str) -> SourceAbout:
        """What was said of a file when it was added; nothing of one of the operator's."""
        if self.added is None or self.holding(file) is self.seeds:
            return SourceAbout()
        try:
            return SourceAbout.of(about_path(self.added.path / file).read_text(encoding="utf-8"))
        except (OSError, UnicodeError):
            return SourceAbout()


def about_path(path: Path) -> Path:
    """The file beside an added one in which it is told what was said of that."""
    return path.with_name(f".{path.name}{ABOUT}")


def is_member_answer(article: Article) -> bool:
    """Whether an article is what a member wrote in a chat, and no document."""
    return article.file.endswith(MEMBER_ANSWER)


def look_in(folders: SourceFolders) -> list[ScannedFile]:
    """The files of both folders in the order of their paths. Raises LibraryError where the operator's cannot be read.

    Of the added ones only what may be an article is told.
    """
    seen = look(folders.seeds)
    if folders.added is None or not folders.added.path.is_dir():
        return seen
    left = () if folders.added.members else (MEMBER_ANSWER,)
    added = {one.file: one for one in _added(folders.added.path) if not one.file.endswith(left)}
    if not added:
        return seen
    packed = tuple(f"{file}/" for file in added)  # no path stands for two articles
    kept = [one for one in seen if one.file not in added and not one.file.startswith(packed)]
    return sorted([*kept, *added.values()], key=lambda one: one.file.split("/"))


def _added(folder: Path) -> Iterable[ScannedFile]:
    settled = time.time_ns() - MOMENT
    for one in look(folder):
        if not one.is_article or one.file in OWN:
            continue
        with suppress(OSError):
            said = os.stat(about_path(folder / one.file)).st_mtime_ns  # noqa: PTH116 - as in the scanner
            later = said if said < settled else -settled
            both = (one.changed, later)  # a negative time is that of a file that may change again
            one = one._replace(changed=min(both) if min(both) < 0 else max(both))  # noqa: PLW2901
        yield one


def read_source(folders: SourceFolders, file: str, base_url: str = "") -> FileContents:
    """The articles in a file of either folder, with what was said of it when it was added.

    `base_url` is what relative addresses in the operator's are relative to.
    """
    contents = articles_in(file, source_bytes(folders, file), base_url)
    return with_about(contents, folders.about(file)) if folders.added else contents


def source_bytes(folders: SourceFolders, file: str) -> bytes | ArticleError:
    """What is in a file of either folder, or the ArticleError that says why it cannot be read."""
    try:
        return bytes_of(folders.holding(file) / file)
    except ArticleError as error:
        return error


def with_about(contents: FileContents, about: SourceAbout) -> FileContents:
    """The articles with what was said of their file; a name is that of a file with one article alone."""
    if about == SourceAbout():
        return contents
    is_one = len(contents.articles) == 1
    said = about if is_one else about._replace(name="")
    return contents._replace(articles=tuple(_described(article, said) for article in contents.articles))


def _described(article: Article, about: SourceAbout) -> Article:
    # What is said of an article is a part of what it was read from: one that gets another name is another one.
    digest = hashlib.sha256(f"{article.sha256}\n{about.text}".encode("utf-8", "surrogatepass")).hexdigest()
    described = replace(
        article,
        sha256=digest,
        name=about.name or article.name,
        url=about.url or article.url,
        author=about.author or article.author,
    )
    date = _day(about.date)
    if date is None:
        return described
    guessed = tuple(field for field in article.guessed if field != "date")
    return replace(described, date=date, precision=DatePrecision.DAY, guessed=guessed)


def _day(said: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(said) if said else None
    except ValueError:
        return None


def may_be_added(name: str) -> bool:
    """Whether a file or a folder of that name is looked at among the added sources."""
    return not name.startswith(HIDDEN) and name not in OWN
