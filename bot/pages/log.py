"""The query log of one server as pages, for those who manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.locales import _, isolated, percent
from bot.pages.markdown import escape
from bot.pages.page import Button, Page
from bot.pages.wording import counted
from bot.store.rows import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.rows import LogRow

PER_PAGE = 10
QUESTION = 160


def log_page(rows: Sequence[LogRow], *, more: bool) -> Page:
    """Show rows of the log, newest first; `more` says that there are older ones."""
    return Page(
        title=_("Recent questions"),
        body="\n".join(map(_entry, rows)) or _("Nothing has been asked here yet."),
        footer=_("Questions of this server only, seen by you alone"),
        buttons=(Button(_("Older"), "log", rows[-1].id),) if more and rows else (),
    )


def _entry(row: LogRow) -> str:
    question = isolated(escape(" ".join(row.question.split()), limit=QUESTION)) or _("(an empty question)")
    when = f"<t:{int(row.asked_at.timestamp())}:f>"
    follows = " · " + _("follows {id}").format(id=row.follows) if row.follows else ""
    return f"**{question}**\n{when} · {_outcome(row)} · {row.surface.value} · {row.id}{follows}"


def _outcome(row: LogRow) -> str:
    match row.outcome:
        case Outcome.ANSWER:
            return _("{quotes}, {share} sure").format(
                quotes=counted(len(row.quotes), "quote"), share=percent(row.confidence)
            )
        case Outcome.NO_ANSWER:
            return _("no answer") + (f" ({escape(row.reason.replace('_', ' '))})" if row.reason else "")
