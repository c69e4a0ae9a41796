"""The sources as pages: the list, and one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.locales import _, isolated
from bot.locales import number as thousands
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
LONGEST_LINK = 1000
LINK = re.compile(r"https?://[A-Za-z0-9.:-]+(?:[/?#][A-Za-z0-9._~/?#@!$&'()*+,;=%:-]*)?")


def sources_page(articles: Sequence[Article], number: int = 1) -> Page:
    """Show one page of the list, the last one where there are not so many."""
    last = max(1, -(-len(articles) // PER_PAGE))
    number = min(max(number, 1), last)
    first = (number - 1) * PER_PAGE
    lines = [_line(at, article) for at, article in enumerate(articles[first : first + PER_PAGE], start=first + 1)]
    return Page(
        title=counted(len(articles), "source"),
        body="\n".join(lines) or _("There is no source yet."),
        footer=_("Page {number} of {last}").format(number=number, last=last) if last > 1 else "",
        buttons=(
            Button(_("Previous"), "sources", str(number - 1), enabled=number > 1),
            Button(_("Next"), "sources", str(number + 1), enabled=number < last),
        )
        if last > 1
        else (),
    )


def source_page(article: Article, *, sentences: int) -> Page:
    """Show one source: what is known of it, and its first lines."""
    known = {
        _("Date"): date_line(article),
        _("Author"): _detail(article.author),
        _("Publisher"): _detail(article.publisher),
        _("Link"): _link(article.url),
        _("Licence"): _detail(article.licence),
        _("Sentences"): thousands(sentences),
    }
    lines = [f"**{name}** {value}" for name, value in known.items() if value]
    return Page(
        title=escape(" ".join(article.name.split()), limit=TITLE),
        body="\n".join([*lines, "", excerpt(_first_lines(article), limit=FIRST_LINES)]),
        footer=plain(article.file, limit=FOOTER),
    )


def _line(number: int, article: Article) -> str:
    details = " · ".join(part for part in (date_line(article), _detail(article.author or article.publisher)) if part)
    named = isolated(f"**{escape(' '.join(article.name.split()), limit=NAME)}**")
    return f"{number}. {named}" + (f"\n{details}" if details else "")


def _detail(value: str | None) -> str:
    return isolated(escape(" ".join((value or "").split()), limit=DETAIL))


def _link(url: str | None) -> str:
    """Show the address itself where a browser opens it, else what is written there, as mere text."""
    url = (url or "").strip()
    return isolated(f"<{url}>") if len(url) <= LONGEST_LINK and LINK.fullmatch(url) else _detail(url)


def _first_lines(article: Article) -> str:
    """Take the paragraphs at the head of an article, without its titles and captions, until there is enough to show."""
    lines: list[str] = []
    for block in article.blocks:
        if block.kind in {Kind.PARAGRAPH, Kind.ITEM} and sum(map(len, lines)) < FIRST_LINES // 3:
            lines.append(article.text[block.span.start : block.span.end])
    return "\n\n".join(lines)
