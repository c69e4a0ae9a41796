"""The parts of a message that can be pressed, chosen from, or filled in."""

from bot.discord.components.buttons import PageButton
from bot.discord.components.modals import SentForm, SentUpload, modal_of, read_form, read_upload, upload_modal_of
from bot.discord.components.selects import PageMenu
from bot.discord.components.view import view_of

ITEMS = (PageButton, PageMenu)

__all__ = [
    "ITEMS",
    "PageButton",
    "PageMenu",
    "SentForm",
    "SentUpload",
    "modal_of",
    "read_form",
    "read_upload",
    "upload_modal_of",
    "view_of",
]
