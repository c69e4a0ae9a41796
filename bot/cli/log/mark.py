"""`quoth log mark`: what a person who reviewed an answer thinks of it."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.app import log_engine
from bot.cli.terminal.articles import settings_for
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.options import Json
from bot.cli.terminal.terminal import Terminal, print_json
from bot.store.reviews import Mark

NO_MARK = "none"
LONGEST_ID = 40
SAID = {
    Mark.RIGHT: "is marked as right",
    Mark.WRONG: "is marked as wrong",
    Mark.REFUSE: "is marked as one to be refused",
    None: "has no mark any more",
}


def mark(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id below the answer.")],  # noqa: A002 - it is called that
    what: Annotated[
        str,
        typer.Argument(
            metavar="right|wrong|refuse|none",
            help="right: the answer, or the refusal, is right. wrong: it is not. refuse: no article answers this, so "
            "it should be refused. none: remove the mark.",
        ),
    ],
    *,
    json: Json = False,
) -> None:
    """Note whether an answer was right, wrong, or should have been a refusal.

    A question has one mark, and a new one replaces it. `quoth log replay` shows
    marks beside what changed, and makes a file for `quoth eval` of them.

    [bold]Examples[/bold]

      quoth log mark 06f4t8zk2m9q1abc right
      quoth log mark 06f4t8zk2m9q1abc none
    """
    wanted = what.strip().casefold()
    known = [*Mark, NO_MARK]
    problems = [] if wanted in known else [f"“{what}” is no mark; give {', '.join(known[:-1])} or {NO_MARK}."]
    settings = settings_for(problems)
    as_what = None if wanted == NO_MARK else Mark(wanted)
    row = id.strip().lower()
    if not log_engine.log_maintenance(settings).exists() or not log_engine.log_maintenance(settings).mark(row, as_what):
        shown = id if len(id) <= LONGEST_ID else id[: LONGEST_ID - 1] + "…"
        raise InputError(
            f"No question in the log {settings.log_name} has the id “{shown}”; the id stands below each answer, and "
            "`quoth log recent` shows those of the last questions."
        )
    if json:
        print_json({"id": row, "mark": as_what})
    else:
        Terminal().say(f"{row} {SAID[as_what]}.")
