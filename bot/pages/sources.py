"""The sources as pages: the list, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.pages.links import address
from bot.pages.markdown import escape, plain
from bot.pages.page import FOOTER, TITLE, Button, Page
from bot.pages.quoting import excerpt
from bot.pages.wording import counted, date_line
from retrieval.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.model import Article

PER_PAGE = 10
NAME = 150
DETAIL = 100
FIRST_LINES = 700


def sources_page(articles: Sequence[Article], number: int = 1) -> Page:
    """Show one page of the list, the last one where there are not so many."""
    last = max(1, -(-len(articles) // PER_PAGE))
    number = min(max(number, 1), last)
    first = (number - 1) * PER_PAGE
    lines = [_line(at, article) for at, article in enumerate(articles[first : first + PER_PAGE], start=first + 1)]
    return Page(
        title=counted(len(articles), "source"),
        body="\n".join(lines) or "There is no source yet.",
        footer=f"Page {number} of {last}" if last > 1 else "",
        buttons=(
            Button("Previous", "sources", str(number - 1), enabled=number > 1),
            Button("Next", "sources", str(number + 1), enabled=number < last),
        )
        if last > 1
        else (),
    )


def source_page(article: Article, *, sentences: int) -> Page:
    """Show one source: what is known of it, and its first lines."""
    known = {
        "Date": date_line(article),
        "Author": _detail(article.author),
        "Publisher": _detail(article.publisher),
        "Link": _link(article.url),
        "Licence": _detail(article.licence),
        "Sentences": f"{sentences:,}",
    }
    lines = [f"**{name}** {value}" for name, value in known.items() if value]
    return Page(
        title=escape(" ".join(article.name.split()), limit=TITLE),
        body="\n".join([*lines, "", excerpt(_first_lines(article), limit=FIRST_LINES)]),
        footer=plain(article.file, limit=FOOTER),
    )


def _line(number: int, article: Article) -> str:
    details = " · ".join(part for part in (date_line(article), _detail(article.author or article.publisher)) if part)
    return f"{number}. **{escape(' '.join(article.name.split()), limit=NAME)}**" + (f"\n{details}" if details else "")


def _detail(value: str | None) -> str:
    return escape(" ".join((value or "").split()), limit=DETAIL)


def _link(url: str | None) -> str:
    """Show the address itself where a browser opens it, else what is written there, as mere text."""
    link = address(url)
    return f"<{link}>" if link else _detail(url)


def _first_lines(article: Article) -> str:
    """Take the paragraphs at the head of an article, without its titles and captions, until there is enough to show."""
    lines: list[str] = []
    for block in article.blocks:
        if block.kind in {Kind.PARAGRAPH, Kind.ITEM} and sum(map(len, lines)) < FIRST_LINES // 3:
            lines.append(article.text[block.span.start : block.span.end])
    return "\n\n".join(lines)
