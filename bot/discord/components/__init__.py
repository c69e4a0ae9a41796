"""The parts of a message that can be pressed, chosen from, or filled in."""

from bot.discord.components.buttons import PageButton
from bot.discord.components.modals import Filled, filled, modal_of
from bot.discord.components.selects import PageMenu
from bot.discord.components.view import view_of

ITEMS = (PageButton, PageMenu)

__all__ = ["ITEMS", "Filled", "PageButton", "PageMenu", "filled", "modal_of", "view_of"]
