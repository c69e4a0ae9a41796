"""`quoth log`: what was asked and answered."""

from typing import Annotated

import typer

from bot.cli.mark import mark
from bot.cli.options import Json
from bot.cli.replay import replay

log = typer.Typer(no_args_is_help=True, rich_markup_mode="rich", help="Read the query log.")


@log.command("recent")
def recent(
    *,
    number: Annotated[int, typer.Option("-n", "--number", metavar="N", help="How many rows, newest first.")] = 20,
    json: Json = False,
) -> None:
    """Show the newest questions and what became of them.

    These are the questions of every server and of the terminal. Who asked
    is kept as a code, never as a name.

    [bold]Examples[/bold]

      quoth log recent
      quoth log recent -n 100 --json
    """
    from bot.cli.logged import show_recent  # noqa: PLC0415 - the help comes at once: it does without what is behind

    show_recent(number, json=json)


log.command("mark")(mark)
log.command("replay")(replay)
