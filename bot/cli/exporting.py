"""Writes rows of the query log out, a page at a time, so that a log of any size can be exported."""

from __future__ import annotations

import asyncio
import csv as table
import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from bot.app import open_log
from bot.cli.chosen import Choice
from bot.cli.logged import row_record
from bot.cli.reading import settings_for
from bot.cli.terminal import Terminal
from bot.pages.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.cli.choosing import Chosen
    from bot.settings import Settings
    from bot.store.rows import LogRow

PAGE = 1000  # rows read at a time
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "id", "asked_at", "surface", "guild", "channel", "asker", "question", "outcome", "reason", "confidence", "up",
    "down", "elapsed_ms", "follows", "library", "version", "sources", "quotes",
)  # fmt: skip


def export_rows(chosen: Chosen, file: Path | None, *, csv: bool) -> None:
    """Write the rows that were chosen, newest first, to `file` or to standard output."""
    choice = Choice(chosen)
    problems = [] if file is None else _problems(file)
    settings = settings_for([*problems, *choice.problems])
    with _opened(file) as out:
        write = _csv_writer(out) if csv or (file and file.suffix.lower() == ".csv") else _json_writer(out)
        number = asyncio.run(_written(settings, choice, write)) if settings.log_file.exists() else 0
    if file is not None:
        Terminal().say(f"{counted(number, 'question')} written to {file}.")


def _problems(file: Path) -> list[str]:
    if file.exists():
        return [f"{file} is there already; give another name, or delete it first."]
    if not file.absolute().parent.is_dir():
        return [f"{file} cannot be made, since there is no folder {file.parent}; make it first."]
    if not os.access(file.absolute().parent, os.W_OK):
        return [f"{file} cannot be made, since {file.parent} may not be written; give another folder."]
    return []


@contextmanager
def _opened(file: Path | None) -> Iterator[TextIO]:
    """The file to write to, for its owner alone: what people asked is nobody else's business."""
    if file is None:
        yield sys.stdout
        return
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8", newline="") as out:  # noqa: PTH123 - of a descriptor
        yield out


async def _written(settings: Settings, choice: Choice, write: Callable[[LogRow], None]) -> int:
    number, before = 0, None
    async with open_log(settings, insist=True, check=False) as log:
        wanted = await choice.filter_for(log, settings.data)
        while rows := await log.find(wanted, PAGE, before=before):
            for row in rows:
                write(row)
            number, before = number + len(rows), rows[-1].id
    return number


def _json_writer(out: TextIO) -> Callable[[LogRow], None]:
    def write(row: LogRow) -> None:
        out.write(json.dumps(row_record(row), ensure_ascii=out.encoding.lower() != "utf-8") + "\n")

    return write


def _csv_writer(out: TextIO) -> Callable[[LogRow], None]:
    rows = table.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    rows.writeheader()

    def write(row: LogRow) -> None:
        given = [quote for quote in row.quotes if not quote.near]
        record: dict[str, Any] = row_record(row) | {
            "sources": "; ".join(dict.fromkeys(quote.name for quote in given)),
            "quotes": "\n".join(quote.text for quote in given),
        }
        rows.writerow({name: _harmless(value) for name, value in record.items()})

    return write


def _harmless(value: object) -> object:
    """Put a ' before what a spreadsheet would run as a formula; anybody may have asked it. NUL is left out."""
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "")
    return f"'{text}" if text.startswith(FORMULA) else text
