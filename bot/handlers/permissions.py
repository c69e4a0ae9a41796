"""The door to what only those see who may manage a server: every request goes through it, whoever sent it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from bot.config.errors import LogError
from bot.handlers.unreadable_log import unreadable
from bot.pages import help_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.pages.page import Page
    from bot.services.caller import Caller

Room = TypeVar("Room")
Rest = ParamSpec("Rest")


def refusal(caller: Caller) -> Page | None:
    """What someone is told who may not read the log of the server; None for those who may."""
    if caller.guild is None:
        return help_pages.not_in_direct_messages()
    if not caller.manages:
        return help_pages.not_yours_to_see()
    return None


def for_managers(
    ask: Callable[Concatenate[Room, Caller, Rest], Coroutine[Any, Any, Page]],
) -> Callable[Concatenate[Room, Caller, Rest], Coroutine[Any, Any, Page]]:
    """Let a request in only where the caller may; a log that cannot be read is said so."""

    @wraps(ask)
    async def checked(room: Room, caller: Caller, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Page:
        if page := refusal(caller):
            return page
        try:
            return await ask(room, caller, *args, **kwargs)
        except LogError as error:
            return unreadable(error)

    return checked
