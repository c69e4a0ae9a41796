"""Marks a row of the query log as reviewed, and says so."""

from __future__ import annotations

from bot import app
from bot.cli.terminal.articles import settings_for
from bot.cli.terminal.exit_codes import InputError
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


def set_mark(id: str, what: str, *, json: bool) -> None:  # noqa: A002 - it is called that
    """Mark the row of that id. Raises InputError where there is no such row or mark, and LogError."""
    wanted = what.strip().casefold()
    known = [*Mark, NO_MARK]
    problems = [] if wanted in known else [f"“{what}” is no mark; give {', '.join(known[:-1])} or {NO_MARK}."]
    settings = settings_for(problems)
    as_what = None if wanted == NO_MARK else Mark(wanted)
    row = id.strip().lower()
    if not settings.log_file.exists() or not app.log_maintenance(settings).mark(row, as_what):
        shown = id if len(id) <= LONGEST_ID else id[: LONGEST_ID - 1] + "…"
        raise InputError(
            f"No question in the log {settings.log_file} has the id “{shown}”; the id stands below each answer, and "
            "`quoth log recent` shows those of the last questions."
        )
    if json:
        print_json({"id": row, "mark": as_what})
    else:
        Terminal().say(f"{row} {SAID[as_what]}.")
