"""A unit as an encoder reads it: below the names of all that it stands under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.analysis.visible_text import visible
from retrieval.core.model import Kind

if TYPE_CHECKING:
    from retrieval.core.model import Article, Sentence, Span

NAMING = frozenset({Kind.TITLE, Kind.HEADING, Kind.TERM, Kind.NOTE})  # what names a unit below it


def unit_text(sentence: Sentence) -> str:
    """A unit with what names it: "title > headings (column heads). unit"."""
    article = sentence.article
    names: list[str] = []
    heads = ""
    place = sentence.block.parent
    while place >= 0:
        block = article.blocks[place]
        if block.kind in NAMING:
            names.append(_seen(article, block.span))
        elif block.kind is Kind.TABLE_HEAD:
            heads = f" ({_seen(article, block.span)})"
        place = block.parent
    path = " > ".join(dict.fromkeys(name for name in (article.name, *reversed(names)) if name))
    return f"{path}{heads}. {_seen(article, sentence.span)}"


def _seen(article: Article, span: Span) -> str:
    """What a reader sees of a stretch, in one line, the cells of a row parted by commas."""
    line = " ".join(visible(article.text, article.hidden, span).text.split())
    return ", ".join(cell for each in line.split("|") if (cell := each.strip()))
