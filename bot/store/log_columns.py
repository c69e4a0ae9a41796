"""What a column of the log says of itself: the one declaration that drives everything that lists columns.

The columns stand in `LogRow`, each a field with its type and, beside it, a `LogColumn`. From there come the SQL that
writes and reads a row, the lines of an export, the descriptions in the review, what receipts show, and what the privacy
page tells people. A new column is one such field and one appended migration.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class PersonalData(StrEnum):
    """What the privacy page calls the thing that a column holds."""

    QUESTION = "question"
    TIME = "time"
    PLACE = "place"
    MANNER = "manner"  # how it was asked
    ANSWER = "answer"
    ASKER = "asker"
    VOTES = "votes"


class LogView(StrEnum):
    """Where rows are shown with some of their columns only. What is not one of these shows every column."""

    RECEIPT_PAGE = "receipt_page"  # one row, on Discord
    RECEIPT_TEXT = "receipt_text"  # one row, in the terminal
    REVIEW_LISTS = "review_lists"  # many rows, in the browser


@dataclass(frozen=True, slots=True)
class LogColumn:
    """`about` says what the column holds; `left_out` gives, for each view that does not show it, the reason."""

    about: str
    personal: PersonalData
    left_out: Mapping[LogView, str] = field(default_factory=dict)


def columns_of(row_type: type) -> Mapping[str, LogColumn]:
    """The columns that the fields of a class declare, by their names, in order."""
    declared = {name: getattr(kind, "__metadata__", (None,))[0] for name, kind in row_type.__annotations__.items()}
    return {name: column for name, column in declared.items() if isinstance(column, LogColumn)}


def types_of(row_type: type) -> Mapping[str, object]:
    """The types of the fields of a class, by their names, without what is declared beside them."""
    return {name: getattr(kind, "__origin__", kind) for name, kind in row_type.__annotations__.items()}
