"""`quoth log copy`: a whole log moved from one place to another, and compared row by row."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.app.log_engine import log_tables
from bot.cli.terminal.articles import settings_for
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.options import Json
from bot.cli.terminal.terminal import Terminal, print_json
from bot.config.log_address import address_problem, is_address
from bot.i18n import counted
from bot.store.log_copy import copy_log

SETTING = "QUOTH_LOG"  # in place of an address: whoever looks at the processes of a machine reads what was typed


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A file, a PostgreSQL address, or the word QUOTH_LOG.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The same, where there is no log yet.")],
    *,
    json: Json = False,
) -> None:
    """Copy a whole log to another place, from SQLite to PostgreSQL or back.

    Questions, quotations, votes, marks, gaps and wishes are copied, and what
    servers and people chose. Then both are read again and compared, row by
    row, before anything is kept. Stop the bot first: what is asked meanwhile
    stays behind. The word QUOTH_LOG stands for that setting, so that its
    password is not typed.

    [bold]Examples[/bold]

      quoth log copy data/quoth.db QUOTH_LOG
      quoth log copy QUOTH_LOG data/quoth.db
    """
    settings = settings_for([*_problems("FROM", source), *_problems("TO", target)])
    source, target = (_meant(place, settings.log_address) for place in (source, target))
    if source == target:
        raise InputError("FROM and TO are the same log; give another place for one of them.")
    from_tables, to_tables = log_tables(source), log_tables(target)
    copied = copy_log(from_tables, to_tables)
    if json:
        print_json({"from": from_tables.name, "to": to_tables.name, "rows": copied})
        return
    rows = counted(sum(copied.values()), "row")
    Terminal().say(
        f"{counted(copied['questions'], 'question')} copied from {from_tables.name} to {to_tables.name}; all {rows} "
        "were compared."
    )


def _meant(place: str, log: str | None) -> str:
    if place != SETTING:
        return place
    if log is None:
        raise InputError("QUOTH_LOG is not set; set it to the address of a PostgreSQL database, or give a place.")
    return log


def _problems(called: str, place: str) -> list[str]:
    problem = address_problem(place) if is_address(place) else None
    return [f"{called} cannot be used: {problem}."] if problem else []
