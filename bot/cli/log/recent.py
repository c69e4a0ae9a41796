"""`quoth log recent` and `quoth log search`: the newest questions, and those that have certain words."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app.log_engine import log_maintenance, open_log
from bot.cli.log.filter_options import FilterOptions, choosing
from bot.cli.log.filter_reader import FilterReader
from bot.cli.log.row_text import became, short, votes, when_and_where
from bot.cli.terminal.articles import settings_for
from bot.cli.terminal.options import Json
from bot.cli.terminal.terminal import Terminal, print_json
from bot.services.review.export import row_record
from bot.store.filters import EVERY_ROW, Filter
from bot.store.log_row import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.config.settings import Settings
    from bot.store.log_row import LogRow

Number = Annotated[
    int, typer.Option("-n", "--number", metavar="N", help="How many questions to show, the newest first.")
]
Before = Annotated[
    str | None,
    typer.Option("--before", metavar="ID", help="Only questions older than the one with this id.", show_default=False),
]


@choosing
def recent(*, number: Number = 20, before: Before = None, json: Json = False, chosen: FilterOptions) -> None:
    """Show the newest questions and what became of them.

    These are the questions of every server and of the terminal. Who asked
    is kept as a code, never as a name.

    [bold]Examples[/bold]

      quoth log recent
      quoth log recent --thumbs down --since 7d
      quoth log recent -n 100 --json
    """
    show_rows(chosen, number=number, before=before, json=json)


@choosing
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="The words that the questions must have, all of them.")
    ],
    *,
    number: Number = 20,
    before: Before = None,
    json: Json = False,
    chosen: FilterOptions,
) -> None:
    """Show the questions that have certain words.

    A word is found inside longer words too, and with other capitals and
    accents: “cafe” finds “Cafés”. No character has a special meaning.

    [bold]Examples[/bold]

      quoth log search caliphate
      quoth log search mosul 2017 --unanswered
    """
    show_rows(chosen, words=" ".join(words), number=number, before=before, json=json)


def show_rows(
    chosen: FilterOptions, *, number: int, before: str | None, json: bool, words: str = "", unanswered: bool = False
) -> None:
    """Print the newest rows that were chosen; a log that is not there yet is empty."""
    problems = [] if number > 0 else [f"-n is {number}; give 1 or more."]
    choice = FilterReader(replace(chosen, unanswered=unanswered or chosen.unanswered), words=words)
    settings = settings_for([*problems, *choice.problems])
    rows = asyncio.run(_found(settings, choice, number + 1, before)) if log_maintenance(settings).exists() else ()
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


def nothing(settings: Settings, choice: FilterReader) -> str:
    """Say that no row was found."""
    if choice.wanted == EVERY_ROW and choice.source is None:
        return f"No question is in the log {settings.log_name} yet."
    if choice.wanted == Filter(words=choice.wanted.words):
        return f"No question in the log has “{choice.wanted.words}”."
    return "No question in the log is like that; leave out a part, or see `quoth log recent`."


def _show_row(terminal: Terminal, row: LogRow) -> None:
    """Print a question, and below it what became of it, when, where, and the id to look it up by."""
    terminal.say(short(row.question) or "(an empty question)", "bold")
    style = "yellow" if row.outcome is Outcome.NO_ANSWER else "dim"
    terminal.say(" · ".join([became(row), *votes(row), *when_and_where(row), row.id]), style, indent=2)
