"""A log row as PostgreSQL sees it: the statements, and the way there and back.

The columns are those of the table in `LogRow`, and the fields of `LoggedQuote`, by name: a new one needs a migration
and nothing here.
"""

from __future__ import annotations

import datetime
from dataclasses import fields
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.store.filters import fold
from bot.store.log_columns import types_of
from bot.store.log_row import COLUMNS, LoggedQuote, LogRow, RowNote, Vote
from bot.store.postgres.nul_escape import escaped, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.store.postgres.connection import Record

SqlValues: TypeAlias = dict[str, Any]

QUESTION = tuple(COLUMNS)
QUOTE = tuple(field.name for field in fields(LoggedQuote))
KINDS = {name: kind for name, kind in types_of(LogRow).items() if isinstance(kind, type) and issubclass(kind, StrEnum)}


def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(f"%({name})s" for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({values})"  # noqa: S608 - our own names alone


def select(condition: str, order: str = "DESC") -> str:
    """The statement for the questions of which `condition` is true, in the order of their ids, for `rows_of`."""
    # One statement for the questions and their quotes, so that both are seen as they were at one moment.
    names = ", ".join([f'q."{name}"' for name in QUESTION] + [f'quotes."{name}" AS "quote_{name}"' for name in QUOTE])
    return (
        f"SELECT {names} FROM (SELECT * FROM questions WHERE {condition}) AS q "  # noqa: S608 - likewise
        f"LEFT JOIN quotes ON quotes.question_id = q.id ORDER BY q.id {order}, quotes.position"
    )


ADD_QUESTION = _insert("questions", (*QUESTION, "folded"))
ADD_QUOTE = _insert("quotes", ("question_id", "position", "guild", *QUOTE))
OF_GUILD = "(%(guild)s::bigint IS NULL OR guild = %(guild)s)"
ONE = select(f"id = %(id)s AND {OF_GUILD}")


def bounds(condition: str) -> str:
    """The statement for the number of the newest rows that meet a condition, and their first and their last id."""
    newest = f"SELECT id FROM questions WHERE {condition} ORDER BY id DESC LIMIT %(newest)s"  # noqa: S608 - our own words
    return f"SELECT count(*) AS count, min(id) AS first, max(id) AS last FROM ({newest}) AS newest"  # noqa: S608 - likewise


# What is to be noted of a row, and stays as it was where it is NULL.
NOTED = tuple(field.name for field in fields(RowNote))
NOTE = f"UPDATE questions SET {', '.join(f'{name} = coalesce(%({name})s, {name})' for name in NOTED)} WHERE id = %(id)s"  # noqa: S608 - our own names alone


def slice_of(condition: str) -> str:
    """The statement for the next rows that meet a condition, oldest first, from one id up to another."""
    place = "id > %(after)s AND id BETWEEN %(first)s AND %(last)s"
    return select(f"{condition} AND {place} ORDER BY id LIMIT %(size)s", "ASC")


def question_values(row: LogRow) -> SqlValues:
    """What `ADD_QUESTION` takes."""
    return {name: written(getattr(row, name)) for name in QUESTION} | {"folded": escaped(fold(row.question))}


def quote_values(row: LogRow) -> list[SqlValues]:
    """What `ADD_QUOTE` takes, for each quote of the row."""
    return [
        {"question_id": escaped(row.id), "position": position, "guild": row.guild}
        | {name: written(getattr(quote, name)) for name in QUOTE}
        for position, quote in enumerate(row.quotes)
    ]


def note_values(id: str, note: RowNote) -> SqlValues:  # noqa: A002 - it is called that
    """What `NOTE` takes."""
    return {"id": escaped(id)} | {name: written(getattr(note, name)) for name in NOTED}


def vote_values(vote: Vote) -> SqlValues:
    """The fields of a vote as PostgreSQL takes them."""
    return {field.name: written(getattr(vote, field.name)) for field in fields(Vote)}


def rows_of(records: Iterable[Record]) -> Iterator[LogRow]:
    """The log rows in what a statement of `select` found."""
    for _, group in groupby(records, key=lambda record: record["id"]):
        of_one_question = list(group)
        values = {name: _read(of_one_question[0][name], KINDS.get(name)) for name in QUESTION}
        quotes = tuple(quote_of(record) for record in of_one_question if record["quote_file"] is not None)
        yield LogRow(**values, quotes=quotes)


def written(value: Any) -> Any:
    """A value as PostgreSQL takes it."""
    match value:
        case StrEnum():
            return value.value
        case str():
            return escaped(value)
        case _:
            return value


def moment(value: datetime.datetime) -> datetime.datetime:
    """A time as PostgreSQL gives it, in the standard library's UTC."""
    return value.astimezone(datetime.UTC)


def quote_of(record: Record, *, prefix: str = "quote_") -> LoggedQuote:
    """The quotation in a record, where the names of its columns begin with `prefix`."""
    return LoggedQuote(**{name: _read(record[f"{prefix}{name}"]) for name in QUOTE})


def _read(value: Any, kind: type[StrEnum] | None = None) -> Any:
    match value:
        case str():
            return kind(value) if kind else unescaped(value)
        case datetime.datetime():
            return moment(value)
        case _:
            return value
