"""The promise of whatever reads all of a query log, however long it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.store.filters import EVERY_ROW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.store.filters import Filter
    from bot.store.log_row import Comment, LogRow
    from bot.store.log_statistics import Stats
    from bot.store.reviews import Review


class RowSelection(Protocol):
    """Rows as they were when they were selected: `count` of them; what is logged later is not among them."""

    @property
    def count(self) -> int: ...

    def __iter__(self) -> Iterator[tuple[LogRow, Review | None]]:
        """Those of the rows that are still there, oldest first, each with its review where it has one."""
        ...


class LogReader(Protocol):
    """Reads a log without an event loop, and without being in the way of those who write it.

    Promises, held for every implementation by tests/contracts/log_maintenance.py: every selected row comes once, oldest
    first and whole, unless it was deleted meanwhile; few of them are in memory at a time; whatever goes wrong is a
    `LogError`.
    """

    def select(self, wanted: Filter = EVERY_ROW, *, newest: int | None = None, reviewed: bool = False) -> RowSelection:
        """The rows that `wanted` means; with `reviewed` those that have a mark; of these the `newest` so many."""
        ...

    def get(self, id: str) -> LogRow | None:  # noqa: A002 - it is called that
        """The row of that id, None where there is none."""
        ...

    def review_of(self, id: str) -> Review | None:  # noqa: A002 - likewise
        """The review of the row of that id, None where it has none."""
        ...

    def comments(self, id: str) -> Sequence[Comment]:  # noqa: A002 - likewise
        """What people said of the answer with that id, in the order of time."""
        ...

    def stats(self, wanted: Filter = EVERY_ROW) -> Stats:
        """What the rows that `wanted` means say together."""
        ...
