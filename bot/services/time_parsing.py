"""A moment as a person types it: a day, a day and a time, or how long ago."""

from __future__ import annotations

import datetime
import re

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment(typed: str, now: datetime.datetime, *, zone: datetime.tzinfo | None = None) -> datetime.datetime | None:
    """The moment that was typed; None where it is none.

    `now`, which has a zone, is what an age such as 7d counts from. A day without a zone is one of `zone`, or of this
    machine where that is None.
    """
    words = typed.strip()
    try:
        if age := re.fullmatch(r"(\d{1,9})\s*([mhdw])", words, re.ASCII | re.IGNORECASE):
            return now - datetime.timedelta(**{UNITS[age[2].lower()]: int(age[1])})
        read = datetime.datetime.fromisoformat(words)
        return (read if read.tzinfo or zone is None else read.replace(tzinfo=zone)).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
