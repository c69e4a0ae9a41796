"""What was read of a file, drawn as text: a line a block, under what it belongs to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.analysis.visible_text import visible
from retrieval.ingestion.file_articles import articles_in

if TYPE_CHECKING:
    from retrieval.core.model import Article

LONGEST = 90
DATA = Path(__file__).parents[2] / "data" / "formats"


def sample(name: str) -> str:
    """Draw what is read of a file in tests/data/formats."""
    return drawn(name, (DATA / name).read_bytes())


def drawn(file: str, content: bytes) -> str:
    """Draw what is read of a file with that content."""
    found = articles_in(file, content)
    lines = [line for article in found.articles for line in _article(article)]
    return "\n".join(
        [*lines, *(f"problem: {said}" for said in found.problems), *(f"remark: {r}" for r in found.remarks)]
    )


def _article(article: Article) -> list[str]:
    about = [article.date, article.author, article.publisher, article.url, article.licence]
    lines = [" / ".join([article.file, article.name, *(str(said) for said in about if said)])]
    for block in article.blocks:
        depth, parent = 0, block.parent
        while parent >= 0:
            depth, parent = depth + 1, article.blocks[parent].parent
        said = visible(article.text, article.hidden, block.span).text
        label = f" ({block.label})" if block.label.isprintable() and block.label.strip() else ""
        lines.append(f"{'  ' * depth}{block.kind}{label}: {_short(said)}".rstrip())
    return lines


def _short(said: str) -> str:
    said = " ⏎ ".join(said.split("\n"))
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
