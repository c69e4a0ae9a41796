"""`quoth log export`: rows of the query log, a page at a time, so that a log of any size can be exported."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from bot.app.log_engine import log_maintenance, open_log
from bot.cli.log.filter_options import FilterOptions, choosing
from bot.cli.log.filter_reader import FilterReader
from bot.cli.terminal.articles import settings_for
from bot.cli.terminal.terminal import Terminal
from bot.i18n import counted
from bot.services.review.export import EXPORT_FORMATS, json_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.config.settings import Settings
    from bot.store.log_row import LogRow

PAGE = 1000  # rows read at a time


@choosing
def export(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="A new file; without one the rows are printed. A name that ends in .csv makes it CSV."
        ),
    ] = None,
    *,
    csv: Annotated[bool, typer.Option("--csv", help="Write a table for a spreadsheet instead of JSON Lines.")] = False,
    chosen: FilterOptions,
) -> None:
    """Write rows of the log to a file: JSON Lines, or CSV.

    In CSV all quotations of an answer are in one field, one on each line. A
    field that a spreadsheet would take for a formula begins with a '.

    [bold]Examples[/bold]

      quoth log export october.csv --since 2026-10-01 --until 2026-11-01
      quoth log export --unanswered > unanswered.jsonl
    """
    choice = FilterReader(chosen)
    problems = [] if file is None else _problems(file)
    settings = settings_for([*problems, *choice.problems])
    with _opened(file) as out:
        is_table = csv or (file is not None and file.suffix.lower() == ".csv")
        number = _write(settings, choice, out, is_table=is_table)
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


def _write(settings: Settings, choice: FilterReader, out: TextIO, *, is_table: bool) -> int:
    """Write the rows; returns how many."""
    if is_table:
        out.write(EXPORT_FORMATS["csv"].head)
    line = EXPORT_FORMATS["csv"].line if is_table else partial(json_line, ascii_only=out.encoding.lower() != "utf-8")
    return asyncio.run(_written(settings, choice, out, line)) if log_maintenance(settings).exists() else 0


async def _written(settings: Settings, choice: FilterReader, out: TextIO, line: Callable[[LogRow], str]) -> int:
    number, before = 0, None
    async with open_log(settings, check=False) as log:  # a full disk is no reason not to read
        wanted = await choice.filter_for(log, settings.data)
        while rows := await log.find(wanted, PAGE, before=before):
            out.writelines(line(row) for row in rows)
            number, before = number + len(rows), rows[-1].id
    return number
