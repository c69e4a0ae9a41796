"""Whether a text is word for word in one of the articles, and where.

Two texts that differ in typography alone count as the same words. Typography is: which quotation marks, apostrophes,
dashes and dots of omission were chosen, white space and line ends, soft hyphens and other characters of no width, and
the ways Unicode has of writing one letter (NFC, NFD, ligatures, full width). Capitals are not typography: "us" is not
"US". Nor are raised digits: 10² is not 102. Takes time in proportion to the articles.

A text is also found as it is shown: without the markup of its article, a row of a table with the names of its columns,
an item with its mark, a definition with its term. Which of the three it was is told.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from retrieval.analysis.visible_text import VisibleText, visible
from retrieval.answer.presentation import shown_of
from retrieval.answer.table_cells import ADDED
from retrieval.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.core.model import Article

QUOTES = "\"'`´“”„‟‘’‚‛«»‹›′″＂＇"
DASHES = "-‐‑‒–—―−﹘﹣－"
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
PLAIN = re.compile(
    r"[!#-&(-,/-_a-~]+(?![^\x00-\x7f])"
)  # ASCII that stands for itself, up to where an accent may follow
GAP = re.compile(rf"[\s{UNSEEN}{re.escape(DASHES)}]+")
# Dots of omission, however many and however set: "…", "...", ". . .", "….", ". …"
DOTS = re.compile(rf"(?:\.[\s{UNSEEN}]*)*…(?:[\s{UNSEEN}]*[.…])*|\.(?:[\s{UNSEEN}]*[.…])+")
OWN_MEANING = ("<super>", "<sub>", "<fraction>")

GRAM = 4
WINDOWS = 5
TOGETHER = 40  # blocks that are drawn at once to look for a text in what is shown
WHOLE_WORD = re.compile(r"[A-Za-z0-9]{3,}")
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


def verify(text: str, articles: Sequence[Article]) -> Verdict:
    """Look for `text` in every article: as it is, but for typography, as it is shown, then for the nearest."""
    sought = text.strip()
    if not sought:
        return Verdict(text, Status.NOT_FOUND)
    if exact := _in_order(place for article in articles for place in _exact(sought, article)):
        return Verdict(text, Status.EXACT, exact)
    pages = [_Page(article, None, fold(article.text)) for article in articles]
    whole = fold(sought).text.strip()
    forms = [*dict.fromkeys((whole, whole.strip("' "), whole.lstrip("'… .")))]
    if alike := _first_found(forms, pages):
        return Verdict(text, Status.TYPOGRAPHY, alike)
    seen = [_seen(page) for page in pages]
    if alike := _first_found(forms, [page for page in seen if page.seen]):
        return Verdict(text, Status.SHOWN, alike)
    if alike := _in_order(place for article in articles for place in _shown(whole, article)):
        return Verdict(text, Status.SHOWN, alike)
    return Verdict(text, Status.NOT_FOUND, nearest=_nearest(whole[:LONGEST], seen))


def _first_found(forms: Sequence[str], pages: Sequence[_Page]) -> tuple[Occurrence, ...]:
    """Where the first of some forms of a text is that is anywhere."""
    found = (_in_order(place for page in pages for place in _alike(words, page)) for words in forms)
    return next(filter(None, found), ())


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without its typography: character i of `text` was read from `starts[i]` up to `ends[i]` of the original.

    Characters that were read from the same place belong together: half of an "é" or of a ligature is not found.
    """

    text: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> Span:
        return Span(self.starts[start], self.ends[end - 1])

    def parts_at(self, place: int) -> bool:
        """Whether a new character of the original begins at `place`."""
        return place in (0, len(self.text)) or self.starts[place - 1] != self.starts[place]


def fold(text: str) -> Folded:
    """`text` without its typography: each mark in one plain form, white space as single blanks, letters decomposed."""
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    at, last = 0, ""
    while at < len(text):
        if plain := PLAIN.match(text, at):
            pieces.append(plain[0])
            starts.extend(range(at, plain.end()))
            ends.extend(range(at + 1, plain.end() + 1))
            at, last = plain.end(), "a"
            continue
        piece, end = _piece(text, at)
        if piece == "…" and last == " ":  # no white space is left around dots of omission: houses differ
            del pieces[-1], starts[-1], ends[-1]
        if piece and (last, piece) != ("…", " "):
            pieces.append(piece)
            starts.extend([at] * len(piece))
            ends.extend([end] * len(piece))
            last = piece
        at = end
    return Folded("".join(pieces), starts, ends)


def _piece(text: str, at: int) -> tuple[str, int]:
    """Give what stands at `at` in its plain form, and where it ends."""
    if dots := DOTS.match(text, at):
        return "…", dots.end()
    if gap := GAP.match(text, at):
        seen = gap[0].strip(UNSEEN)
        return "-" if any(char in DASHES for char in seen) else " " if seen else "", gap.end()
    if text[at] in QUOTES:
        return "'", at + 1
    end = at + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    if unicodedata.decomposition(text[at]).startswith(OWN_MEANING):
        return unicodedata.normalize("NFD", text[at:end]), end
    return unicodedata.normalize("NFKD", text[at:end]), end


def _in_order(places: Iterator[Occurrence]) -> tuple[Occurrence, ...]:
    return tuple(sorted(places, key=lambda place: not place.whole_words))


def _exact(words: str, article: Article) -> Iterator[Occurrence]:
    for start in _all_of(words, article.text):
        yield _place(article, Span(start, start + len(words)))


@dataclass(frozen=True, slots=True)
class _Page:
    """An article without its typography, and where its text has markup what is `seen` of it."""

    article: Article
    seen: VisibleText | None
    folded: Folded

    def span(self, start: int, end: int) -> Span:
        """Where in the file that is which is from `start` up to `end` of the folded text."""
        span = self.folded.span(start, end)
        return Span(self.seen.start(span.start), self.seen.end(span.end)) if self.seen else span


def _seen(page: _Page) -> _Page:
    if not page.article.hidden:
        return page
    seen = visible(page.article.text, page.article.hidden)
    return _Page(page.article, seen, fold(seen.text))


def _alike(words: str, page: _Page) -> Iterator[Occurrence]:
    for start in _all_of(words, page.folded.text):
        end = start + len(words)
        if page.folded.parts_at(start) and page.folded.parts_at(end):
            yield _place(page.article, page.span(start, end))


def _shown(words: str, article: Article) -> Iterator[Occurrence]:
    """Where an article is shown so; it is drawn block by block only where its text has all of the words."""
    if not all(word in article.text for word in WHOLE_WORD.findall(words)):
        return
    met: set[Span] = set()
    for first, end in _stretches(article):
        shown = shown_of(article, Span(first, end))
        page = fold(shown.text)
        origins = [origin for block in shown.blocks for origin in (*block.origins, ADDED)]
        for start in _all_of(words, page.text):
            place = page.span(start, start + len(words))
            known = [origin for origin in origins[place.start : place.end] if origin != ADDED]
            span = Span(known[0], known[-1] + 1) if known else None
            if span and span not in met:
                met.add(span)
                yield Occurrence(article, span)


def _stretches(article: Article) -> Iterator[tuple[int, int]]:
    """An article in pieces of some blocks, each of which begins with the last block of the one before."""
    ends = [block.span.end for block in article.blocks]
    starts = [block.span.start for block in article.blocks]
    for first in range(0, len(starts), TOGETHER - 1):
        last = min(first + TOGETHER, len(starts)) - 1
        yield starts[first], ends[last]


def _all_of(words: str, text: str) -> Iterator[int]:
    start = text.find(words) if words else -1
    while start >= 0:
        yield start
        start = text.find(words, start + len(words))


def _place(article: Article, span: Span) -> Occurrence:
    text = article.text
    edges = (text[max(span.start - 1, 0) : span.start + 1], text[span.end - 1 : span.end + 1])
    return Occurrence(article, span, whole_words=not any(len(edge) == 2 and edge.isalnum() for edge in edges))


def _nearest(words: str, pages: Sequence[_Page]) -> Nearest | None:
    """Find the best alignment in those windows that share most short runs of characters with `words`."""
    size = min(GRAM, len(words))
    grams = set(_grams(words, size))
    width = 2 * len(words) + 100  # half of it is the step, so that a stretch as long as `words` is whole in a window
    windows = [
        (-len(grams.intersection(_grams(page.folded.text[start : start + width], size))), number, start)
        for number, page in enumerate(pages)
        for start in range(0, len(page.folded.text), width // 2)
    ]
    best = sorted(windows)[:WINDOWS]
    found = [_aligned(words, pages[number], Span(start, start + width)) for shared, number, start in best if shared]
    return max(found, key=lambda nearest: nearest.similarity, default=None)


def _grams(text: str, size: int) -> Iterator[str]:
    small = text.lower()
    return (small[at : at + size] for at in range(len(small) - size + 1))


def _aligned(words: str, page: _Page, window: Span) -> Nearest:
    """Find the whole words of a window most like `words`; capitals count in the similarity, not in the search."""
    text = page.folded.text[window.start : window.end]
    alignment = fuzz.partial_ratio_alignment(words.lower(), text.lower())  # decomposed, so `lower` moves nothing
    first, last = (alignment.dest_start, alignment.dest_end) if alignment else (0, len(text))
    while first > 0 and text[first - 1 : first + 1].isalnum():
        first -= 1
    while last < len(text) and (text[last - 1 : last + 1].isalnum() or not page.folded.parts_at(window.start + last)):
        last += 1
    while first < last - 1 and words[0].isalnum() and not text[first].isalnum():
        first += 1
    similarity = fuzz.ratio(words, text[first:last]) / 100
    return Nearest(page.article, page.span(window.start + first, window.start + last), similarity)
