"""The promise of a query log, whatever it is kept in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.rows import LogRow


class QueryLog(Protocol):
    """Keeps what was asked and answered.

    Promises, held for every implementation by tests/contracts/query_log.py: a row is safe on disk when `add` returns;
    rows come back equal to what was added, newest first, but for U+FFFD where a text had a lone surrogate; a guild sees
    its own rows alone; an id is taken once; whatever goes wrong is a `LogError`; `close` waits for what was accepted,
    and may be called twice.
    """

    async def add(self, row: LogRow) -> None: ...

    async def recent(self, limit: int, *, guild: int | None = None, before: str | None = None) -> Sequence[LogRow]:
        """The newest rows, of one guild or of all; with `before`, those older than that id."""
        ...

    async def get(self, id: str, *, guild: int | None = None) -> LogRow | None:  # noqa: A002 - it is called that
        """The row of that id, None where there is none or it is another guild's."""
        ...

    async def close(self) -> None: ...
