"""Draws the pictures of `/log` into docs/pictures, from made-up questions of six weeks.

Those of a narrow window, such as a telephone's, are drawn into the folder that `--narrow` names, to be looked at. What
that takes is told by draw_pictures.py, which draws the others.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import random
import tempfile
from pathlib import Path

import discord
import simcord

from bot.discord.client import Quoth
from bot.discord.command_sync import CommandSync
from bot.discord.delivery import Delivery
from bot.handlers import Reception
from bot.pages import charts
from bot.services.question_service import Desk
from bot.services.receipts import RequestOrigin, row_of
from bot.store.filters import Filter
from bot.store.log_row import Surface, Vote
from bot.store.sqlite.query_log import SqliteQueryLog
from retrieval.answer.answerer import Answerer
from retrieval.ingestion import library
from tests.bot.discord.draw_pictures import PICTURES, PROJECT, draw_lines_like_discord, use_installed_chromium

WIDE, NARROW = 520, 340  # pixels
HEIGHT = 1300
DAYS = 42
ASKED = (
    "How many prisoners is the SDF guarding for Daesh?",
    "Who became the prime minister of Iraq?",
    "When was Baghdadi killed?",
    "When was Fallujah lost?",
    "How does ISIS earn money from oil?",
    "Where did ISIS attack after Mosul?",
)
IN_VAIN = (
    "Has ISIS attacked Mozambique?",
    "Which attacks took place in Mozambique?",
    "Who won the Nobel prize in chemistry?",
    "Nobel chemistry winners",
    "Does the group use bitcoin?",
    "How much bitcoin does the group own?",
)


async def main(narrow: Path | None) -> None:
    with tempfile.TemporaryDirectory() as data:
        log = await SqliteQueryLog.open(Path(data) / "quoth.db")
        desk = Desk(Answerer(library.load(PROJECT / "seeds")), log)
        bot = Quoth(Reception(desk, asker=str), Delivery(), CommandSync(Path(data) / "commands"))
        async with simcord.run(bot) as env:
            await draw(env, desk, narrow)
        await log.close()


async def draw(env: simcord.Env, desk: Desk, narrow: Path | None) -> None:
    assert env.bot.user
    await env.bot.user.edit(username="Quoth")
    guild = env.create_guild("Newsroom")
    channel = guild.create_text_channel("editors")
    role = guild.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
    mia = guild.add_member(env.create_user("mia"), roles=[role])
    await fill(desk, guild.id, channel.id)
    charts.draw_stats(await desk.log.stats(Filter()))  # the first picture takes long, for matplotlib's import
    pictures = {
        "log-stats": await mia.slash(channel, "log stats"),
        "log-unanswered": await mia.slash(channel, "log unanswered"),
        "log-recent": await mia.slash(channel, "log recent", unanswered=True),
    }
    for folder, width in ((PICTURES, WIDE), (narrow, NARROW)):
        if folder is None:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        async with env.preview(channel, viewers=[mia], display="fixed", width=width, height=HEIGHT) as preview:
            for name, result in pictures.items():
                await preview.screenshot(folder / f"{name}.png", target=result)


async def fill(desk: Desk, guild: int, channel: int) -> None:
    """Log the questions of six weeks."""
    dice = random.Random(11)  # noqa: S311 - nothing is secret here
    now = datetime.datetime.now(datetime.UTC).replace(hour=18, minute=0, second=0, microsecond=0)
    for day in range(DAYS, 0, -1):
        for number in range(dice.randint(2, 12)):
            question = dice.choice(ASKED if dice.random() < 0.75 else IN_VAIN)
            row = row_of(
                desk.answerer.answer(question),
                RequestOrigin(Surface.COMMAND, guild, channel, asker=f"{dice.randrange(9):032x}"),
                asked_at=now - datetime.timedelta(days=day, minutes=-number),
                elapsed_ms=dice.lognormvariate(1, 0.4),
                library=desk.answerer.library.fingerprint,
            )
            await desk.log.add(row)
            if dice.random() < 0.2:
                vote = Vote("a reader", helpful=dice.random() < 0.8, voted_at=now)
                await desk.log.vote(row.id, vote, guild=guild)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--narrow", type=Path, metavar="DIR", help="draw those of a narrow window there")
    draw_lines_like_discord()
    use_installed_chromium()
    asyncio.run(main(parser.parse_args().narrow))
