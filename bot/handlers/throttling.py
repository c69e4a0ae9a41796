"""One request after the other: nobody keeps others waiting, and whoever asks too much is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.pages import notices
from bot.services.fair_queue import BusyError, FullError, StillAnsweringError

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from bot.pages.page import Page
    from bot.services.caller import Caller
    from bot.services.fair_queue import FairQueue


async def in_turn(queue: FairQueue, caller: Caller, work: Coroutine[Any, Any, Page]) -> Page:
    """Give the page that `work` makes, when it is the caller's turn; or one that says why they must ask again."""
    try:
        async with queue.turn(caller.user):
            return await work
    except BusyError as error:
        work.close()
        return _said(error)


def _said(error: BusyError) -> Page:
    match error:
        case StillAnsweringError():
            return notices.still_answering()
        case FullError():
            return notices.full()
        case _:
            return notices.too_fast(error.seconds)
