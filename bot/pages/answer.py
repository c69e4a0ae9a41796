"""Replies as pages: quotations with their sources, or why there are none."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.i18n import _, ngettext, number
from bot.pages.actions import Press
from bot.pages.markdown import escape, plain
from bot.pages.notifications import tell_button
from bot.pages.page import BODY, FOOTER, TITLE, Button, Page, Tone
from bot.pages.phrases import foot, next_step, why_not
from bot.pages.quoting import logged_quotation, quotation
from bot.pages.sections import sections
from retrieval.core.model import Answer, NoAnswer, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.services.receipts import Receipt
    from bot.store.log_row import LogRow
    from retrieval.core.model import Article, Quote

INTRODUCTION = 600
LINE = 100  # room for the line above a section


def reply_page(receipt: Receipt, *, sources: int | None, compared: bool = False, asks_on: bool = False) -> Page:
    """Show a reply; `sources` is the number of articles there are, None where one alone was asked.

    Where they were `compared`, the reply is the best quote of each source that speaks. With `asks_on` the next question
    can be written behind a button: Discord passes on no reply to the answer to a command.
    """
    title = escape(" ".join(receipt.reply.query.question.split()), limit=TITLE)
    footer = plain(foot(receipt.reply, sources=sources), limit=FOOTER)
    match receipt.reply:
        case Answer() as answer:
            body = _comparison(answer, sources=sources or 1) if compared else _answer(answer)
            tone = Tone.TENTATIVE if answer.tentative and not compared else Tone.ANSWER
            buttons = _buttons(receipt, compared=compared, asks_on=asks_on)
            return Page(body, title, footer, tone, buttons=buttons, row=receipt.id if receipt.logged else "")
        case NoAnswer() as reply:
            body = _refusal(reply, logged=receipt.logged)
            row = receipt.id if receipt.logged else ""
            return Page(body, title, footer, Tone.REFUSAL, buttons=_buttons_of_refusal(receipt, reply), row=row)


def forum_page(receipt: Receipt, *, sources: int) -> Page | None:
    """The first answer to a forum post, with what its author can say of it; None where there is none."""
    if not isinstance(receipt.reply, Answer):
        return None
    said = _("I found this in the sources. Does it answer your question?")
    page = reply_page(receipt, sources=sources)
    buttons = (
        Button(_("It does"), Press.HELPED, receipt.id),
        Button(_("Not this"), Press.NOT_THIS, receipt.id),
        Button(_("Context"), Press.CONTEXT, receipt.id, enabled=receipt.logged),
    )
    return replace(page, body=f"{page.body}\n\n*{said}*", buttons=buttons)


def settled_buttons(id: str) -> Page:  # noqa: A002 - it is called that
    """The buttons below the first answer to a forum post, once its author said that it helps."""
    offered = [
        (_("More"), Press.MORE),
        (_("Context"), Press.CONTEXT),
        (_("Why?"), Press.WHY),
        (_("Delete"), Press.DELETE),
    ]
    return Page("", buttons=tuple(Button(label, action, id) for label, action in offered))


def _buttons(receipt: Receipt, *, compared: bool, asks_on: bool) -> tuple[Button, ...]:
    """What can be done with an answer: what needs its row only where the log has it, deleting it always."""
    delete = Button(_("Delete"), Press.DELETE, receipt.id)
    if not receipt.logged:
        return (delete,)
    offered = [
        (_("More"), Press.MORE, not compared),
        (_("Context"), Press.CONTEXT, True),
        (_("Why?"), Press.WHY, True),
        ("👍", Press.UP, True),
        ("👎", Press.DOWN, True),
        (_("Ask on"), Press.ASK_ON, asks_on),
        (_("Cite"), Press.CITE, True),
    ]
    return (*(Button(label, action, receipt.id) for label, action, is_there in offered if is_there), delete)


def _buttons_of_refusal(receipt: Receipt, reply: NoAnswer) -> tuple[Button, ...]:
    """Three at most: what comes closest, or why there is nothing; to be told of a source; to delete it."""
    if reply.reason is Reason.NO_WORDS:
        return ()
    delete = Button(_("Delete"), Press.DELETE, receipt.id)
    if not receipt.logged:
        return (delete,)
    if reply.nearest:
        first = Button(_("Closest passages"), Press.CLOSEST, receipt.id)
    else:
        first = Button(_("Why?"), Press.WHY, receipt.id)
    return (first, tell_button(receipt.id), delete)


def _answer(answer: Answer) -> str:
    """Each section of the answer, its line in bold above its quotations."""
    limit = (BODY - 2 * LINE) // max(len(answer.quotes), 1)
    return "\n\n".join(
        part
        for section in sections(answer)
        for part in (f"**{escape(section.line)}**" if section.line else "", _quotations(section.quotes, each=limit))
        if part
    )


def _comparison(answer: Answer, *, sources: int) -> str:
    """The best quote of each source by date, and how many others there are that do or do not answer it."""
    quotes = sorted(answer.quotes, key=lambda quote: quote.article.date or datetime.date.max)
    head = _("The best passage from each source, oldest first:") if len(quotes) > 1 else _("One source answers it:")
    shown = {quote.article.file for quote in quotes} | {copy.article.file for q in quotes for copy in q.copies}
    more, silent = answer.speaking - len(shown), sources - answer.speaking
    lines = [
        (more, ngettext("{count} more source answers it.", "{count} more sources answer it.", more)),
        (silent, ngettext("{count} source does not answer it.", "{count} sources do not answer it.", silent)),
    ]
    tail = " ".join(line.format(count=number(count)) for count, line in lines if count > 0)
    limit = (BODY - 3 * LINE) // max(len(quotes), 1)
    return "\n\n".join(part for part in (f"**{head}**", _quotations(quotes, each=limit), tail) if part)


def closest_page(row: LogRow, articles: Sequence[Article]) -> Page:
    """Show the passages that were nearest to a question without an answer, as they were when it was asked."""
    known = {article.sha256: article for article in articles}
    near = [quote for quote in row.quotes if quote.near]
    introduction = _("None of these answers the question; they only come closest.")
    limit = (BODY - len(introduction)) // max(len(near), 1) - 2
    blocks = [logged_quotation(quote, known.get(quote.sha256), limit=limit) for quote in near]
    title = escape(" ".join(row.question.split()), limit=TITLE)
    why = Button(_("Why?"), Press.WHY, row.id)
    return Page(title=title, body="\n\n".join([introduction, *blocks]), footer=row.id, buttons=(why,))


def _refusal(reply: NoAnswer, *, logged: bool) -> str:
    why = escape(why_not(reply), limit=INTRODUCTION)
    if reply.reason is Reason.NO_WORDS:
        return why
    lines = [f"**{_('None of the sources answers this.')}** {why}", next_step(_("`/sources list`"), tells=logged)]
    if reply.nearest and not logged:  # without a row in the log a button would find nothing
        lines += [
            _("The closest passages, though they do not answer it:"),
            _quotations(reply.nearest, each=(BODY - INTRODUCTION) // len(reply.nearest)),
        ]
    return "\n\n".join(lines)


def _quotations(quotes: Sequence[Quote], *, each: int) -> str:
    """Write quotations one under the other, each within `each` units together with the blank line after it."""
    return "\n\n".join(quotation(quote, limit=each - 2) for quote in quotes)
