"""A flood: one person asks 200 questions in a second, and 40 others once each meanwhile."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import simcord

from bot.discord.client import Quoth
from bot.discord.command_sync import CommandSync
from bot.discord.delivery import Delivery
from bot.handlers import Reception
from bot.services.question_service import Desk
from bot.store.sqlite.query_log import SqliteQueryLog

if TYPE_CHECKING:
    from pathlib import Path

    from bot.services.fair_queue import FairQueue
    from retrieval.answer.answerer import Answerer

QUESTION = "How many prisoners are guarded by the Syrian Democratic Forces, number {number}?"
OTHERS = 40
FLOOD = 200
TOKEN = 3.0  # seconds that Discord waits for a first answer
STEP = 0.002
GIVEN_UP = 120.0  # seconds


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was sent: by the one who asks much or not, when, and what became of it."""

    flood: bool
    at: float
    result: simcord.InteractionResult


@dataclass(frozen=True, slots=True)
class Load:
    """What became of all questions: the seconds that each waited for its first answer, and what went wrong."""

    others: list[float]
    flood: list[float]
    unanswered: int
    turned_away: int
    errors: int


async def load(answerer: Answerer, data: Path, *, queue: FairQueue | None = None) -> Load:
    """Send the questions within a second, and note when each has its first answer."""
    waits: dict[int, float] = {}
    log = await SqliteQueryLog.open(data / "quoth.db")
    try:
        reception = Reception(Desk(answerer, log), asker=str, queue=queue)
        bot = Quoth(reception, Delivery(), CommandSync(data / "commands"))
        asked, errors = await flooded(bot, seconds=1.0, waits=waits)
    finally:
        await log.close()
    return Load(
        others=[waits[number] for number, each in enumerate(asked) if not each.flood],
        flood=[waits[number] for number, each in enumerate(asked) if each.flood],
        unanswered=sum(wait > TOKEN for wait in waits.values()),
        turned_away=sum(each.result.ephemeral for each in asked),
        errors=errors,
    )


async def flooded(
    bot: Quoth, *, seconds: float = 0.0, waits: dict[int, float] | None = None
) -> tuple[list[Asked], int]:
    """Send the questions within so many seconds; what became of each, and how many errors there were.

    Into `waits` goes how long each waited.
    """
    asked: list[Asked] = []
    async with simcord.run(bot, settle_timeout=GIVEN_UP) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("general")
        people = [guild.add_member(env.create_user(f"person{number}")) for number in range(OTHERS + 1)]
        watching = None if waits is None else asyncio.create_task(_watch(asked, waits))
        await _send(env, people, channel, asked, seconds)
        if watching:
            await watching
        await env.settle()
        return asked, len(env.errors)


async def _send(env: simcord.Env, people: list[Any], channel: Any, asked: list[Asked], seconds: float) -> None:
    """Send 200 questions of the first person, and one of each other between them."""
    settle = env._settle_internal
    env._settle_internal = _no_wait  # type: ignore[method-assign]  # the next is sent before this one is answered
    began = time.perf_counter()
    others = iter(people[1:])
    for number in range(FLOOD):
        senders = [(people[0], True)] + ([(next(others), False)] if number % (FLOOD // OTHERS) == 0 else [])
        for sender, flood in senders:
            result = await sender.slash(channel, "ask", question=QUESTION.format(number=number))
            asked.append(Asked(flood, time.perf_counter(), result))
        await asyncio.sleep(max(0.0, began + seconds * number / FLOOD - time.perf_counter()))
    env._settle_internal = settle  # type: ignore[method-assign]


async def _no_wait(**_: Any) -> None:
    """Stand in for SimCord's waiting until the bot is done."""


async def _watch(asked: list[Asked], waits: dict[int, float]) -> None:
    """Note when each question has its first answer."""
    began = time.perf_counter()
    while len(waits) < FLOOD + OTHERS and time.perf_counter() - began < GIVEN_UP:
        await asyncio.sleep(STEP)
        for number, each in enumerate(asked):
            if number not in waits and each.result.acknowledged:
                waits[number] = time.perf_counter() - each.at


def percentile(waits: list[float], share: int) -> float:
    """The least wait that `share` of 100 do not exceed."""
    ordered = sorted(waits)
    return ordered[-(-len(ordered) * share // 100) - 1]
