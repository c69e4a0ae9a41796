"""A question in the log, with those before it that it was read with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.store.log_row import LogRow
    from bot.store.query_log import QueryLog

LONGEST = 100  # questions before one that are looked up


async def conversation_to(
    id: str,  # noqa: A002 - it is called that
    log: QueryLog,
    *,
    guild: int | None,
    channel: int | None,
    limit: int = LONGEST,
) -> list[LogRow]:
    """The row with that id and those that it follows, newest first and at most `limit`; none of another channel.

    Raises LogError.
    """
    rows: dict[str, LogRow] = {}
    wanted: str | None = id
    while wanted and wanted not in rows and len(rows) < limit:
        row = await log.get(wanted, guild=guild)
        # Asked without a guild, the log gives the rows of all.
        if row is None or (row.guild, row.channel) != (guild, channel):
            break
        rows[wanted] = row
        wanted = row.follows
    return list(rows.values())


async def conversation_of(row: LogRow, log: QueryLog) -> Mapping[str, LogRow]:
    """The rows that a row follows, by their ids. Raises LogError."""
    if row.follows is None:
        return {}
    found = await conversation_to(row.follows, log, guild=row.guild, channel=row.channel)
    return {earlier.id: earlier for earlier in found}
