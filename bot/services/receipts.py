"""What becomes of a question at the desk: where it was asked, its receipt, and its row in the log."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.store.ids import new_id
from bot.store.log_row import LoggedQuote, LogRow, Outcome, Surface
from retrieval.core.model import Answer, NoAnswer, shown

if TYPE_CHECKING:
    import datetime

    from retrieval.core.model import Reply
    from retrieval.core.query_model import Query

logger = logging.getLogger("bot.services.question_service")  # whose question it is, in the program's own log

VERSION = version("quoth")


@dataclass(frozen=True, slots=True)
class RequestOrigin:
    """Where a question was asked, and by whom: `asker` is a keyed hash, empty where nobody is named.

    `private` says that they alone are shown the answer.
    """

    surface: Surface
    guild: int | None = None
    channel: int | None = None
    asker: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class PreviousTurn:
    """A question that another may follow up: the id it was logged under, and how it was read."""

    id: str
    query: Query


@dataclass(frozen=True, slots=True)
class Receipt:
    """A reply and the id it was logged under.

    `logged` is False where the row was not to be logged, could not be, or was not yet when the answer could not wait.
    """

    id: str
    reply: Reply
    elapsed_ms: float
    library: str
    logged: bool

    @property
    def turn(self) -> PreviousTurn | None:
        """What the next question may follow up; None where this one had nothing to look for, such as a thank-you."""
        return PreviousTurn(self.id, self.reply.query) if self.reply.query.terms else None


def report(row: LogRow, *, logged: bool) -> None:
    """Say in the program's own log that a question was dealt with, without its words and who asked."""
    known = {
        "id": row.id,
        "surface": row.surface.value,
        "outcome": row.outcome.value,
        "reason": row.reason,
        "confidence": round(row.confidence, 3),
        "elapsed_ms": round(row.elapsed_ms, 1),
        "logged": logged,
    }
    logger.info("A question was dealt with.", extra={name: value for name, value in known.items() if value is not None})


def row_of(
    reply: Reply,
    place: RequestOrigin,
    *,
    asked_at: datetime.datetime,
    elapsed_ms: float,
    library: str,
    follows: str | None = None,
    narrowed_to: str | None = None,
    at_most: int | None = None,
    weaker: bool = False,
    asked_of: str = "",
) -> LogRow:
    """The receipt of a reply; `follows` is the id of the question that this one was read with.

    `narrowed_to`, `at_most`, `weaker` and `asked_of` say how it was asked, as in LogRow.
    """
    match reply:
        case Answer():
            outcome, reason = Outcome.ANSWER, None
        case NoAnswer():
            outcome, reason = Outcome.NO_ANSWER, reply.reason.value
    return LogRow(
        id=new_id(asked_at),
        asked_at=asked_at,
        surface=place.surface,
        question=reply.query.question,
        outcome=outcome,
        reason=reason,
        confidence=reply.confidence,
        elapsed_ms=elapsed_ms,
        library=library,
        version=VERSION,
        guild=place.guild,
        channel=place.channel,
        asker=place.asker,
        private=place.private,
        follows=follows,
        narrowed_to=narrowed_to,
        at_most=at_most,
        tentative=isinstance(reply, Answer) and reply.tentative,
        weaker=weaker,
        asked_of=asked_of,
        quotes=_quotes_of(reply),
    )


def _quotes_of(reply: Reply) -> tuple[LoggedQuote, ...]:
    """The passages of a reply as they are logged."""
    near = isinstance(reply, NoAnswer)
    return tuple(
        LoggedQuote(
            file=quote.article.file,
            name=quote.article.name,
            sha256=quote.article.sha256,
            start=quote.span.start,
            end=quote.span.end,
            text=quote.text,
            score=quote.score,
            near=near,
        )
        for quote in shown(reply)
    )
