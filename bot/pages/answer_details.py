"""What is behind the buttons of an answer: the next passages, and the sentences around one that was quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _
from bot.pages.actions import Choose, Press
from bot.pages.markdown import escape, plain
from bot.pages.page import BODY, CHOICE, FOOTER, TITLE, Button, Choice, Menu, Page
from bot.pages.quoting import first_that_fits, quotation
from retrieval.answer.surroundings import sentences_within, stretch
from retrieval.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.log_row import LogRow
    from retrieval.core.model import Article, Quote
    from retrieval.index.corpus import Corpus

PER_PAGE = 3
AROUND = 4  # sentences on either side of a quotation, where there is room
INTRODUCTION = 300
MENU = 25  # lines that a menu has, at most


def more_page(row: LogRow, quotes: Sequence[Quote], skip: int) -> Page:
    """Show a few of the passages that come after those of an answer, from number `skip` on."""
    shown = quotes[skip : skip + PER_PAGE]
    each = (BODY - INTRODUCTION) // max(len(shown), 1) - 2
    following = skip + PER_PAGE
    return Page(
        title=_title(row),
        body="\n\n".join(
            [
                _("The next passages, which fit the question less well:"),
                *(quotation(quote, limit=each) for quote in shown),
            ]
        ),
        footer=row.id,
        buttons=(Button(_("More"), Press.NEXT, f"{row.id}.{following}"),) if quotes[following:] else (),
    )


def context_page(row: LogRow, number: int, article: Article, corpus: Corpus) -> Page:
    """Show the sentences around one of the quotations of an answer, which is in bold; `article` is where it is from."""
    span = Span(row.quotes[number].start, row.quotes[number].end)
    quoted = [sentence.span for sentence in sentences_within(corpus, article, span)] or [span]
    stretches = [
        stretch(span, sentences_within(corpus, article, span, around=around)) for around in range(AROUND, -1, -1)
    ]
    return Page(
        title=_title(row),
        body=first_that_fits(article, stretches, bold=quoted, limit=BODY - INTRODUCTION),
        footer=plain(_("The quotation is in bold.") + f" · {row.id}", limit=FOOTER),
        menu=quotation_menu(row, number, Choose.CONTEXT),
    )


def quotation_menu(row: LogRow, number: int, action: Choose) -> Menu | None:
    """List the quotations of an answer to choose from; None where there is but one."""
    if len(row.quotes) < 2:
        return None
    choices = [
        Choice(
            label=f"{place}. {plain(quote.name, limit=CHOICE - 5)}",
            value=str(place - 1),
            description=plain(quote.text, limit=CHOICE),
            chosen=place - 1 == number,
        )
        for place, quote in enumerate(row.quotes[:MENU], 1)
    ]
    return Menu(action, row.id, tuple(choices))


def _title(row: LogRow) -> str:
    return escape(" ".join(row.question.split()), limit=TITLE)
