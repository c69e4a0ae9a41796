"""Dates as people write them -> a date and how precise it is.

Which number is the day where that is not plain: a year that stands first is followed by the month; else the day comes
first, as in most of the world (06.05.2020 is 6 May, 05/06/2020 is 5 June), unless it cannot (05/25/2020 is 25 May).
"""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from retrieval.core.model import DatePrecision

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 80  # characters of a date
SPOKEN = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "tr", "ar")  # whose names of months are known
MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_MONTH = (
    r"(?P<name>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})"
_NO_MORE = r"(?![\d/.-]*\d)"
YEAR_FIRST = re.compile(rf"{_YEAR}(?P<sign>[-/.])(?P<month>\d{{1,2}})(?:(?P=sign)(?P<day>\d{{1,2}}))?(?=$|[T\s_,;)])")
YEAR_LAST = re.compile(rf"(?P<first>\d{{1,2}})(?P<sign>[-/.])(?:(?P<second>\d{{1,2}})(?P=sign))?{_YEAR}{_NO_MORE}")
TOGETHER = re.compile(r"(?P<year>[12]\d{3})(?P<month>\d\d)(?P<day>\d\d)$")
YEAR_ALONE = re.compile(rf"{_YEAR}$")
ENGLISH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}\b",
        rf"{_MONTH} {_DAY},? {_YEAR}\b",
        rf"{_MONTH},? {_YEAR}\b",
    )
)
WEEKDAY = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,? ", re.IGNORECASE)
FOUR_DIGITS = re.compile(r"\d{4}")
# In a mapping of dates, the one that is the article's.
OF_MAPPING = ("published", "created", "date", "issued", "posted", "start", "updated", "modified")

# A date in a running text, of the forms that need no library.
DATE_IN_TEXT = re.compile(
    rf"\b(?:(?:{WEEKDAY.pattern})?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH.replace('?P<name>', '?:')},? [12]\d{{3}}"
    rf"|{_MONTH.replace('?P<name>', '?:')} \d{{1,2}}(?:st|nd|rd|th)?,? [12]\d{{3}})"
    r"|[12]\d{3}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./][12]\d{3})(?!\w)",
    re.IGNORECASE,
)


class WrittenDate(NamedTuple):
    """A date, the first of what it leaves open; `doubtful` where another reading is as likely."""

    date: datetime.date
    precision: DatePrecision = DatePrecision.DAY
    doubtful: bool = False


def date_of(written: object) -> WrittenDate | None:
    """The date that a value of front matter stands for; of several the one that the article is of. None for none."""
    for value in _values(written):
        if isinstance(value, datetime.datetime):
            return WrittenDate(value.date())
        if isinstance(value, datetime.date):
            return WrittenDate(value)
        if found := _read(" ".join(str(value).split()).strip("\"'“”[](){}<>")):
            return found
    return None


def iso_date(date: datetime.date, precision: DatePrecision) -> str:
    """A date as ISO 8601 has it, as long as it is precise: 2020-05-06, 2020-05 or 2020."""
    return date.isoformat()[: {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}[precision]]


def _values(written: object) -> Iterator[object]:
    match written:
        case dict():
            known = {str(key).lower(): value for key, value in written.items()}
            for key in (*OF_MAPPING, *known):
                yield from _values(known.get(key))
        case list():
            for value in written[:3]:
                yield from _values(value)
        case None | bool():
            return
        case _:
            yield written


def _read(said: str) -> WrittenDate | None:
    if not said or len(said) > LONGEST or not FOUR_DIGITS.search(said):
        return None
    said = WEEKDAY.sub("", said, count=1) if WEEKDAY.match(said) else said
    if found := YEAR_FIRST.match(said) or TOGETHER.match(said):
        return _made(found["year"], found["month"], found["day"])
    if found := YEAR_LAST.match(said):
        return _year_last(found)
    if found := YEAR_ALONE.match(said):
        return _made(found["year"])
    for pattern in ENGLISH:
        if found := pattern.match(said):
            parts = found.groupdict()
            return _made(parts["year"], MONTHS[parts["name"][:3].lower()], parts.get("day"))
    return _in_other_words(said)


def _year_last(found: re.Match[str]) -> WrittenDate | None:
    day, month = int(found["first"]), int(found["second"] or 0)
    if not month:
        return _made(found["year"], day)
    if month > 12:
        day, month = month, day
    made = _made(found["year"], month, day)
    doubtful = found["sign"] != "." and max(day, month) <= 12 and day != month
    return made and made._replace(doubtful=doubtful)


def _made(year: str | int, month: str | int | None = None, day: str | int | None = None) -> WrittenDate | None:
    precision = DatePrecision.DAY if day else DatePrecision.MONTH if month else DatePrecision.YEAR
    try:
        return WrittenDate(datetime.date(int(year), int(month or 1), int(day or 1)), precision)
    except ValueError:
        return None


def _in_other_words(said: str) -> WrittenDate | None:
    """A date in another language, or with a time of day, as the library knows hundreds of forms."""
    found = _parser().get_date_data(said)
    if found.date_obj is None or found.period not in set(DatePrecision):
        return None
    return _made(
        found.date_obj.year,
        found.date_obj.month if found.period != "year" else None,
        found.date_obj.day if found.period == "day" else None,
    )


@cache
def _parser() -> Any:
    from dateparser.date import DateDataParser  # noqa: PLC0415 - it takes a third of a second, and most dates do without

    settings = {
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["year"],
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "past",
    }
    return DateDataParser(languages=[*SPOKEN], settings=settings)
