"""A stretch of an article -> what a reader sees of it: no markup, a row with its columns, an item with its mark.

What is in the file stays the quotation, word for word; this is how it is shown. Each letter that is shown knows its
place in the file, so that the words that were found can be marked; what is added, as the name of a column, has none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.analysis.visible_text import seen
from retrieval.answer.table_cells import ADDED, row_text
from retrieval.answer.visible_signs import Style, Styled, VisibleSigns, code_text, indent_of, running_text, runs_of_true
from retrieval.core.model import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retrieval.core.model import Article, Block, Quote

FARTHEST = 40  # blocks before one, among which the page is looked for that it is on
PLACE = re.compile(r"p\. [^\s]{1,12}|\d+:\d\d:\d\d")
INDENT = "  "  # for each level of a list below the first that is shown


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """What is shown of a block: `origins` has for each sign of `text` its place in the file, ADDED for none."""

    kind: Kind
    text: str
    origins: Sequence[int]
    styles: Sequence[Styled] = ()
    label: str = ""

    def marked(self, spans: Iterable[Span]) -> list[Span]:
        """Where in `text` those stretches of the file are shown."""
        return [
            Span(first, last)
            for span in spans
            for first, last in runs_of_true([span.start <= origin < span.end for origin in self.origins])
        ]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a stretch, block by block."""

    blocks: Sequence[ShownBlock]

    @property
    def text(self) -> str:
        """All of it as plain text, each block on lines of its own."""
        return "\n".join(block.text for block in self.blocks)


def shown_of(article: Article, span: Span) -> Shown:
    """What a reader sees of a stretch of an article."""
    first = max(bisect_right(article.blocks, span.start, key=lambda block: block.span.start) - 1, 0)
    inside: list[tuple[int, Block]] = []
    for place in range(first, len(article.blocks)):
        block = article.blocks[place]
        if block.span.start >= span.end:
            break
        if block.span.overlaps(span) and block.kind is not Kind.BOILERPLATE:
            inside.append((place, block))
    if not inside:  # no block, as in a text that nobody read for its blocks
        whole = ShownBlock(Kind.PARAGRAPH, *running_text(VisibleSigns(article, span)))
        return Shown([whole])
    outermost = min((block.level for _, block in inside if block.kind is Kind.ITEM), default=0)
    terms = {block.parent for _, block in inside if block.kind is Kind.DEFINITION}
    found: list[ShownBlock] = []
    for place, block in inside:
        part = Span(max(block.span.start, span.start), min(block.span.end, span.end))
        if not (block.kind is Kind.TERM and place in terms):
            defined = {inside[number - 1][0] for number, (one, _) in enumerate(inside) if one == place and number}
            found.append(_block(article, block, part, outermost, after_term=block.parent in defined or not found))
    return Shown([one for one in found if one.text.strip()])


def path_of(article: Article, span: Span) -> tuple[str, ...]:
    """The headings above what begins where `span` does, outermost first, without those that are in it.

    Last comes the page of a PDF, "p. 12", or the time in a recording, "0:12:07", where it is known.
    """
    place = bisect_right(article.blocks, span.start, key=lambda block: block.span.start) - 1
    before = (article.blocks[number].label for number in range(place, max(place - FARTHEST, -1), -1))
    path: list[str] = [label for label in before if PLACE.fullmatch(label)][:1]
    while place >= 0:
        block = article.blocks[place]
        if block.kind is Kind.HEADING and block.span.end <= span.start:
            path.append(_one_line(article, block.span))
        place = block.parent
    return tuple(reversed(path))


def marked_sentence(quote: Quote) -> Span | None:
    """The sentence of a quote that answers, where there is more around it; None where it need not be told apart.

    A heading is no answer; what stands below it is.
    """
    article, best = quote.article, quote.sentences[0] if quote.sentences else quote.span
    around = [Span(quote.span.start, best.start), Span(best.end, quote.span.end)]
    block = bisect_right(article.blocks, best.start, key=lambda block: block.span.start) - 1
    heads = block >= 0 and article.blocks[block].kind is Kind.HEADING
    return best if not heads and any(seen(article, span).strip() for span in around if len(span) > 0) else None


def _one_line(article: Article, span: Span) -> str:
    return " ".join(seen(article, span).split())


def _block(article: Article, block: Block, part: Span, outermost: int, *, after_term: bool) -> ShownBlock:
    signs = VisibleSigns(article, part, since=block.span.start)
    whole = part.start <= block.span.start
    match block.kind:
        case Kind.ROW | Kind.TABLE_HEAD:
            return ShownBlock(block.kind, *row_text(article, block, part))
        case Kind.CODE:
            return ShownBlock(block.kind, *code_text(signs, indent_of(article.text, part.start)), label=block.label)
        case Kind.ITEM:
            lead = INDENT * max(block.level - outermost, 0) + (f"{block.label or '•'} " if whole else "")
            return _led(block.kind, lead, *running_text(signs))
        case Kind.DEFINITION if after_term and block.parent >= 0 and whole:
            term = article.blocks[block.parent]
            return _led(block.kind, f"{_one_line(article, term.span)}: ", *running_text(signs))
        case _:
            return ShownBlock(block.kind, *running_text(signs))


def _led(kind: Kind, lead: str, text: str, origins: list[int], styles: list[Styled]) -> ShownBlock:
    """A block with something in front of it that is not in this place of the file."""
    moved = [Styled(style, start + len(lead), end + len(lead)) for style, start, end in styles]
    if lead.strip():
        moved.insert(0, Styled(Style.LABEL, 0, len(lead.rstrip())))
    return ShownBlock(kind, lead + text, [ADDED] * len(lead) + origins, moved)
