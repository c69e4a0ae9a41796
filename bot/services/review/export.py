"""Rows of the query log as lines of a file: JSON Lines, or a table for a spreadsheet."""

from __future__ import annotations

import csv
import datetime
import io
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from bot.store.log_row import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.store.log_row import LogRow

FORMULA = ("=", "+", "-", "@", "\t", "\r")
FIELDS = (*COLUMNS, "sources", "quotes")  # of a line in a table


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """How rows are written: what the file's name ends in, what it begins with, and a row's line or lines."""

    suffix: str
    head: str
    line: Callable[[LogRow], str]


def row_record(row: LogRow) -> dict[str, Any]:
    """All of a row, as JSON has it."""
    return {
        name: value.isoformat() if isinstance(value, datetime.datetime) else value
        for name, value in asdict(row).items()
    }


def json_line(row: LogRow, *, ascii_only: bool = False) -> str:
    """Write a row as one line of JSON."""
    return json.dumps(row_record(row), ensure_ascii=ascii_only) + "\n"


def csv_line(row: LogRow) -> str:
    """Write a row as a line of a table; the quotations of an answer are in one field, a line each."""
    given = [quote for quote in row.quotes if not quote.near]
    record = row_record(row) | {
        "sources": "; ".join(dict.fromkeys(quote.name for quote in given)),
        "quotes": "\n".join(quote.text for quote in given),
    }
    return _csv_line([_harmless(record[name]) for name in FIELDS])


def _csv_line(fields: list[object]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(fields)
    return line.getvalue()


def _harmless(value: object) -> object:
    """Put a ' before what a spreadsheet would run as a formula, since anybody may have asked it. NUL is left out."""
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "")
    return f"'{text}" if text.startswith(FORMULA) else text


EXPORT_FORMATS: Mapping[str, ExportFormat] = {
    "csv": ExportFormat(".csv", _csv_line(list(FIELDS)), csv_line),
    "jsonl": ExportFormat(".jsonl", "", json_line),
}
