"""A bot in a process of its own, as `quoth run` starts one, on the small Discord at the address that it is given.

It looks every moment whom to tell of a source, where others look every minute, and has time on a busy machine.
"""

from __future__ import annotations

import sys
from importlib import import_module

import discord
from discord.gateway import DiscordWebSocket
from yarl import URL

from bot.cli import main
from bot.discord.cogs.notifications import NotificationsCog
from tests.bot.conftest import PATIENCES, PATIENT
from tests.counting import PATIENCE

LOOKS = 0.2  # seconds from one look to the next

if __name__ == "__main__":
    address, *arguments = sys.argv[1:]
    discord.http.Route.BASE = f"http://{address}/api"
    DiscordWebSocket.DEFAULT_GATEWAY = URL(f"ws://{address}/gateway/")
    NotificationsCog.looking.change_interval(seconds=LOOKS)
    for made in PATIENT:
        (made.__init__.__kwdefaults__ or {})["patience"] = PATIENCE
    for name in PATIENCES:
        module, _, patience = name.rpartition(".")
        setattr(import_module(module), patience, PATIENCE)
    main(["run", *arguments])
