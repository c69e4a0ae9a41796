"""Asks a logged question again as it was asked then, and compares what comes back with what was shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.services.asked_sources import asked_sources
from bot.services.question_request import QuestionRequest
from bot.store.log_row import Outcome
from retrieval.core.model import Answer, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.store.log_row import LoggedQuote, LogRow
    from bot.store.reviews import Mark, Review
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Quote, Reply
    from retrieval.core.query_model import Query

READINGS = 1000  # of questions, kept for those that follow them, which come soon


class ReplayChange(StrEnum):
    """What became of a question since it was logged."""

    SAME = "same"
    OTHER_QUOTES = "other_quotes"
    NOW_ANSWERED = "now_answered"
    NOW_REFUSED = "now_refused"


class Obstacle(StrEnum):
    """Why a question cannot be asked again as it was."""

    EARLIER_IS_GONE = "earlier_is_gone"  # it follows up one that is no longer in the log
    SOURCE_IS_GONE = "source_is_gone"  # it was asked of one article, which is no longer there


@dataclass(frozen=True, slots=True)
class Replayed:
    """A row, the reply of today, and what changed.

    `gone` are the passages shown then that are not shown now, `new` those shown now that were not shown then; of a
    refusal they are the closest ones, which are no part of the `change`.
    """

    row: LogRow
    reply: Reply
    change: ReplayChange
    gone: tuple[LoggedQuote, ...]
    new: tuple[Quote, ...]


def compare(row: LogRow, reply: Reply) -> Replayed:
    """What changed from a row to a reply to the same question.

    A passage is the same where a reader sees the same: the same words, but for white space, of a source that has kept
    its file or its name. An answer is the same where all its quotes are, in their order; a refusal where it is one.
    """
    now = shown(reply)
    gone = tuple(quote for quote in row.quotes if not any(_alike(quote, other) for other in now))
    new = tuple(quote for quote in now if not any(_alike(other, quote) for other in row.quotes))
    in_order = len(now) == len(row.quotes) and all(map(_alike, row.quotes, now))
    return Replayed(row, reply, _change(row, reply, in_order=in_order), gone, new)


def _change(row: LogRow, reply: Reply, *, in_order: bool) -> ReplayChange:
    match row.outcome is Outcome.ANSWER, isinstance(reply, Answer):
        case True, True:
            return ReplayChange.SAME if in_order else ReplayChange.OTHER_QUOTES
        case False, True:
            return ReplayChange.NOW_ANSWERED
        case True, False:
            return ReplayChange.NOW_REFUSED
        case _:
            return ReplayChange.SAME


def _alike(then: LoggedQuote, now: Quote) -> bool:
    same_source = then.file == now.article.file or then.name == now.article.name
    return same_source and (then.text == now.text or then.text.split() == now.text.split())


class Replay:
    """The one way to ask logged questions again, best in the order of their ids.

    `earlier` gives the row of an id, None where there is none. A question is asked of the article and for the number of
    quotes that its row tells of, where it tells, else of all and for as many as `answerer` gives; what it follows up is
    read again first, as it was then, from the beginning.
    """

    def __init__(self, answerer: Answerer, earlier: Callable[[str], LogRow | None]) -> None:
        self.answerer = answerer
        self.earlier = earlier
        self._read: dict[str, Query] = {}

    def ask(self, row: LogRow) -> Replayed | Obstacle:
        """What changed from the row to the reply of today, or why there is none."""
        reply = self.reply(row)
        return reply if isinstance(reply, Obstacle) else compare(row, reply)

    def reply(self, row: LogRow, *, further: int = 0) -> Reply | Obstacle:
        """The reply of today to the row's question, with up to `further` quotes more, or why there is none."""
        sources = asked_sources(row)
        answerer = sources.view_of(self.answerer, row)
        if row.narrowed_to and answerer.corpus.article(row.narrowed_to) is None:
            return Obstacle.SOURCE_IS_GONE
        after = self._reading_of(row.follows) if row.follows else None
        if row.follows and after is None:
            return Obstacle.EARLIER_IS_GONE
        limit = (row.at_most or answerer.limit) + further
        request = QuestionRequest(
            row.question,
            row.surface,
            limit=limit,
            file=row.narrowed_to or None,
            after=after,
            weaker=row.weaker or further > 0,
            asked_of=sources.asked_of,
            today=row.asked_at.date(),
        )
        reply = request.of(answerer)
        self._note(row.id, reply.query)
        return reply

    def _reading_of(self, id: str) -> Query | None:  # noqa: A002 - it is called that
        """How the question of that id is read, having followed those before it; None where one of them is gone."""
        chain: dict[str, LogRow] = {}
        wanted: str | None = id
        while wanted and wanted not in self._read:
            row = self.earlier(wanted)
            if row is None or wanted in chain:  # a question that follows itself has no beginning
                return None
            chain[wanted] = row
            wanted = row.follows
        query = self._read[wanted] if wanted else None
        for row in reversed(chain.values()):
            view = asked_sources(row).view_of(self.answerer, row)
            query = view.analyze(row.question, after=query).query
            self._note(row.id, query)
        return query

    def _note(self, id: str, query: Query) -> None:  # noqa: A002 - it is called that
        self._read[id] = query
        if len(self._read) > READINGS:
            del self._read[next(iter(self._read))]


@dataclass(slots=True)
class Tally:
    """What became of many rows, and the first `keep` of each change; `library` and `version` are those of today.

    `other_articles` and `other_versions` count the rows that were answered from other articles or by another version,
    `nearest` the refusals whose closest passages are others now, `unsure` the rows that do not tell whether one article
    alone was asked. `marked` counts the reviewed rows, by their mark and whether they are the same.
    """

    library: str
    version: str
    keep: int
    changes: Counter[ReplayChange] = field(default_factory=Counter)
    obstacles: Counter[Obstacle] = field(default_factory=Counter)
    marked: Counter[tuple[Mark, bool]] = field(default_factory=Counter)
    other_articles: int = 0
    other_versions: int = 0
    nearest: int = 0
    unsure: int = 0
    kept: dict[ReplayChange, list[tuple[Replayed, Review | None]]] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        """How many questions were asked again."""
        return self.changes.total()

    def share(self, change: ReplayChange) -> float | None:
        """The share of the questions asked again to which that happened, 0 to 1; None where none was."""
        return self.changes[change] / self.asked if self.asked else None

    def add(self, found: Replayed | Obstacle, review: Review | None) -> None:
        """Count one row."""
        if isinstance(found, Obstacle):
            self.obstacles[found] += 1
            return
        row, same = found.row, found.change is ReplayChange.SAME
        self.changes[found.change] += 1
        self.other_articles += row.library != self.library
        self.other_versions += row.version != self.version
        self.nearest += same and bool(found.gone or found.new)
        self.unsure += row.narrowed_to is None
        if review:
            self.marked[review.mark, same] += 1
        kept = self.kept.setdefault(found.change, [])
        if not same and len(kept) < self.keep:
            kept.append((found, review))
