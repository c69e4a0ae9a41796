"""Writes reviewed rows of the log as a file of labelled questions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.terminal import Terminal, print_json
from bot.i18n import counted
from bot.services.review.labelling import Labels, LeftOut

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bot.services.review.labelling import Labelled
    from bot.store.log_row import LogRow
    from bot.store.reviews import Review
    from retrieval.ingestion.library import Library

# Why something was left out: what it is counted in, and the reason where it is one and where it is several.
REASONS = {
    LeftOut.FOLLOW_UP: ("follow-up", "which cannot be asked by itself", "which cannot be asked by themselves"),
    LeftOut.NARROWED: ("question", "asked of one source alone", "asked of one source alone"),
    LeftOut.GONE: (
        "question",
        "marked right, whose words the articles no longer have",
        "marked right, whose words the articles no longer have",
    ),
    LeftOut.WRONG: ("question", "of which only a wrong answer is known", "of which only wrong answers are known"),
}


def write_questions(file: Path, rows: Iterable[tuple[LogRow, Review | None]], library: Library) -> None:
    """Write the questions of reviewed rows into `file`, or to standard output for "-", and say what they are.

    Raises InputError where the file cannot be made, or is there already.
    """
    labels = Labels(library.articles)
    for row, review in rows:
        if review:
            labels.add(row, review)
    questions = list(labels.questions())
    if questions:
        _write(file, [_record(question) for question in questions])
    terminal = Terminal(stderr=str(file) == "-")
    refused = sum(not question.places for question in questions)
    name, then = (str(file), f"; `quoth eval {file}` asks them") if str(file) != "-" else ("standard output", "")
    if questions:
        what = f"{counted(len(questions) - refused, 'question')} with an answer and {refused:,} to be refused"
        terminal.say(f"{what} written to {name}{then}.")
    else:
        terminal.say(f"No question is left to be written to {name}.")
    for line in _left_out(labels.left_out()):
        terminal.say(line)


def _record(question: Labelled) -> dict[str, Any]:
    gold = [{"file": file, "quote": quote} for file, quote in question.places]
    return {"id": question.id, "question": question.question, "gold": gold}


def _write(file: Path, records: Sequence[dict[str, Any]]) -> None:
    if str(file) == "-":
        for record in records:
            print_json(record)
        return
    try:
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.writelines(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
    except OSError as error:
        raise InputError(f"{file} cannot be written ({error.strerror}); name a file in another folder.") from error


def _left_out(reasons: Counter[LeftOut]) -> Sequence[str]:
    lines = []
    for reason, (thing, one, several) in REASONS.items():
        if number := reasons[reason]:
            lines.append(f"Left out: {counted(number, thing)} {one if number == 1 else several}.")
    return lines
