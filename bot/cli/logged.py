"""Prints rows of the query log."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from bot.app import open_log
from bot.cli.reading import settings_for
from bot.cli.tables import columns
from bot.cli.terminal import Terminal, print_json, printable
from bot.store.rows import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.settings import Settings
    from bot.store.rows import LogRow

LONGEST_QUESTION = 60
SHORTEST = 10
OTHER_COLUMNS = 50  # what the time, the surface, the outcome and the gaps take


def show_recent(number: int, *, json: bool) -> None:
    """Print the newest rows; a log that is not there yet is empty."""
    problems = [] if number > 0 else [f"-n is {number}; give 1 or more."]
    settings = settings_for(problems)
    rows = asyncio.run(newest(settings, number)) if settings.log_file.exists() else ()
    if json:
        for row in rows:
            print_json(_record(row))
        return
    terminal = Terminal()
    if rows:
        _table(terminal, rows)
    else:
        terminal.say(f"No question is in the log {settings.log_file} yet.")


async def newest(settings: Settings, number: int) -> Sequence[LogRow]:
    """Give the newest rows of the log, of every guild. Raises LogError."""
    async with open_log(settings, insist=True) as log:
        return await log.recent(number)


def _table(terminal: Terminal, rows: Sequence[LogRow]) -> None:
    """Print a line for each row; on a narrow terminal its question and source are cut short, so that it stays one."""
    table = columns("Asked", "Where", "Outcome", "Question", "First source")
    room = max(terminal.width - OTHER_COLUMNS, 2 * SHORTEST)
    for row in rows:
        first = row.quotes[0].name if row.quotes and row.outcome is Outcome.ANSWER else ""
        table.add_row(
            f"{row.asked_at.astimezone():%Y-%m-%d %H:%M}",
            row.surface.value,
            (row.reason or row.outcome.value).replace("_", " "),
            _cut(row.question, min(room * 3 // 5, LONGEST_QUESTION)),
            _cut(first, room * 2 // 5),
        )
    terminal.show(table)


def _cut(words: str, width: int) -> Text:
    text = Text(printable(words))
    text.truncate(width, overflow="ellipsis")
    return text


def _record(row: LogRow) -> dict[str, Any]:
    return {**asdict(row), "asked_at": row.asked_at.isoformat()}
