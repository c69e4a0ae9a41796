"""A quotation as a block of markdown, with its source's name under it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.config.errors import MisquoteError
from bot.i18n import _, isolated
from bot.pages.links import address, link_to
from bot.pages.markdown import (
    BOLD,
    CODE,
    CUT,
    EMPHASIS,
    STRUCK,
    UNDERLINE,
    escape,
    seen,
    styled,
    units,
    unstyled,
)
from bot.pages.phrases import also_in, date_line, joined, source_day
from retrieval.answer.presentation import marked_sentence, path_of, shown_of
from retrieval.answer.visible_signs import Style
from retrieval.core.model import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.store.log_row import LoggedQuote
    from retrieval.answer.presentation import Shown, ShownBlock
    from retrieval.core.model import Article, Quote

NAME = 200
PATH = 160
# What ends the words of a link for Discord, or looks like another address, which it would then show in their place.
NOT_IN_LINKS = re.compile(r"[\[\]\\]|//|\w\.\w")
SIGNS = {Style.STRONG: BOLD, Style.EMPHASIS: EMPHASIS, Style.STRUCK: STRUCK, Style.CODE: CODE}
LANGUAGE = re.compile(r"[\w+#-]{1,20}")
FENCE = "```"
QUOTED = "> "


def quotation(quote: Quote, *, limit: int) -> str:
    """Write a quote as a block and its source under it.

    The sentence that answers is in bold; where there is nothing around it, the words in it that were asked for. The
    words that answer are underlined. A quote that is too long starts at its best sentence instead, and is cut at its
    end.
    """
    article, span = quote.article, quote.span
    under = _source(article.name, article, limit=limit, span=span, day=source_day(quote))
    sentence = marked_sentence(quote)
    bold = [sentence] if sentence else quote.marks
    if copies := also_in(quote):
        under += "\n" + escape(copies, limit=limit // 6)
    limit -= units(under) + 1
    block = _block(shown_of(article, span), bold, quote.answers) if len(span) <= 2 * limit else None
    if block is None or units(block) > limit:
        best = quote.sentences[0].start if quote.sentences else span.start
        lead = f"{CUT} " if best > span.start else ""
        rest = Span(best, min(span.end, best + 2 * limit))  # what is left out of the rest would not be drawn anyway
        block = _block(shown_of(article, rest), bold, quote.answers, lead=lead, limit=limit)
    return f"{block}\n{under}"


def logged_quotation(quote: LoggedQuote, article: Article | None, *, limit: int) -> str:
    """Write a quote as it was logged; `article` is its source, where the library still has it unchanged."""
    under = _source(quote.name, article, limit=limit, span=Span(quote.start, quote.end))
    room = limit - units(under) - 1
    if article and article.text[quote.start : quote.end] == quote.text:
        return f"{_block(shown_of(article, Span(quote.start, quote.end)), limit=room)}\n{under}"
    return f"{excerpt(quote.text, limit=room)}\n{under}"


def first_that_fits(article: Article, stretches: Sequence[Span], *, bold: Sequence[Span], limit: int) -> str:
    """Write the first of some stretches of an article that is not too long, with its source under it.

    Where all are, the last is cut.
    """
    under = _source(article.name, article, limit=limit, span=bold[0] if bold else None)
    room = limit - units(under) - 1
    for stretch in stretches:
        if len(stretch) <= 2 * room and units(block := _block(shown_of(article, stretch), bold)) <= room:
            return f"{block}\n{under}"
    last = Span(stretches[-1].start, min(stretches[-1].end, stretches[-1].start + 2 * room))
    return f"{_block(shown_of(article, last), bold, limit=room)}\n{under}"


def excerpt(text: str, *, limit: int) -> str:
    """Write the beginning of a text as a block."""
    lines = [" ".join(line.split()) for line in re.split(r"\n\s*\n", seen(text[: limit * 4]))]
    said = "\n".join(filter(None, lines))
    drawn = escape(said, limit=limit - 2 * said[:limit].count("\n") - 2)
    return QUOTED + drawn.replace("\n", "\n" + QUOTED)


def _source(name: str, article: Article | None, *, limit: int, span: Span | None = None, day: str | None = None) -> str:
    """Name the source, the headings above `span`, and its date, with a link to `span` on its page where it has one.

    `day` is the date as it is written, where that is not just the article's.
    """
    if day is None:
        day = date_line(article) if article else ""
    drawn = f"**{escape(' '.join(name.split()), limit=min(NAME, limit // 3))}**"
    links = [link_to(article, span), address(article.url)] if article and span else []
    link = next((each for each in links if units(each) <= limit // 3), "")
    if link and NOT_IN_LINKS.search(name):
        drawn += f" ([{_('link')}]({link}))"
    elif link:
        drawn = f"[{drawn}]({link})"
    path = path_of(article, span) if article and span else ()
    if path and limit > 3 * PATH:
        drawn += " › " + escape(" › ".join(path), limit=PATH)
    return "— " + joined(filter(None, (isolated(drawn), day)))


def _block(
    shown: Shown,
    bold: Iterable[Span] = (),
    underlined: Sequence[Span] = (),
    *,
    lead: str = "",
    limit: int | None = None,
) -> str:
    """Write each paragraph, item and row on lines of its own, behind `> `, and code as code."""
    bold, parts = tuple(bold), []
    room = limit
    for block in shown.blocks:
        if room is not None and room <= len(QUOTED) + len(lead) + 1:
            break
        drawn = _drawn(block, bold, underlined, lead, room)
        parts.append(drawn)
        lead = ""
        room = None if room is None else room - units(drawn) - 1
    return "\n".join(parts)


def _drawn(block: ShownBlock, bold: Sequence[Span], underlined: Sequence[Span], lead: str, room: int | None) -> str:
    if block.kind is Kind.CODE and FENCE not in block.text:
        return _code(block, room)
    spans = [(SIGNS[style], Span(start, end)) for style, start, end in block.styles if style in SIGNS]
    # Beside `_` for emphasis, `__` would be read as something else.
    emphasised = [Span(max(span.start - 1, 0), span.end + 1) for sign, span in spans if sign == EMPHASIS]
    spans += [(BOLD, span) for span in block.marked(bold)]
    spans += [
        (UNDERLINE, span) for span in block.marked(underlined) if not any(span.overlaps(other) for other in emphasised)
    ]
    if room is not None:
        room -= len(lead) + len(QUOTED) * (1 + block.text[:room].count("\n"))
    drawn = styled(block.text, spans, limit=room)
    _check(drawn, block.text, whole=room is None)
    return QUOTED + lead + drawn.replace("\n", "\n" + QUOTED)


def _code(block: ShownBlock, room: int | None) -> str:
    """Write code as a block of it, as many of its lines as there is room for."""
    language = block.label if LANGUAGE.fullmatch(block.label) else ""
    lines = [QUOTED + line for line in seen(block.text).split("\n")]
    head, foot = f"{QUOTED}{FENCE}{language}", f"{QUOTED}{FENCE}"
    while room is not None and len(lines) > 1 and units("\n".join([head, *lines, foot])) > room:
        lines = [*lines[:-2], QUOTED + CUT] if lines[-1] == QUOTED + CUT else [*lines[:-1], QUOTED + CUT]
    drawn = "\n".join([head, *lines, foot])
    if room is not None and units(drawn) > room:
        return QUOTED + escape(block.text, limit=max(room - len(QUOTED), 1)).replace("\n", " ")
    return drawn


def _check(drawn: str, text: str, *, whole: bool) -> None:
    """Read the words of a block as Discord will draw it, and compare them with what is to be shown."""
    said = "".join(unstyled(drawn).split())
    source = "".join(seen(text).split())
    if said != source and (whole or not source.startswith(said.removesuffix(CUT))):
        raise MisquoteError(f"A quotation was not sent, as it would not have been word for word: {drawn[:200]!r}")
