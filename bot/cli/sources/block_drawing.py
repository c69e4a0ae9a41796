"""The blocks of an article as a tree in the terminal: what can be quoted, what it belongs to, what was left aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from bot.cli.terminal.reply_records import source_record, span_record
from bot.cli.terminal.terminal import printable
from retrieval.analysis.sentence_splitter import sentences_of
from retrieval.analysis.visible_text import seen
from retrieval.core.model import QUOTABLE, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.cli.terminal.terminal import Terminal
    from retrieval.core.model import Article, Block

INDENT = "  "
SHORTEST = 20  # signs of a block's text that are shown, however deep it is
PLURALS = {
    Kind.PARAGRAPH: "paragraphs",
    Kind.HEADING: "headings",
    Kind.ITEM: "list items",
    Kind.ROW: "table rows",
    Kind.CODE: "blocks of code",
    Kind.DEFINITION: "definitions",
    Kind.QUOTATION: "quotations",
    Kind.CAPTION: "captions",
}
SINGULARS = {Kind.ITEM: "list item", Kind.ROW: "table row", Kind.CODE: "block of code"}


def show_blocks(terminal: Terminal, article: Article) -> None:
    """Print each block with its kind below what it belongs to; what is never quoted is dim."""
    terminal.say(f"{article.file}: {article.name}", "bold")
    depths: list[int] = []
    for block in article.blocks:
        depths.append(depths[block.parent] + 1 if block.parent >= 0 else 0)
        head = INDENT * depths[-1] + (f"{block.kind} ({block.label})" if block.label else str(block.kind))
        said = " ".join(printable(seen(article, block.span)).split())
        room = max(terminal.columns - len(head) - 2, SHORTEST)
        said = said if len(said) <= room else said[: room - 1] + "…"
        style = "cyan" if block.kind in QUOTABLE else "dim"
        terminal.print(Text.assemble((head, style), "  ", said), soft_wrap=True)
    terminal.print()
    aside = sum(block.kind is Kind.BOILERPLATE for block in article.blocks)
    units = sum(1 for _ in sentences_of(article))
    terminal.say(
        f"{units:,} can be found and quoted; left out of answers: {aside:,} of {len(article.blocks):,} blocks."
    )


def blocks_record(article: Article) -> dict[str, Any]:
    """Give the blocks of an article, each with its place, its parent's, and what is seen of it."""
    return {**source_record(article), "blocks": [_record(article, block) for block in article.blocks]}


def _record(article: Article, block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        **span_record(block.span),
        "parent": block.parent,
        "level": block.level,
        "label": block.label,
        "seen": seen(article, block.span),
    }


def counts_lines(counts: Mapping[str, int]) -> list[str]:
    """Write how many blocks of each kind can be quoted, and how many of each sort are left out of answers."""
    quotable = [(count, kind) for kind in PLURALS if (count := counts.get(kind, 0))]
    lines = []
    if quotable:
        said = (
            f"{n:,} {SINGULARS.get(k, str(k)) if n == 1 else PLURALS[k]}" for n, k in sorted(quotable, reverse=True)
        )
        lines.append(f"What can be quoted: {', '.join(said)}.")
    aside = {
        kind.partition(": ")[2] or "other": count for kind, count in counts.items() if kind.startswith("boilerplate")
    }
    if aside:
        said = (f"{count:,} × {label}" for label, count in sorted(aside.items(), key=lambda one: (-one[1], one[0])))
        lines.append(f"What is left out of answers: {', '.join(said)}.")
    return lines
