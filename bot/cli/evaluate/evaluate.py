"""`quoth eval`: how well labelled questions are answered, as text or as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.evaluate.comparison import show_comparison
from bot.cli.evaluate.evaluation_file import Evaluation, evaluation_record, read_evaluation
from bot.cli.evaluate.figures import show_calibration, show_figures, show_kinds
from bot.cli.evaluate.misses import show_misses
from bot.cli.evaluate.plot import draw, drawing_problem
from bot.cli.evaluate.questions_file import lines_for, read_questions
from bot.cli.terminal.articles import answerer_for, reading_bar, settings_for
from bot.cli.terminal.options import Json, Seeds
from bot.cli.terminal.terminal import Terminal, print_json
from bot.services.receipts import VERSION
from retrieval.evaluation import metrics
from retrieval.evaluation.error_analysis import miss_of
from retrieval.evaluation.significance import compare

if TYPE_CHECKING:
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Reply
    from retrieval.evaluation.labelled_questions import Question
    from retrieval.evaluation.metrics import Judgement

Questions = Annotated[
    Path,
    typer.Argument(metavar="QUESTIONS", help="A file of questions and where they are answered; - is standard input."),
]
Compare = Annotated[
    Path | None,
    typer.Option(
        "--compare",
        metavar="FILE",
        help="Say what has changed since FILE, which `quoth eval --json` printed.",
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
        help="Explain the first N misses. The default is 5, or all with --json.",
        show_default=False,
    ),
]
Most = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="K",
        help="At most K quotations for a question, from 1 to 10. The default is 10.",
        show_default=False,
    ),
]

MISSES = 5


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
    """Ask questions whose answers are known, and say how many it finds.

    Each line of the file is a question and the words that answer it:

      {"question": "Who led?", "gold": [{"file": "a.md", "quote": "Ann led"}]}

    "gold": [] means that the articles do not answer it. Nothing is logged.

    [bold]Examples[/bold]

      quoth eval questions.jsonl
      quoth eval questions.jsonl --json > before.json
      quoth eval questions.jsonl --compare before.json
      quoth eval questions.jsonl --plot curve.png

    [bold]Exit status[/bold]

      0 done, whatever the figures, 2 wrong use or settings, 3 something broken
    """
    run_evaluation(questions, EvaluateOptions(json=json, compare=compare, plot=plot, misses=misses, limit=limit), seeds)


@dataclass(frozen=True, slots=True)
class EvaluateOptions:
    """The options of `quoth eval`; None where one was not given."""

    json: bool
    compare: Path | None
    plot: Path | None
    misses: int | None
    limit: int | None


def run_evaluation(file: Path, wishes: EvaluateOptions, seeds: Path | None) -> None:
    """Ask the questions in `file` and print what the `wishes` are for. What cannot be done is said before asking."""
    settings = settings_for(_problems(wishes), seeds=seeds, limit=wishes.limit)
    before = read_evaluation(wishes.compare) if wishes.compare else None
    lines = lines_for(file)
    answerer = answerer_for(settings)
    questions = read_questions(lines, answerer.library)
    now, missed = _evaluated(answerer, questions, metrics.DEEPEST if wishes.limit is None else settings.limit)
    most = wishes.misses if wishes.json or wishes.misses is not None else MISSES
    misses = [miss_of(answerer, *miss) for miss in missed[:most]]
    if wishes.plot:
        draw(wishes.plot, now, before)
    comparison = compare(before.judgements, now.judgements) if before else None
    if wishes.json:
        print_json(evaluation_record(now, misses, comparison))
        return
    terminal = Terminal()
    show_figures(terminal, now)
    show_kinds(terminal, now)
    show_calibration(terminal, now)
    show_misses(terminal, misses, of=len(missed))
    if before and comparison and wishes.compare:
        show_comparison(terminal, comparison, before, now, wishes.compare)
    if wishes.plot:
        terminal.print()
        terminal.say(f"The risk–coverage curve is in {wishes.plot}.")


def _problems(wishes: EvaluateOptions) -> list[str]:
    problems = [drawing_problem(wishes.plot)] if wishes.plot else []
    if wishes.misses is not None and wishes.misses < 0:
        problems.append(f"--misses is {wishes.misses}; give 0 or more.")
    return [problem for problem in problems if problem]


def _evaluated(
    answerer: Answerer, questions: list[Question], limit: int
) -> tuple[Evaluation, list[tuple[Question, Judgement, Reply]]]:
    """The evaluation, and what was missed in it."""
    with reading_bar("Asking the questions") as progress:
        judged = metrics.evaluate(answerer, questions, limit=limit, progress=progress)
    evaluation = Evaluation(
        library=answerer.library.fingerprint,
        version=VERSION,
        articles=len(answerer.library.articles),
        limit=limit,
        enough=answerer.min_confidence,
        judgements=[judgement for judgement, _ in judged],
    )
    missed = [
        (question, judgement, reply)
        for question, (judgement, reply) in zip(questions, judged, strict=True)
        if not judgement.right
    ]
    return evaluation, missed
