"""One group of commands a cog, each made from the same services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discord.ext import commands

    from bot.delivery import Delivery
    from bot.reception import Reception


@dataclass(frozen=True, slots=True)
class Services:
    """What a cog works with."""

    bot: commands.AutoShardedBot
    reception: Reception
    delivery: Delivery
