"""Draws the pictures of adding sources into docs/pictures: a file and a message as they are shown before they count.

Those of a narrow window, such as a telephone's, are drawn into the folder that `--narrow` names, to be looked at. What
that takes is told by draw_pictures.py, which draws the others.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from functools import partial
from pathlib import Path

import discord
import simcord

from bot.app import answering
from bot.config.settings import Settings
from bot.discord.client import Quoth
from bot.discord.command_sync import CommandSync
from bot.discord.delivery import Delivery
from bot.handlers import Reception
from bot.services.question_service import Desk
from bot.services.sources.address_fetch import AddressFetcher
from bot.services.sources.source_desk import SourceDesk
from tests.bot.discord.draw_pictures import PICTURES, PROJECT, draw_lines_like_discord, use_installed_chromium
from tests.bot.fakes import MemoryQueryLog

WIDE, NARROW = 520, 340  # pixels
HEIGHT = 1300
RULES = """\
# Rules of the reading room

## Opening hours

The reading room opens at nine and closes at six. On Fridays it closes at four.

| Day | Guide |
|---|---|
| Monday | Ada |
| Friday | Noor |
"""
ANSWER = "You get a pass for the reading room at the desk by the east door. Bring a card with your picture on it."


async def main(narrow: Path | None) -> None:
    with tempfile.TemporaryDirectory() as data:
        settings = Settings.model_validate({"seeds": PROJECT / "seeds", "data": data})
        answerer = answering.open_answerer(settings)
        answerer.prepare()
        desk = Desk(answerer, MemoryQueryLog())
        added = SourceDesk(
            desk, answering.source_store(settings), AddressFetcher(), partial(answering.refresh, settings)
        )
        bot = Quoth(Reception(desk, asker=str, added=added), Delivery(), CommandSync(Path(data) / "commands"))
        async with simcord.run(bot) as env:
            await draw(env, narrow)


async def draw(env: simcord.Env, narrow: Path | None) -> None:
    assert env.bot.user
    await env.bot.user.edit(username="Quoth")
    guild = env.create_guild("Newsroom")
    channel = guild.create_text_channel("research")
    role = guild.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
    ann = guild.add_member(env.create_user("ann"), roles=[role])
    ben = guild.add_member(env.create_user("ben"))
    await ben.slash(channel, "ask", question="When does the reading room open?")
    form = await ann.slash(channel, "sources add")
    offer = await ann.submit_modal(form, {"file": ("rules.md", RULES.encode()), "date": "2026-03-31"})
    written = await ben.send(channel, ANSWER)
    message = await ann.context_menu(channel, "Keep as a source", written)
    assert offer.response
    would = await ann.click(offer.response, label="What would change?")
    pictures = {
        "sources-add": offer,
        "sources-would-change": would,
        "sources-keep": message,
    }
    for folder, width in ((PICTURES, WIDE), (narrow, NARROW)):
        if folder:
            folder.mkdir(exist_ok=True)
            async with env.preview(channel, viewers=[ann], display="fixed", width=width, height=HEIGHT) as preview:
                for name, result in pictures.items():
                    await preview.screenshot(folder / f"{name}.png", target=result)


if __name__ == "__main__":
    draw_lines_like_discord()
    use_installed_chromium()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--narrow", metavar="DIR", type=Path, help="a folder for pictures of a narrow window")
    asyncio.run(main(parser.parse_args().narrow))
