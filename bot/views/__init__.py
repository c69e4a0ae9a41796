"""The parts of a message that can be pressed."""

from bot.views.buttons import PageButton, view_of

__all__ = ["PageButton", "view_of"]
