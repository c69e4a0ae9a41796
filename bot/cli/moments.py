"""A moment as a person types it: a day, a day and a time, or how long ago."""

from __future__ import annotations

import datetime
import re

from bot.cli.exits import InputError

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment(typed: str, now: datetime.datetime, *, option: str = "--since") -> datetime.datetime:
    """Read what was typed behind an option; a day without a zone is one of this machine's. Raises InputError.

    `now`, which has a zone, is what an age such as 7d counts from.
    """
    words = typed.strip()
    try:
        if age := re.fullmatch(r"(\d{1,9})\s*([mhdw])", words, re.ASCII | re.IGNORECASE):
            return now - datetime.timedelta(**{UNITS[age[2].lower()]: int(age[1])})
        return datetime.datetime.fromisoformat(words).astimezone(datetime.UTC)
    except (ValueError, OverflowError) as error:
        raise InputError(
            f"{option} is “{typed}”; give a day such as 2026-03-31, a time such as 2026-03-31T14:00, or an age such as "
            "90m, 36h, 7d or 2w."
        ) from error
