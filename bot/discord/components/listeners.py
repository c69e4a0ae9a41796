"""How what people press, choose and send reaches the cog that listens for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from discord.ext import commands

from bot.pages.actions import Choose, Press

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.pages.actions import Send

Listener = TypeVar("Listener", bound="Callable[..., Any]")


def event_of(action: Press | Choose | Send) -> str:
    """The name of the client's event when somebody does that."""
    match action:
        case Press():
            return f"press_{action}"
        case Choose():
            return f"choose_{action}"
        case _:
            return f"send_{action}"


def on(action: Press | Choose | Send) -> Callable[[Listener], Listener]:
    """Make a method of a cog what listens for that action."""
    return commands.Cog.listener(f"on_{event_of(action)}")
