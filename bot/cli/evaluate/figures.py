"""Prints the figures of an evaluation and how its confidence is calibrated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from bot.cli.terminal.tables import NONE, columns, percent
from bot.cli.terminal.terminal import printable
from bot.i18n import counted
from retrieval.evaluation.metrics import calibration, figures, figures_by_kind, in_use

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.cli.evaluate.evaluation_file import Evaluation
    from bot.cli.terminal.terminal import Terminal
    from retrieval.evaluation.metrics import Figures


class Row(NamedTuple):
    """A figure: what it is called, how it is written, and what it means."""

    name: str
    written: Callable[[Figures], str]
    meaning: str


def _of(count: int, whole: int) -> str:
    return f"{count:,} of {whole:,}" if whole else NONE


ROWS: tuple[Row, ...] = (
    Row("R@1", lambda f: percent(f.recall_at_1), "a right sentence is found first"),
    Row("R@3", lambda f: percent(f.recall_at_3), "… or is among the first 3"),
    Row("R@10", lambda f: percent(f.recall_at_10), "… or among the first 10"),
    Row("MRR@10", lambda f: percent(f.mrr_at_10), "mean of 1 / rank of the first right one"),
    Row("In first quotation", lambda f: percent(f.in_first), "as it is shown, with its context"),
    Row("Answerable refused", lambda f: _of(f.answerable_refused, f.answerable), ""),
    Row("Answerable tentative", lambda f: _of(f.answerable_tentative, f.answerable), "answered as not sure"),
    Row("Unanswerable answered", lambda f: _of(f.unanswerable_answered, f.unanswerable), "answered as sure"),
    Row("Unanswerable tentative", lambda f: _of(f.unanswerable_tentative, f.unanswerable), "answered as not sure"),
    Row("AUC", lambda f: NONE if f.auc is None else f"{f.auc:.3f}", "confidence tells the two apart; chance is .5"),
    Row("Kept at 5 % false", lambda f: percent(f.kept_at_5_percent), "answerable kept, 5 % of others answered"),
    Row("Calibration error", lambda f: percent(f.calibration_error), "what the confidence says against what is true"),
    Row("ms p50 / p99", lambda f: f"{f.ms_p50:.1f} / {f.ms_p99:.1f}", "half of the answers, and 99 %, take less"),
)


def show_figures(terminal: Terminal, evaluation: Evaluation) -> None:
    """Print a line for each figure, with what it means."""
    found = figures(evaluation.judgements)
    terminal.say(
        f"{counted(len(evaluation.judgements), 'question')} to {counted(evaluation.articles, 'article')}: "
        f"{found.answerable:,} that they answer, {found.unanswerable:,} that they do not.",
        "bold",
    )
    terminal.print()
    table = columns("", ">", "")
    for row in ROWS:
        table.add_row(Text(row.name), Text(row.written(found)), Text(row.meaning, "dim"))
    terminal.show(table)


def show_kinds(terminal: Terminal, evaluation: Evaluation) -> None:
    """Print a line for each kind of question; nothing where the questions have none."""
    kinds = figures_by_kind(evaluation.judgements)
    if not kinds:
        return
    terminal.print()
    terminal.say("By kind of question:", "bold")
    terminal.print()
    table = columns(
        "Kind", ">Asked", ">R@1", ">R@3", ">R@10", ">Refused", ">Tentative", ">Wrongly answered", ">Wrongly tentative"
    )
    for found in kinds:
        table.add_row(
            Text(printable(found.kind)),
            f"{found.answerable + found.unanswerable:,}",
            percent(found.recall_at_1),
            percent(found.recall_at_3),
            percent(found.recall_at_10),
            _of(found.answerable_refused, found.answerable),
            _of(found.answerable_tentative, found.answerable),
            _of(found.unanswerable_answered, found.unanswerable),
            _of(found.unanswerable_tentative, found.unanswerable),
        )
    terminal.show(table)


def show_calibration(terminal: Terminal, evaluation: Evaluation) -> None:
    """Print what the confidence says beside what is true, and what the threshold in use does."""
    terminal.print()
    terminal.say("What the confidence says, and how often the first sentence was right:", "bold")
    terminal.print()
    table = columns("Confidence", ">Questions", ">Said", ">Right")
    for found in calibration(evaluation.judgements):
        between = f"{found.low:.1f} to {found.high:.1f}"
        table.add_row(between, f"{found.questions:,}", percent(found.said), percent(found.right))
    terminal.show(table)
    terminal.print()
    now = in_use(evaluation.judgements, evaluation.enough)
    answered = (
        f"{percent(now.coverage)} of the questions are answered, and {percent(now.risk)} of those answers begin with a "
        "wrong sentence"
        if now
        else "no question is answered"
    )
    terminal.say(f"With the threshold in use, {evaluation.enough:.2f}, {answered}.")
