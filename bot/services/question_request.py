"""A question and all that its reply depends on beside the articles, so that it can be asked again as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.store.log_row import Surface
from retrieval.core.model import Answer, NoAnswer, Reason
from retrieval.search.article_filter import NO_FILTER

if TYPE_CHECKING:
    import datetime

    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Reply
    from retrieval.core.query_model import Query
    from retrieval.search.article_filter import ArticleFilter

EXACT = (Surface.COMMAND, Surface.COMPARE, Surface.TERMINAL)


UNASKED = 0.75  # the confidence from which on a forum post is answered, whose author asked people and not the bot


@dataclass(frozen=True, slots=True)
class QuestionRequest:
    """A question and how it is asked."""

    question: str
    surface: Surface
    limit: int | None = None
    file: str | None = None
    after: Query | None = None
    weaker: bool = False
    asked_of: ArticleFilter = NO_FILTER
    today: datetime.date | None = None

    def of(self, answerer: Answerer) -> Reply:
        """What `answerer` replies.

        What stands in quotation marks is looked for as it stands, but for messages: these are not written for a search.
        """
        if self.surface is Surface.COMPARE:
            from retrieval.answer.source_comparison import survey  # noqa: PLC0415 - only who compares needs it

            return survey(
                answerer, self.question, limit=self.limit, after=self.after, asked_of=self.asked_of, exact=True
            )
        reply = answerer.answer(
            self.question,
            limit=self.limit,
            file=self.file,
            after=self.after,
            weaker=self.weaker,
            asked_of=self.asked_of,
            exact=self.surface in EXACT,
            today=self.today,
        )
        return _unasked(reply, self.asked_of.of(answerer.corpus).sentences) if self.surface is Surface.FORUM else reply


def _unasked(reply: Reply, searched: int) -> Reply:
    """The reply to what nobody asked the bot, of so many sentences: an answer only where it is sure."""
    if isinstance(reply, Answer) and (reply.tentative or reply.confidence < UNASKED):
        return NoAnswer(reply.query, Reason.WEAK_MATCH, searched, nearest=reply.quotes, confidence=reply.confidence)
    return reply
