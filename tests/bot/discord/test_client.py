"""The client: what it asks Discord for, when it syncs, and what people see when something breaks."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.config.errors import LogError
from bot.discord.client import INTENTS
from tests.bot.discord.scene import Scene, labels, shown, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.discord.client import Quoth
    from bot.services.question_service import Desk
    from tests.bot.openapi import Description

SECRET = "the secret words of the question"


def test_no_privileged_intent_is_asked_for() -> None:
    assert INTENTS.value & (discord.Intents.all().value ^ discord.Intents.default().value) == 0


async def test_it_serves_without_the_leave_that_privileged_intents_need(scene: Scene) -> None:
    assert scene.bot.is_ready()
    assert str(scene.bot.activity) == "Quoting 5 sources"


def syncs(scene: Scene) -> int:
    return sum(sent.method == "PUT" and sent.path.endswith("/commands") for sent in scene.env.http_requests)


async def test_commands_are_synced_once_and_not_again_while_they_are_the_same(
    scene: Scene, new_bot: Callable[[], Quoth]
) -> None:
    await scene.env.restart_bot(new_bot())

    assert syncs(scene) == 1


async def test_commands_are_synced_again_when_that_is_wanted(scene: Scene, new_bot: Callable[[], Quoth]) -> None:
    bot = new_bot()
    bot.syncing.force = True
    await scene.env.restart_bot(bot)

    assert syncs(scene) == 2


async def test_commands_are_synced_again_when_they_have_changed(scene: Scene, new_bot: Callable[[], Quoth]) -> None:
    bot = new_bot()
    bot.tree.add_command(discord.app_commands.Command(name="new", description="New", callback=new))
    await scene.env.restart_bot(bot)

    assert syncs(scene) == 2


async def new(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.pong()


async def test_commands_that_discord_does_not_take_do_not_keep_the_bot_from_serving(
    scene: Scene, new_bot: Callable[[], Quoth]
) -> None:
    bot = new_bot()
    bot.syncing.force = True
    scene.env.inject_error("PUT", "/applications/*/commands", status=503)
    await scene.env.restart_bot(bot)

    result = await scene.ann.slash(scene.channel, "ask", question="Who leads the group now?")
    assert result.acknowledged
    assert bot.syncing.force


async def fail(*_: Any, **__: Any) -> Any:
    raise RuntimeError(SECRET)


async def test_a_broken_command_is_told_kindly_to_one_person_and_without_its_words_to_the_log(
    scene: Scene, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(desk, "ask", fail)
    caplog.set_level(logging.INFO)

    result = await scene.ann.slash(scene.channel, "ask", question=SECRET)

    assert result.ephemeral
    told = text(shown(result))
    assert told.startswith("Something went wrong, and it is not your fault.")
    assert len(scene.env.errors) == 1
    (line,) = [record.getMessage() for record in caplog.records if record.name == "bot.discord.error_handler"]
    reference = told.split("`")[1]
    assert line.startswith(f"Error {reference}: RuntimeError < test_client.py:")
    assert SECRET not in caplog.text


async def test_a_broken_mention_and_a_broken_button_are_told_as_well(
    scene: Scene, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = await scene.ann.slash(scene.channel, "ask", question="Who won the Nobel prize in chemistry?")
    monkeypatch.setattr(desk, "ask", fail)
    monkeypatch.setattr(scene.bot.reception.questions, "closest", fail)

    await scene.ann.send(scene.channel, f"{scene.me} Who leads?")
    pressed = await scene.ann.click(shown(refusal), label="Closest passages")

    for message in (scene.last, pressed.response):
        assert text(message).startswith("Something went wrong")
    assert pressed.ephemeral
    assert [type(error) for error in scene.env.errors] == [RuntimeError, RuntimeError]


async def test_a_log_that_cannot_be_written_costs_nobody_the_answer(
    scene: Scene, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unwritable(*_: Any, **__: Any) -> None:
        raise LogError("The disk is full.")

    monkeypatch.setattr(desk.log, "add", unwritable)

    answer = await scene.ann.slash(scene.channel, "ask", question="When was Fallujah lost?")
    refusal = await scene.ann.slash(scene.channel, "ask", question="Who won the Nobel prize in chemistry?")

    assert "> " in text(shown(answer))
    assert "The closest passages, though they do not answer it:" in text(shown(refusal))
    assert refusal.response is not None
    assert labels(shown(refusal)) == ["Delete"]


async def test_a_log_that_cannot_be_read_is_said_so(scene: Scene, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def unreadable(*_: Any, **__: Any) -> None:
        raise LogError("The disk is gone.")

    refusal = await scene.ann.slash(scene.channel, "ask", question="Who won the Nobel prize in chemistry?")
    monkeypatch.setattr(desk.log, "get", unreadable)

    pressed = await scene.ann.click(shown(refusal), label="Closest passages")

    assert text(shown(pressed)).startswith("The log cannot be read right now.")


async def test_where_the_bot_may_not_write_it_stays_silent(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)

    await scene.ann.send(scene.channel, f"{scene.me} Who leads the group now?")

    assert len(scene.channel.history()) == 1
    assert [type(error) for error in scene.env.errors] == [discord.Forbidden]
    assert f"Discord does not let me write in channel {scene.channel.id} (50013)" in caplog.text


def test_the_requests_of_these_tests_are_checked(description: Description | None) -> None:
    if description is None:
        pytest.skip("Discord's own description of its API is not beside the checkout (shared/discord/openapi.json).")
    description.check("GET", "/gateway/bot", params={}, body=None)
