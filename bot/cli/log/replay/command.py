"""`quoth log replay`: the questions of the log, asked again."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.log.filter_options import FilterOptions, choosing
from bot.cli.terminal.options import Json

Number = Annotated[
    int | None,
    typer.Option("-n", "--number", metavar="N", help="Only the newest N questions. Otherwise all.", show_default=False),
]
Against = Annotated[
    Path | None,
    typer.Option(
        "--against",
        metavar="DIR",
        help="Ask this folder of articles, before it goes live, and not the one in use.",
        show_default=False,
    ),
]
AsQuestions = Annotated[
    Path | None,
    typer.Option(
        "--as-questions",
        metavar="FILE",
        help="Ask nothing: write the questions that were marked into FILE, for `quoth eval`; - is standard output.",
        show_default=False,
    ),
]


@choosing
def replay(
    *,
    number: Number = None,
    against: Against = None,
    as_questions: AsQuestions = None,
    json: Json = False,
    chosen: FilterOptions,
) -> None:
    """Ask the questions of the log again, and list what is answered otherwise.

    They are asked of today's articles with today's settings: follow-ups as
    follow-ups, what was asked of one source of that source, each for as many
    quotations as then. Nothing is logged.

    [bold]Examples[/bold]

      quoth log replay
      quoth log replay --since 7d --against new-articles
      quoth log replay --unanswered --source trams
      quoth log replay --as-questions reviewed.jsonl

    [bold]Exit status[/bold]

      0 asked again, however much changed, 2 wrong use or settings,
      3 something broken
    """
    from bot.cli.log.replay.run import ReplayOptions, run_replay  # noqa: PLC0415 - the help comes at once

    run_replay(ReplayOptions(chosen=chosen, number=number, against=against, as_questions=as_questions, json=json))
