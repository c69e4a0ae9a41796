"""Where the bot can be taken, and what it asks for there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.discord.client import INTENTS
from bot.discord.command_sync import told_commands
from bot.discord.invite_links import PERMISSIONS, personal_link, server_link
from tests.bot.discord.scene import one_embed

if TYPE_CHECKING:
    import simcord

    from tests.bot.discord.scene import Scene

SERVERS, DIRECT, PRIVATE = 0, 1, 2  # where a command can be used
BY_SERVER, BY_PERSON = 0, 1  # who can add it


def test_a_server_is_asked_for_what_a_reply_needs_and_nothing_else() -> None:
    link = urlsplit(server_link(123))

    assert (link.netloc, link.path) == ("discord.com", "/oauth2/authorize")
    assert parse_qs(link.query) == {
        "client_id": ["123"],
        "scope": ["bot applications.commands"],
        "permissions": [str(PERMISSIONS.value)],
        "integration_type": ["0"],
    }
    assert [name for name, is_asked in PERMISSIONS if is_asked] == [
        "read_messages",  # to see a channel
        "send_messages",
        "embed_links",
        "read_message_history",
        "send_messages_in_threads",
    ]


def test_a_person_is_asked_for_commands_alone() -> None:
    assert parse_qs(urlsplit(personal_link(123)).query) == {
        "client_id": ["123"],
        "scope": ["applications.commands"],
        "integration_type": ["1"],
    }


def test_no_intent_is_asked_for_that_needs_discords_leave() -> None:
    assert (INTENTS.message_content, INTENTS.members, INTENTS.presences) == (False, False, False)


async def test_what_is_a_servers_own_is_for_servers_and_all_else_can_be_taken_anywhere(scene: Scene) -> None:
    commands = {command["name"]: command for command in await told_commands(scene.bot.tree)}

    assert {"ask", "sources", "help", "Find sources", "log"} <= commands.keys()
    for name, command in commands.items():
        # Who may keep a message is for a server to say, and may be a role: Discord cannot tell by permissions.
        is_servers_own = command["default_member_permissions"] is not None or name == "Keep as a source"
        taken = sorted(command["contexts"]), sorted(command["integration_types"])
        anywhere = [SERVERS, DIRECT, PRIVATE], [BY_SERVER, BY_PERSON]
        assert taken == (([SERVERS], [BY_SERVER]) if is_servers_own else anywhere), name


def quiet_channel(scene: Scene, allowed: discord.Permissions) -> tuple[simcord.ChannelHandle, simcord.MemberActor]:
    """Give a channel where the bot may do only what is allowed, and someone who may do everything in it."""
    everything = discord.Permissions.all()
    people = scene.guild.create_role("people")
    overwrites: dict[Any, discord.PermissionOverwrite] = {
        scene.guild.default_role: discord.PermissionOverwrite.from_pair(allowed, everything ^ allowed),
        people: discord.PermissionOverwrite.from_pair(everything, discord.Permissions.none()),
    }
    cleo = scene.guild.add_member(scene.env.create_user("cleo"), roles=[people])
    return scene.guild.create_text_channel("quiet", overwrites=overwrites), cleo


def thread_of(scene: Scene, channel: simcord.ChannelHandle, owner: simcord.MemberActor) -> simcord.ChannelHandle:
    scene.env.backend.create_thread(channel.id, "asides", owner.id)
    (thread,) = channel.threads
    return thread


async def test_with_what_it_asks_for_it_answers_in_channels_and_threads(scene: Scene) -> None:
    channel, cleo = quiet_channel(scene, PERMISSIONS)

    for place in (channel, thread_of(scene, channel, cleo)):
        await cleo.send(place, f"{scene.me} When was Fallujah lost?")

        assert place.last_message
        assert one_embed(place.last_message).title == "When was Fallujah lost?"


@pytest.mark.parametrize("missing", ["send_messages", "send_messages_in_threads"])
async def test_with_less_it_stays_silent_and_a_command_is_answered_all_the_same(scene: Scene, missing: str) -> None:
    channel, cleo = quiet_channel(scene, PERMISSIONS ^ discord.Permissions(**{missing: True}))
    place = thread_of(scene, channel, cleo) if missing.endswith("threads") else channel

    sent = await cleo.send(place, f"{scene.me} When was Fallujah lost?")
    assert place.last_message == sent
    assert [type(error) for error in scene.env.errors] == [discord.Forbidden]

    result = await cleo.slash(place, "ask", question="When was Fallujah lost?")
    assert one_embed(result.response).title == "When was Fallujah lost?"
