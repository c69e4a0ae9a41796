"""A file of labelled questions, checked whole: every bad line is told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.json_lines import checked, lines_of, name_of
from retrieval.core.errors import QuestionError
from retrieval.evaluation.labelled_questions import question_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.cli.terminal.json_lines import Line
    from retrieval.core.model import Article
    from retrieval.evaluation.labelled_questions import Question
    from retrieval.ingestion.library import Library

EXAMPLE = (
    '{"question": "Who leads now?", "gold": [{"file": "article.md", "quote": "is led by Ann"}]}, '
    'or with "gold": [] where the articles do not answer it'
)
FIELDS: dict[str, type | tuple[type, ...]] = {"question": str, "gold": list}
MOST_PROBLEMS = 10


def lines_for(file: Path) -> Sequence[Line]:
    """Read the lines of a file of questions, before the articles are. Raises InputError where there is none."""
    lines = list(lines_of(file))
    if not lines:
        raise InputError(f"There is no question in {name_of(file)}; write one a line, as {EXAMPLE}.")
    return lines


def read_questions(lines: Sequence[Line], library: Library) -> list[Question]:
    """Read the questions of `lines`. Raises InputError with a sentence for each bad line, the first ten of them."""
    articles = {article.file: article for article in library.articles}
    questions: list[Question] = []
    problems: list[str] = []
    home: dict[str, int] = {}
    for line in lines:
        try:
            question = _question(line, articles)
        except (InputError, QuestionError) as error:
            problems.append(str(error))
            continue
        if (first := home.setdefault(question.id, line.number)) != line.number:
            problems.append(
                f"{line.where} has the id “{question.id}” of line {first}; give it one of its own, or none."
            )
        questions.append(question)
    if problems:
        raise InputError(_told(problems))
    return questions


def _question(line: Line, articles: dict[str, Article]) -> Question:
    row = checked(line, EXAMPLE, FIELDS)
    return question_of(row, articles, where=line.where, id=f"line {line.number}")


def _told(problems: Sequence[str]) -> str:
    more = len(problems) - MOST_PROBLEMS
    rest = [f"There are {more} more {'line' if more == 1 else 'lines'} like that; fix these first."] if more > 0 else []
    return "\n".join([*problems[:MOST_PROBLEMS], *rest])
