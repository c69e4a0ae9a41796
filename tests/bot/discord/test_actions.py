"""What can be pressed, chosen or sent below a page is one table, and each row of it has one listener."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bot.discord.client import COGS
from bot.discord.components import PageButton, PageMenu, modal_of
from bot.discord.components.listeners import event_of
from bot.discord.components.modals import TEMPLATE
from bot.pages.actions import Choose, Press, Send
from bot.pages.page import Button, Choice, Form, Menu

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTIONS = (*Press, *Choose, *Send)
ROW = "01jjxw00000000aa"


def heard() -> Iterator[str]:
    """Name the events below pages that cogs listen to."""
    for cog in COGS:
        for event, _ in getattr(cog, "__cog_listeners__"):  # noqa: B009 - a cog is known as what makes one
            if event.startswith(("on_press_", "on_choose_", "on_send_")):
                yield event


def test_every_action_has_one_listener_and_every_listener_an_action() -> None:
    assert Counter(heard()) == Counter(f"on_{event_of(action)}" for action in ACTIONS)


@pytest.mark.parametrize("action", Press)
def test_a_button_says_in_its_id_what_it_does(action: Press) -> None:
    button = PageButton.of(Button("Do it", action, ROW))

    assert button.template.fullmatch(button.custom_id)
    assert (button.action, button.argument) == (action, ROW)


@pytest.mark.parametrize("action", Choose)
def test_a_menu_says_in_its_id_what_it_does(action: Choose) -> None:
    menu = PageMenu.of(Menu(action, ROW, (Choice("One", "1"),)))

    assert menu.template.fullmatch(menu.custom_id)
    assert (menu.action, menu.argument) == (action, ROW)


@pytest.mark.parametrize("action", Send)
async def test_a_form_says_in_its_id_what_it_does(action: Send) -> None:
    found = TEMPLATE.fullmatch(modal_of(Form("Title", "Label", action, ROW, longest=10)).custom_id)

    assert found
    assert found.groups() == (action, ROW)
