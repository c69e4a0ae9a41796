"""The tables of a log as they are moved from one store to another: every column, whatever keeps them.

A new column of a question or a quote is here by itself; another table, or another column of these, is added by hand. A
test holds this list against the schemas of all stores.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias

from bot.store.log_columns import types_of
from bot.store.log_row import COLUMNS, LoggedQuote, LogRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

TableRow: TypeAlias = tuple[object, ...]


class ColumnKind(StrEnum):
    """What stands in a column, where stores write that in different ways."""

    PLAIN = "plain"  # a number, or text
    FLAG = "flag"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class LogTable:
    """A table: its columns in order, and those whose values no two rows share."""

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, ColumnKind]


class TableReader(Protocol):
    """Reads whole tables, all as they were at one moment."""

    def rows(self, table: LogTable) -> Iterator[TableRow]:
        """Every row, in the order of the keys; moments are in UTC, flags are truth values. Few are in memory."""
        ...


class TableWriter(TableReader, Protocol):
    """Also writes; all of it is kept at the end, or nothing."""

    def insert(self, table: LogTable, rows: Iterable[TableRow]) -> None: ...


class TableStore(Protocol):
    """A place where a log is, or can be, for `copy_log`. Whatever goes wrong is a `LogError`."""

    @property
    def name(self) -> str:
        """The place, as people may read it."""
        ...

    def reading(self) -> AbstractContextManager[TableReader]: ...

    def writing(self) -> AbstractContextManager[TableWriter]:
        """The tables are made where they are missing."""
        ...


def _of_fields(row_type: type, names: Iterable[str]) -> dict[str, ColumnKind]:
    kinds = {bool: ColumnKind.FLAG, datetime.datetime: ColumnKind.MOMENT}
    types = types_of(row_type)
    return {name: kinds.get(types[name], ColumnKind.PLAIN) for name in names}  # type: ignore[call-overload]


def _columns(plain: str = "", *, flags: str = "", moments: str = "") -> dict[str, ColumnKind]:
    listed = ((plain, ColumnKind.PLAIN), (flags, ColumnKind.FLAG), (moments, ColumnKind.MOMENT))
    return {name: kind for names, kind in listed for name in names.split()}


# In an order in which each row comes after those that it refers to.
LOG_TABLES = (
    LogTable("questions", ("id",), {**_of_fields(LogRow, COLUMNS), "folded": ColumnKind.PLAIN}),
    LogTable(
        "quotes",
        ("question_id", "position"),
        {**_columns("question_id position guild"), **_of_fields(LoggedQuote, types_of(LoggedQuote))},
    ),
    LogTable(
        "votes", ("question_id", "voter"), _columns("question_id voter comment", flags="helpful", moments="voted_at")
    ),
    LogTable("marks", ("question_id",), _columns("question_id mark", moments="marked_at")),
    LogTable("gaps", ("question_id",), _columns("question_id state source", moments="changed_at")),
    LogTable(
        "wishes", ("question_id", "user_id"), _columns("question_id user_id asker", moments="wished_at claimed_at")
    ),
    LogTable("readings", ("one",), _columns("one library", moments="read_at")),
    LogTable(
        "servers",
        ("guild",),
        _columns(
            "guild channels quotes keep_days language forums digest_channel collections stale_days",
            flags="logged told",
            moments="digest_at",
        ),
    ),
    LogTable("opted_out", ("asker",), _columns("asker", moments="since")),
)
