"""The sources as pages: the list, and one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.i18n import _, counted, isolated, ngettext
from bot.i18n import number as thousands
from bot.pages.actions import Press
from bot.pages.links import address
from bot.pages.markdown import escape, plain
from bot.pages.page import FOOTER, TITLE, Attachment, Button, Page
from bot.pages.phrases import date_line
from bot.pages.quoting import excerpt
from retrieval.core.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.core.model import Article

PER_PAGE = 10
NAME = 150
DETAIL = 100
FIRST_LINES = 700
LARGEST = 8_000_000  # bytes; Discord takes 10 MiB with all that is around it
LONGEST_NAME = 80
NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source, its number of sentences, and how often it was quoted in this server; None where that is not known."""

    article: Article
    sentences: int
    quoted: int | None = None


def on_page(articles: Sequence[Article], number: int) -> tuple[int, Sequence[Article]]:
    """Give the number of the page that is meant, the last one where there are not so many, and the articles on it."""
    number = min(max(number, 1), _pages(len(articles)))
    return number, articles[(number - 1) * PER_PAGE : number * PER_PAGE]


def _pages(count: int) -> int:
    return max(1, -(-count // PER_PAGE))


def sources_page(listed: Sequence[ListedSource], *, number: int, of: int) -> Page:
    """Show one page of the list; `of` is the number of all sources."""
    last = _pages(of)
    lines = [_line(at, each) for at, each in enumerate(listed, start=(number - 1) * PER_PAGE + 1)]
    return Page(
        title=counted(of, "source"),
        body="\n".join(lines) or _("There are no sources yet."),
        footer=_("Page {number} of {last}").format(number=number, last=last) if last > 1 else "",
        buttons=(
            Button(_("Previous"), Press.SOURCES, str(number - 1), enabled=number > 1),
            Button(_("Next"), Press.SOURCES, str(number + 1), enabled=number < last),
        )
        if last > 1
        else (),
    )


def source_page(listed: ListedSource) -> Page:
    """Show one source: what is known of it, and its first lines."""
    article = listed.article
    known = {
        _("Date"): date_line(article),
        _("Author"): _detail(article.author),
        _("Publisher"): _detail(article.publisher),
        _("Link"): _link(article.url),
        _("Licence"): _detail(article.licence),
        _("Sentences"): thousands(listed.sentences),
        _("Quoted here"): _times(listed.quoted) if listed.quoted is not None else "",
    }
    lines = [f"**{name}** {value}" for name, value in known.items() if value]
    return Page(
        title=escape(" ".join(article.name.split()), limit=TITLE),
        body="\n".join([*lines, "", excerpt(_first_lines(article), limit=FIRST_LINES)]),
        footer=plain(article.file, limit=FOOTER),
        buttons=(Button(_("The whole text"), Press.TEXT, article.sha256),),
    )


def text_page(article: Article) -> Page:
    """Give the whole text of a source as a file, if it is not too large for Discord."""
    name = f"**{escape(' '.join(article.name.split()), limit=NAME)}**"
    if len(article.text.encode(errors="replace")) > LARGEST:
        return Page(_("The text of {name} is too large to send here as a file.").format(name=name))
    said = _("The text of {name}, exactly as I quote from it:").format(name=name)
    return Page(said, attachment=Attachment(_file_name(article.file), article.text))


def _file_name(file: str) -> str:
    name = NOT_IN_NAMES.sub("-", file.rpartition("/")[2])[-LONGEST_NAME:]
    return name if name.lower().endswith((".txt", ".md")) else f"{name}.txt"


def _line(number: int, listed: ListedSource) -> str:
    sentences = counted(listed.sentences, "sentence")
    quoted = _("quoted {times} here").format(times=_times(listed.quoted)) if listed.quoted else ""
    details = " · ".join(part for part in (date_line(listed.article), sentences, quoted) if part)
    named = isolated(f"**{escape(' '.join(listed.article.name.split()), limit=NAME)}**")
    return f"{number}. {named}\n{details}"


def _times(count: int) -> str:
    return ngettext("{count} time", "{count} times", count).format(count=thousands(count))


def _detail(value: str | None) -> str:
    return isolated(escape(" ".join((value or "").split()), limit=DETAIL))


def _link(url: str | None) -> str:
    """Show the address itself where a browser opens it, else what is written there, as mere text."""
    link = address(url)
    return isolated(f"<{link}>") if link else _detail(url)


def _first_lines(article: Article) -> str:
    """Take the paragraphs at the head of an article, without its titles and captions, until there is enough to show."""
    lines: list[str] = []
    for block in article.blocks:
        if block.kind in {Kind.PARAGRAPH, Kind.ITEM} and sum(map(len, lines)) < FIRST_LINES // 3:
            lines.append(article.text[block.span.start : block.span.end])
    return "\n\n".join(lines)
