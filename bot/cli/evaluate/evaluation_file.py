"""An evaluation as a file keeps it: what `quoth eval --json` prints and `--compare` reads."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic import TypeAdapter, ValidationError

from bot.cli.evaluate.misses import why
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.reply_records import span_record
from retrieval.evaluation.metrics import DEEPEST, Judgement, calibration, figures, figures_by_kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retrieval.core.model import Article, Span
    from retrieval.evaluation.error_analysis import Miss
    from retrieval.evaluation.significance import Comparison, QuestionChange


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What became of the questions, and with what.

    `library` is the articles' fingerprint, `articles` their number, `version` that of quoth, `limit` the most
    quotations for a question and `enough` the least confidence with which an answer is given.
    """

    library: str
    version: str
    articles: int
    limit: int
    enough: float
    judgements: list[Judgement]


READER = TypeAdapter(Evaluation)


def evaluation_record(now: Evaluation, misses: Sequence[Miss], comparison: Comparison | None) -> dict[str, Any]:
    """One object with all of an evaluation; shares are between 0 and 1."""
    return {
        **asdict(now),
        "figures": asdict(figures(now.judgements)),
        "kinds": [asdict(found) for found in figures_by_kind(now.judgements)],
        "calibration": [asdict(found) for found in calibration(now.judgements)],
        "misses": [_miss(miss) for miss in misses],
        **({"comparison": _comparison(comparison)} if comparison else {}),
    }


def _miss(miss: Miss) -> dict[str, Any]:
    first, answer = miss.first, miss.answer
    return {
        "id": miss.question.id,
        "question": miss.question.text,
        "why": " ".join(why(miss)),
        "first": _passage(first.article, first.sentences[0]) if first else None,
        "answer": {**_passage(answer.article, answer.span), "place": miss.place} if answer else None,
        "has": [term.word for term in miss.has],
        "lacks": [term.word for term in miss.lacks],
        "differences": {name: round(by, 4) for name, by in miss.differences},
    }


def _passage(article: Article, span: Span) -> dict[str, Any]:
    return {"file": article.file, **span_record(span), "text": article.text[span.start : span.end]}


def _comparison(comparison: Comparison) -> dict[str, Any]:
    before, now = comparison.figures or (None, None)
    return {
        "before": asdict(before) if before else None,
        "now": asdict(now) if now else None,
        "won": [_change(change) for change in comparison.won],
        "lost": [_change(change) for change in comparison.lost],
        "moved": [_change(change) for change in comparison.moved],
        "chance": comparison.chance,
        "only_before": comparison.only_before,
        "only_now": comparison.only_now,
    }


def _change(change: QuestionChange) -> dict[str, Any]:
    return {"id": change.now.id, "question": change.now.question} | {
        when: {"rank": judgement.rank, "reason": judgement.reason}
        for when, judgement in (("before", change.before), ("now", change.now))
    }


def read_evaluation(file: Path) -> Evaluation:
    """Read what `quoth eval --json` printed. Raises InputError where `file` is something else."""
    try:
        evaluation = READER.validate_python(json.loads(file.read_text(encoding="utf-8-sig"), parse_constant=_no_number))
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}); check the name behind --compare.") from error
    except (ValueError, ValidationError, RecursionError) as error:
        raise _not_ours(file) from error
    if not evaluation.judgements or not all(map(_possible, evaluation.judgements)):
        raise _not_ours(file)
    return evaluation


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _possible(judgement: Judgement) -> bool:
    return 0 <= judgement.confidence <= 1 and (judgement.rank is None or 1 <= judgement.rank <= DEEPEST)


def _not_ours(file: Path) -> InputError:
    return InputError(
        f"{file} is not what `quoth eval --json` prints; write that into a file before a change "
        "(`quoth eval QUESTIONS --json > before.json`), and name the file behind --compare after it."
    )
