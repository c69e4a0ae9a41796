"""How a file is read, told before it counts: what articles are in it, and what was guessed or left aside.

The file is read in a process of its own, which may take so much time and memory and no more: whatever somebody sends
can harm nothing else.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from retrieval.analysis.sentence_splitter import units
from retrieval.analysis.visible_text import visible
from retrieval.core.errors import ArticleError
from retrieval.core.model import QUOTABLE, Kind
from retrieval.ingestion.bounded_process import BoundedProcess
from retrieval.ingestion.file_articles import articles_in
from retrieval.ingestion.source_folders import SourceAbout, with_about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.core.model import Article

SECONDS = 5  # of computing, for a whole file; it is read once more where others wait for their answers
MEMORY = 600_000_000  # bytes
MOST_ARTICLES = 50  # that are told one by one
MOST_REMARKS = 20
OPENING = 400  # characters of an article's first lines


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """An article as it was read: how many headings, sentences (or other units) and rows it has; how it begins."""

    file: str
    name: str
    date: str
    author: str
    url: str
    headings: int
    sentences: int
    rows: int
    opening: str


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """The first articles of a file, how many there are in all, and sentences on what was not read, and on the rest."""

    articles: tuple[ArticleReport, ...]
    count: int
    problems: tuple[str, ...]
    remarks: tuple[str, ...]


def report_on(file: str, content: bytes, about: SourceAbout) -> ReadingReport:
    """How the file at the path `file` with that content is read. It blocks, for some seconds at most.

    A file that takes too long or too much memory has no article, and a problem that says so.
    """
    head = json.dumps({"file": file, "about": about.text}).encode()
    try:
        with BoundedProcess(f"{__name__}:describe", memory=MEMORY, seconds=SECONDS) as process:
            (said,) = process.ask(b"%s\n%s" % (head, content))
    except ArticleError as error:
        return ReadingReport((), 0, (f"{file} {error}.",), ())
    return ReadingReport(
        articles=tuple(ArticleReport(**one) for one in said["articles"]),
        count=said["count"],
        problems=tuple(said["problems"]),
        remarks=tuple(said["remarks"]),
    )


def describe(data: bytes) -> Iterator[dict[str, Any]]:
    """Give the report on a file as JSON can hold it; before the file comes a line of JSON with its path."""
    head, _, content = data.partition(b"\n")
    said = json.loads(head)
    contents = with_about(articles_in(said["file"], content), SourceAbout.of(said["about"]))
    yield {
        "articles": [_described(article) for article in contents.articles[:MOST_ARTICLES]],
        "count": len(contents.articles),
        "problems": contents.problems[:MOST_REMARKS],
        "remarks": contents.remarks[:MOST_REMARKS],
    }


def _described(article: Article) -> dict[str, Any]:
    kinds = Counter(block.kind for block in article.blocks)
    sentences = sum(
        len(units(block.kind, article.text[block.span.start : block.span.end]))
        for block in article.blocks
        if block.kind in QUOTABLE and block.kind not in (Kind.ROW, Kind.HEADING)
    )
    return {
        "file": article.file,
        "name": article.name,
        "date": article.date.isoformat() if article.date else "",
        "author": article.author or "",
        "url": article.url or "",
        "headings": kinds[Kind.HEADING],
        "sentences": sentences,
        "rows": kinds[Kind.ROW],
        "opening": _opening(article),
    }


def _opening(article: Article) -> str:
    said = ""
    for block in article.blocks:
        if block.kind in QUOTABLE and block.kind not in (Kind.HEADING, Kind.ROW) and len(said) < OPENING:
            said += visible(article.text, article.hidden, block.span).text.strip() + "\n\n"
    with suppress(UnicodeError):
        return said.strip()[:OPENING].encode("utf-8", "replace").decode()
    return ""
