"""The parts of a message that can be pressed, chosen from, or filled in."""

from bot.discord.components.buttons import PageButton
from bot.discord.components.modals import SentForm, modal_of, read_form
from bot.discord.components.selects import PageMenu
from bot.discord.components.view import view_of

ITEMS = (PageButton, PageMenu)

__all__ = ["ITEMS", "PageButton", "PageMenu", "SentForm", "modal_of", "read_form", "view_of"]
