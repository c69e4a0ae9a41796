"""Stand-ins for what is slow or hard to break: query logs in memory, and an answerer that waits for a word."""

from __future__ import annotations

import dataclasses
import datetime
import math
import threading
from collections import Counter
from typing import TYPE_CHECKING, cast

from bot.config.errors import LogError
from bot.store.filters import EVERY_ROW, Filter, Thumbs, fold
from bot.store.log_row import Comment, LoggedQuote, LoggedSource, LogRow, Outcome, ShownQuote, Surface
from bot.store.log_statistics import Day, Quoted, Stats
from bot.store.question_words import subjects
from bot.store.text import storable
from retrieval.core.model import Answer, Article, Quote, Span
from retrieval.core.query_model import Query
from retrieval.index import corpus as corpora
from retrieval.ingestion.library import Library
from retrieval.ingestion.scanner import SourceFiles
from retrieval.search.article_filter import NO_FILTER
from tests.counting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from bot.store.gaps import GapState, Unhelped, Wish
    from bot.store.log_row import RowNote, Vote
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Reply
    from retrieval.search.article_filter import ArticleFilter

NOON = datetime.datetime(2025, 1, 31, 12, 0, 0, 123456, tzinfo=datetime.UTC)


def row(
    id: str,  # noqa: A002 - it is called that
    *,
    question: str = "Who leads the group now?",
    guild: int | None = None,
    quotes: tuple[LoggedQuote, ...] = (),
    confidence: float = 0.75,
    weaker: bool = False,
) -> LogRow:
    """Give a log row of which a test names what it is about."""
    return LogRow(
        id=id,
        asked_at=NOON,
        surface=Surface.COMMAND,
        question=question,
        outcome=Outcome.ANSWER,
        confidence=confidence,
        elapsed_ms=3.5,
        library="sha256:0",
        version="0.1.0",
        guild=guild,
        weaker=weaker,
        quotes=quotes,
    )


def means(wanted: Filter, row: LogRow) -> bool:
    """Tell whether a filter means a row, asked plainly of the row alone."""
    own = {"guild": row.guild, "channel": row.channel, "asker": row.asker}
    return (
        all(getattr(wanted, name) in {None, value} for name, value in own.items())
        and (not wanted.unanswered or row.outcome is Outcome.NO_ANSWER)
        and (wanted.thumbs is None or {Thumbs.UP: row.up, Thumbs.DOWN: row.down}[wanted.thumbs] > 0)
        and (wanted.since is None or row.asked_at >= wanted.since)
        and (wanted.until is None or row.asked_at < wanted.until)
        and (wanted.source is None or any(quote.file == wanted.source and not quote.near for quote in row.quotes))
        and all(word in fold(row.question) for word in fold(wanted.words).split())
    )


class NoGapLog:
    """Stands where a log keeps no gaps: every call is a `LogError`."""

    async def unhelped(self, *, guild: int | None, since: datetime.datetime, limit: int) -> Sequence[Unhelped]:
        raise LogError(f"The query log keeps no gaps: not {limit} of {guild} since {since}.")

    async def set(self, ids: Sequence[str], state: GapState, *, guild: int | None, source: str | None = None) -> None:
        raise LogError(f"The query log keeps no gaps: {ids} of {guild} are not {state} by {source}.")

    async def wish(self, id: str, user: int, asker: str) -> None:  # noqa: A002 - it is called that
        raise LogError(f"The query log keeps no gaps: {user}, {asker} cannot wait for {id}.")

    async def unwish(self, id: str, user: int) -> None:  # noqa: A002 - likewise
        raise LogError(f"The query log keeps no gaps: {user} does not wait for {id}.")

    async def due(self) -> Sequence[Wish]:
        raise LogError("The query log keeps no gaps: nobody waits.")

    async def claim(self, wish: Wish) -> bool:
        raise LogError(f"The query log keeps no gaps: not {wish}.")

    async def last_read(self) -> str | None:
        raise LogError("The query log keeps no gaps: nothing was read.")

    async def note_read(self, library: str) -> None:
        raise LogError(f"The query log keeps no gaps: {library} is not noted.")


class MemoryQueryLog:
    """A query log that keeps the promises of `QueryLog` for as long as the process lives, but no gaps."""

    def __init__(self) -> None:
        self.gaps = NoGapLog()
        self.rows: dict[str, LogRow] = {}
        self.votes: dict[str, dict[str, Vote]] = {}
        self.closed = False

    async def add(self, row: LogRow) -> None:
        self._check_open()
        if row.id in self.rows:
            raise LogError(f"The query log has a row {row.id} already.")
        self.rows[row.id] = row

    async def recent(self, limit: int, *, guild: int | None = None, before: str | None = None) -> Sequence[LogRow]:
        self._check_open()
        found = [
            row
            for id_, row in sorted(self.rows.items(), reverse=True)
            if guild in {None, row.guild} and (before is None or id_ < before)
        ]
        return found[: max(limit, 0)]

    async def get(self, id: str, *, guild: int | None = None) -> LogRow | None:  # noqa: A002 - it is called that
        self._check_open()
        row = self.rows.get(id)
        return row if row and guild in {None, row.guild} else None

    async def find(
        self, wanted: Filter, limit: int, *, before: str | None = None, after: str | None = None
    ) -> Sequence[LogRow]:
        found = [
            row
            for row in await self.recent(len(self.rows), before=before)
            if means(wanted, row) and (after is None or row.id > after)
        ]
        return found[: max(limit, 0)] if after is None else found[max(len(found) - max(limit, 0), 0) :]

    async def stats(self, wanted: Filter = EVERY_ROW) -> Stats:
        rows = await self.find(wanted, len(self.rows))
        days = Counter(row.asked_at.date() for row in rows)
        answered = [row for row in rows if row.outcome is Outcome.ANSWER]
        of_days = Counter(row.asked_at.date() for row in answered)
        quotes = [quote for row in rows for quote in row.quotes if not quote.near]
        times = sorted(row.elapsed_ms for row in rows)
        return Stats(
            asked=len(rows),
            answered=len(answered),
            up=sum(row.up for row in rows),
            down=sum(row.down for row in rows),
            days=tuple(Day(day, asked, of_days[day]) for day, asked in sorted(days.items())),
            sources=tuple(
                Quoted(file, next(quote.name for quote in quotes if quote.file == file), number)
                for file, number in Counter(sorted(quote.file for quote in quotes)).most_common()
            ),
            newest=len(rows),
            subjects=tuple(subjects(row.question for row in rows)),
            p50_ms=times[math.ceil(len(times) * 0.50) - 1] if times else None,
            p99_ms=times[math.ceil(len(times) * 0.99) - 1] if times else None,
        )

    async def sources(self, *, guild: int | None = None) -> Sequence[LoggedSource]:
        rows = await self.recent(len(self.rows), guild=guild)
        names = {quote.file: quote.name for row in reversed(rows) for quote in row.quotes if not quote.near}
        return [LoggedSource(file, name) for file, name in sorted(names.items())]

    async def vote(self, id: str, vote: Vote, *, guild: int | None = None) -> bool:  # noqa: A002 - it is called that
        row = await self.get(id, guild=guild)
        if row is None:
            return False
        votes = self.votes.setdefault(id, {})
        last = votes.pop(vote.voter, None)
        if vote.helpful is not None:
            stays = last and last.helpful == vote.helpful and not vote.comment
            votes[vote.voter] = dataclasses.replace(vote, comment=last.comment) if last and stays else vote
        up = sum(bool(vote.helpful) for vote in votes.values())
        self.rows[id] = dataclasses.replace(row, up=up, down=len(votes) - up)
        return True

    async def note(self, id: str, note: RowNote) -> None:  # noqa: A002 - it is called that
        self._check_open()
        noted = {name: value for name, value in dataclasses.asdict(note).items() if value is not None}
        if id in self.rows:
            self.rows[id] = dataclasses.replace(self.rows[id], **noted)

    async def quoted_from_others(
        self, digests: Collection[str], limit: int, *, guild: int | None = None
    ) -> Sequence[ShownQuote]:
        rows = await self.recent(len(self.rows), guild=guild)
        found = [
            ShownQuote(row.id, row.asked_at, row.guild, row.channel, row.message, row.private, row.corrected, quote)
            for row in rows
            for quote in row.quotes
            if row.outcome is Outcome.ANSWER and not row.withdrawn and not quote.near and quote.sha256 not in digests
        ]
        return found[:limit]

    async def health(self) -> str | None:
        return "The query log is closed." if self.closed else None

    async def examined(self) -> None:
        """Memory is never damaged."""

    async def comments(self, id: str, *, guild: int | None = None) -> Sequence[Comment]:  # noqa: A002 - likewise
        if await self.get(id, guild=guild) is None:
            return []
        votes = sorted(self.votes.get(id, {}).values(), key=lambda vote: (vote.voted_at, vote.voter))
        return [Comment(vote.comment, bool(vote.helpful), vote.voted_at) for vote in votes if vote.comment]

    async def quote_counts(self, files: Sequence[str], *, guild: int | None = None) -> Mapping[str, int]:
        rows = await self.recent(len(self.rows), guild=guild)
        return Counter(quote.file for row in rows for quote in row.quotes if not quote.near and quote.file in files)

    async def close(self) -> None:
        self.closed = True

    def _check_open(self) -> None:
        if self.closed:
            raise LogError("The query log is closed.")


class BrokenQueryLog:
    """A query log whose disk is gone: every call but `close` is a `LogError`."""

    gaps = NoGapLog()

    async def add(self, row: LogRow) -> None:
        raise LogError(f"The query log cannot be written: no room for {storable(row.id)}.")

    async def recent(self, limit: int, *, guild: int | None = None, before: str | None = None) -> Sequence[LogRow]:
        raise LogError(f"The query log cannot be read: no {limit} rows of {guild} before {before}.")

    async def get(self, id: str, *, guild: int | None = None) -> LogRow | None:  # noqa: A002 - it is called that
        raise LogError(f"The query log cannot be read: no row {id} of {guild}.")

    async def find(
        self, wanted: Filter, limit: int, *, before: str | None = None, after: str | None = None
    ) -> Sequence[LogRow]:
        raise LogError(f"The query log cannot be read: no {limit} rows of {wanted} before {before}, after {after}.")

    async def stats(self, wanted: Filter = EVERY_ROW) -> Stats:
        raise LogError(f"The query log cannot be read: no numbers of {wanted}.")

    async def sources(self, *, guild: int | None = None) -> Sequence[LoggedSource]:
        raise LogError(f"The query log cannot be read: no sources of {guild}.")

    async def vote(self, id: str, vote: Vote, *, guild: int | None = None) -> bool:  # noqa: A002 - it is called that
        raise LogError(f"The query log cannot be written: no {vote} on {id} of {guild}.")

    async def note(self, id: str, note: RowNote) -> None:  # noqa: A002 - it is called that
        raise LogError(f"The query log cannot be written: no {note} on {id}.")

    async def quoted_from_others(
        self, digests: Collection[str], limit: int, *, guild: int | None = None
    ) -> Sequence[ShownQuote]:
        raise LogError(f"The query log cannot be read: no {limit} quotations of {guild} but from {digests}.")

    async def health(self) -> str | None:
        return "The query log cannot be written: its disk is gone."

    async def examined(self) -> None:
        """Nothing is left to look at."""

    async def comments(self, id: str, *, guild: int | None = None) -> Sequence[Comment]:  # noqa: A002 - likewise
        raise LogError(f"The query log cannot be read: no comments on {id} of {guild}.")

    async def quote_counts(self, files: Sequence[str], *, guild: int | None = None) -> Mapping[str, int]:
        raise LogError(f"The query log cannot be read: no numbers of {files} of {guild}.")

    async def close(self) -> None:
        """Nothing is open."""


class PatientAnswerer:
    """Has one article of one sentence, quotes it for every question, and only once `may_answer` is set."""

    def __init__(self, folder: Path, sentence: str, *, fingerprint: str) -> None:
        self.article = Article(file="article.txt", name="The Article", text=sentence, sha256="0" * 64)
        self.library = Library(
            folder=folder,
            articles=(self.article,),
            names=(),
            problems=(),
            fingerprint=fingerprint,
            sources=SourceFiles.of([], []),
            definitions=[],
        )
        self.corpus = corpora.read(self.library)
        self.limit = 3
        self.asked = threading.Event()
        self.may_answer = threading.Event()

    def answer(
        self,
        question: str,
        *,
        limit: int | None = None,  # noqa: ARG002
        file: str | None = None,  # noqa: ARG002
        after: Query | None = None,  # noqa: ARG002
        weaker: bool = False,  # noqa: ARG002
        asked_of: ArticleFilter = NO_FILTER,  # noqa: ARG002
        exact: bool = False,  # noqa: ARG002
        today: datetime.date | None = None,  # noqa: ARG002
    ) -> Reply:
        self.asked.set()
        assert self.may_answer.wait(PATIENCE), "nobody let the answerer answer"
        whole = Span(0, len(self.article.text))
        quote = Quote(self.article, whole, sentences=(whole,), score=2.0)
        return Answer(Query(question, ()), (quote,), confidence=0.9, speaking=1)

    def as_answerer(self) -> Answerer:
        """Give this stand-in as what the desk takes: it has all that the desk uses of one."""
        return cast("Answerer", self)
