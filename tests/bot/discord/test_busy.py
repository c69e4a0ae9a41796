"""Many questions at once: everyone is answered, who asks too much is told so kindly, and nobody is kept waiting."""

from __future__ import annotations

import asyncio
import copy
from typing import TYPE_CHECKING

import discord
import pytest
from inline_snapshot import snapshot

from bot.discord.cogs.mentions import MentionsCog
from bot.services.fair_queue import BURST, FullError, StillAnsweringError
from tests.bot.discord.scene import Scene, shown, text

if TYPE_CHECKING:
    from bot.services.question_service import Desk

QUESTION = "Who leads the group now?"


@pytest.fixture(autouse=True)
def all_at_once(scene: Scene) -> None:
    """Let no time pass between two questions, on a slow machine neither."""
    scene.bot.reception.queue.cooldowns.clock = scene.bot.delivery.told.clock = lambda: 0.0


async def test_who_asks_too_fast_is_told_when_to_ask_again_and_nobody_else_sees_it(scene: Scene, desk: Desk) -> None:
    for _ in range(int(BURST)):
        assert not (await scene.ann.slash(scene.channel, "ask", question=QUESTION)).ephemeral

    result = await scene.ann.slash(scene.channel, "ask", question=QUESTION)

    assert result.ephemeral
    assert text(shown(result)).startswith("One moment, please: you can ask again in ")
    assert not (await scene.ben.slash(scene.channel, "ask", question=QUESTION)).ephemeral
    assert len(await desk.log.recent(50)) == BURST + 1


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (FullError, snapshot("Many people are asking right now. Please ask again in a minute.")),
        (StillAnsweringError, snapshot("I am still answering your last questions. Ask again when I am done.")),
    ],
)
@pytest.mark.parametrize("command", ["ask", "compare", "verify"])
async def test_who_cannot_be_served_is_told_why(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, command: str, error: type[Exception], line: str
) -> None:
    def refuse(_: int) -> None:
        raise error(60)

    for queue in (
        scene.bot.reception.queue,
        scene.bot.reception.checks.queue,
    ):
        monkeypatch.setattr(queue, "_check", refuse)

    options = {"text": QUESTION} if command == "verify" else {"question": QUESTION}
    result = await scene.ann.slash(scene.channel, command, **options)

    assert result.ephemeral
    assert text(shown(result)) == line


async def test_who_mentions_the_bot_too_often_is_told_so_once_a_minute(scene: Scene) -> None:
    for _ in range(int(BURST) + 5):
        await scene.ann.send(scene.channel, f"{scene.me} {QUESTION}")

    said = [text(message) for message in scene.channel.history() if message.author.bot]
    assert len(said) == BURST + 1
    assert sum(line.startswith("One moment, please") for line in said) == 1


async def test_ten_thousand_mentions_where_the_bot_may_not_write_are_few_requests(scene: Scene) -> None:
    message = await scene.ann.send(scene.channel, "Hello")
    message.content = f"{scene.me} {QUESTION}"
    before = len(scene.env.http_requests)
    scene.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    mentions = scene.bot.get_cog("MentionsCog")
    assert isinstance(mentions, MentionsCog)

    def by(person: int) -> discord.Message:
        one = copy.copy(message)
        one.author = discord.Object(person)  # type: ignore[assignment]  # all that is looked at is the id
        one.author.bot = False
        return one

    first = await asyncio.gather(*(mentions.on_message(by(n)) for n in range(100)), return_exceptions=True)
    for number in range(9_900):
        await mentions.on_message(by(number))

    assert sum(isinstance(error, discord.Forbidden) for error in first) == 1
    assert len(scene.env.http_requests) - before == 1


async def test_where_the_bot_was_let_write_again_it_answers_after_a_while(scene: Scene) -> None:
    scene.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await scene.ann.send(scene.channel, f"{scene.me} {QUESTION}")
    scene.env.errors.clear()
    scene.bot.delivery.channels.clock = lambda: 10.0**9

    await scene.ann.send(scene.channel, f"{scene.me} {QUESTION}")

    assert scene.last.author.bot
