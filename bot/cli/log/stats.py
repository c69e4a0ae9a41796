"""`quoth log stats`: what the query log says as a whole."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from rich.text import Text

from bot.app.log_engine import log_maintenance, open_log
from bot.cli.log.filter_options import FilterOptions, choosing
from bot.cli.log.filter_reader import FilterReader
from bot.cli.log.recent import nothing
from bot.cli.terminal.articles import settings_for
from bot.cli.terminal.options import Json
from bot.cli.terminal.tables import columns, percent
from bot.cli.terminal.terminal import Terminal, print_json, printable
from bot.i18n import counted
from bot.store.log_statistics import Stats

if TYPE_CHECKING:
    from bot.config.settings import Settings

MOST_DAYS = 14
LONGEST_BAR = 40  # columns
NONE = Stats(0, 0, 0, 0, (), (), 0, (), None, None)


@choosing
def stats(*, json: Json = False, chosen: FilterOptions) -> None:
    """Count questions, answers, sources and subjects.

    [bold]Examples[/bold]

      quoth log stats
      quoth log stats --since 30d --json
    """
    show_stats(chosen, json=json)


def show_stats(chosen: FilterOptions, *, json: bool) -> None:
    """Print the numbers of the rows that were chosen."""
    choice = FilterReader(chosen)
    settings = settings_for(choice.problems)
    stats = asyncio.run(_counted(settings, choice)) if log_maintenance(settings).exists() else NONE
    if json:
        print_json(_record(stats))
        return
    terminal = Terminal()
    if not stats.asked:
        terminal.say(nothing(settings, choice))
        return
    _show_numbers(terminal, stats)
    _show_days(terminal, stats)
    _show_most(terminal, "Most quoted sources", [(source.name, source.times) for source in stats.sources])
    _show_most(
        terminal, "Most asked subjects" + _of_the_newest(stats), [found for found in stats.subjects if found[1] > 1]
    )


async def _counted(settings: Settings, choice: FilterReader) -> Stats:
    async with open_log(settings, check=False) as log:  # a full disk is no reason not to read
        return await log.stats(await choice.filter_for(log, settings.data))


def _show_numbers(terminal: Terminal, stats: Stats) -> None:
    first, last = stats.days[0].date, stats.days[-1].date
    when = f"on {first}" if first == last else f"from {first} to {last}"
    terminal.say(f"{counted(stats.asked, 'question')} {when} (days in UTC)", "bold")
    table = columns("", "")
    table.add_row("answered", f"{stats.answered:,} ({percent(stats.answered / stats.asked, 0)})")
    if stats.tentative:
        table.add_row("not sure", f"{stats.tentative:,} of these ({percent(stats.tentative / stats.answered, 0)})")
    table.add_row("votes", f"{stats.up:,} up, {stats.down:,} down")
    table.add_row(
        "time", f"half within {stats.p50_ms:.1f} ms, 99 % within {stats.p99_ms:.1f} ms{_of_the_newest(stats)}"
    )
    terminal.show(table)


def _show_days(terminal: Terminal, stats: Stats) -> None:
    """Print a bar for each of the last days that had a question; the part that was answered is full."""
    days = stats.days[-MOST_DAYS:]
    most = max(day.asked for day in days)
    room = max(min(LONGEST_BAR, terminal.width - 30), 1)
    terminal.print()
    terminal.say("Questions a day (█ answered, ░ not)", "bold")
    table = columns("", ">", "")
    for day in days:
        full, whole = (round(number / most * room) for number in (day.answered, day.asked))
        table.add_row(f"{day.date}", f"{day.asked:,}", Text("█" * full + "░" * (whole - full)))
    terminal.show(table)
    if len(stats.days) > MOST_DAYS:
        terminal.say(f"These are the last {MOST_DAYS} of {len(stats.days)} days with a question.", "dim")


def _show_most(terminal: Terminal, heading: str, most: list[tuple[str, int]]) -> None:
    if not most:
        return
    terminal.print()
    terminal.say(heading, "bold")
    table = columns(">", "")
    for name, times in most:
        table.add_row(f"{times:,}", Text(printable(name)))
    terminal.show(table)


def _of_the_newest(stats: Stats) -> str:
    return f", of the newest {stats.newest:,}" if stats.newest < stats.asked else ""


def _record(stats: Stats) -> dict[str, Any]:
    return {
        "asked": stats.asked,
        "answered": stats.answered,
        "tentative": stats.tentative,
        "up": stats.up,
        "down": stats.down,
        "p50_ms": stats.p50_ms,
        "p99_ms": stats.p99_ms,
        "newest": stats.newest,
        "days": [{"date": f"{day.date}", "asked": day.asked, "answered": day.answered} for day in stats.days],
        "sources": [{"file": source.file, "name": source.name, "times": source.times} for source in stats.sources],
        "subjects": [{"word": word, "times": times} for word, times in stats.subjects],
    }
