"""A row of the query log in words: what became of the question, how people voted, when and where it was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import counted
from bot.store.log_row import Outcome

if TYPE_CHECKING:
    from bot.store.log_row import LogRow

LONGEST_QUESTION = 200


def short(question: str) -> str:
    """Cut a long question."""
    flat = question.strip()
    return flat if len(flat) <= LONGEST_QUESTION else flat[: LONGEST_QUESTION - 1] + "…"


def became(row: LogRow) -> str:
    """Say what became of a question."""
    if row.outcome is Outcome.NO_ANSWER:
        return f"no answer ({row.reason.replace('_', ' ')})" if row.reason else "no answer"
    names = list(dict.fromkeys(quote.name for quote in row.quotes))
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    said = f"answered from {names[0]}{more}" if names else "answered"
    return f"{said}, not sure" if row.tentative else said


def votes(row: LogRow) -> list[str]:
    """Say how people voted on the answer; nothing where nobody did."""
    return [f"{counted(number, 'vote')} {which}" for number, which in ((row.up, "up"), (row.down, "down")) if number]


def when_and_where(row: LogRow) -> list[str]:
    """Say when and where a question was asked, by this machine's own clock."""
    return [f"{row.asked_at.astimezone():%Y-%m-%d %H:%M}", row.surface.value]
