"""`quoth review`: the log in a browser."""

from typing import Annotated

import typer


def review(
    *,
    port: Annotated[int, typer.Option("--port", metavar="N", help="Where it listens; 0 is any that is free.")] = 8001,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the address, and open no browser.")] = False,
) -> None:
    """Review the log in a browser: lists, filters, charts, and SQL for those who like it.

    It needs Datasette, which comes with the extra “review”. Nothing can be
    changed, nothing leaves this machine, and only who has the printed
    address can read it. The bot may be running. Ctrl-C ends it.

    [bold]Examples[/bold]

      quoth review
      quoth review --port 0 --no-open
    """
    from bot.cli.review.run import serve_review  # noqa: PLC0415 - the help comes at once

    serve_review(port, open_browser=not no_open)
