"""Tells from the values of a record alone which table of the log it is from, where the file no longer says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.store.gaps import GapState
from bot.store.log_row import Outcome
from bot.store.reviews import Mark

if TYPE_CHECKING:
    from bot.store.sqlite.maintenance.btree_pages import Record, RecoveredRecord

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00")
FEWEST = {"questions": 14, "quotes": 10}  # columns, in the first schema


def table_of(found: RecoveredRecord) -> str:
    """The name of the table; empty where it is of none whose rows are salvaged."""
    values = found.values
    if not found.in_table:
        kinds = {"votes": _is_vote, "opted_out": _is_opting_out, "gaps": _is_gap, "wishes": _is_wish}
        return next((table for table, is_one in kinds.items() if is_one(values)), "")
    if len(values) >= FEWEST["questions"] and _is_question(values):
        return "questions"
    if len(values) >= FEWEST["quotes"] and _is_quote(values):
        return "quotes"
    return "marks" if _is_mark(values) else ""


def _is_question(values: Record) -> bool:
    # id, asked_at, surface, question, outcome
    return _texts(values[:5]) and _is_moment(values[1]) and values[4] in list(Outcome)


def _is_quote(values: Record) -> bool:
    # question_id, position, file, name, sha256, start, end, text, score, near
    return _texts([values[0], *values[2:5], values[7]]) and values[9] in {0, 1}


def _is_mark(values: Record) -> bool:
    # question_id, mark, marked_at
    return len(values) == 3 and _texts(values) and values[1] in list(Mark) and _is_moment(values[2])


def _is_vote(values: Record) -> bool:
    # question_id, voter, helpful, voted_at, and since then comment
    return len(values) in {4, 5} and _texts(values[:2]) and values[2] in {0, 1} and _is_moment(values[3])


def _is_opting_out(values: Record) -> bool:
    # asker, since
    return len(values) == 2 and _texts(values) and _is_moment(values[1])


def _is_gap(values: Record) -> bool:
    # question_id, state, source, changed_at
    return len(values) == 4 and _texts(values[:2]) and values[1] in list(GapState) and _is_moment(values[3])


def _is_wish(values: Record) -> bool:
    # question_id, user_id, asker, wished_at, claimed_at
    return len(values) == 5 and isinstance(values[1], int) and _texts([values[0], values[2]]) and _is_moment(values[3])


def _texts(values: Record) -> bool:
    return all(isinstance(value, str) for value in values)


def _is_moment(value: object) -> bool:
    return isinstance(value, str) and bool(MOMENT.fullmatch(value))
