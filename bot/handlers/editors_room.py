"""The rooms where a server's sources are changed: only its editors come in."""

from __future__ import annotations

import logging
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from bot.config.errors import LogError
from bot.pages import source_changes
from bot.services.sources.address_fetch import AddressError
from bot.services.sources.source_errors import SourceStoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.config.settings import Settings
    from bot.handlers.server_rules import HouseRules
    from bot.pages.page import Page
    from bot.services.caller import Caller
    from bot.services.sources.source_desk import SourceDesk

logger = logging.getLogger(__name__)

Room = TypeVar("Room", bound="EditorsRoom")
Rest = ParamSpec("Rest")
Made = TypeVar("Made")


class EditorsRoom:
    """A room where only a server's editors come in; `desk` is None where no sources can be added at all."""

    def __init__(self, desk: SourceDesk | None, operator: Settings, rules: HouseRules) -> None:
        self._desk = desk
        self.operator = operator
        self.rules = rules

    @property
    def sources(self) -> SourceDesk:
        assert self._desk  # noqa: S101 - nobody comes in without it
        return self._desk

    def refusal(self, caller: Caller) -> Page | None:
        """What somebody is told who may not change the sources of the server where they are; None for its editors.

        The operator names them: by their ids or those of their roles. Where nobody is named, they are those who may
        manage the server.
        """
        if caller.guild is None:
            return source_changes.only_in_a_server()
        editors = self.operator.editors
        if not (editors & {caller.user, *caller.roles} if editors else caller.manages):
            return source_changes.not_yours()
        return source_changes.not_here() if self._desk is None else None


def for_editors(
    ask: Callable[Concatenate[Room, Caller, Rest], Coroutine[Any, Any, Made]],
) -> Callable[Concatenate[Room, Caller, Rest], Coroutine[Any, Any, Made | Page]]:
    """Let a request in only where the caller is an editor; what cannot be done is told."""

    @wraps(ask)
    async def checked(room: Room, caller: Caller, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Made | Page:
        if page := room.refusal(caller):
            return page
        try:
            return await ask(room, caller, *args, **kwargs)
        except (SourceStoreError, AddressError) as error:
            return source_changes.problem(error)
        except (LogError, OSError) as error:
            logger.error("The sources of a server cannot be changed: %s", error)  # noqa: TRY400 - one line is enough
            return source_changes.unusable()

    return checked
