"""A moment as it is typed behind an option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.terminal.exit_codes import InputError
from bot.services import time_parsing

if TYPE_CHECKING:
    import datetime


def moment(typed: str, now: datetime.datetime, *, option: str = "--since") -> datetime.datetime:
    """Read what was typed behind an option, as `bot.services.time_parsing` does. Raises InputError."""
    found = time_parsing.moment(typed, now)
    if found is None:
        raise InputError(
            f"{option} is “{typed}”; give a day such as 2026-03-31, a time such as 2026-03-31T14:00, or an age such as "
            "90m, 36h, 7d or 2w."
        )
    return found
