"""`quoth log corrections`: the answers whose source says something else by now."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.app.log_engine import open_log
from bot.cli.log.gaps import Server  # noqa: TC001 - typer evaluates annotations
from bot.cli.terminal.articles import answerer_for, settings_for
from bot.cli.terminal.options import Json, Seeds
from bot.cli.terminal.terminal import Terminal, print_json
from bot.i18n import counted
from bot.services.review.corrections import corrections_of, quotations_to_check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.config.settings import Settings
    from bot.services.review.corrections import Correction
    from bot.store.log_row import ShownQuote
    from retrieval.answer.answerer import Answerer

ANSWERS = 5


def corrections(
    *,
    number: Annotated[
        int, typer.Option("-n", "--number", metavar="N", help="How many to show, those shown most often first.")
    ] = 20,
    server: Server = None,
    seeds: Seeds = None,
    json: Json = False,
) -> None:
    """List the answers whose source says something else by now.

    A quotation is listed if its words no longer stand in its source, or if the
    source is gone, with how often it was shown and what the source says now.
    On Discord, `/log corrections` can mark the messages that show it.

    [bold]Examples[/bold]

      quoth log corrections
      quoth log corrections --server 123456789012345678 --json
    """
    settings = settings_for([f"-n is {number}; give 1 or more."] if number < 1 else [], seeds=seeds)
    answerer = answerer_for(settings)
    found = corrections_of(asyncio.run(_quotations(settings, answerer, server)), answerer)
    if json:
        for correction in found[:number]:
            print_json(_record(correction))
        return
    terminal = Terminal()
    for correction in found[:number]:
        _show(terminal, correction)
    if len(found) > number:
        terminal.say(f"There are {len(found) - number:,} more: add -n {len(found)} to see them all.", "dim")
    elif not found:
        terminal.say("Every answer still shows what its source says.")


async def _quotations(settings: Settings, answerer: Answerer, server: int | None) -> Sequence[ShownQuote]:
    async with open_log(settings, insist=True) as log:
        return await quotations_to_check(log, answerer, guild=server)


def _show(terminal: Terminal, correction: Correction) -> None:
    terminal.say(f"{correction.name}, shown {counted(len(correction.shown), 'time')}", "bold")
    terminal.say(f"then: {' '.join(correction.old.split())}", indent=2)
    match correction.new:
        case None:
            terminal.say("now:  the source is gone", indent=2)
        case "":
            terminal.say("now:  nothing like it", indent=2)
        case new:
            terminal.say(f"now:  {' '.join(new.split())}", indent=2)
    ids = [shown.id for shown in correction.shown]
    more = f" and {len(ids) - ANSWERS} more" if len(ids) > ANSWERS else ""
    terminal.say(f"in {', '.join(ids[:ANSWERS])}{more}", "dim", indent=2)
    terminal.print()


def _record(correction: Correction) -> dict[str, Any]:
    return {
        "file": correction.file,
        "name": correction.name,
        "then": correction.old,
        "now": correction.new,
        "shown": len(correction.shown),
        "answers": [
            {
                "id": shown.id,
                "asked_at": shown.asked_at.isoformat(),
                "guild": shown.guild,
                "channel": shown.channel,
                "message": shown.message,
                "corrected": shown.corrected,
            }
            for shown in correction.shown
        ],
    }
