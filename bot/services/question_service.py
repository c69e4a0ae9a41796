"""The question desk: a question goes in, a reply comes out, one row goes to the log."""

from __future__ import annotations

import asyncio
import datetime
import logging
import time
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from bot.config.errors import LogError
from bot.services.asked_sources import elsewhere, written
from bot.services.logged_conversation import conversation_to
from bot.services.question_request import QuestionRequest
from bot.services.receipts import PreviousTurn, Receipt, RequestOrigin, report, row_of
from bot.store.log_row import RowNote
from retrieval.search.article_filter import NO_FILTER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from concurrent.futures import Executor

    from bot.store.log_row import LogRow
    from bot.store.query_log import QueryLog
    from retrieval.answer.answerer import Answerer
    from retrieval.core.query_model import Query
    from retrieval.search.article_filter import ArticleFilter

Wanted = ParamSpec("Wanted")
Found = TypeVar("Found")

logger = logging.getLogger(__name__)

LOG_PATIENCE = 1.5  # seconds that an answer waits for its log row: Discord gives an answer 3 seconds in all

# Two queues stand in a row, since they share out two things. The fair queue before the desk (`fair_queue`) shares out
# answers among people: eight may be on their way at once, most of which wait for the log or for Discord. The desk's own
# shares out the interpreter: one thread at a time has it, so several questions get no answer sooner together than one
# after the other, and the event loop would have to wait its turn among all of them. The log's writer is no third one:
# it writes all rows that wait in one transaction.
WORKED_OUT_AT_ONCE = 1
SLOW = 0.2  # seconds that a question waits for those before it; nobody waits longer for one that takes its time

READ_AGAIN = 9  # questions of the log that are read again, so that the last of them is read as it was


class Desk:
    """Answers questions and logs them. A log that cannot be written, or hangs, never costs the reader the answer.

    `answerer` may be replaced at any time: a question keeps the one it started with, and `replaced` is called.
    """

    def __init__(
        self, answerer: Answerer, log: QueryLog, *, patience: float = LOG_PATIENCE, slow: float = SLOW
    ) -> None:
        self._answerer = answerer
        self.log = log
        self.patience = patience
        self._slow = slow
        self._turns = asyncio.Semaphore(WORKED_OUT_AT_ONCE)
        self.replaced: Callable[[], None] | None = None
        self.looking = asyncio.Lock()  # held by whoever looks whether the articles have changed
        self.closing = False  # whether the program ends, and what takes long is to be given up

    @property
    def answerer(self) -> Answerer:
        return self._answerer

    @answerer.setter
    def answerer(self, answerer: Answerer) -> None:
        self._answerer = answerer
        if self.replaced:
            self.replaced()

    async def ask(
        self,
        question: str,
        place: RequestOrigin,
        *,
        follows: PreviousTurn | None = None,
        limit: int | None = None,
        file: str | None = None,
        weaker: bool = False,
        log: bool = True,
        hidden: Collection[str] = (),
        asked_of: ArticleFilter = NO_FILTER,
    ) -> Receipt:
        """The reply to `question`, from the article `file` alone where one is named, with at most `limit` quotes.

        With `weaker`, passages that have not earned a quote are quoted as well. `follows` is the question before it in
        the conversation, where there is one; the row names it where the question was read with it. On the surface
        COMPARE the reply has the best quote of each source that speaks. To the asker the collections that are `hidden`
        are not there; `asked_of` narrows the question to some of the others, or to a time.
        """
        answerer = await self.view(hidden)
        asked_at = datetime.datetime.now(datetime.UTC)
        started = time.perf_counter()
        after, today = follows.query if follows else None, asked_at.date()
        asking = QuestionRequest(question, place.surface, limit, file, after, weaker, asked_of, today)
        reply = await self.in_thread(asking.of, answerer)
        elapsed_ms = (time.perf_counter() - started) * 1000
        row = row_of(
            reply,
            place,
            asked_at=asked_at,
            elapsed_ms=elapsed_ms,
            library=answerer.library.fingerprint,
            follows=follows.id if follows and reply.query.carried else None,
            narrowed_to=file or "",
            at_most=limit or answerer.limit,
            weaker=weaker,
            asked_of=written(frozenset(hidden) - elsewhere(hidden, place.guild), asked_of),
        )
        logged = log and await self._logged(row)
        report(row, logged=logged)
        return Receipt(row.id, reply, elapsed_ms, row.library, logged)

    async def view(self, hidden: Collection[str]) -> Answerer:
        """The answerer of those from whom these collections are hidden."""
        answerer = self._answerer
        return await asyncio.to_thread(answerer.without, hidden) if hidden else answerer

    async def turn(self, id: str, place: RequestOrigin, hidden: Collection[str] = ()) -> PreviousTurn | None:  # noqa: A002 - it is called that
        """The question with that id, read again as it was; None where the log has none of that guild and channel.

        None, too, where the log cannot be read or takes too long: a question that cannot follow is one by itself.
        """
        try:
            async with asyncio.timeout(self.patience):
                rows = await conversation_to(id, self.log, guild=place.guild, channel=place.channel, limit=READ_AGAIN)
        except LogError as error:
            logger.warning("The question %s cannot be followed up: %s", id, error)
            return None
        except TimeoutError:
            logger.warning("The question %s cannot be followed up: the query log is slow.", id)
            return None
        query = await self.in_thread(_read, await self.view(hidden), [row.question for row in reversed(rows)])
        return PreviousTurn(id, query) if query and query.terms else None

    async def sent(self, id: str, message: int) -> None:  # noqa: A002 - it is called that
        """Note which message on Discord shows the answer with that id."""
        try:
            await self.log.note(id, RowNote(message=message))
        except LogError as error:
            logger.warning("The message of the answer %s was not noted: %s", id, error)

    async def in_thread(self, work: Callable[Wanted, Found], /, *args: Wanted.args, **kwargs: Wanted.kwargs) -> Found:
        """Do `work` in a thread, once the work before it is done, unless that is slow."""
        async with AsyncExitStack() as turn:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._slow):
                    await turn.enter_async_context(self._turns)
            return await asyncio.to_thread(work, *args, **kwargs)

    async def between_questions(
        self, pool: Executor, work: Callable[Wanted, Found], /, *args: Wanted.args, **kwargs: Wanted.kwargs
    ) -> Found:
        """Do a small piece of other work in a thread of `pool`, in turn with the questions."""
        async with self._turns:
            return await asyncio.get_running_loop().run_in_executor(pool, lambda: work(*args, **kwargs))

    async def _logged(self, row: LogRow) -> bool:
        try:
            async with asyncio.timeout(self.patience):
                await self.log.add(row)
        except LogError as error:
            logger.error("The answer %s was given but not logged: %s", row.id, error)  # noqa: TRY400 - one line is enough
            return False
        except TimeoutError:
            logger.warning("The answer %s was given before it was logged: the query log is slow.", row.id)
            return False
        return True


def _read(answerer: Answerer, questions: Sequence[str]) -> Query | None:
    """How the last of the questions is read, where each follows the one before."""
    query: Query | None = None
    for question in questions:
        query = answerer.analyze(question, after=query).query
    return query
