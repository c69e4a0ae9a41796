"""A bot as a process of its own, whose answers take for ever: `python -m tests.bot.running.stuck ADDRESS FOLDER`."""

from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path
from typing import Any

import discord
from discord.gateway import DiscordWebSocket
from yarl import URL

from bot.config import log_format
from bot.config.settings import load_settings
from bot.discord.runner import serve
from bot.handlers import Reception
from bot.services.question_service import Desk
from tests.bot.fakes import MemoryQueryLog, PatientAnswerer
from tests.bot.running.running import TOKEN


class Stuck(PatientAnswerer):
    """Says that it was asked, and never answers."""

    def answer(self, question: str, **_: Any) -> Any:
        sys.stdout.write(f"{question}\n")
        sys.stdout.flush()
        threading.Event().wait()


def main(address: str, folder: Path) -> None:
    """Serve the small Discord at `address`."""
    discord.http.Route.BASE = f"http://{address}/api"
    DiscordWebSocket.DEFAULT_GATEWAY = URL(f"ws://{address}/gateway/")
    settings = load_settings(data=folder, discord_token=TOKEN)
    log_format.configure(settings)
    answerer = Stuck(folder, "One sentence.", fingerprint="sha256:0").as_answerer()
    asyncio.run(serve(settings, Reception(Desk(answerer, MemoryQueryLog()), asker=str)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
