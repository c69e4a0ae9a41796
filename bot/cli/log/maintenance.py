"""`quoth log backup` and `quoth log forget`: a copy of the query log, and rows of it deleted for good."""

from __future__ import annotations

import asyncio
import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.filesize import decimal

from bot.app.log_engine import log_maintenance, open_log
from bot.cli.log.filter_options import FilterOptions
from bot.cli.log.filter_reader import FilterReader
from bot.cli.terminal.articles import settings_for
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.options import Json
from bot.cli.terminal.terminal import Terminal, print_json
from bot.i18n import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.config.settings import Settings
    from bot.store.filters import Filter


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="A new file. The default is one in data/backups, named after the time.",
            show_default=False,
        ),
    ] = None,
    *,
    json: Json = False,
) -> None:
    """Copy the log to a new file and check the copy. The bot may be running.

    To restore a backup, stop the bot and replace data/quoth.db with the file.
    Do not copy data/quoth.db itself while the bot runs. A log in PostgreSQL
    is backed up to such a file too; quoth log copy brings it back.

    [bold]Examples[/bold]

      quoth log backup
      quoth log backup /mnt/elsewhere/quoth.db
    """
    problems = [f"{file} is there already; give another name, or delete it first."] if file and file.exists() else []
    settings = settings_for(problems)
    maintenance = log_maintenance(settings)
    if not maintenance.exists():
        raise InputError(f"There is no log {settings.log_name} yet, so there is nothing to back up.")
    now = datetime.datetime.now(datetime.UTC)
    target = file or maintenance.backup_folder / f"quoth-{now:%Y%m%dT%H%M%S.%fZ}.db"
    questions = maintenance.back_up(target)
    size = target.stat().st_size
    if json:
        print_json({"file": str(target), "questions": questions, "bytes": size})
    else:
        Terminal().say(
            f"{counted(questions, 'question')} backed up to {target} ({decimal(size)}), and the copy is sound."
        )


def forget(
    *,
    asker: Annotated[
        str | None,
        typer.Option(
            "--asker", metavar="WHO", help="A code that the log shows, or a Discord user's id.", show_default=False
        ),
    ] = None,
    server: Annotated[
        int | None, typer.Option("--server", metavar="ID", help="A Discord server.", show_default=False)
    ] = None,
    before: Annotated[
        str | None,
        typer.Option(
            "--before", metavar="WHEN", help="A day such as 2026-01-31, or a while ago such as 52w.", show_default=False
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking for confirmation.")] = False,
    json: Json = False,
) -> None:
    """Delete what a person or a server asked, or what is older than a day.

    It is deleted from the log and from the backups in data/backups, down to
    the bytes. A damaged file that was put aside is deleted as a whole, once
    whatever can be read of it is in the log. With several options, only what
    fits all of them is deleted.
    While the files are rewritten, which may take seconds if there are many
    rows, the bot answers but may not log.

    [bold]Examples[/bold]

      quoth log forget --asker 123456789012345678
      quoth log forget --server 234567890123456789 --yes
      quoth log forget --before 52w
    """
    forget_rows(FilterOptions(asker=asker, server=server, until=before), yes=yes, json=json)


def forget_rows(chosen: FilterOptions, *, yes: bool, json: bool) -> None:
    """Delete what was chosen, once that is confirmed. Raises InputError or LogError where it cannot be."""
    choice = FilterReader(chosen, until="--before")
    problems = choice.problems
    if chosen == FilterOptions():
        problems = ["Nothing says what to forget; give --asker, --server or --before."]
    settings = settings_for(problems)
    maintenance = log_maintenance(settings)
    gone: dict[str, int] = {}
    dropped: Sequence[Path] = ()
    damaged = maintenance.damaged_files()
    if damaged or maintenance.exists():
        wanted, number = asyncio.run(_meant(settings, choice))
        if not yes:
            _confirm(number, len(damaged))
        dropped = maintenance.drop_damaged()  # first, since what is salvaged of them is forgotten too
        gone = dict(maintenance.forget_for_good(wanted))
    left = [file.path for file in maintenance.damaged_files()]
    if json:
        print_json({"forgotten": gone, "deleted": list(map(str, dropped)), "not_looked_at": list(map(str, left))})
        return
    terminal = Terminal()
    for name, forgotten in gone.items() or {settings.log_name: 0}.items():
        terminal.say(f"{counted(forgotten, 'question')} forgotten in {name}.")
    for file in dropped:
        terminal.say(f"{file} was damaged and put aside; what could be read of it is in the log, and it is deleted.")
    for file in left:
        terminal.say(f"{file} was damaged and put aside, and may still have them; delete it if it is not needed.")


async def _meant(settings: Settings, choice: FilterReader) -> tuple[Filter, int]:
    async with open_log(settings, insist=True, check=False) as log:
        wanted = await choice.filter_for(log, settings.data)
        return wanted, (await log.stats(wanted)).asked


def _confirm(number: int, damaged: int) -> None:
    if not sys.stdin.isatty():
        raise InputError("There is nobody here to confirm it; add --yes to delete for good.")
    also = f" {counted(damaged, 'damaged file')} put aside will be deleted, too." if damaged else ""
    if not typer.confirm(f"Forget {counted(number, 'question')} for good, in the backups too?{also}", err=True):
        raise InputError("Nothing was forgotten.")
