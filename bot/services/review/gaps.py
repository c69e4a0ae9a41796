"""What the articles lack: questions that no answer helped, in groups, and asked again when the articles change."""

from __future__ import annotations

import asyncio
import datetime
import logging
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.services.logged_conversation import conversation_of
from bot.services.review.replay import Obstacle, Replay, ReplayChange
from bot.store.gaps import GapState
from bot.store.log_row import Outcome
from retrieval.analysis.tokenizer import POSSESSIVE
from retrieval.core.model import Answer
from retrieval.evaluation.clustering import group

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.store.gaps import Unhelped
    from bot.store.log_row import LogRow
    from bot.store.query_log import QueryLog
    from retrieval.answer.answerer import Answerer

logger = logging.getLogger(__name__)

PERIOD = datetime.timedelta(days=90)  # what was asked before is no longer looked at
NEWEST = 10_000  # questions that are grouped, or asked again
WORDS = 4  # that a gap is called by
MISSING = 6


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask the same thing, newest first.

    `words` are those that most of them have, as they are most often written, and `missing` those of their words that
    no source has.
    """

    questions: tuple[Unhelped, ...]
    words: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of its oldest question, by which it is called; that of any other means it as well."""
        return self.questions[-1].id

    @property
    def askers(self) -> int:
        """How many people asked; those who are not named count as one."""
        return len({question.asker for question in self.questions})

    @property
    def first(self) -> datetime.datetime:
        return self.questions[-1].asked_at

    @property
    def last(self) -> datetime.datetime:
        return self.questions[0].asked_at

    @property
    def state(self) -> GapState:
        """Planned where one of its questions is: whoever asks later asks for what is already planned."""
        states = {question.state for question in self.questions}
        return next(state for state in (GapState.PLANNED, GapState.OPEN, GapState.CLOSED) if state in states)

    @property
    def source(self) -> str | None:
        """The name of the source that closed it."""
        return next((question.source for question in self.questions if question.source), None)


@dataclass(frozen=True, slots=True)
class Closed:
    """A question that a source answers now."""

    id: str
    question: str
    source: str


async def unhelped(
    log: QueryLog, *, guild: int | None, now: datetime.datetime, since: datetime.datetime | None = None
) -> Sequence[Unhelped]:
    """The questions of the last 90 days, or since then, that no answer helped, newest first. Raises LogError."""
    return await log.gaps.unhelped(guild=guild, since=since or now - PERIOD, limit=NEWEST)


def groups_of(rows: Sequence[Unhelped], answerer: Answerer) -> list[tuple[Unhelped, ...]]:
    """Groups of rows that ask the same thing, newest first in each; the largest groups first, then the newest."""
    oldest_first = rows[::-1]
    questions = [row.question for row in oldest_first]
    corpus = answerer.corpus
    numbers = group(questions, corpus.analyzer, answerer.searcher.frequencies, len(corpus.sentences))
    groups = [tuple(oldest_first[number] for number in reversed(found)) for found in numbers]
    groups.sort(key=lambda found: found[0].id, reverse=True)
    return sorted(groups, key=len, reverse=True)


def gap_of(questions: tuple[Unhelped, ...], answerer: Answerer) -> Gap:
    """Say what a group of rows shares."""
    having: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for row in questions:
        found = {token.term: token.span for token in answerer.corpus.analyzer.of_question(row.question)}
        having.update(found.keys())
        for term, span in found.items():
            written = POSSESSIVE.sub("", row.question[span.start : span.end])
            forms.setdefault(term, Counter())[written] += 1
    frequencies = answerer.searcher.frequencies
    ordered = sorted(having, key=lambda term: (-having[term], frequencies.get(term, 0), term))
    shared = [term for term in ordered if 2 * having[term] >= len(questions)]
    unknown = [term for term in ordered if not frequencies.get(term, 0)]
    return Gap(
        questions,
        words=tuple(_written(forms[term]) for term in shared[:WORDS]),
        missing=tuple(_written(forms[term]) for term in unknown[:MISSING]),
    )


def gap_with(id: str, rows: Sequence[Unhelped], answerer: Answerer) -> Gap | None:  # noqa: A002 - it is called that
    """The gap that the question of that id belongs to, among those that are closed as it is, or are not."""
    row = next((row for row in rows if row.id == id), None)
    if row is None:
        return None
    groups = groups_of([other for other in rows if is_closed(other) is is_closed(row)], answerer)
    return next(gap_of(group, answerer) for group in groups if row in group)


def is_closed(row: Unhelped) -> bool:
    """Whether a source answers it now, or somebody said that nothing more is to be done about it."""
    return row.state is GapState.CLOSED


async def ask_again(
    log: QueryLog,
    answerer: Answerer,
    *,
    now: datetime.datetime,
    view_of: Callable[[LogRow], Awaitable[Answerer]] | None = None,
) -> Sequence[Closed]:
    """Ask the open questions of every guild again, and close those that a source answers now. Raises LogError.

    `view_of` gives the answerer as everybody sees it where a question was asked, without it they are as they were then.
    Those asked of these very articles are not asked again. One that was voted down is answered now where the first
    passage is another than those shown then.
    """
    library = answerer.library.fingerprint
    rows = await unhelped(log, guild=None, now=now)
    closed = []
    for found in reversed(rows):
        if found.state is GapState.CLOSED or found.library == library:
            continue
        row = await log.get(found.id)
        if row is None:
            continue
        view = await view_of(row) if view_of else answerer
        if view.library.fingerprint == found.library:
            continue
        earlier = await conversation_of(row, log)
        source = await asyncio.to_thread(_source_of, row, Replay(view, earlier.get))
        if source:
            await log.gaps.set([row.id], GapState.CLOSED, guild=row.guild, source=source)
            closed.append(Closed(row.id, row.question, source))
    await log.gaps.note_read(library)
    return closed


async def ask_again_where_changed(
    log: QueryLog,
    answerer: Answerer,
    *,
    now: datetime.datetime,
    view_of: Callable[[LogRow], Awaitable[Answerer]] | None = None,
) -> Sequence[Closed]:
    """Ask open questions again unless these are the articles that they were last asked of. Raises LogError."""
    if await log.gaps.last_read() == answerer.library.fingerprint:
        return ()
    closed = await ask_again(log, answerer, now=now, view_of=view_of)
    logger.info("Open questions were asked again of the articles of today: %d are answered now.", len(closed))
    return closed


def _source_of(row: LogRow, replay: Replay) -> str | None:
    """The name of the source that answers a row's question now; None where none does."""
    again = replay.ask(row)
    if isinstance(again, Obstacle) or not isinstance(again.reply, Answer):
        return None
    first = again.reply.quotes[0]
    was_shown = row.outcome is Outcome.ANSWER and first not in again.new
    return first.article.name if again.change is not ReplayChange.SAME and not was_shown else None


def _written(forms: Counter[str]) -> str:
    """The commonest form of a word; of equally common ones, that with most small letters."""
    return max(forms, key=lambda form: (forms[form], form))
