"""`/log recent`: for those who may manage a server, of that server only, seen by them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest
from inline_snapshot import snapshot

from bot.pages import log
from tests.bot.discord.scene import Scene, shown, text

if TYPE_CHECKING:
    import simcord


@pytest.fixture
def manager(scene: Scene) -> simcord.MemberActor:
    role = scene.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    return scene.guild.add_member(scene.env.create_user("mia"), roles=[role])


async def test_managers_see_their_own_servers_questions_and_nobody_elses(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    elsewhere = scene.env.create_guild("Elsewhere")
    await elsewhere.add_member(scene.env.create_user("eve")).slash(
        elsewhere.create_text_channel("general"), "ask", question="A question of another server"
    )
    await scene.user.send_dm("A question in a direct message")
    await scene.ann.slash(scene.channel, "ask", question="Who leads the *group* now?")

    result = await manager.slash(scene.channel, "log recent")

    assert result.ephemeral
    body = text(shown(result))
    assert r"Who leads the \*group\* now?" in body
    assert "another server" not in body
    assert "direct message" not in body


async def test_an_empty_log_says_so(scene: Scene, manager: simcord.MemberActor) -> None:
    result = await manager.slash(scene.channel, "log recent")

    assert text(shown(result)) == snapshot("Nothing has been asked here yet.")


async def test_those_who_may_not_manage_the_server_do_not_even_see_the_command(scene: Scene) -> None:
    assert "log recent" not in scene.ann.available_commands(scene.channel)


async def test_those_whom_a_server_lets_run_it_are_still_refused(scene: Scene) -> None:
    (command,) = [command for command in await scene.bot.tree.fetch_commands() if command.name == "log"]
    scene.guild.set_command_permissions(command, {scene.ann: True})
    await scene.ann.slash(scene.channel, "ask", question="Who leads the group now?")

    result = await scene.ann.slash(scene.channel, "log recent")

    assert result.ephemeral
    assert text(shown(result)) == snapshot("Only those who may manage this server can read its log.")


async def test_older_questions_are_behind_a_button_that_checks_again(
    scene: Scene, manager: simcord.MemberActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "PER_PAGE", 1)
    for question in ("The first question", "The second question"):
        await scene.ann.slash(scene.channel, "ask", question=question)
    listed = await manager.slash(scene.channel, "log recent")
    assert "second" in text(shown(listed))

    await manager.click(shown(listed), label="Older")
    assert "first" in text(shown(listed))
    assert shown(listed).components == []


async def test_the_button_refuses_who_is_no_manager_any_more(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    role = scene.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    user = scene.env.create_user("mia")
    manager = scene.guild.add_member(user, roles=[role])
    monkeypatch.setattr(log, "PER_PAGE", 1)
    for question in ("The first question", "The second question"):
        await scene.ann.slash(scene.channel, "ask", question=question)
    listed = await manager.slash(scene.channel, "log recent")
    scene.guild.remove_member(manager)
    former = scene.guild.add_member(user)

    await former.click(shown(listed), label="Older")

    assert text(shown(listed)) == snapshot("Only those who may manage this server can read its log.")
