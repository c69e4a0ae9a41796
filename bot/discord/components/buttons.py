"""The buttons under a page, which outlive a restart: what they do stands in their id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord

from bot.pages.markdown import plain
from bot.pages.page import LABEL

if TYPE_CHECKING:
    import re

    from bot.pages.page import Button


class PageButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"quoth:(?P<action>[a-z]+):(?P<argument>.{1,85})"
):
    """Pressed, it makes the event of its action, which a cog listens to; see `actions`."""

    def __init__(self, button: discord.ui.Button[Any], action: str, argument: str) -> None:
        super().__init__(button)
        self.action = action
        self.argument = argument

    @classmethod
    def of(cls, button: Button) -> Self:
        drawn: discord.ui.Button[Any] = discord.ui.Button(
            label=plain(button.label, limit=LABEL),
            custom_id=f"quoth:{button.action}:{button.argument}",
            disabled=not button.enabled,
        )
        return cls(drawn, button.action, button.argument)

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, discord.ui.Button)  # noqa: S101 - Discord sends back what we sent
        return cls(item, match["action"], match["argument"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        interaction.client.dispatch(f"press_{self.action}", interaction, self.argument)
