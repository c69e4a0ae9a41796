"""A new post in a forum that a server named gets a first answer from its title, or none, and its author judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest
from inline_snapshot import snapshot

from bot.pages import notices
from bot.services import question_request
from bot.store.filters import Filter
from bot.store.log_row import Outcome, Surface
from tests.bot.discord.doors import knock, message_of, pressed
from tests.bot.discord.scene import Scene, shown, text

if TYPE_CHECKING:
    import simcord

    from bot.services.question_service import Desk

TITLE = "When was Baghdadi killed?"  # which a source answers surely
UNSURE = "How is the weather in Mosul for a picnic?"
REFUSED = notices.not_your_post().body


@pytest.fixture
async def forum(scene: Scene, manager: simcord.MemberActor, monkeypatch: pytest.MonkeyPatch) -> simcord.ChannelHandle:
    """A forum that the server named, where answers are sure from 70 % on, whatever the articles of today are like."""
    monkeypatch.setattr(question_request, "UNASKED", 0.7)
    made = scene.guild.create_forum_channel("help-me")
    await manager.slash(scene.channel, "settings forums add", forum=made)
    return made


async def post(
    scene: Scene, forum: simcord.ChannelHandle, author: Any, title: str, *, message_first: bool = False
) -> list[Any]:
    """Write a post as Discord tells of it, in one order or the other; give the messages below its first."""
    backend = scene.env.backend
    thread = backend.create_thread(forum.id, title, author.id, broadcast=False)
    first = backend.create_message(thread.id, author.id, "It is as the title says.", broadcast=False)
    del backend.messages[thread.id][first.id]
    first.id = thread.id  # as Discord has it: the post has the id of its first message
    backend.messages[thread.id][first.id] = first
    for of_the_post in (not message_first, message_first):
        if of_the_post:
            backend.announce_thread_create(thread)
        else:
            backend.announce_message_create(first)
        await scene.env.settle()
    return [message for id_, message in backend.messages[thread.id].items() if id_ != first.id]


@pytest.mark.parametrize("message_first", [False, True])
async def test_a_post_whose_title_a_source_answers_gets_one_answer(
    scene: Scene, forum: simcord.ChannelHandle, desk: Desk, *, message_first: bool
) -> None:
    (answer,) = await post(scene, forum, scene.ann, TITLE, message_first=message_first)

    (row,) = await desk.log.recent(5)
    assert (row.surface, row.question, row.asker) == (Surface.FORUM, TITLE, f"asker-{scene.ann.id}")
    assert (row.message, row.channel) == (answer.id, answer.channel_id)
    labels = [button["label"] for button in answer.components[0]["components"]]
    assert labels == snapshot(["It does", "Not this", "Context"])
    said = answer.embeds[0]["description"].rpartition("\n\n")[2]
    assert said == snapshot("*I found this in the sources. Does it answer your question?*")


async def test_where_no_source_surely_answers_the_bot_is_silent_and_the_title_is_a_gap(
    scene: Scene, forum: simcord.ChannelHandle, desk: Desk, manager: simcord.MemberActor
) -> None:
    assert await post(scene, forum, scene.ann, UNSURE) == []

    (row,) = await desk.log.find(Filter(unanswered=True), 5)
    assert (row.surface, row.outcome, row.question) == (Surface.FORUM, Outcome.NO_ANSWER, UNSURE)
    assert "picnic" in text(shown(await manager.slash(scene.channel, "log unanswered")))


async def test_a_forum_that_nobody_named_and_a_thread_elsewhere_get_none(
    scene: Scene, forum: simcord.ChannelHandle, desk: Desk, manager: simcord.MemberActor
) -> None:
    other = scene.guild.create_forum_channel("off-topic")
    assert await post(scene, other, scene.ann, TITLE) == []
    assert await post(scene, scene.channel, scene.ann, TITLE) == []
    await manager.slash(scene.channel, "settings forums remove", forum=forum)
    assert await post(scene, forum, scene.ann, TITLE) == []

    assert list(await desk.log.recent(5)) == []


async def test_the_author_says_that_it_helps_and_the_buttons_become_those_of_an_answer(
    scene: Scene, forum: simcord.ChannelHandle, desk: Desk
) -> None:
    (answer,) = await post(scene, forum, scene.ann, TITLE)

    await scene.ann.click(message(scene, answer), label="It does")

    (row,) = await desk.log.recent(1)
    assert (row.up, row.down, row.withdrawn) == (1, 0, False)
    kept = scene.env.backend.get_message(answer.channel_id, answer.id)
    assert [button["label"] for button in kept.components[0]["components"]] == ["More", "Context", "Why?", "Delete"]


async def test_the_author_says_that_it_does_not_and_the_answer_goes_and_is_a_gap(
    scene: Scene, forum: simcord.ChannelHandle, desk: Desk, manager: simcord.MemberActor
) -> None:
    (answer,) = await post(scene, forum, scene.ann, TITLE)

    await scene.ann.click(message(scene, answer), label="Not this")

    (row,) = await desk.log.recent(1)
    assert (row.up, row.down, row.withdrawn) == (0, 1, True)
    assert answer.id not in scene.env.backend.messages[answer.channel_id]
    assert "Baghdadi" in text(shown(await manager.slash(scene.channel, "log unanswered")))


async def test_nobody_else_judges_it_however_they_forge_it(
    scene: Scene, forum: simcord.ChannelHandle, desk: Desk
) -> None:
    (answer,) = await post(scene, forum, scene.ann, TITLE)
    (row,) = await desk.log.recent(1)
    elsewhere = scene.env.create_guild("Elsewhere")
    role = elsewhere.create_role("All", permissions=discord.Permissions(administrator=True))
    eve = elsewhere.add_member(scene.env.create_user("eve"), roles=[role])
    channel = elsewhere.create_text_channel("general")
    own = message_of(scene, shown(await eve.slash(channel, "help")))
    every = [pressed(action, row.id) for action in ("helped", "notthis") for _ in range(50)]

    refused = await scene.ben.click(message(scene, answer), label="Not this")
    of_eve = await knock(scene, every, eve, channel, own)
    of_ben = await knock(scene, every, scene.ben, scene.channel, own)

    assert text(shown(refused)) == REFUSED
    assert await desk.log.get(row.id) == row
    for name, given in [*of_eve.items(), *of_ben.items()]:
        assert REFUSED in str(given), name
        assert "Baghdadi" not in str(given), name


async def test_a_restart_forgets_nothing_that_a_button_needs(
    scene: Scene, forum: simcord.ChannelHandle, desk: Desk, new_bot: Any
) -> None:
    (answer,) = await post(scene, forum, scene.ann, TITLE)
    await scene.env.restart_bot(new_bot())

    await scene.ann.click(message(scene, answer), label="It does")

    assert (await desk.log.recent(1))[0].up == 1


async def test_a_post_is_answered_once_however_often_discord_tells_of_it(
    scene: Scene, forum: simcord.ChannelHandle, desk: Desk
) -> None:
    (answer,) = await post(scene, forum, scene.ann, TITLE)
    backend = scene.env.backend
    thread = backend.get_channel(answer.channel_id)

    for _ in range(3):
        backend.announce_thread_create(thread)
        backend.announce_message_create(backend.get_message(thread.id, thread.id))
        await scene.env.settle()

    assert len(backend.messages[thread.id]) == 2
    assert len(await desk.log.recent(5)) == 1


def message(scene: Scene, stored: Any) -> Any:
    """A stored message as those who press its buttons see it."""
    from simcord.results import to_discord_message  # noqa: PLC0415

    return to_discord_message(scene.env, stored)
