"""Prints rows of the query log."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.app import open_log
from bot.cli.log.filters import FilterReader
from bot.cli.terminal.articles import settings_for
from bot.cli.terminal.terminal import Terminal, print_json
from bot.i18n import counted
from bot.services.review.export import row_record
from bot.store.filters import EVERY_ROW, Filter
from bot.store.log_row import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.cli.log.filter_options import FilterOptions
    from bot.config.settings import Settings
    from bot.store.log_row import LogRow


def show_rows(
    chosen: FilterOptions, *, number: int, before: str | None, json: bool, words: str = "", unanswered: bool = False
) -> None:
    """Print the newest rows that were chosen; a log that is not there yet is empty."""
    problems = [] if number > 0 else [f"-n is {number}; give 1 or more."]
    choice = FilterReader(replace(chosen, unanswered=unanswered or chosen.unanswered), words=words)
    settings = settings_for([*problems, *choice.problems])
    rows = asyncio.run(_found(settings, choice, number + 1, before)) if settings.log_file.exists() else ()
    if json:
        for row in rows[:number]:
            print_json(row_record(row))
        return
    terminal = Terminal()
    for row in rows[:number]:
        _show_row(terminal, row)
    if len(rows) > number:
        terminal.say(f"There are older ones: add --before {rows[number - 1].id} to see them.", "dim")
    elif not rows:
        terminal.say(nothing(settings, choice))


async def _found(settings: Settings, choice: FilterReader, number: int, before: str | None) -> Sequence[LogRow]:
    async with open_log(settings, check=False) as log:  # a full disk is no reason not to read
        return await log.find(await choice.filter_for(log, settings.data), number, before=before)


LONGEST_QUESTION = 200


def nothing(settings: Settings, choice: FilterReader) -> str:
    """Say that no row was found."""
    if choice.wanted == EVERY_ROW and choice.source is None:
        return f"No question is in the log {settings.log_file} yet."
    if choice.wanted == Filter(words=choice.wanted.words):
        return f"No question in the log has “{choice.wanted.words}”."
    return "No question in the log is like that; leave out a part, or see `quoth log recent`."


def _show_row(terminal: Terminal, row: LogRow) -> None:
    """Print a question, and below it what became of it, when, where, and the id to look it up by."""
    terminal.say(short(row.question) or "(an empty question)", "bold")
    style = "yellow" if row.outcome is Outcome.NO_ANSWER else "dim"
    terminal.say(" · ".join([became(row), *votes(row), *when_and_where(row), row.id]), style, indent=2)


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
    return f"answered from {names[0]}{more}" if names else "answered"


def votes(row: LogRow) -> list[str]:
    """Say how people voted on the answer; nothing where nobody did."""
    return [f"{counted(number, 'vote')} {which}" for number, which in ((row.up, "up"), (row.down, "down")) if number]


def when_and_where(row: LogRow) -> list[str]:
    """Say when and where a question was asked, by this machine's own clock."""
    return [f"{row.asked_at.astimezone():%Y-%m-%d %H:%M}", row.surface.value]
