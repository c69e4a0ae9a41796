"""`quoth log stale`: old sources that answers rest on."""

from __future__ import annotations

import asyncio
import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app.log_engine import open_log
from bot.cli.terminal.articles import answerer_for, settings_for
from bot.cli.terminal.options import Json, Seeds
from bot.cli.terminal.terminal import Terminal, print_json
from bot.i18n import counted
from bot.pages.phrases import date_line
from bot.services.review.source_age import DEFAULT_DAYS, stale_before, stale_sources
from retrieval.ingestion.dates import iso_date

if TYPE_CHECKING:
    from bot.config.settings import Settings
    from bot.services.review.source_age import StaleSource
    from retrieval.answer.answerer import Answerer


def stale(
    *,
    days: Annotated[
        int, typer.Option("--days", metavar="DAYS", help="How many days old a source is at least.")
    ] = DEFAULT_DAYS,
    number: Annotated[int, typer.Option("-n", "--number", metavar="N", help="How many to show.")] = 20,
    server: Annotated[
        int | None,
        typer.Option("--server", metavar="ID", help="Only answers to this Discord server.", show_default=False),
    ] = None,
    seeds: Seeds = None,
    json: Json = False,
) -> None:
    """List old sources that answers rest on, the most quoted first.

    These are the sources to look at first: people still get their words.
    A source without a date is not among them.

    [bold]Examples[/bold]

      quoth log stale
      quoth log stale --days 730
    """
    problems = [
        f"{name} is {value}; give 1 or more." for name, value in (("--days", days), ("-n", number)) if value < 1
    ]
    settings = settings_for(problems, seeds=seeds)
    answerer = answerer_for(settings)
    before = stale_before(days, datetime.datetime.now().astimezone().date()) or datetime.date.min
    found = asyncio.run(_found(settings, answerer, before, server)) if settings.log_file.exists() else []
    if json:
        for one in found[:number]:
            print_json(_record(one))
        return
    terminal = Terminal()
    for one in found[:number]:
        terminal.say(f"{one.article.name}, {date_line(one.article)}: {counted(one.quoted, 'quotation')}")
        terminal.say(one.article.file, "dim", indent=2)
    if len(found) > number:
        terminal.say(f"There are {len(found) - number:,} more: add -n {len(found)} to see them all.", "dim")
    elif not found:
        terminal.say(f"No answer in the log quotes a source that is more than {counted(days, 'day')} old.")


async def _found(
    settings: Settings, answerer: Answerer, before: datetime.date, server: int | None
) -> list[StaleSource]:
    async with open_log(settings, insist=True) as log:
        return await stale_sources(log, answerer, before, guild=server)


def _record(one: StaleSource) -> dict[str, object]:
    article = one.article
    date = iso_date(article.date, article.precision) if article.date else None
    return {"file": article.file, "name": article.name, "date": date, "quotations": one.quoted}
