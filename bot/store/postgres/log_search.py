"""A filter as PostgreSQL sees it: what must be true of a row. Which index is walked the server decides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.store.filters import Thumbs, words_of
from bot.store.ids import first_id
from bot.store.log_row import LoggedSource, ShownQuote
from bot.store.postgres import statements
from bot.store.postgres.nul_escape import escaped, unescaped

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.store.filters import Filter
    from bot.store.log_row import LogRow
    from bot.store.postgres.connection import Connection
    from bot.store.postgres.statements import SqlValues

VOTED = {Thumbs.UP: "up > 0", Thumbs.DOWN: "down > 0"}
INDEXED_WORDS = (
    5  # the longest words, which the index of words is asked for; the others are looked for in what it finds
)
SPECIAL, BACKSLASHED = re.compile(r"[%_\\]"), r"\\\g<0>"  # what means something to LIKE
OF_SOURCE = "EXISTS (SELECT FROM quotes WHERE NOT near AND file = %(source)s AND quotes.question_id = questions.id)"


def conditions(wanted: Filter) -> tuple[str, SqlValues]:
    """What is true of the rows that `wanted` means, as one condition, and the values that it names."""
    terms: dict[str, tuple[str, object]] = {
        "guild": ("guild = %(guild)s", wanted.guild),
        "channel": ("channel = %(channel)s", wanted.channel),
        "asker": ("asker = %(asker)s AND asker <> ''", escaped(wanted.asker or "") or None),
        "since": ("id >= %(since)s", wanted.since and first_id(wanted.since)),
        "until": ("id < %(until)s", wanted.until and first_id(wanted.until)),
        "source": (OF_SOURCE, None if wanted.source is None else escaped(wanted.source)),
    }
    words = _patterns(wanted.words)
    terms |= {f"word{at}": (f"folded LIKE %(word{at})s", word) for at, word in enumerate(words[:INDEXED_WORDS])}
    terms["words"] = ("folded LIKE ALL (%(words)s::text[])", words[INDEXED_WORDS:] or None)
    true = [condition for condition, value in terms.values() if value is not None]
    true += ["outcome = 'no_answer'"] if wanted.unanswered else []
    true += [VOTED[wanted.thumbs]] if wanted.thumbs is not None else []
    return " AND ".join(true) or "true", {name: value for name, (_, value) in terms.items()}


def find(
    connection: Connection, wanted: Filter, limit: int, *, before: str | None = None, after: str | None = None
) -> list[LogRow]:
    """The newest rows that `wanted` means, `limit` at most; with `before`, those older than that id.

    With `after` they are the oldest of those newer than that id, the newest of these first as ever.
    """
    condition, values = conditions(wanted)
    if before is not None:
        condition += " AND id < %(before)s"
    if after is not None:
        condition += " AND id > %(after)s"
    page = (
        f"SELECT id FROM questions WHERE {condition} ORDER BY id {'DESC' if after is None else 'ASC'} LIMIT %(limit)s"  # noqa: S608 - our own words alone; values are bound
    )
    values |= {"before": escaped(before or ""), "after": escaped(after or ""), "limit": max(limit, 0)}
    return list(statements.rows_of(connection.execute(statements.select(f"id IN ({page})").encode(), values)))


def sources(connection: Connection, guild: int | None = None) -> list[LoggedSource]:
    """Every source that an answer quoted, in the order of their files, by the name that it was quoted with last."""
    found = connection.execute(SOURCES, {"guild": guild})
    return [LoggedSource(unescaped(record["file"]), unescaped(record["name"])) for record in found]


def quote_counts(connection: Connection, files: Sequence[str], *, guild: int | None = None) -> dict[str, int]:
    """How often answers quoted each of those files, to one guild or to all; files that none did are left out."""
    found = connection.execute(QUOTE_COUNTS, {"files": [escaped(file) for file in files], "guild": guild})
    return {unescaped(record["file"]): record["times"] for record in found}


def quoted_from_others(
    connection: Connection, digests: Collection[str], limit: int, *, guild: int | None = None
) -> list[ShownQuote]:
    """The quotations of answers from articles whose digest is not one of those, the newest answers first."""
    values = {"digests": [escaped(digest) for digest in digests], "guild": guild, "limit": max(limit, 0)}
    return [
        ShownQuote(
            id=unescaped(record["id"]),
            asked_at=statements.moment(record["asked_at"]),
            guild=record["of_guild"],
            channel=record["channel"],
            message=record["message"],
            private=record["private"],
            corrected=unescaped(record["corrected"]),
            quote=statements.quote_of(record, prefix=""),
        )
        for record in connection.execute(QUOTED_FROM_OTHERS, values)
    ]


QUOTED_FROM_OTHERS = f"""
SELECT q.id, q.asked_at, q.guild AS of_guild, q.channel, q.message, q.private, q.corrected, quotes.*
FROM (SELECT * FROM questions WHERE outcome = 'answer' AND NOT withdrawn AND {statements.OF_GUILD}) AS q
JOIN quotes ON quotes.question_id = q.id
WHERE NOT near AND sha256 <> ALL (%(digests)s::text[])
ORDER BY q.id DESC, quotes.position LIMIT %(limit)s
""".encode()  # noqa: S608 - our own words
QUOTE_COUNTS = f"""
SELECT file, count(*) AS times FROM quotes
WHERE NOT near AND file = ANY (%(files)s::text[]) AND {statements.OF_GUILD} GROUP BY file
""".encode()  # noqa: S608 - our own words
# From one file to the next: each is looked up once, however often it was quoted.
SOURCES = f"""
WITH RECURSIVE files (file) AS (
    SELECT min(file) FROM quotes WHERE NOT near
    UNION ALL
    SELECT (SELECT min(quotes.file) FROM quotes WHERE NOT near AND quotes.file > files.file)
    FROM files WHERE file IS NOT NULL
)
SELECT files.file, named.name FROM files CROSS JOIN LATERAL (
    SELECT name FROM quotes WHERE NOT near AND quotes.file = files.file AND {statements.OF_GUILD}
    ORDER BY question_id DESC LIMIT 1
) AS named ORDER BY files.file
""".encode()  # noqa: S608 - likewise


def _patterns(search: str) -> list[str]:
    """What LIKE is asked for, for each word of a search; the longest first."""
    words = sorted((escaped(word) for word in words_of(search)), key=len, reverse=True)
    return [f"%{SPECIAL.sub(BACKSLASHED, word)}%" for word in words]
