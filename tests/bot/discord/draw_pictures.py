"""Draws the README's pictures of the bot: docs/pictures/answer.png, refusal.png and sources.png.

SimCord draws them as Discord would, in Debian's chromium. What that takes is no dependency of the project:

    pip install "simcord[screenshot]" && apt-get install chromium
    python -m tests.bot.discord.draw_pictures
"""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import simcord
from playwright.async_api import BrowserType  # type: ignore[import-not-found]  # comes with simcord[screenshot]
from simcord.preview import _markdown

from bot.client import Quoth
from bot.delivery import Delivery
from bot.desk import Desk
from bot.reception import Reception
from bot.syncing import Syncing
from retrieval import library
from retrieval.answering import Answerer
from tests.bot.fakes import MemoryQueryLog

PROJECT = Path(__file__).parents[3]
PICTURES = PROJECT / "docs" / "pictures"
QUIETLY = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUIETLY += ["--disable-component-update", "--disable-sync"]
SIZE = (520, 720)


async def main() -> None:
    desk = Desk(Answerer(library.load(PROJECT / "seeds")), MemoryQueryLog())
    with tempfile.TemporaryDirectory() as data:
        bot = Quoth(Reception(desk, asker=str), Delivery(), Syncing(Path(data) / "commands"))
        async with simcord.run(bot) as env:
            await draw(env)


async def draw(env: simcord.Env) -> None:
    assert env.bot.user
    await env.bot.user.edit(username="Quoth")
    guild = env.create_guild("Newsroom")
    channel = guild.create_text_channel("research")
    ann = guild.add_member(env.create_user("ann"))
    pictures = {
        "answer": await ann.slash(channel, "ask", question="How many prisoners is the SDF guarding for Daesh?"),
        "refusal": await ann.slash(channel, "ask", question="Has ISIS attacked Mozambique?"),
        "sources": await ann.slash(channel, "sources list"),
    }
    PICTURES.mkdir(exist_ok=True)
    async with env.preview(channel, viewers=[ann], display="fixed", width=SIZE[0], height=SIZE[1]) as preview:
        for name, result in pictures.items():
            await preview.screenshot(PICTURES / f"{name}.png", target=result)


def use_installed_chromium() -> None:
    """Have Playwright start the chromium that is installed, not download its own."""
    launch = BrowserType.launch

    async def launch_installed(browser: BrowserType, **options: Any) -> Any:
        return await launch(browser, executable_path=shutil.which("chromium"), args=QUIETLY, **options)

    BrowserType.launch = launch_installed


def draw_lines_like_discord() -> None:
    """Have SimCord end a quotation at its line's end and draw blank lines, which CommonMark, its model, does not."""
    read = _markdown._discord_multiline_quotes

    def lines(text: str) -> str:
        ended = re.sub(r"(?m)^(> .*)\n(?=[^>\n])", r"\1\n\n", read(text))
        return re.sub(r"(?m)^(— .*)\n\n(?=> )", "\\1\n\n\u200b\n\n", ended)

    _markdown._discord_multiline_quotes = lines


if __name__ == "__main__":
    draw_lines_like_discord()
    use_installed_chromium()
    asyncio.run(main())
