"""What became of questions that were asked again -> the JSON objects that programs read; they rely on their shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.services.review.replay import Obstacle, ReplayChange
from bot.store.log_row import Outcome
from bot.store.reviews import Mark
from retrieval.core.model import Answer, NoAnswer, shown

if TYPE_CHECKING:
    from bot.services.review.replay import Replayed, Tally
    from bot.store.log_row import LoggedQuote, LogRow
    from bot.store.reviews import Review
    from retrieval.core.model import Quote


def change_record(replayed: Replayed, review: Review | None, *, library: str, version: str) -> dict[str, Any]:
    """Give a question that changed, with what was shown then and is shown now."""
    row, reply = replayed.row, replayed.reply
    return {
        **_row_record(row, review),
        "change": replayed.change.value,
        "then": {
            "outcome": row.outcome.value,
            "tentative": row.tentative,
            "reason": row.reason,
            "confidence": round(row.confidence, 4),
            "library": row.library,
            "version": row.version,
            "quotes": [_logged_record(quote) for quote in row.quotes],
        },
        "now": {
            "outcome": (Outcome.NO_ANSWER if isinstance(reply, NoAnswer) else Outcome.ANSWER).value,
            "tentative": isinstance(reply, Answer) and reply.tentative,
            "reason": reply.reason.value if isinstance(reply, NoAnswer) else None,
            "confidence": round(reply.confidence, 4),
            "library": library,
            "version": version,
            "quotes": [_quote_record(quote) for quote in shown(reply)],
        },
    }


def obstacle_record(row: LogRow, obstacle: Obstacle, review: Review | None) -> dict[str, Any]:
    """Give a question that could not be asked again, and why."""
    return {**_row_record(row, review), "change": None, "not_asked": obstacle.value}


def tally_record(tally: Tally) -> dict[str, Any]:
    """Give the numbers and shares over all questions: the last line."""
    return {
        "asked": tally.asked,
        **{
            change.value: {"questions": tally.changes[change], "share": _rounded(tally.share(change))}
            for change in ReplayChange
        },
        "not_asked": {obstacle.value: tally.obstacles[obstacle] for obstacle in Obstacle},
        "marked": {
            mark.value: {"same": tally.marked[mark, True], "changed": tally.marked[mark, False]} for mark in Mark
        },
        "other_articles": tally.other_articles,
        "other_versions": tally.other_versions,
        "other_nearest": tally.nearest,
        "unknown_source": tally.unsure,
        "library": tally.library,
        "version": tally.version,
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _row_record(row: LogRow, review: Review | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "asked_at": row.asked_at.isoformat(),
        "question": row.question,
        "follows": row.follows,
        "source": row.narrowed_to,
        "mark": review.mark.value if review else None,
    }


def _logged_record(quote: LoggedQuote) -> dict[str, Any]:
    return {"file": quote.file, "name": quote.name, "start": quote.start, "end": quote.end, "text": quote.text}


def _quote_record(quote: Quote) -> dict[str, Any]:
    article, span = quote.article, quote.span
    return {"file": article.file, "name": article.name, "start": span.start, "end": span.end, "text": quote.text}
