"""`quoth log`: what was asked and answered."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.choosing import Chosen, choosing
from bot.cli.options import Json

log = typer.Typer(no_args_is_help=True, rich_markup_mode="rich", help="Review what was asked and answered.")

Number = Annotated[int, typer.Option("-n", "--number", metavar="N", help="How many questions, newest first.")]
Before = Annotated[
    str | None,
    typer.Option("--before", metavar="ID", help="Only questions older than the one of this id.", show_default=False),
]


@log.command("recent")
@choosing
def recent(*, number: Number = 20, before: Before = None, json: Json = False, chosen: Chosen) -> None:
    """Show the newest questions and what became of them.

    These are the questions of every server and of the terminal. Who asked
    is kept as a code, never as a name.

    [bold]Examples[/bold]

      quoth log recent
      quoth log recent --thumbs down --since 7d
      quoth log recent -n 100 --json
    """
    from bot.cli.logged import show_rows  # noqa: PLC0415 - the help comes at once: it does without what is behind

    show_rows(chosen, number=number, before=before, json=json)


@log.command("search")
@choosing
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What the questions must have, each of it.")],
    *,
    number: Number = 20,
    before: Before = None,
    json: Json = False,
    chosen: Chosen,
) -> None:
    """Show the questions that have certain words.

    A word is found inside longer words too, and with other capitals and
    accents: “cafe” finds “Cafés”. No character has a special meaning.

    [bold]Examples[/bold]

      quoth log search caliphate
      quoth log search mosul 2017 --unanswered
    """
    from bot.cli.logged import show_rows  # noqa: PLC0415 - the help comes at once

    show_rows(chosen, words=" ".join(words), number=number, before=before, json=json)


@log.command("unanswered")
@choosing
def unanswered(*, number: Number = 20, before: Before = None, json: Json = False, chosen: Chosen) -> None:
    """Show the newest questions that no source answered.

    [bold]Examples[/bold]

      quoth log unanswered
      quoth log unanswered --since 4w -n 100
    """
    from bot.cli.logged import show_rows  # noqa: PLC0415 - the help comes at once

    show_rows(chosen, unanswered=True, number=number, before=before, json=json)


@log.command("show")
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id below the answer, or in a list.")],  # noqa: A002
    *,
    json: Json = False,
) -> None:
    """Show one question, its answer as it was given, and all that is kept of it.

    [bold]Examples[/bold]

      quoth log show 06bx4mrh4kq2v7tz
    """
    from bot.cli.receipts import show_receipt  # noqa: PLC0415 - the help comes at once

    show_receipt(id, json=json)


@log.command("stats")
@choosing
def stats(*, json: Json = False, chosen: Chosen) -> None:
    """Count questions, answers, sources and subjects.

    [bold]Examples[/bold]

      quoth log stats
      quoth log stats --since 30d --json
    """
    from bot.cli.log_stats import show_stats  # noqa: PLC0415 - the help comes at once

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
    chosen: Chosen,
) -> None:
    """Write rows of the log to a file: JSON Lines, or CSV.

    In CSV the quotations of an answer are in one field, a line each. A
    field that a spreadsheet would take for a formula has a ' before it.

    [bold]Examples[/bold]

      quoth log export october.csv --since 2026-10-01 --until 2026-11-01
      quoth log export --unanswered > unanswered.jsonl
    """
    from bot.cli.exporting import export_rows  # noqa: PLC0415 - the help comes at once

    export_rows(chosen, file, csv=csv)
