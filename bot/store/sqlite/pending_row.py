"""What waits for the writer of the query log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from bot.config.errors import LogError
    from bot.store.sqlite.statements import Values


@dataclass(frozen=True, slots=True)
class Pending:
    """A row, or a note on one, on its way to the disk; `written` is done when it is there, or cannot be."""

    written: asyncio.Future[None]
    question: Values | None = None
    quotes: Sequence[Values] = ()
    note: Values | None = None


def settle(batch: Sequence[Pending], error: LogError | None) -> None:
    """Tell those who wait for these rows that they are on the disk, or what kept them from it."""
    for pending in batch:
        if pending.written.done():  # nobody waits any more
            continue
        if error is None:
            pending.written.set_result(None)
        else:
            pending.written.set_exception(error)
