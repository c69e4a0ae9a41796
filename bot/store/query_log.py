"""The promise of a query log, whatever it is kept in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.store.filters import EVERY_ROW

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.store.filters import Filter
    from bot.store.gaps import GapLog
    from bot.store.log_row import Comment, LoggedSource, LogRow, RowNote, ShownQuote, Vote
    from bot.store.log_statistics import Stats


class QueryLog(Protocol):
    """Keeps what was asked and answered.

    Promises, held for every implementation by tests/contracts/query_log.py: a row is safe on disk when `add` returns;
    rows come back equal to what was added, newest first, but for U+FFFD where a text had a lone surrogate; a filter
    means the same rows as if it were asked of each by itself, whatever is searched for; a guild sees its own rows
    alone; an id is taken once; a person has one vote on a row; whatever goes wrong is a `LogError`; `close` waits for
    what was accepted, and may be called twice.
    """

    @property
    def gaps(self) -> GapLog:
        """What the articles lack, and who waits for it."""
        ...

    async def add(self, row: LogRow) -> None: ...

    async def recent(self, limit: int, *, guild: int | None = None, before: str | None = None) -> Sequence[LogRow]:
        """The newest rows, of one guild or of all; with `before`, those older than that id."""
        ...

    async def get(self, id: str, *, guild: int | None = None) -> LogRow | None:  # noqa: A002 - it is called that
        """The row of that id, None where there is none or it is another guild's."""
        ...

    async def find(
        self, wanted: Filter, limit: int, *, before: str | None = None, after: str | None = None
    ) -> Sequence[LogRow]:
        """The newest rows that `wanted` means; with `before`, those older than that id.

        With `after` they are the oldest of those newer than that id, the newest of these first as ever.
        """
        ...

    async def stats(self, wanted: Filter = EVERY_ROW) -> Stats:
        """What the rows that `wanted` means say together."""
        ...

    async def sources(self, *, guild: int | None = None) -> Sequence[LoggedSource]:
        """Every source that an answer quoted, to one guild or to all, in the order of their files."""
        ...

    async def vote(self, id: str, vote: Vote, *, guild: int | None = None) -> bool:  # noqa: A002 - likewise
        """Count a vote on the row of that id in the place of the same person's last; False where there is no such row.

        With `guild`, another guild's row is none.
        """
        ...

    async def note(self, id: str, note: RowNote) -> None:  # noqa: A002 - likewise
        """Keep what became of the answer in the row of that id; where there is no such row, nothing happens."""
        ...

    async def quoted_from_others(
        self, digests: Collection[str], limit: int, *, guild: int | None = None
    ) -> Sequence[ShownQuote]:
        """The quotations of answers, of one guild or of all, from articles whose digest is not one of those.

        The newest answers come first, each quotation in its place. Answers that were withdrawn are left out.
        """
        ...

    async def health(self) -> str | None:
        """What prevents rows from being written, in one sentence; None where nothing does. It raises no `LogError`.

        It is found out by a write that changes nothing, so it is as true as it can be at that moment.
        """
        ...

    async def examined(self) -> None:
        """Returns once the log was looked through for damage and mended; at once where nobody looks for any."""
        ...

    async def comments(self, id: str, *, guild: int | None = None) -> Sequence[Comment]:  # noqa: A002 - likewise
        """What people said of the answer with that id, in the order of time; with `guild`, another's row has none."""
        ...

    async def quote_counts(self, files: Sequence[str], *, guild: int | None = None) -> Mapping[str, int]:
        """How often answers quoted each of those files, to one guild or to all; files that none did are left out."""
        ...

    async def close(self) -> None: ...
