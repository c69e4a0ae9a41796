"""What the review in the browser calls things, and the lists that it offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.store.log_columns import LogView
from bot.store.log_row import COLUMNS

DATABASE = "log"
FOLDED = "folded"  # a column of the file alone: what searches compare
DESCRIPTIONS = {name: column.about for name, column in COLUMNS.items()} | {
    FOLDED: "The question as searches compare it"
}
# What a person does not see of a question in a list; all of it is on its own page.
HIDDEN = (FOLDED, *(name for name, column in COLUMNS.items() if LogView.REVIEW_LISTS in column.left_out))
LATEST = "SELECT id, asked_at, question, {more} FROM questions WHERE {condition} ORDER BY {order} LIMIT 1000"


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A list: its name in the address, what it is called, what it shows, and how it is found."""

    name: str
    title: str
    description: str
    sql: str


LISTS = (
    ListQuery(
        "unanswered",
        "Unanswered",
        "The questions that no source answered, newest first.",
        LATEST.format(more="reason, confidence, surface, guild", condition="outcome = 'no_answer'", order="id DESC"),
    ),
    ListQuery(
        "thumbs_down",
        "Thumbs down",
        "The answers that somebody voted down, newest first.",
        LATEST.format(more="down, up, outcome, tentative, guild", condition="down > 0", order="id DESC"),
    ),
    ListQuery(
        "tentative",
        "Not sure",
        "Answers that were not sure, newest first.",
        LATEST.format(more="confidence, up, down, surface, guild", condition="tentative = 1", order="id DESC"),
    ),
    ListQuery(
        "slowest",
        "Slowest",
        "The questions that took longest.",
        LATEST.format(more="elapsed_ms, outcome, version", condition="true", order="elapsed_ms DESC"),
    ),
    ListQuery(
        "by_day",
        "By day",
        "How many were asked and answered each day, in UTC.",
        "SELECT substr(asked_at, 1, 10) AS day, count(*) AS asked, sum(outcome = 'answer') AS answered,"
        " round(100.0 * sum(outcome = 'answer') / count(*)) AS percent FROM questions GROUP BY day ORDER BY day DESC",
    ),
    ListQuery(
        "by_source",
        "By source",
        "How often each source was quoted, and when last.",
        # From the index alone, but for the name that each was quoted with last.
        "SELECT file AS source, (SELECT name FROM quotes WHERE question_id = id AND quotes.file = counted.file) AS name"
        ", quotations, id FROM (SELECT file, count(*) AS quotations, max(question_id) AS id FROM quotes"
        " WHERE near = 0 GROUP BY file ORDER BY quotations DESC LIMIT 1000) AS counted",
    ),
    ListQuery(
        "of_source",
        "Answers from one source",
        "The answers that quote the source of that file, newest first.",
        "SELECT questions.id, asked_at, question, quotes.text AS quotation FROM quotes"
        " JOIN questions ON questions.id = quotes.question_id"
        " WHERE near = 0 AND file = :source ORDER BY question_id DESC LIMIT 1000",
    ),
)


def metadata() -> dict[str, Any]:
    """What Datasette calls things."""
    return {
        "title": "What was asked",
        "databases": {
            DATABASE: {
                "description": "The query log, which can be read here and not changed.",
                "queries": {
                    listed.name: {
                        "title": listed.title,
                        "description": listed.description,
                        "sql": listed.sql,
                        "hide_sql": True,
                    }
                    for listed in LISTS
                },
                "tables": _tables(),
            }
        },
    }


def _tables() -> dict[str, Any]:
    return {
        "questions": {
            "description": "Each question, and what became of it.",
            "columns": DESCRIPTIONS,
            "facets": ["outcome", "tentative", "reason", "surface"],
            "sort_desc": "id",
            "label_column": "question",
        },
        "quotes": {
            "description": "The passages as they were shown.",
            "columns": {"near": "1 where it was only offered as near to the question", "score": "Its points"},
        },
        "marks": {"description": "What a person who reviewed an answer found.", "facets": ["mark"]},
        "votes": {"description": "Votes on answers, one a person.", "hidden": True},
    }
