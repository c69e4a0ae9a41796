"""Whether a text is word for word in one of the articles, and where.

Two texts that differ in typography alone count as the same words; see `folding`. An article is read without its
typography once, and remembered (`FoldedLibrary`): after that a text takes some milliseconds for some millions of
characters, whether it is found or not.

A text is also found as it is shown: without the markup of its article, a row of a table with the names of its columns,
an item with its mark, a definition with its term. Which of the three it was is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from retrieval.answer.folded_library import FoldedLibrary
from retrieval.answer.folding import fold
from retrieval.answer.nearest_passage import nearest_place
from retrieval.answer.table_cells import ADDED
from retrieval.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.answer.folded_library import FoldedArticle, FoldedPage
    from retrieval.core.model import Article

WHOLE_WORD = re.compile(r"\w{3,}")
LONGEST = 1000  # characters of a text that the nearest passage is looked for with; aligning more takes seconds


class Status(StrEnum):
    """What became of a text that was looked for: in the file as it is, but for typography, or as readers see it."""

    EXACT = "exact"
    TYPOGRAPHY = "typography"
    SHOWN = "shown"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where the text stands. `whole_words` is False where it begins or ends inside a word, as "he" does in "the"."""

    article: Article
    span: Span
    whole_words: bool = True

    @property
    def text(self) -> str:
        return self.article.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passage most like the text; `similarity` is the share of the characters that agree, 0 to 1."""

    article: Article
    span: Span
    similarity: float

    @property
    def text(self) -> str:
        return self.article.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was looked for, what became of it, and where it is: whole words first, then in the order of the articles."""

    text: str
    status: Status
    places: tuple[Occurrence, ...] = ()
    nearest: Nearest | None = None


def verify(text: str, articles: Sequence[Article], folded: FoldedLibrary | None = None) -> Verdict:
    """Look for `text` in every article: as it is, but for typography, as it is shown, then for the nearest.

    `folded` remembers the articles from one text to the next.
    """
    sought = text.strip()
    if not sought:
        return Verdict(text, Status.NOT_FOUND)
    if exact := _in_order(place for article in articles for place in _exact(sought, article)):
        return Verdict(text, Status.EXACT, exact)
    folded = folded or FoldedLibrary()
    known = [folded.article(article) for article in articles]
    whole = fold(sought).text.strip()
    forms = [*dict.fromkeys((whole, whole.strip("' "), whole.lstrip("'… .")))]
    if alike := _first_found(forms, [article.page for article in known]):
        return Verdict(text, Status.TYPOGRAPHY, alike)
    if alike := _first_found(forms, [article.seen for article in known if article.seen is not article.page]):
        return Verdict(text, Status.SHOWN, alike)
    if alike := _in_order(place for article in known for place in _shown(whole, article)):
        return Verdict(text, Status.SHOWN, alike)
    place = nearest_place(whole[:LONGEST], [article.seen for article in known])
    return Verdict(text, Status.NOT_FOUND, nearest=Nearest(*place) if place else None)


def _first_found(forms: Sequence[str], pages: Sequence[FoldedPage]) -> tuple[Occurrence, ...]:
    """Where the first of some forms of a text is that is anywhere."""
    found = (_in_order(place for page in pages for place in _alike(words, page)) for words in forms)
    return next(filter(None, found), ())


def _in_order(places: Iterator[Occurrence]) -> tuple[Occurrence, ...]:
    return tuple(sorted(places, key=lambda place: not place.whole_words))


def _exact(words: str, article: Article) -> Iterator[Occurrence]:
    for start in _all_of(words, article.text):
        yield _place(article, Span(start, start + len(words)))


def _alike(words: str, page: FoldedPage) -> Iterator[Occurrence]:
    for start in _all_of(words, page.folded.text):
        end = start + len(words)
        if page.folded.parts_at(start) and page.folded.parts_at(end):
            yield _place(page.article, page.span(start, end))


def _shown(words: str, article: FoldedArticle) -> Iterator[Occurrence]:
    """Where an article is shown so; it is drawn only where its text has all of the words, and there is one."""
    if not article.is_drawn_otherwise:
        return
    needed = WHOLE_WORD.findall(words)
    if not needed or not all(word in article.seen.folded.text for word in needed):
        return
    met: set[Span] = set()
    for page, origins in article.drawn:
        for start in _all_of(words, page.text):
            place = page.span(start, start + len(words))
            known = [origin for origin in origins[place.start : place.end] if origin != ADDED]
            span = Span(known[0], known[-1] + 1) if known else None
            if span and span not in met:
                met.add(span)
                yield Occurrence(article.article, span)


def _all_of(words: str, text: str) -> Iterator[int]:
    start = text.find(words) if words else -1
    while start >= 0:
        yield start
        start = text.find(words, start + len(words))


def _place(article: Article, span: Span) -> Occurrence:
    text = article.text
    edges = (text[max(span.start - 1, 0) : span.start + 1], text[span.end - 1 : span.end + 1])
    return Occurrence(article, span, whole_words=not any(len(edge) == 2 and edge.isalnum() for edge in edges))
