"""The menu under a page, which outlives a restart: what it does stands in its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord

from bot.pages.markdown import plain
from bot.pages.page import CHOICE

if TYPE_CHECKING:
    import re

    from bot.pages.page import Choice, Menu


class PageMenu(
    discord.ui.DynamicItem[discord.ui.Select[Any]],
    template=r"quoth\.menu:(?P<action>[a-z]+):(?P<argument>[0-9A-Za-z.]{1,80})",
):
    """Chosen from, it makes the event of its action, which a cog listens to; see `actions`."""

    def __init__(self, menu: discord.ui.Select[Any], action: str, argument: str) -> None:
        super().__init__(menu)
        self.action = action
        self.argument = argument

    @classmethod
    def of(cls, menu: Menu) -> Self:
        drawn: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"quoth.menu:{menu.action}:{menu.argument}", options=[_option(choice) for choice in menu.choices]
        )
        return cls(drawn, menu.action, menu.argument)

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, discord.ui.Select)  # noqa: S101 - Discord sends back what we sent
        return cls(item, match["action"], match["argument"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        interaction.client.dispatch(f"choose_{self.action}", interaction, self.argument, *self.item.values)


def _option(choice: Choice) -> discord.SelectOption:
    return discord.SelectOption(
        label=plain(choice.label, limit=CHOICE) or choice.value,
        value=choice.value,
        description=plain(choice.description, limit=CHOICE) or None,
        default=choice.chosen,
    )
