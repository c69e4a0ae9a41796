"""`quoth verify`: whether a text is word for word in a source."""

from typing import Annotated

import typer

from bot.cli.terminal.options import Json, Seeds


def verify(
    text: Annotated[
        list[str], typer.Argument(metavar="TEXT", help="The words to look for; - reads them from standard input.")
    ],
    *,
    json: Json = False,
    seeds: Seeds = None,
) -> None:
    """Check whether a text is word for word in a source, and where.

    It is found, or found but for typography (quotation marks, dashes, dots
    of omission, white space, line ends), or not found; then the nearest
    passage is shown. Capitals count: "us" is not "US".

    [bold]Examples[/bold]

      quoth verify "a sentence that somebody quoted"
      quoth verify --json - < quotation.txt

    [bold]Exit status[/bold]

      0 found, either way, 1 not found, 2 wrong use or settings,
      3 something broken
    """
    from bot.cli.ask.verify_run import check  # noqa: PLC0415 - the help comes at once: it does without what is behind

    raise typer.Exit(check(" ".join(text), seeds, json=json))
