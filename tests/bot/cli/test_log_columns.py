"""A column of the log is declared once: every place that lists columns has it, or says why it does not."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import sqlite3
from contextlib import closing
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli.review.queries import DESCRIPTIONS, FOLDED, HIDDEN
from bot.pages.privacy import privacy_page
from bot.pages.receipts import receipt_page
from bot.services.review.explanation import Unexplained
from bot.services.review.export import EXPORT_FORMATS, row_record
from bot.store.data_subject import Trace
from bot.store.log_columns import LogView, PersonalData
from bot.store.log_row import COLUMNS, LogRow, Outcome
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.query_log import SqliteQueryLog
from tests.contracts.query_log import FULL_ROW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.bot.cli.running import Quoth

REFUSED = dataclasses.replace(FULL_ROW, question="Who leads the group now?")
ANSWERED = dataclasses.replace(REFUSED, outcome=Outcome.ANSWER, reason=None)


def other(value: Any) -> Any:
    """Give another value of the same kind."""
    match value:
        case bool():
            return not value
        case StrEnum():
            return next(member for member in type(value) if member is not value)
        case str():
            return f"{value}x"
        case float():
            return value + 0.5
        case int():
            return value - 1
        case datetime.datetime():
            return value + datetime.timedelta(days=1)
        case _:
            raise TypeError(f"a column holds {value!r}, and this test does not know another value like it")


def variants(name: str) -> Sequence[tuple[LogRow, LogRow]]:
    """Give rows, each with one that differs from it in that column alone."""
    rows = [row for row in (ANSWERED, REFUSED) if getattr(row, name) is not None]
    return [(row, dataclasses.replace(row, **{name: other(getattr(row, name))})) for row in rows]


def tells(name: str, shown: Callable[[LogRow], object]) -> bool:
    """Tell whether what is shown of a row depends on that column."""
    return any(shown(row) != shown(changed) for row, changed in variants(name))


async def log_both(path: Path, *rows: LogRow) -> None:
    log = await SqliteQueryLog.open(path)
    for row in rows:
        await log.add(row)
    await log.close()


def test_every_field_of_a_row_but_its_quotations_is_a_column() -> None:
    assert [*COLUMNS, "quotes"] == [field.name for field in dataclasses.fields(LogRow)]


def test_the_file_has_the_columns_and_what_searches_compare(tmp_path: Path) -> None:
    path = tmp_path / "quoth.db"
    prepare(path)

    with closing(sqlite3.connect(path)) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM pragma_table_info('questions')")}

    assert there == {*COLUMNS, FOLDED}


@pytest.mark.parametrize("name", COLUMNS)
def test_an_export_has_every_column(name: str) -> None:
    assert name in EXPORT_FORMATS["csv"].head.strip().split(",")
    assert tells(name, EXPORT_FORMATS["csv"].line)
    assert tells(name, lambda row: row_record(row)[name])


def test_the_review_describes_every_column_and_lists_those_that_say_something() -> None:
    assert set(DESCRIPTIONS) == {*COLUMNS, FOLDED}
    assert all(DESCRIPTIONS.values())
    assert set(HIDDEN) - {FOLDED} == {name for name in COLUMNS if LogView.REVIEW_LISTS in COLUMNS[name].left_out}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_receipt_on_discord_shows_a_column_or_its_declaration_says_why_not(name: str) -> None:
    def page(row: LogRow) -> object:
        return receipt_page(row, [], library="sha256:0", why=Unexplained.OTHER_ARTICLES)

    assert tells(name, page) is (LogView.RECEIPT_PAGE not in COLUMNS[name].left_out)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_receipt_in_the_terminal_shows_a_column_or_its_declaration_says_why_not(
    name: str, quoth: Quoth, folder: Path
) -> None:
    row, changed = variants(name)[0]
    changed = changed if name == "id" else dataclasses.replace(changed, id=f"{row.id[:-1]}b")
    asyncio.run(log_both(folder / "data" / "quoth.db", row, changed))

    def text(of: LogRow) -> str:
        printed = quoth("log", "show", of.id).out
        assert of.id in printed
        return printed if name == "id" else printed.replace(of.id, "<id>")

    assert (text(row) != text(changed)) is (LogView.RECEIPT_TEXT not in COLUMNS[name].left_out)


def test_a_reason_is_given_for_every_column_that_a_view_leaves_out() -> None:
    assert [name for name, column in COLUMNS.items() if not all(column.left_out.values())] == []


def test_the_privacy_page_names_everything_that_a_column_holds() -> None:
    page = privacy_page(Trace(1, 1), days=0, is_out=False, logs=True).body
    said = {
        PersonalData.QUESTION: "With each question I keep",
        PersonalData.TIME: "its time",
        PersonalData.PLACE: "its server and channel",
        PersonalData.MANNER: "how you asked it",
        PersonalData.ANSWER: "what I answered",
        PersonalData.ASKER: "a code in place of your name",
        PersonalData.VOTES: "With each vote I keep",
    }

    assert {column.personal for column in COLUMNS.values()} == set(PersonalData)
    assert [kind for kind in PersonalData if said[kind] not in page] == []
