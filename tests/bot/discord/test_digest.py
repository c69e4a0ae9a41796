"""A channel that a server named gets a digest once a week, and no other does."""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from bot.discord.cogs.digests import DigestsCog
from tests.bot.discord.scene import Scene, drawn, shown, text

if TYPE_CHECKING:
    import simcord

UNANSWERABLE = "Who won the Nobel prize in chemistry?"
PRIVATE = "Which trains reach the coast of Norrholm?"


@pytest.fixture
async def channel(scene: Scene, manager: simcord.MemberActor) -> simcord.ChannelHandle:
    made = scene.guild.create_text_channel("editors")
    await manager.slash(scene.channel, "settings digest", channel=made)
    return made


async def look(scene: Scene, *, days: float) -> None:
    """Have the bot look whose week is over, so many days from now."""
    cog = scene.bot.get_cog("DigestsCog")
    assert isinstance(cog, DigestsCog)
    cog.digests.clock = lambda: datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
    await cog.look()
    await scene.env.settle()


async def test_it_tells_what_the_week_was_like_once(scene: Scene, channel: simcord.ChannelHandle) -> None:
    for actor in (scene.ann, scene.ben):
        await actor.slash(scene.channel, "ask", question=UNANSWERABLE)
    await scene.ann.slash(scene.channel, "ask", question="When was Baghdadi killed?")
    await scene.ann.slash(scene.channel, "ask", question=PRIVATE, private=True)

    await look(scene, days=6.9)
    assert channel.last_message is None
    long_ago = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=8)
    await scene.bot.reception.settings.preferences.change(
        scene.guild.id, lambda server: dataclasses.replace(server, digest_at=long_ago)
    )
    await look(scene, days=0)
    await look(scene, days=0.1)

    (message,) = channel.history()
    said = drawn(message.embeds[0])
    since = said[said.index("<t:") : said.index(":D>") + 3]
    assert said.replace(since, "DAY") == snapshot("""\

**The week since DAY**

**4** questions · **50%** answered

**1** new gap in the sources; `/log unanswered` shows all:
• Who won the Nobel prize in chemistry? (×2)
Turn it off with /settings digest\
""")
    assert PRIVATE not in said


async def test_a_week_later_there_is_another(scene: Scene, channel: simcord.ChannelHandle) -> None:
    await look(scene, days=7.01)
    await look(scene, days=14.02)

    assert len(list(channel.history())) == 2


async def test_without_a_channel_there_is_none(
    scene: Scene, channel: simcord.ChannelHandle, manager: simcord.MemberActor
) -> None:
    result = await manager.slash(scene.channel, "settings digest")

    await look(scene, days=8)

    assert text(shown(result)).startswith("From now on there is no weekly digest.")
    assert list(channel.history()) == []


async def test_a_channel_where_the_bot_may_not_write_costs_the_others_nothing(
    scene: Scene, channel: simcord.ChannelHandle
) -> None:
    other = scene.env.create_guild("Elsewhere")
    place = other.create_text_channel("editors")
    preferences = scene.bot.reception.settings.preferences
    await preferences.change(other.id, lambda server: dataclasses.replace(server, digest_channel=place.id))
    await preferences.change(scene.guild.id, lambda server: dataclasses.replace(server, digest_channel=1))

    await look(scene, days=8)

    assert len(list(place.history())) == 1
    assert list(channel.history()) == []


async def test_nobody_without_the_right_names_a_channel(scene: Scene) -> None:
    (command,) = [command for command in await scene.bot.tree.fetch_commands() if command.name == "settings"]
    scene.guild.set_command_permissions(command, {scene.ann: True})

    for _ in range(100):
        result = await scene.ann.slash(scene.channel, "settings digest", channel=scene.channel)
        assert text(shown(result)) == "Only people who may manage this server can see and change its settings."
    forums = await scene.ann.slash(
        scene.channel, "settings forums add", forum=scene.guild.create_forum_channel("forum")
    )

    assert text(shown(forums)) == "Only people who may manage this server can see and change its settings."
    server = await scene.bot.reception.settings.preferences.server(scene.guild.id)
    assert (server.digest_channel, server.forums) == (None, ())
