"""A page's buttons and its menu, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.discord.components.buttons import PageButton
from bot.discord.components.selects import PageMenu

if TYPE_CHECKING:
    from bot.pages.page import Page


def view_of(page: Page) -> discord.ui.View | None:
    """Draw what can be pressed under a page; None where there is nothing."""
    if not page.buttons and not page.menu:
        return None
    view = discord.ui.View(timeout=None)
    if page.menu:
        view.add_item(PageMenu.of(page.menu))
    for button in page.buttons:
        view.add_item(PageButton.of(button))
    return view
