"""Times as people write them in English -> the days that they mean: "2019", "March 2019", "last month".

In a question ("before 2019", "in March", "since the last meeting") they may be the time of what happened as well as
that of the sources; which it is, the answers tell (see answer.time_asked).
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, NamedTuple

from retrieval.core.model import DatePrecision, Span
from retrieval.ingestion.date_ranges import Days, days_of
from retrieval.ingestion.dates import MONTHS, date_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DAY = datetime.timedelta(days=1)
_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_YEAR = r"(?:1[5-9]|20)\d\d"
_RELATIVE = r"(?:last|this|the last|the past|past) (?:week|month|year)|yesterday|today"
_TIME = (
    rf"{_YEAR}-\d\d(?:-\d\d)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})(?:,? {_YEAR})?"
    rf"|(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? {_YEAR})?(?!\d)"
    rf"|(?:{_MONTH})(?:,? (?:of )?{_YEAR})?"
    rf"|{_YEAR}|{_RELATIVE}"
)
# "May" is a month in "in May", and none in "may I".
MONTH_ALONE = re.compile(rf"(?P<month>{_MONTH})", re.IGNORECASE)
DAY_ALONE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})"
    rf"|(?P<name>{_MONTH}) (?P<number>\d{{1,2}})(?:st|nd|rd|th)?)",
    re.IGNORECASE,
)
IN_QUESTION = re.compile(
    rf"\b(?P<how>before|until|till|up to|after|since|from|in|during|on|of) (?P<time>{_TIME})(?![\w-])"
    rf"|\b(?P<alone>{_RELATIVE})(?!\w)"
    r"|\b(?P<since>since|after|before|at|in|during) (?:the|our) (?:last|latest|most recent|previous) "
    r"(?P<event>meeting|minutes|session|assembly|update|release|report|newsletter)\b",
    re.IGNORECASE,
)

RELATIVE: Mapping[str, Callable[[datetime.date], Days]] = {
    "today": lambda today: Days(today, today),
    "yesterday": lambda today: Days(today - DAY, today - DAY),
    "this week": lambda today: Days(_monday(today), today),
    "last week": lambda today: Days(_monday(today) - 7 * DAY, _monday(today) - DAY),
    "this month": lambda today: Days(today.replace(day=1), today),
    "last month": lambda today: days_of(today.replace(day=1) - DAY, DatePrecision.MONTH),
    "this year": lambda today: Days(today.replace(month=1, day=1), today),
    "last year": lambda today: days_of(today.replace(month=1, day=1) - DAY, DatePrecision.YEAR),
}


class Period(NamedTuple):
    """From the day `after` on, up to but without the day `before`; None is open."""

    after: datetime.date | None
    before: datetime.date | None


class QuestionTime(NamedTuple):
    """A time that a question names: which days it means, and the stretch of the question that says so."""

    period: Period
    span: Span


def days_named(written: str, today: datetime.date) -> Days | None:
    """The days that a time means which somebody wrote, in the past where no year is given; None where it is none."""
    said = " ".join(written.lower().replace(",", " ").split())
    if relative := RELATIVE.get(said.removeprefix("the ").replace("past", "last")):
        return relative(today)
    if found := DAY_ALONE.fullmatch(said):
        day, month = found["day"] or found["number"], found["month"] or found["name"]
        return _last(lambda year: datetime.date(year, MONTHS[month[:3]], int(day)), DatePrecision.DAY, today)
    if found := MONTH_ALONE.fullmatch(said):
        return _last(lambda year: datetime.date(year, MONTHS[found["month"][:3]], 1), DatePrecision.MONTH, today)
    date = date_of(said.replace(" of ", " "))
    return days_of(date.date, date.precision) if date else None


def question_time(
    question: str, today: datetime.date, last: Callable[[str], datetime.date | None]
) -> QuestionTime | None:
    """The first time that a question names; `last` gives the day of the last event of a kind ("meeting")."""
    for found in IN_QUESTION.finditer(question):
        if found["event"]:
            day = last(found["event"].lower())
            days = Days(day, day) if day else None
            how = found["since"].lower()
        else:
            days = days_named(found["time"] or found["alone"], today)
            how = (found["how"] or "in").lower()
        if days and (period := _period(how, days)):
            return QuestionTime(period, Span(*found.span()))
    return None


def before(days: Days) -> datetime.date:
    """What is before these days is before this one."""
    return days.first


def after(days: Days) -> datetime.date | None:
    """What is after these days is from this one on; None where there is none."""
    return days.last + DAY if days.last < datetime.date.max else None


def _period(how: str, days: Days) -> Period | None:
    behind = after(days)
    match how:
        case "before":
            return Period(None, before(days))
        case "until" | "till" | "up to":
            return Period(None, behind)
        case "after":
            return Period(behind, None)
        case "since" | "from":
            return Period(days.first, None)
        case _:
            return Period(days.first, behind)


def _last(date: Callable[[int], datetime.date], precision: DatePrecision, today: datetime.date) -> Days | None:
    """The last time that a day or a month came which has no year, this year or before."""
    for year in range(today.year, today.year - 9, -1):
        try:
            if (day := date(year)) <= today:
                return days_of(day, precision)
        except ValueError:  # the 29th of February
            continue
    return None


def _monday(today: datetime.date) -> datetime.date:
    return today - today.weekday() * DAY
