"""`quoth eval`: how well labelled questions are answered."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal.options import Json, Seeds

Questions = Annotated[
    Path,
    typer.Argument(metavar="QUESTIONS", help="A file of questions and where they are answered; - is standard input."),
]
Compare = Annotated[
    Path | None,
    typer.Option(
        "--compare",
        metavar="FILE",
        help="Say what changed since FILE, which `quoth eval --json` printed.",
        show_default=False,
    ),
]
Plot = Annotated[
    Path | None,
    typer.Option(
        "--plot",
        metavar="FILE",
        help="Draw the risk–coverage curve into FILE (.png, .svg or .pdf).",
        show_default=False,
    ),
]
Misses = Annotated[
    int | None,
    typer.Option(
        "--misses",
        metavar="N",
        help="Explain the first N misses. Otherwise 5, and with --json all.",
        show_default=False,
    ),
]
Most = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="K",
        help="At most K quotations for a question, 1 to 10. Otherwise 10.",
        show_default=False,
    ),
]


def evaluate(
    questions: Questions,
    *,
    json: Json = False,
    compare: Compare = None,
    plot: Plot = None,
    misses: Misses = None,
    limit: Most = None,
    seeds: Seeds = None,
) -> None:
    """Ask questions whose answers are known, and say how many were found.

    Each line of the file is a question and the words that answer it:

      {"question": "Who led?", "gold": [{"file": "a.md", "quote": "Ann led"}]}

    "gold": [] says that the articles do not answer it. Nothing is logged.

    [bold]Examples[/bold]

      quoth eval questions.jsonl
      quoth eval questions.jsonl --json > before.json
      quoth eval questions.jsonl --compare before.json
      quoth eval questions.jsonl --plot curve.png

    [bold]Exit status[/bold]

      0 evaluated, however well, 2 wrong use or settings, 3 something broken
    """
    from bot.cli.evaluate.run import EvaluateOptions, run_evaluation  # noqa: PLC0415 - the help comes at once

    run_evaluation(questions, EvaluateOptions(json=json, compare=compare, plot=plot, misses=misses, limit=limit), seeds)
