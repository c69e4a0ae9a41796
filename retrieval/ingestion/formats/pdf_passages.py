"""The lines of a PDF's pages -> passages: paragraphs, headings, rows of tables, and what is at the edges of pages."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from retrieval.ingestion.formats.document_builder import one_line
from retrieval.ingestion.formats.pdf_layout import lines_in_order
from retrieval.ingestion.formats.text_marks import BULLET, SENTENCE_END

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.ingestion.formats.pdf_layout import PrintedLine, TextPiece

LARGER = 1.12  # times the size of the text that a heading has at least
LONGEST_HEADING = 150
HYPHEN = re.compile(r"(?P<before>\w+)(?:\xad|-)$")
PAGE_NUMBER = re.compile(
    r"\W*(?:page |seite |página )?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|von|de)\s*\d{1,4})?\W*", re.IGNORECASE
)


class PdfPage(NamedTuple):
    """A page: its number as printed, its pieces of text, and the lines in its margins."""

    number: str
    pieces: list[TextPiece]
    edges: list[PrintedLine]


class PdfPassage(NamedTuple):
    """Lines that belong together, and what they are: "text", "heading", "row" or "edge"."""

    kind: str
    lines: tuple[PrintedLine, ...]
    page: str


def masked(text: str) -> str:
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", one_line(text).casefold())


def passages_of(page: PdfPage, running: frozenset[str], body: float) -> Iterator[PdfPassage]:
    """The lines of a page that belong together, those that run over many pages first."""
    aside: set[TextPiece] = set()
    for line in page.edges:
        if masked(line.text) in running or PAGE_NUMBER.fullmatch(one_line(line.text)):
            yield PdfPassage("edge", (line,), page.number)
            aside.update(line.pieces)
    run: list[PrintedLine] = []
    kind = ""
    inside = lines_in_order([piece for piece in page.pieces if piece not in aside])
    leading = _leading(inside, body)
    kinds = [_kind(line, body) for line in inside]
    for at, now in enumerate(kinds):
        if now == "row" and "row" not in (kinds[at - 1] if at else "", *kinds[at + 1 : at + 2]):
            kinds[at] = "text"  # a table has two rows
    for line, now in zip(inside, kinds, strict=True):
        if run and (now != kind or now == "row" or _parts(kind, run, line, leading)):
            yield PdfPassage(kind, tuple(run), page.number)
            run = []
        kind = now
        run.append(line)
    if run:
        yield PdfPassage(kind, tuple(run), page.number)


def _kind(line: PrintedLine, body: float) -> str:
    text = line.text
    if len(line.pieces) > 1 and not BULLET.match(text):
        return "row"
    is_name = len(text) <= LONGEST_HEADING and any(sign.isalpha() for sign in text)
    if is_name and line.size >= LARGER * body:
        return "heading"
    if (
        is_name
        and line.bold
        and line.size >= 0.95 * body
        and not SENTENCE_END.search(text.rstrip("."))
        and len(text) < 80
    ):
        return "heading" if not text.endswith(".") else "text"
    return "text"


def _leading(lines: Sequence[PrintedLine], body: float) -> float:
    """How far apart the lines of the text are on most of a page, in times the size of their letters."""
    apart = Counter(
        round((line.bottom - after.bottom) / body, 1)
        for line, after in pairwise(lines)
        if line.region == after.region
        and abs(line.size - body) < 1
        and 0.8 <= (line.bottom - after.bottom) / body < 2.5
    )
    return max(apart.most_common(1)[0][0], 1.35) if apart else 1.35


def _parts(kind: str, run: Sequence[PrintedLine], line: PrintedLine, leading: float) -> bool:
    """Whether a line begins something else than the lines before it."""
    last = run[-1]
    pitch = last.bottom - line.bottom
    size = max(line.size, 1.0)
    if kind == "heading":
        off_centre = abs(last.left + last.right - line.left - line.right) > size
        apart = pitch > 1.6 * size or abs(last.size - line.size) > 0.05 * size
        return apart or (abs(last.left - line.left) > 0.5 * size and off_centre)
    if last.region != line.region or pitch < 0:
        return not _goes_on(last.text, line.text)
    usual = run[-2].bottom - last.bottom if len(run) > 1 and run[-2].region == last.region else leading * size
    if pitch > max(1.25 * usual, usual + 0.3 * size) or abs(last.size - line.size) > 0.15 * size:
        return True
    if BULLET.match(line.text) or (line.bold and not last.bold and not _goes_on(last.text, line.text)):
        return True
    return _is_indented(run, line) or _is_short(run, line, leading)


def _is_indented(run: Sequence[PrintedLine], line: PrintedLine) -> bool:
    """Whether a line is the first of the next paragraph, as its indentation says."""
    left, size = min(one.left for one in run), max(line.size, 1.0)
    if line.left <= left + 0.8 * size or len(run) == 1 or run[-1].left > left + 0.3 * size:
        return False
    return not BULLET.match(run[0].text)


def _is_short(run: Sequence[PrintedLine], line: PrintedLine, leading: float) -> bool:
    """Whether the last line of a paragraph is one that could have held the next word too."""
    last, size = run[-1], max(line.size, 1.0)
    left, right = min(one.left for one in run), max(one.right for one in run)
    first_word = line.text.split(maxsplit=1)[0]
    room = right - last.right
    if leading > 1.6 and room > 0.3 * (right - left):
        return True  # lines far apart may as well be paragraphs of one line: only full ones go on
    return room > size * max(len(first_word), 4) and SENTENCE_END.search(last.text) is not None


def _goes_on(before: str, after: str) -> bool:
    return not SENTENCE_END.search(before) and after[:1].islower()


def over_pages(passages: Sequence[PdfPassage]) -> list[PdfPassage]:
    """The passages, those that go on over the edge of a page or a column as one."""
    found: list[PdfPassage] = []
    last = -1  # the place of the last one that is text
    for passage in passages:
        if passage.kind == "text" and last >= 0 and found[last].kind == "text":
            before, after = found[last].lines[-1].text, passage.lines[0].text
            parted = found[last].lines[-1].region != passage.lines[0].region or found[last].page != passage.page
            if parted and (_goes_on(before, after) or HYPHEN.search(before)):
                found[last] = found[last]._replace(lines=found[last].lines + passage.lines)
                continue
        if passage.kind != "edge":
            last = len(found)
        found.append(passage)
    return found
