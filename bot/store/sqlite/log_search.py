"""A filter as SQL sees it: the index to walk, and what must be true of a row."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.store.filters import EVERY_ROW, Thumbs, words_of
from bot.store.ids import first_id
from bot.store.log_row import LoggedSource, ShownQuote
from bot.store.sqlite import statements
from bot.store.text import storable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Sequence

    from bot.store.filters import Filter
    from bot.store.log_row import LogRow
    from bot.store.sqlite.statements import Values

VOTED = {Thumbs.UP: "up > 0", Thumbs.DOWN: "down > 0"}
BEFORE_EVERY_ID = ""
CONDITIONS_IN_BRACKETS = (
    100  # conditions in one pair of brackets: SQLite nests a chain of ANDs, and no deeper than 1,000
)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions on rows of `questions`, which all must be true, and the values that they name."""

    true: tuple[str, ...]
    values: Values

    def __str__(self) -> str:
        """All conditions as one."""
        parts = list(self.true) or ["true"]
        while len(parts) > 1:
            parts = [
                f"({' AND '.join(parts[at : at + CONDITIONS_IN_BRACKETS])})"
                for at in range(0, len(parts), CONDITIONS_IN_BRACKETS)
            ]
        return parts[0]


def conditions(wanted: Filter) -> Conditions:
    """What is true of the rows that `wanted` means."""
    true, values = _own(wanted)
    if wanted.source is not None:
        true.append(
            "EXISTS (SELECT 1 FROM quotes INDEXED BY quotes_by_source"
            " WHERE near = 0 AND file = :source AND question_id = questions.id)"
        )
        values["source"] = storable(wanted.source)
    return Conditions(tuple(true), values)


def conditions_on_quotes(wanted: Filter) -> Conditions | None:
    """What is true of the quotes of those rows, where that can be seen from the quotes alone; None where it cannot."""
    if replace(wanted, guild=None, since=None, until=None) != EVERY_ROW:
        return None
    true, values = _own(wanted, of_quotes=True)
    return Conditions(tuple(true), values)


def index_for(wanted: Filter) -> str:
    """The index whose rows are walked, newest first, to find those that `wanted` means: the one that has the fewest."""
    if wanted.asker:
        return "questions_by_asker"
    if wanted.thumbs is not None:
        return f"questions_voted_{wanted.thumbs}"
    if wanted.channel is not None:
        return "questions_by_channel"
    if wanted.unanswered and not wanted.words:
        return "questions_unanswered"
    return "questions_by_time" if wanted.guild is None else "questions_by_guild"


def find(
    connection: sqlite3.Connection, wanted: Filter, limit: int, *, before: str | None = None, after: str | None = None
) -> list[LogRow]:
    """The newest rows that `wanted` means, `limit` at most; with `before`, those older than that id.

    With `after` they are the oldest of those newer than that id, the newest of these first as ever.
    """
    page, values = page_of(wanted, before=before, after=after)
    found = connection.execute(statements.select(f"id IN ({page})"), values | {"limit": max(limit, 0)})
    return list(statements.rows_of(found))


def page_of(wanted: Filter, *, before: str | None = None, after: str | None = None) -> tuple[str, Values]:
    """The statement for the ids of a page, which takes a `limit` too, and its other values; see `find`."""
    order = "DESC" if after is None else "ASC"
    between: Values = {
        "before": statements.AFTER_EVERY_ID if before is None else storable(before),
        "after": BEFORE_EVERY_ID if after is None else storable(after),
    }
    if wanted.source is not None:
        statement, values = _page_of_source(wanted, order)
        return statement, values | between
    found = conditions(wanted)
    return (
        f"SELECT id FROM questions INDEXED BY {index_for(wanted)}"  # noqa: S608 - our own names alone; values are bound
        f" WHERE id < :before AND id > :after AND {found} ORDER BY id {order} LIMIT :limit"
    ), found.values | between


def sources(connection: sqlite3.Connection, guild: int | None = None) -> list[LoggedSource]:
    """Every source that an answer quoted, in the order of their files, by the name that it was quoted with last."""
    statement = SOURCES.format(of_guild="" if guild is None else "AND guild = :guild")
    return [LoggedSource(*found) for found in connection.execute(statement, {"guild": guild})]


def quote_counts(connection: sqlite3.Connection, files: Sequence[str], *, guild: int | None = None) -> dict[str, int]:
    """How often answers quoted each of those files, to one guild or to all; files that none did are left out."""
    of_guild = "" if guild is None else "AND guild = :guild"
    statement = f"SELECT count(*) FROM quotes INDEXED BY quotes_by_source WHERE near = 0 AND file = :file {of_guild}"  # noqa: S608 - our own names alone
    counts = {
        file: int(connection.execute(statement, {"file": storable(file), "guild": guild}).fetchone()[0])
        for file in files
    }
    return {file: times for file, times in counts.items() if times}


def quoted_from_others(
    connection: sqlite3.Connection, digests: Collection[str], limit: int, *, guild: int | None = None
) -> list[ShownQuote]:
    """The quotations of answers from articles whose digest is not one of those, the newest answers first."""
    known = json.dumps([storable(digest) for digest in digests])
    values = {"digests": known, "guild": guild, "limit": max(limit, 0)}
    of_guild = "" if guild is None else "AND questions.guild = :guild"
    return [
        ShownQuote(**_shown(record), quote=statements.quote_of(record, prefix=""))
        for record in connection.execute(QUOTED_FROM_OTHERS.format(of_guild=of_guild), values)
    ]


def _shown(record: sqlite3.Row) -> dict[str, Any]:
    """Where a quotation was shown, of what `QUOTED_FROM_OTHERS` found."""
    return {
        **{name: record[name] for name in ("id", "guild", "channel", "message", "corrected")},
        "asked_at": datetime.datetime.fromisoformat(record["asked_at"]),
        "private": bool(record["private"]),
    }


QUOTED_FROM_OTHERS = """
SELECT questions.id, questions.asked_at, questions.guild, channel, message, private, corrected, quotes.*
FROM questions CROSS JOIN quotes ON quotes.question_id = questions.id
WHERE outcome = 'answer' AND withdrawn = 0 AND near = 0 {of_guild}
    AND sha256 NOT IN (SELECT value FROM json_each(:digests))
ORDER BY questions.id DESC, quotes.position LIMIT :limit
"""

# From one file to the next: each is looked up once, however often it was quoted.
SOURCES = """
WITH RECURSIVE files (file) AS (
    SELECT min(file) FROM quotes INDEXED BY quotes_by_source WHERE near = 0
    UNION ALL
    SELECT (SELECT min(quotes.file) FROM quotes INDEXED BY quotes_by_source WHERE near = 0 AND quotes.file > files.file)
    FROM files WHERE file IS NOT NULL
),
named (file, name) AS MATERIALIZED (
    SELECT file, (
        SELECT name FROM quotes INDEXED BY quotes_by_source
        WHERE near = 0 AND quotes.file = files.file {of_guild} ORDER BY question_id DESC LIMIT 1
    )
    FROM files
)
SELECT file, name FROM named WHERE name IS NOT NULL ORDER BY file
"""


def _page_of_source(wanted: Filter, order: str) -> tuple[str, Values]:
    # From the quotes to their questions: a source may have been quoted once in a million answers.
    true, values = _own(wanted, of_quotes=True)
    found = Conditions(tuple(true), values | {"source": storable(wanted.source or "")})
    return (
        "SELECT questions.id FROM quotes INDEXED BY quotes_by_source"  # noqa: S608 - likewise
        " CROSS JOIN questions ON questions.id = quotes.question_id"
        f" WHERE near = 0 AND file = :source AND question_id < :before AND question_id > :after AND {found}"
        f" GROUP BY question_id ORDER BY question_id {order} LIMIT :limit"
    ), found.values


def _own(wanted: Filter, *, of_quotes: bool = False) -> tuple[list[str], Values]:
    """Conditions on the row itself; where its quotes are walked, on these as far as they tell."""
    id_, guild = ("question_id", "quotes.guild") if of_quotes else ("id", "guild")
    terms = {
        "guild": (f"{guild} = :guild", wanted.guild),
        "channel": ("channel = :channel", wanted.channel),
        "asker": ("asker = :asker AND asker <> ''", storable(wanted.asker or "") or None),
        "since": (f"{id_} >= :since", wanted.since and first_id(wanted.since)),
        "until": (f"{id_} < :until", wanted.until and first_id(wanted.until)),
    }
    terms |= {
        f"word{number}": (f"instr(folded, :word{number}) > 0", word)
        for number, word in enumerate(words_of(wanted.words))
    }
    true = [condition for condition, value in terms.values() if value is not None]
    true += ["outcome = 'no_answer'"] if wanted.unanswered else []
    true += [VOTED[wanted.thumbs]] if wanted.thumbs is not None else []
    return true, {name: value for name, (_, value) in terms.items()}
