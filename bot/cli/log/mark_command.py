"""`quoth log mark`: what a person who reviewed an answer found."""

from typing import Annotated

import typer

from bot.cli.terminal.options import Json


def mark(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id below the answer.")],  # noqa: A002 - it is called that
    what: Annotated[
        str,
        typer.Argument(
            metavar="right|wrong|refuse|none",
            help="right: the answer, or the refusal, is right. wrong: it is not. refuse: no article answers this, it "
            "should be refused. none: take the mark away.",
        ),
    ],
    *,
    json: Json = False,
) -> None:
    """Note in the log whether an answer was right, wrong, or should have been refused.

    A row has one mark; the next takes its place. `quoth log replay` shows
    marks beside what changed, and makes a file for `quoth eval` of them.

    [bold]Examples[/bold]

      quoth log mark 06f4t8zk2m9q1abc right
      quoth log mark 06f4t8zk2m9q1abc none
    """
    from bot.cli.log.mark_run import set_mark  # noqa: PLC0415 - the help comes at once

    set_mark(id, what, json=json)
