"""Prints what changed from one evaluation to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from bot.cli.evaluate.figures import ROWS
from bot.cli.evaluate.misses import ordinal
from bot.cli.terminal.tables import columns, percent
from bot.cli.terminal.terminal import printable
from bot.i18n import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.cli.evaluate.evaluation_file import Evaluation
    from bot.cli.terminal.terminal import Terminal
    from retrieval.evaluation.metrics import Judgement
    from retrieval.evaluation.significance import Comparison, QuestionChange

MOST_CHANGES = 20
RARELY = 0.01


def show_comparison(
    terminal: Terminal, comparison: Comparison, before: Evaluation, now: Evaluation, file: Path
) -> None:
    """Print the figures side by side, and each question that was won or lost."""
    terminal.print()
    if not comparison.figures:
        terminal.say(f"Nothing to compare: {file} has none of these questions.", "bold")
        return
    terminal.say(f"Compared with {file}:", "bold")
    for note in _notes(comparison, before, now):
        terminal.say(note)
    terminal.print()
    table = columns("", ">Before", ">Now")
    for row in ROWS:
        table.add_row(row.name, *(Text(row.written(found)) for found in comparison.figures))
    terminal.show(table)
    _show_changes(terminal, "Won", comparison.won)
    _show_changes(terminal, "Lost", comparison.lost)
    terminal.print()
    terminal.say(_summary(comparison))


def _notes(comparison: Comparison, before: Evaluation, now: Evaluation) -> Iterator[str]:
    if before.library != now.library:
        yield "The articles have changed since."
    if before.limit != now.limit:
        yield f"At most {before.limit} quotations were given for a question then, {now.limit} now."
    if before.enough != now.enough:
        yield f"The threshold was {before.enough:.2f} then and is {now.enough:.2f} now."
    if before.version != now.version:
        yield f"Quoth was {before.version} then and is {now.version} now."
    if left := [
        f"{counted(number, 'question')} {where}"
        for number, where in ((comparison.only_before, "of then"), (comparison.only_now, "of now"))
        if number
    ]:
        yield f"Left out is what is not in both: {' and '.join(left)}."


def _show_changes(terminal: Terminal, what: str, changes: Sequence[QuestionChange]) -> None:
    if not changes:
        return
    terminal.print()
    terminal.say(f"{what}: {counted(len(changes), 'question')}", "bold")
    table = columns("", "", "")
    for change in changes[:MOST_CHANGES]:
        table.add_row(
            Text(printable(change.now.id)),
            Text(f"{_became(change.before)} → {_became(change.now)}"),
            Text(printable(change.now.question)),
        )
    terminal.show(table)
    if (more := len(changes) - MOST_CHANGES) > 0:
        terminal.say(f"… and {counted(more, 'more question')}; --json lists them all.")


def _became(judgement: Judgement) -> str:
    if not judgement.answerable:
        return "answered" if judgement.answered else "refused"
    rank = ordinal(judgement.rank) if judgement.rank else "not found"
    return rank if judgement.answered else f"refused ({rank})"


def _summary(comparison: Comparison) -> str:
    won, lost, moved = len(comparison.won), len(comparison.lost), len(comparison.moved)
    said = f"{won:,} won, {lost:,} lost, {moved:,} as right or wrong as before but with another rank."
    if not won + lost:
        return said
    return f"{said} Chance alone would make such a difference, or a greater one, {_often(comparison.chance)}."


def _often(chance: float) -> str:
    return f"in {percent(chance, 0) if chance >= RARELY else 'less than 1 %'} of such comparisons"
