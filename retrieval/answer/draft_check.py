"""Every quotation in somebody's draft, and whether the sources have it so.

A quotation is what stands between quotation marks, of four words or more, or a block of lines that begin with ">".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from retrieval.answer.folding import fold
from retrieval.answer.verification import Nearest, Occurrence, Status, verify
from retrieval.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.answer.folded_library import FoldedLibrary, FoldedPage
    from retrieval.answer.verification import Verdict
    from retrieval.core.model import Article

WORDS = 4  # that a quotation has at least: with fewer, anybody may have said it
LONGEST = 4000  # characters of one quotation that are checked
NEARLY = 0.8  # how alike a passage is that a quotation altered
MOST_PARTS = 3  # places that a quotation is stitched from, at most
APART = 120  # characters between two places of one article that are no longer one place

PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
# A mark that is not closed is closed by the end of its paragraph, as where a quotation goes on in the next one.
MARKED = re.compile(r"“([^“”]*)(?:”|\Z)|„([^„“”]*)(?:[“”]|\Z)|«([^«»]*)(?:»|\Z)|\"([^\"]*)\"")
BLOCK = re.compile(r"(?:^[ \t]*>.*(?:\n|\Z))+", re.MULTILINE)
SIGN = re.compile(r"(?m)^[ \t]*> ?")
ATTRIBUTION = re.compile(r"(?m)^[—–].*\Z")
OMISSION = re.compile(r"\s*[\[(]?…[\])]?\s*")
WORD = re.compile(r"\S+")
AT_THE_END = ",.;:!?"


class Finding(StrEnum):
    """What became of a quotation."""

    FOUND = "found"
    TYPOGRAPHY = "typography"  # found but for quotation marks, dashes, dots, white space
    ALTERED = "altered"  # something much like it is there
    STITCHED = "stitched"  # its parts are there, in several places
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """A quotation of a draft: where in the draft it stands, what it says, and where the sources have it.

    `places` are those of the whole or, where it was stitched, one for each part; `nearest` is what it altered.
    """

    span: Span
    text: str
    finding: Finding
    places: tuple[Occurrence, ...] = ()
    nearest: Nearest | None = None


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words of a quotation, and what the source has in their place; either may be empty."""

    said: str
    there: str


def quotations_in(draft: str) -> list[tuple[Span, str]]:
    """Where a draft quotes, in order, and what: the whole block or stretch, and its words without the signs around."""
    blocks = [(Span(*found.span()), _of_block(found[0])) for found in BLOCK.finditer(draft)]
    marked = [(span, text) for span, text in _marked(draft) if not any(block.overlaps(span) for block, _ in blocks)]
    found = sorted([*blocks, *marked], key=lambda each: each[0].start)
    return [(span, text) for span, text in found if len(text.split()) >= WORDS]


def _of_block(block: str) -> str:
    return ATTRIBUTION.sub("", SIGN.sub("", block).strip()).strip()


def _marked(draft: str) -> Iterator[tuple[Span, str]]:
    for paragraph in PARAGRAPH.finditer(draft):
        for found in MARKED.finditer(paragraph[0]):
            text = next(group for group in found.groups() if group is not None)
            yield Span(paragraph.start() + found.start(), paragraph.start() + found.end()), text.strip()


def check(span: Span, text: str, articles: Sequence[Article], folded: FoldedLibrary) -> CheckedQuotation:
    """Look for a quotation in the articles; its first 4,000 characters, if it is longer."""
    text = text[:LONGEST]
    verdict = verify(text, articles, folded)
    ended = text.rstrip(AT_THE_END)
    if verdict.status is Status.NOT_FOUND and ended != text:  # a comma or full stop of the sentence around it
        without = verify(ended, articles, folded)
        verdict = without if without.status is not Status.NOT_FOUND else verdict
    if verdict.status is not Status.NOT_FOUND:
        finding = Finding.TYPOGRAPHY if verdict.status is Status.TYPOGRAPHY else Finding.FOUND
        return CheckedQuotation(span, text, finding, verdict.places)
    if parts := _parts(ended, [folded.article(article).seen for article in articles]):
        return CheckedQuotation(span, text, Finding.STITCHED, parts)
    return _most_like(span, text, verdict)


def _most_like(span: Span, text: str, verdict: Verdict) -> CheckedQuotation:
    nearest = verdict.nearest
    finding = Finding.ALTERED if nearest and nearest.similarity >= NEARLY else Finding.NOT_FOUND
    return CheckedQuotation(span, text, finding, nearest=nearest if finding is Finding.ALTERED else None)


def _parts(text: str, pages: Sequence[FoldedPage]) -> tuple[Occurrence, ...]:
    """The places of the parts of a quotation that are each somewhere, in order; empty where one is nowhere.

    Parts end at dots of omission, or else are each as long as can be. Parts that stand side by side are no stitching.
    """
    whole = fold(text).text.strip(" '")
    written = [part for part in OMISSION.split(whole) if part.strip()]
    pieces = written if len(written) > 1 else list(_longest_pieces(whole, pages))
    if not 1 < len(pieces) <= MOST_PARTS:
        return ()
    places = [_first_place(piece, pages) for piece in pieces]
    found = [place for place in places if place]
    is_marked = len(written) > 1
    if len(found) < len(pieces) or not (is_marked or all(map(_are_apart, found, found[1:]))):
        return ()
    return tuple(found)


def _longest_pieces(whole: str, pages: Sequence[FoldedPage]) -> Iterator[str]:
    """A text cut into pieces, each as long as one that is in a page; it ends at words that are in none."""
    words = [Span(*found.span()) for found in WORD.finditer(whole)]
    first = 0
    while first < len(words):
        fewest, most = 0, len(words) - first  # by halves: where more words stand side by side, so do fewer
        while fewest < most:
            middle = (fewest + most + 1) // 2
            piece = whole[words[first].start : words[first + middle - 1].end]
            fewest, most = (middle, most) if _is_somewhere(piece, pages) else (fewest, middle - 1)
        if fewest < min(WORDS, len(words) - first):
            yield whole[words[first].start :]  # is nowhere, so that the whole is not stitched
            return
        yield whole[words[first].start : words[first + fewest - 1].end]
        first += fewest


def _is_somewhere(piece: str, pages: Sequence[FoldedPage]) -> bool:
    return any(piece in page.folded.text for page in pages)


def _first_place(piece: str, pages: Sequence[FoldedPage]) -> Occurrence | None:
    for page in pages:
        at = page.folded.text.find(piece)
        if at >= 0:
            return Occurrence(page.article, page.span(at, at + len(piece)))
    return None


def _are_apart(one: Occurrence, other: Occurrence) -> bool:
    gap = other.span.start - one.span.end
    return one.article is not other.article or not 0 <= gap <= APART


def changes(said: str, there: str) -> list[WordChange]:
    """Where a quotation and a passage differ, word by word; typography does not count."""
    ours, theirs = said.split(), there.split()
    edits = Levenshtein.opcodes([fold(word).text for word in ours], [fold(word).text for word in theirs])
    return [
        WordChange(" ".join(ours[edit.src_start : edit.src_end]), " ".join(theirs[edit.dest_start : edit.dest_end]))
        for edit in edits
        if edit.tag != "equal"
    ]
