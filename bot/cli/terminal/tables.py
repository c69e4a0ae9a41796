"""Columns without lines around them, and shares as percent: well to read in a terminal and to pass through a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from bot.cli.terminal.terminal import printable
from bot.pages.phrases import date_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.cli.terminal.terminal import Terminal
    from retrieval.core.model import Article


NONE = "–"


def percent(share: float | None, digits: int = 1) -> str:
    """A share as percent, such as “92.6 %”; a dash where there is none."""
    return NONE if share is None else f"{100 * share:.{digits}f} %"


def columns(*headings: str) -> Table:
    """Make a table with these headings; one that begins with ">" is over a column of numbers."""
    names = [heading.removeprefix(">") for heading in headings]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=any(names), header_style="bold")
    for heading, name in zip(headings, names, strict=True):
        table.add_column(name, justify="right" if heading.startswith(">") else "left", overflow="fold")
    return table


def show_sources(terminal: Terminal, articles: Sequence[Article], sentences: Mapping[str, int]) -> None:
    """Print a line for each article; `sentences` is the number of sentences of each file."""
    table = columns("Source", "Date", ">Sentences", "File")
    for article in articles:
        table.add_row(
            Text(printable(article.name)),
            date_line(article),
            f"{sentences.get(article.file, 0):,}",
            Text(printable(article.file), "dim"),
        )
    terminal.show(table)
