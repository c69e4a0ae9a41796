"""The parts of a message that can be pressed, chosen from, or filled in."""

from bot.views.buttons import PageButton
from bot.views.forms import Filled, filled, modal_of
from bot.views.menus import PageMenu
from bot.views.viewing import view_of

ITEMS = (PageButton, PageMenu)

__all__ = ["ITEMS", "Filled", "PageButton", "PageMenu", "filled", "modal_of", "view_of"]
