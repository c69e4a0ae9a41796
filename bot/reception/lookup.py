"""The row of an answer, for whoever may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.callers import Caller
    from bot.store.log import QueryLog
    from bot.store.rows import LogRow


async def row_for(log: QueryLog, id: str, caller: Caller, *, asker: Callable[[int], str]) -> LogRow | None:  # noqa: A002 - it is called that
    """The row of that id, None where there is none, or where the answer was given in another place.

    What was answered privately is its asker's alone. Raises LogError.
    """
    row = await log.get(id, guild=caller.guild)
    # Asked without a server, the log gives the rows of all.
    if row is None or (row.guild, row.channel) != (caller.guild, caller.channel):
        return None
    if row.private and (not row.asker or row.asker != asker(caller.user)):
        return None
    return row
