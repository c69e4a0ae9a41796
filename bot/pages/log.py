"""The query log of one server as pages, for those who manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _, isolated, ngettext, percent
from bot.pages.actions import Press
from bot.pages.markdown import escape
from bot.pages.page import Button, Page
from bot.pages.phrases import joined
from bot.store.log_row import Outcome, Surface
from retrieval.core.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.log_row import LogRow

PER_PAGE = 10
QUESTION = 160


def alone() -> str:
    """Say below a page of the log who sees what is on it."""
    return _("Only this server’s questions; only you can see this")


def log_page(rows: Sequence[LogRow], *, line: str = "", newer: str | None = None, older: str | None = None) -> Page:
    """Show rows of the log, newest first.

    `line` says which rows they are; `newer` and `older` are the places of the pages beside this one, None where there
    is none.
    """
    if rows:
        body = "\n\n".join(map(_entry, rows))
    elif line:
        body = _("There are none here. Leave out part of the filter, or see `/log recent`.")
    else:
        body = _("Nothing has been asked here yet.")
    return Page(
        title=_("Questions"),
        body=f"{line}\n\n{body}" if line else body,
        footer=alone(),
        buttons=_turning(newer, older),
    )


def _turning(newer: str | None, older: str | None) -> tuple[Button, ...]:
    """The buttons of a list that is more than one page long."""
    if newer is None and older is None:
        return ()
    return (
        Button(_("Newer"), Press.RECENT, newer or "newest", enabled=newer is not None),
        Button(_("Older"), Press.RECENT, older or "oldest", enabled=older is not None),
    )


def _entry(row: LogRow) -> str:
    parts = [when(row), became(row), withdrawn(row), votes(row), how(row.surface), row.id]
    if row.follows:
        parts.append(_("follows {id}").format(id=row.follows))
    return f"**{asked(row.question)}**\n" + " · ".join(part for part in parts if part)


def asked(question: str, limit: int = QUESTION) -> str:
    """Write a question in one line of markdown."""
    return isolated(escape(" ".join(question.split()), limit=limit)) or _("(an empty question)")


def when(row: LogRow) -> str:
    """Say when a question was asked, by the reader's own clock."""
    return f"<t:{int(row.asked_at.timestamp())}:f>"


def became(row: LogRow) -> str:
    """Say what became of a question."""
    match row.outcome:
        case Outcome.ANSWER:
            quotes = ngettext("{count} quote", "{count} quotes", len(row.quotes)).format(count=len(row.quotes))
            said = _("{quotes}, {share} sure").format(quotes=quotes, share=percent(row.confidence))
            return joined([said, _("tentative")]) if row.tentative else said
        case Outcome.NO_ANSWER:
            return _("no answer") + (f" ({_reason(row.reason)})" if row.reason else "")


def _reason(reason: str) -> str:
    """Say why there was no answer; what an earlier or later version wrote is said as it stands."""
    said = {
        Reason.NO_WORDS: _("no words"),
        Reason.UNKNOWN_WORDS: _("unknown words"),
        Reason.NO_MATCH: _("no match"),
        Reason.WEAK_MATCH: _("weak match"),
    }
    return next((line for known, line in said.items() if known.value == reason), escape(reason.replace("_", " ")))


def votes(row: LogRow) -> str:
    """Say how people voted on an answer; nothing where nobody did."""
    return " ".join(f"{sign} {number}" for sign, number in (("👍", row.up), ("👎", row.down)) if number)


def withdrawn(row: LogRow) -> str:
    """Say that the message with the answer was deleted; nothing where it was not."""
    return _("withdrawn") if row.withdrawn else ""


def how(surface: Surface) -> str:
    """Say in which way a question was asked."""
    ways = {
        Surface.COMMAND: _("by command"),
        Surface.MENTION: _("by mention"),
        Surface.DIRECT: _("in a direct message"),
        Surface.MENU: _("from the menu of a message"),
        Surface.COMPARE: _("as a comparison"),
        Surface.FORUM: _("as the title of a forum post"),
        Surface.TERMINAL: _("in the terminal"),
    }
    return ways[surface]
