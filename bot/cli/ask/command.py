"""`quoth ask`: one question, or a file of them, answered with quotations."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal.options import Json, Limit, Seeds, Source
from bot.cli.terminal.startup import no_garbage

From = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help='Answer each line of FILE, such as {"id": "q1", "question": "Who leads now?"}; - is standard input. '
        "Nothing is logged.",
        show_default=False,
    ),
]


def ask(
    question: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUESTION", help="The question, with or without quotation marks.", show_default=False),
    ] = None,
    *,
    json: Json = False,
    from_: From = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say which words counted and what each passage scored for.")
    ] = False,
    limit: Limit = None,
    source: Source = None,
    seeds: Seeds = None,
    no_log: Annotated[bool, typer.Option("--no-log", help="Keep the question out of the query log.")] = False,
) -> None:
    """Ask a question and get the sentences that answer it.

    Each quotation is word for word from an article, with its source below
    it. Where none of the articles answers, quoth says so and shows the
    closest passages.

    [bold]Examples[/bold]

      quoth ask "Who leads the group now?"
      quoth ask --seeds ~/articles --limit 5 "What happened in April?"
      quoth ask --json --from questions.jsonl > answers.jsonl

    [bold]Exit status[/bold]

      0 answered, 1 no answer, 2 wrong use or settings, 3 something broken.
      With --from it is 0 when every line was worked through.
    """
    with no_garbage():
        from bot.cli.ask.run import QuestionPrinter  # noqa: PLC0415 - the help comes at once: it does without what is behind this
        from bot.cli.terminal.articles import answerer_for, settings_for  # noqa: PLC0415

        settings = settings_for(_problems(question, from_), seeds=seeds, limit=limit)
        asking = QuestionPrinter(answerer_for(settings), source=source, json=json, explain=explain)
    if from_ is None:
        raise typer.Exit(asking.one(" ".join(question or ()), log_of=None if no_log else settings))
    asking.all_of(from_)


def _problems(question: list[str] | None, from_: Path | None) -> list[str]:
    if not question and from_ is None:
        return ["There is no question; write it behind `quoth ask`, or name a file of questions with --from."]
    if question and from_ is not None:
        return [f"There is a question and --from {from_}; give one of them."]
    return []
