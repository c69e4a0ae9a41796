"""A quotation as a block of markdown, with its source's name under it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.config.errors import MisquoteError
from bot.i18n import _, isolated
from bot.pages.links import address, link_to
from bot.pages.markdown import BREAKS, CUT, escape, seen, unescape, units
from bot.pages.phrases import also_in, date_line, joined
from retrieval.core.model import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.store.log_row import LoggedQuote
    from retrieval.core.model import Article, Quote

NAME = 200
LINE_END = re.compile(rf"(?:\r\n|[{BREAKS}])\s*")
BOLD_MARK = re.compile(r"(\\.)|\*\*", re.DOTALL)  # an escaped character, kept, or bold that begins or ends
# What ends the words of a link for Discord, or looks like another address, which it would then show in their place.
NOT_IN_LINKS = re.compile(r"[\[\]\\]|//|\w\.\w")
MARK = 10  # signs before a heading's words, at most: its marks and the spaces behind them
MARK_BEFORE = re.compile(r"(?P<mark>#{1,6}[ \t]*)\Z")
MARK_AFTER = re.compile(r"(?P<mark>[ \t]*#+|[ \t]*\r?\n(?:=+|-+))[ \t]*(?=\r?\n|\Z)")
ITEM = re.compile(r"[-*+•] |[0-9]+[.)] ")


def quotation(quote: Quote, *, limit: int) -> str:
    """Write a quote as a block, its marked words in bold, and its source under it.

    A quote that is too long starts at its best sentence instead, and is cut at its end.
    """
    article, span = quote.article, quote.span
    under = _source(article.name, article, limit=limit, span=span)
    if copies := also_in(quote):
        under += "\n" + escape(copies, limit=limit // 6)
    limit -= units(under) + 1
    block = _block(quote.text, bold=_within(span, quote.marks)) if len(span) <= limit else None
    if block is None or units(block) > limit:
        best = quote.sentences[0].start if quote.sentences else span.start
        rest = Span(best, span.end)
        text = article.text[rest.start : rest.end]
        lead = f"{CUT} " if best > span.start else ""
        block = _block(text, bold=_within(rest, quote.marks), lead=lead, limit=limit)
    return f"{block}\n{under}"


def logged_quotation(quote: LoggedQuote, article: Article | None, *, limit: int) -> str:
    """Write a quote as it was logged; `article` is its source, where the library still has it unchanged."""
    under = _source(quote.name, article, limit=limit, span=Span(quote.start, quote.end))
    return f"{_block(quote.text, limit=limit - units(under) - 1)}\n{under}"


def first_that_fits(article: Article, stretches: Sequence[Span], *, bold: Sequence[Span], limit: int) -> str:
    """Write the first of some stretches of an article that is not too long, with its source under it.

    Where all are, the last is cut.
    """
    under = _source(article.name, article, limit=limit, span=bold[0] if bold else None)
    room = limit - units(under) - 1
    for stretch in stretches:
        if len(stretch) <= room:
            text = _without_markup(article, stretch)
            if units(block := _block(text, bold=_within(stretch, bold))) <= room:
                return f"{block}\n{under}"
    last = stretches[-1]
    block = _block(_without_markup(article, last), bold=_within(last, bold), limit=room)
    return f"{block}\n{under}"


def _without_markup(article: Article, stretch: Span) -> str:
    """A stretch of an article with what nobody is to see in the place of its headings' marks, letter by letter."""
    text = article.text[stretch.start : stretch.end]
    for heading in article.blocks:
        if heading.kind is not Kind.HEADING or not heading.span.overlaps(stretch):
            continue
        before = MARK_BEFORE.search(article.text, max(0, heading.span.start - MARK), heading.span.start)
        after = MARK_AFTER.match(article.text, heading.span.end)
        for mark in _within(stretch, (Span(*found.span("mark")) for found in (before, after) if found)):
            text = text[: mark.start] + "\0" * len(mark) + text[mark.end :]
    return text


def excerpt(text: str, *, limit: int) -> str:
    """Write the beginning of a text as a block."""
    return _block(text, limit=limit)


def _source(name: str, article: Article | None, *, limit: int, span: Span | None = None) -> str:
    """Name the source, with its date, and with a link to `span` on its page where it has one."""
    day = date_line(article) if article else ""
    drawn = f"**{escape(' '.join(name.split()), limit=min(NAME, limit // 3))}**"
    links = [link_to(article, span), address(article.url)] if article and span else []
    link = next((each for each in links if units(each) <= limit // 3), "")
    if link and NOT_IN_LINKS.search(name):
        drawn += f" ([{_('link')}]({link}))"
    elif link:
        drawn = f"[{drawn}]({link})"
    return "— " + joined(filter(None, (isolated(drawn), day)))


def _block(text: str, *, bold: Iterable[Span] = (), lead: str = "", limit: int | None = None) -> str:
    """Write each paragraph and each item of a list on a line of its own, behind `> `."""
    if limit is not None:
        text = text[: limit * 4]  # what is left out of the rest would not be drawn anyway
    lined = LINE_END.sub(_drawn, text)
    if limit is not None:
        limit -= 2 * lined[:limit].count("\n") + units(lead) + 2
    drawn = escape(lined, bold=bold, limit=limit)
    _check(drawn, text, whole=limit is None)
    return "> " + lead + drawn.replace("\n", "\n> ")


def _check(drawn: str, text: str, *, whole: bool) -> None:
    """Read the words of a block as Discord will draw it, and compare them with the source's before they are sent."""
    said = "".join(unescape(BOLD_MARK.sub(r"\1", drawn)).split())
    source = "".join(seen(text).split())
    if said != source and (whole or not source.startswith(said.removesuffix(CUT))):
        raise MisquoteError(f"A quotation was not sent, as it would not have been word for word: {drawn[:200]!r}")


def _drawn(end: re.Match[str]) -> str:
    """Draw a line's end within a paragraph as a space, padded so that marks keep their places."""
    is_kept = len(seen(end[0]).split("\n")) > 2 or ITEM.match(end.string, end.end())
    return ("\n" if is_kept else " ").ljust(len(end[0]), "\0")


def _within(span: Span, marks: Iterable[Span]) -> list[Span]:
    return [
        Span(max(mark.start, span.start) - span.start, min(mark.end, span.end) - span.start)
        for mark in marks
        if mark.overlaps(span)
    ]
