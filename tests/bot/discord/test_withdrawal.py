"""An answer is its asker's: they, and whoever looks after messages, can delete it; and one can ask on below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import InteractionType
from inline_snapshot import snapshot

from bot.pages import notices
from bot.store.log_row import Surface
from bot.store.preferences import Server
from tests.bot.discord.doors import knock, message_of, pressed, sent
from tests.bot.discord.scene import Scene, labels, shown, text

if TYPE_CHECKING:
    import simcord

    from bot.services.question_service import Desk

QUESTION = "When was Baghdadi killed?"
REFUSED = notices.not_yours_to_delete().body


@pytest.fixture
async def answer(scene: Scene) -> simcord.ResponseMessage:
    return shown(await scene.ann.slash(scene.channel, "ask", question=QUESTION))


@pytest.fixture
def moderator(scene: Scene) -> simcord.MemberActor:
    """Mo, who may manage messages."""
    role = scene.guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    return scene.guild.add_member(scene.env.create_user("mo"), roles=[role])


def in_channel(scene: Scene) -> list[int]:
    return [message.id for message in scene.channel.history()]


async def test_the_message_of_an_answer_is_noted_with_its_row(
    scene: Scene, answer: simcord.ResponseMessage, desk: Desk
) -> None:
    await scene.ann.send(scene.channel, f"{scene.me} {QUESTION}")

    by_mention, by_command = await desk.log.recent(2)
    assert (by_command.message, by_mention.message) == (answer.id, scene.last.id)


async def test_the_asker_deletes_an_answer_and_its_row_stays(
    scene: Scene, answer: simcord.ResponseMessage, desk: Desk
) -> None:
    await scene.ann.click(answer, label="Delete")

    (row,) = await desk.log.recent(1)
    assert (row.withdrawn, row.question, answer.id in in_channel(scene)) == (True, QUESTION, False)


async def test_an_answer_to_a_mention_and_a_private_one_are_deleted_too(scene: Scene, desk: Desk) -> None:
    await scene.ann.send(scene.channel, f"{scene.me} {QUESTION}")
    await scene.ann.click(scene.last, label="Delete")
    private = shown(await scene.ann.slash(scene.channel, "ask", question=QUESTION, private=True))
    await scene.ann.click(private, label="Delete")
    await scene.user.send_dm(QUESTION)
    await scene.user.click(scene.user.dm_channel.last_message, label="Delete")

    assert [row.withdrawn for row in await desk.log.recent(3)] == [True] * 3


async def test_so_is_one_that_was_not_logged(scene: Scene, desk: Desk) -> None:
    await scene.bot.reception.settings.preferences.change(scene.guild.id, lambda _: Server(told=True, logged=False))
    answer = shown(await scene.ann.slash(scene.channel, "ask", question=QUESTION))
    assert labels(answer) == ["Delete"]

    refused = await scene.ben.click(answer, label="Delete")
    assert text(shown(refused)) == REFUSED
    await scene.ann.click(answer, label="Delete")

    assert answer.id not in in_channel(scene)
    assert list(await desk.log.recent(1)) == []


async def test_who_may_manage_messages_deletes_it_and_others_are_told_why_not(
    scene: Scene, answer: simcord.ResponseMessage, moderator: simcord.MemberActor, desk: Desk
) -> None:
    refused = await scene.ben.click(answer, label="Delete")

    assert refused.ephemeral
    assert text(shown(refused)) == snapshot(
        "Only the person who asked, or someone who may manage messages here, can delete this answer."
    )
    assert not (await desk.log.recent(1))[0].withdrawn
    await moderator.click(answer, label="Delete")
    assert (await desk.log.recent(1))[0].withdrawn
    assert answer.id not in in_channel(scene)


async def test_the_log_says_that_it_was_withdrawn(
    scene: Scene, answer: simcord.ResponseMessage, manager: simcord.MemberActor
) -> None:
    await scene.ann.click(answer, label="Delete")

    assert "withdrawn" in text(shown(await manager.slash(scene.channel, "log recent")))


async def test_ask_on_opens_a_field_and_its_question_follows_that_one(
    scene: Scene, answer: simcord.ResponseMessage, desk: Desk
) -> None:
    form = await scene.ben.click(answer, label="Ask on")  # by somebody who asked nothing before
    followed = await scene.ben.submit_modal(form, {"text": "Where was he killed?"})

    newest, first = await desk.log.recent(2)
    assert not followed.ephemeral
    assert (newest.follows, newest.surface, newest.asker) == (first.id, Surface.COMMAND, f"asker-{scene.ben.id}")
    assert "Ask on" in labels(shown(followed))


async def test_what_follows_a_private_answer_is_private(scene: Scene, desk: Desk) -> None:
    private = shown(await scene.ann.slash(scene.channel, "ask", question=QUESTION, private=True))

    followed = await scene.ann.submit_modal(
        await scene.ann.click(private, label="Ask on"), {"text": "Where was he killed?"}
    )

    assert followed.ephemeral
    assert [row.private for row in await desk.log.recent(2)] == [True, True]


async def test_only_the_answer_to_a_command_has_it(scene: Scene) -> None:
    await scene.ann.send(scene.channel, f"{scene.me} {QUESTION}")

    assert "askon" not in str(message_of(scene, scene.last))


def doors(ids: list[str]) -> list[Any]:
    return [
        door
        for row in ids
        for door in (pressed("delete", row), pressed("askon", row), *(sent("followup", row, said) for said in SAID))
    ]


SAID = ("And who leads it now?", "Where?", "When was he killed?")


async def test_no_forged_press_deletes_or_follows_what_is_anothers(scene: Scene, desk: Desk) -> None:
    elsewhere = scene.env.create_guild("Elsewhere")
    role = elsewhere.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    eve = elsewhere.add_member(scene.env.create_user("eve"), roles=[role])
    channel = elsewhere.create_text_channel("general")
    own = shown(await eve.slash(channel, "ask", question="Who leads the group now?"))
    for number in range(20):
        await scene.ann.slash(scene.channel, "ask", question=QUESTION, private=number % 2 == 0)
        scene.bot.reception.queue.cooldowns._full_at.clear()
    rows = [row for row in await desk.log.recent(30) if row.guild == scene.guild.id]
    every = doors([row.id for row in rows])
    assert len(every) >= 100

    answers = await knock(scene, every, eve, channel, message_of(scene, own))
    kept = {row.id: row for row in await desk.log.recent(200)}
    of_ben = await knock(
        scene,
        [door for door in every if door.name.startswith("quoth:delete")],
        scene.ben,
        scene.channel,
        {**message_of(scene, own), "id": str(rows[1].message)},
    )

    assert all(kept[row.id] == row for row in rows), "nothing was withdrawn"
    assert not [row for row in kept.values() if row.follows in {other.id for other in rows}], "nothing was followed"
    for name, given in [*answers.items(), *of_ben.items()]:
        assert "Baghdadi" not in str(given), name
        assert "askon" not in name or all(answer["type"] != 9 for answer in given if "type" in answer), name
    assert [kept[row.id] for row in rows] == [await desk.log.get(row.id) for row in rows]
    assert all(door.type is not InteractionType.application_command for door in every)
