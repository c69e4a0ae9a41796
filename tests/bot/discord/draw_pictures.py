"""Draws the README's pictures of the bot into docs/pictures: an answer, why it was given, a comparison and more.

Those of a narrow window, such as a telephone's, are drawn into the folder that `--narrow` names, to be looked at.

SimCord draws them as Discord would, in Debian's chromium. What that takes is no dependency of the project:

    pip install "simcord[screenshot]" && apt-get install chromium
    python -m tests.bot.discord.draw_pictures
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import simcord
from playwright.async_api import BrowserType  # type: ignore[import-not-found]  # comes with simcord[screenshot]
from simcord.preview import _markdown

from bot.discord.client import Quoth
from bot.discord.command_sync import CommandSync
from bot.discord.delivery import Delivery
from bot.handlers import Reception
from bot.services.question_service import Desk
from retrieval.answer.answerer import Answerer
from retrieval.ingestion import library
from tests.bot.fakes import MemoryQueryLog

PROJECT = Path(__file__).parents[3]
PICTURES = PROJECT / "docs" / "pictures"
QUIETLY = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUIETLY += ["--disable-component-update", "--disable-sync"]
WIDE, NARROW = 520, 340  # pixels
HEIGHT = 1300


async def main(narrow: Path | None) -> None:
    desk = Desk(Answerer(library.load(PROJECT / "seeds")), MemoryQueryLog())
    with tempfile.TemporaryDirectory() as data:
        bot = Quoth(Reception(desk, asker=str), Delivery(), CommandSync(Path(data) / "commands"))
        async with simcord.run(bot) as env:
            await draw(env, narrow)


async def draw(env: simcord.Env, narrow: Path | None) -> None:
    assert env.bot.user
    await env.bot.user.edit(username="Quoth")
    guild = env.create_guild("Newsroom")
    channel = guild.create_text_channel("research")
    ann = guild.add_member(env.create_user("ann"))
    answer = await ann.slash(channel, "ask", question="How many prisoners is the SDF guarding for Daesh?")
    assert answer.response
    pictures = {
        "answer": answer,
        "why": await ann.click(answer.response, label="Why?"),
        "compare": await ann.slash(channel, "compare", question="Who became the prime minister of Iraq?"),
        "refusal": await ann.slash(channel, "ask", question="Has ISIS attacked Mozambique?"),
        "sources": await ann.slash(channel, "sources list"),
    }
    for folder, width in ((PICTURES, WIDE), (narrow, NARROW)):
        if folder:
            folder.mkdir(exist_ok=True)
            async with env.preview(channel, viewers=[ann], display="fixed", width=width, height=HEIGHT) as preview:
                for name, result in pictures.items():
                    await preview.screenshot(folder / f"{name}.png", target=result)


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
        blank = read(text).replace("\n\n", "\n\n\u200b\n\n")
        return re.sub(r"(?m)^(> .*)\n(?=[^>\n])", r"\1\n\n", blank)

    _markdown._discord_multiline_quotes = lines


if __name__ == "__main__":
    draw_lines_like_discord()
    use_installed_chromium()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--narrow", metavar="DIR", type=Path, help="a folder for pictures of a narrow window")
    asyncio.run(main(parser.parse_args().narrow))
