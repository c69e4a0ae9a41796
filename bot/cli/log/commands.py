"""`quoth log`: what was asked and answered."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.log.filter_options import FilterOptions, choosing
from bot.cli.log.gap_commands import gap, unanswered
from bot.cli.log.mark_command import mark
from bot.cli.log.replay.command import replay
from bot.cli.terminal.options import Json

log = typer.Typer(no_args_is_help=True, rich_markup_mode="rich", help="Review what was asked and answered.")

Number = Annotated[int, typer.Option("-n", "--number", metavar="N", help="How many questions, newest first.")]
Before = Annotated[
    str | None,
    typer.Option("--before", metavar="ID", help="Only questions older than the one of this id.", show_default=False),
]


@log.command("recent")
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
    from bot.cli.log.rows import show_rows  # noqa: PLC0415 - the help comes at once: it does without what is behind

    show_rows(chosen, number=number, before=before, json=json)


@log.command("search")
@choosing
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What the questions must have, each of it.")],
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
    from bot.cli.log.rows import show_rows  # noqa: PLC0415 - the help comes at once

    show_rows(chosen, words=" ".join(words), number=number, before=before, json=json)


log.command("unanswered")(unanswered)
log.command("gap")(gap)


@log.command("show")
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id below the answer, or in a list.")],  # noqa: A002
    *,
    json: Json = False,
) -> None:
    """Show one question, its answer as it was given, all that is kept of it, and why.

    Why is computed again: what each word and each passage counted for. That
    needs the same articles and the same answer as then.

    [bold]Examples[/bold]

      quoth log show 06bx4mrh4kq2v7tz
    """
    from bot.cli.log.show import show_receipt  # noqa: PLC0415 - the help comes at once

    show_receipt(id, json=json)


@log.command("stats")
@choosing
def stats(*, json: Json = False, chosen: FilterOptions) -> None:
    """Count questions, answers, sources and subjects.

    [bold]Examples[/bold]

      quoth log stats
      quoth log stats --since 30d --json
    """
    from bot.cli.log.stats import show_stats  # noqa: PLC0415 - the help comes at once

    show_stats(chosen, json=json)


@log.command("export")
@choosing
def export(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="A new file; otherwise it is printed. A name that ends in .csv makes it CSV."
        ),
    ] = None,
    *,
    csv: Annotated[bool, typer.Option("--csv", help="A table for a spreadsheet, in place of JSON Lines.")] = False,
    chosen: FilterOptions,
) -> None:
    """Write rows of the log to a file: JSON Lines, or CSV.

    In CSV the quotations of an answer are in one field, a line each. A
    field that a spreadsheet would take for a formula has a ' before it.

    [bold]Examples[/bold]

      quoth log export october.csv --since 2026-10-01 --until 2026-11-01
      quoth log export --unanswered > unanswered.jsonl
    """
    from bot.cli.log.export import export_rows  # noqa: PLC0415 - the help comes at once

    export_rows(chosen, file, csv=csv)


@log.command("backup")
def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="A new file. Otherwise one in data/backups, named after the time.", show_default=False
        ),
    ] = None,
    *,
    json: Json = False,
) -> None:
    """Copy the log to a new file and check the copy. The bot may be running.

    To use a backup, stop the bot and put the file in the place of
    data/quoth.db. Do not copy data/quoth.db itself while the bot runs.

    [bold]Examples[/bold]

      quoth log backup
      quoth log backup /mnt/elsewhere/quoth.db
    """
    from bot.cli.log.maintenance import make_backup  # noqa: PLC0415 - the help comes at once

    make_backup(file, json=json)


@log.command("forget")
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
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant.")] = False,
    json: Json = False,
) -> None:
    """Delete what an asker or a server asked, or what was asked before a day.

    It is deleted from the log and from the backups in data/backups, and its
    bytes with it. A damaged file that was put aside is deleted as a whole,
    once what can be read of it is in the log. Of more than one option, only
    what fits all is forgotten.
    While the files are rewritten, which takes seconds where there are many
    rows, the bot answers but may not log.

    [bold]Examples[/bold]

      quoth log forget --asker 123456789012345678
      quoth log forget --server 234567890123456789 --yes
      quoth log forget --before 52w
    """
    from bot.cli.log.maintenance import forget_rows  # noqa: PLC0415 - the help comes at once

    forget_rows(FilterOptions(asker=asker, server=server, until=before), yes=yes, json=json)


log.command("mark")(mark)
log.command("replay")(replay)
