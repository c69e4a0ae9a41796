"""A log row as SQL sees it: the statements, and the way there and back.

The columns are those of the table in `LogRow`, and the fields of `LoggedQuote`, by name: a new one needs a migration
and nothing here, unless SQLite has no such type.
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
from bot.store.text import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Values: TypeAlias = dict[str, object]

QUESTION = tuple(COLUMNS)
QUOTE = tuple(field.name for field in fields(LoggedQuote))


def _converters(row_type: type) -> Mapping[str, Callable[[Any], object]]:
    """For each field whose type SQLite does not have: what turns the value that SQLite returns into the field's."""
    converters: dict[str, Callable[[Any], object]] = {}
    for name, kind in types_of(row_type).items():
        if kind is datetime.datetime:
            converters[name] = datetime.datetime.fromisoformat
        elif isinstance(kind, type) and issubclass(kind, StrEnum | bool):
            converters[name] = kind
    return converters


READ_QUESTION = _converters(LogRow)
READ_QUOTE = _converters(LoggedQuote)

AFTER_EVERY_ID = "\U0010ffff"


def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(f":{name}" for name in columns)
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
# What is to be noted of a row, and stays as it was where it is NULL.
NOTED = tuple(field.name for field in fields(RowNote))
NOTE = f"UPDATE questions SET {', '.join(f'{name} = coalesce(:{name}, {name})' for name in NOTED)} WHERE id = :id"  # noqa: S608 - our own names alone
RECENT = select("id < :before ORDER BY id DESC LIMIT :limit")
RECENT_OF_GUILD = select("guild = :guild AND id < :before ORDER BY id DESC LIMIT :limit")
ONE = select("id = :id AND (:guild IS NULL OR guild = :guild)")


def bounds(condition: str) -> str:
    """The statement for the number of the newest rows that meet a condition, and their first and their last id."""
    newest = f"SELECT id FROM questions WHERE {condition} ORDER BY id DESC LIMIT :newest"  # noqa: S608 - our own words
    return f"SELECT count(*), min(id), max(id) FROM ({newest})"  # noqa: S608 - likewise


def slice_of(condition: str) -> str:
    """The statement for the next rows that meet a condition, oldest first, from one id up to another."""
    place = "id > :after AND id BETWEEN :first AND :last"
    return select(f"{condition} AND {place} ORDER BY id LIMIT :size", "ASC")


def question_values(row: LogRow) -> Values:
    """What `ADD_QUESTION` takes."""
    return {name: _written(getattr(row, name)) for name in QUESTION} | {"folded": fold(row.question)}


def quote_values(row: LogRow) -> list[Values]:
    """What `ADD_QUOTE` takes, for each quote of the row."""
    return [
        {"question_id": storable(row.id), "position": position, "guild": row.guild}
        | {name: _written(getattr(quote, name)) for name in QUOTE}
        for position, quote in enumerate(row.quotes)
    ]


def note_values(id: str, note: RowNote) -> Values:  # noqa: A002 - it is called that
    """What `NOTE` takes."""
    return {"id": storable(id)} | {name: _written(getattr(note, name)) for name in NOTED}


def vote_values(vote: Vote) -> Values:
    """The fields of a vote as SQLite takes them."""
    return {field.name: _written(getattr(vote, field.name)) for field in fields(Vote)}


def rows_of(records: Iterable[Any]) -> Iterator[LogRow]:
    """The log rows in what a statement of `select` found."""
    for _, group in groupby(records, key=lambda record: record["id"]):
        of_one_question = list(group)
        values = {name: _read(of_one_question[0][name], READ_QUESTION.get(name)) for name in QUESTION}
        quotes = tuple(quote_of(record) for record in of_one_question if record["quote_file"] is not None)
        yield LogRow(**values, quotes=quotes)


def quote_of(record: Any, *, prefix: str = "quote_") -> LoggedQuote:
    """The quotation in a record, where the names of its columns begin with `prefix`."""
    return LoggedQuote(**{name: _read(record[f"{prefix}{name}"], READ_QUOTE.get(name)) for name in QUOTE})


def _written(value: object) -> object:
    match value:
        case StrEnum():
            return value.value
        case str():
            return storable(value)
        case datetime.datetime():
            return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
        case _:
            return value


def _read(value: object, convert: Callable[[Any], object] | None) -> Any:
    return value if convert is None or value is None else convert(value)
