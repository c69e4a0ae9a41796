"""Replies as pages: quotations with their sources, or why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.pages.markdown import escape, plain
from bot.pages.page import BODY, FOOTER, TITLE, Button, Page, Tone
from bot.pages.quoting import logged_quotation, quotation
from bot.pages.sections import sections
from bot.pages.wishes import tell_button
from bot.pages.wording import foot, why_not
from retrieval.model import Answer, NoAnswer, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.desk import Receipt
    from bot.store.rows import LogRow
    from retrieval.model import Article, Quote

INTRODUCTION = 600
LINE = 100  # room for the line above a section


def reply_page(receipt: Receipt, *, sources: int) -> Page:
    """Show a reply; `sources` is the number of articles there are."""
    title = escape(" ".join(receipt.reply.query.question.split()), limit=TITLE)
    footer = plain(foot(receipt.reply, sources=sources, id=receipt.id), limit=FOOTER)
    match receipt.reply:
        case Answer() as answer:
            return Page(title=title, body=_answer(answer), footer=footer, tone=Tone.ANSWER)
        case NoAnswer() as reply:
            return Page(
                title=title,
                body=_refusal(reply, logged=receipt.logged),
                footer=footer,
                tone=Tone.REFUSAL,
                buttons=_below(reply, receipt) if receipt.logged else (),
            )


def _below(reply: NoAnswer, receipt: Receipt) -> tuple[Button, ...]:
    """The buttons below a refusal that is in the log."""
    closest = (Button("Closest passages", "closest", receipt.id),) if reply.nearest else ()
    return closest if reply.reason is Reason.NO_WORDS else (*closest, tell_button(receipt.id))


def _answer(answer: Answer) -> str:
    """Each section of the answer, its line in bold above its quotations."""
    limit = (BODY - 2 * LINE) // max(len(answer.quotes), 1)
    return "\n\n".join(
        part
        for section in sections(answer)
        for part in (f"**{escape(section.line)}**" if section.line else "", _quotations(section.quotes, each=limit))
        if part
    )


def closest_page(row: LogRow, articles: Sequence[Article]) -> Page:
    """Show the passages that were nearest to a question without an answer, as they were when it was asked."""
    known = {article.sha256: article for article in articles}
    near = [quote for quote in row.quotes if quote.near]
    introduction = "None of these answers the question; they are only nearest to it."
    limit = (BODY - len(introduction)) // max(len(near), 1) - 2
    blocks = [logged_quotation(quote, known.get(quote.sha256), limit=limit) for quote in near]
    title = escape(" ".join(row.question.split()), limit=TITLE)
    return Page(title=title, body="\n\n".join([introduction, *blocks]), footer=row.id)


def _refusal(reply: NoAnswer, *, logged: bool) -> str:
    why = escape(why_not(reply), limit=INTRODUCTION)
    if reply.reason is Reason.NO_WORDS:
        return why
    lines = [f"**None of the sources answers this.** {why}"]
    if reply.nearest and not logged:  # without a row in the log a button would find nothing
        lines += [
            "The closest passages, which do not answer it:",
            _quotations(reply.nearest, each=(BODY - INTRODUCTION) // len(reply.nearest)),
        ]
    return "\n\n".join(lines)


def _quotations(quotes: Sequence[Quote], *, each: int) -> str:
    """Write quotations one under the other, each within `each` units together with the blank line after it."""
    return "\n\n".join(quotation(quote, limit=each - 2) for quote in quotes)
