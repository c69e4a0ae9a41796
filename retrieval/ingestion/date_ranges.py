"""Dates that are known to the day, the month or the year, as the days that they may be."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING, NamedTuple

from retrieval.core.model import DatePrecision

if TYPE_CHECKING:
    import datetime


class Days(NamedTuple):
    """The days from `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date

    def meets(self, after: datetime.date | None, before: datetime.date | None) -> bool:
        """Whether one of the days is on or behind the day `after`, and before the day `before`."""
        return (after is None or self.last >= after) and (before is None or self.first < before)


def days_of(date: datetime.date, precision: DatePrecision) -> Days:
    """The days that a date of that precision may be: the one day, or all of its month or year."""
    match precision:
        case DatePrecision.DAY:
            return Days(date, date)
        case DatePrecision.MONTH:
            return Days(date.replace(day=1), date.replace(day=calendar.monthrange(date.year, date.month)[1]))
        case DatePrecision.YEAR:
            return Days(date.replace(month=1, day=1), date.replace(month=12, day=31))
