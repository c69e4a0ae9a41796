"""What many rows of the query log say together, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime


class Day(NamedTuple):
    """The questions of one day in UTC, and those of them that were answered, surely or not."""

    date: datetime.date
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A source and the number of its quotations."""

    file: str
    name: str
    times: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What a choice of rows says together.

    tentative: those of the answered that were not sure. up, down: the votes. days: each day that has a
    question, oldest first. sources: the most quoted, most first. subjects: the words that most of the `newest`
    questions have, as they are most often written, with their number of questions. p50_ms, p99_ms: the milliseconds in
    which half, and 99 of 100, of the `newest` questions were answered or refused; None where there is none.
    """

    asked: int
    answered: int
    up: int
    down: int
    days: tuple[Day, ...]
    sources: tuple[Quoted, ...]
    newest: int
    subjects: tuple[tuple[str, int], ...]
    p50_ms: float | None
    p99_ms: float | None
    tentative: int = 0
