"""What many rows of the query log say together, counted by the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.log_statistics import Day, Quoted, Stats
from bot.store.postgres.log_search import conditions
from bot.store.postgres.nul_escape import unescaped
from bot.store.question_words import MOST_LISTED, WORDS_OF_NEWEST, percentile, subjects

if TYPE_CHECKING:
    from bot.store.filters import Filter
    from bot.store.postgres.connection import Connection

DAYS = """
SELECT (asked_at AT TIME ZONE 'UTC')::date AS day, count(*) AS asked,
    count(*) FILTER (WHERE outcome = 'answer') AS answered, count(*) FILTER (WHERE tentative) AS tentative,
    sum(up) AS up, sum(down) AS down
FROM questions WHERE {found} GROUP BY day ORDER BY day
"""
NEWEST = "SELECT question, elapsed_ms FROM questions WHERE {found} ORDER BY id DESC LIMIT {newest}"
# Each source by the name that it was quoted with last.
SOURCES = """
SELECT file, times, (
    SELECT name FROM quotes WHERE question_id = newest AND quotes.file = counted.file ORDER BY position LIMIT 1
) AS name
FROM (
    SELECT file, count(*) AS times, max(question_id) AS newest FROM quotes
    WHERE NOT near {of_questions} GROUP BY file ORDER BY times DESC, file LIMIT {most}
) AS counted
ORDER BY times DESC, file
"""
OF_QUESTIONS = "AND question_id IN (SELECT id FROM questions WHERE {found})"


def count(connection: Connection, wanted: Filter) -> Stats:
    """What the rows that `wanted` means say together; the words and the times are those of the newest 10,000."""
    found, values = conditions(wanted)
    days = connection.execute(DAYS.format(found=found).encode(), values).fetchall()
    newest = connection.execute(NEWEST.format(found=found, newest=WORDS_OF_NEWEST).encode(), values).fetchall()
    of_questions = "" if found == "true" else OF_QUESTIONS.format(found=found)
    sources = connection.execute(SOURCES.format(of_questions=of_questions, most=MOST_LISTED).encode(), values)
    times = sorted(record["elapsed_ms"] for record in newest)
    return Stats(
        asked=sum(day["asked"] for day in days),
        answered=sum(day["answered"] for day in days),
        tentative=sum(day["tentative"] for day in days),
        up=sum(day["up"] for day in days),
        down=sum(day["down"] for day in days),
        days=tuple(Day(day["day"], day["asked"], day["answered"]) for day in days),
        sources=tuple(
            Quoted(unescaped(source["file"]), unescaped(source["name"]), source["times"]) for source in sources
        ),
        newest=len(times),
        subjects=tuple(subjects(unescaped(record["question"]) for record in newest)),
        p50_ms=percentile(times, 50),
        p99_ms=percentile(times, 99),
    )
