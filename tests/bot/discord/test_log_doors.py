"""Nobody gets through a door of `/log` without the right, and nobody into another server's log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest
from inline_snapshot import snapshot

from bot.handlers.filter_arguments import FilterArguments
from bot.pages import charts, log
from bot.services.caller import Caller
from tests.bot.discord.doors import doors, knock, message_of
from tests.bot.discord.scene import Scene, shown, text

if TYPE_CHECKING:
    import simcord

QUESTIONS = ("When was Fallujah lost?", "Who won the Nobel prize in chemistry?", "Which trains reach the coast?")
REFUSED = "Only people who may manage this server can read its log."
IN_PRIVATE = "The log belongs to a server. Use `/log recent` in one that you manage."


@pytest.fixture(autouse=True)
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statistics are asked for often here, and drawing them takes long."""
    monkeypatch.setattr(charts, "can_draw", lambda: False)


async def asked(actor: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
    for question in QUESTIONS:
        await actor.slash(channel, "ask", question=question)


def told(answers: list[Any]) -> list[str]:
    """Give the texts that were sent back, and what was offered to choose from."""
    found = []
    for answer in answers:
        data = answer.get("data") or answer
        found += [_whole(embed) for embed in data.get("embeds", ())]
        found += [choice["value"] for choice in data.get("choices", ())]
        found += [str(data[rest]) for rest in ("components", "attachments") if data.get(rest)]
    return found


def _whole(embed: dict[str, Any]) -> str:
    """All that stands in an embed: its title and its foot name the question and the row."""
    foot = embed.get("footer", {}).get("text", "")
    return "\n".join(filter(None, (embed.get("title", ""), embed.get("description", ""), foot)))


async def test_someone_without_the_right_gets_nothing_by_any_door(scene: Scene, manager: simcord.MemberActor) -> None:
    await asked(scene.ann, scene.channel)
    rows = [row.id for row in await scene.bot.reception.desk.log.recent(10)]
    listed = message_of(scene, shown(await manager.slash(scene.channel, "log recent")))
    every = await doors(scene, rows, scene.ann.id, scene.channel.id)
    assert len(every) >= 100

    of_ann = await knock(scene, every, scene.ann, scene.channel, listed)
    of_mia = await knock(scene, every, manager, scene.channel, listed)

    for door in every:
        refused = [] if door.type is discord.InteractionType.autocomplete else [REFUSED]
        assert told(of_ann[door.name]) == refused, door.name
    opened = [name for name, answers in of_mia.items() if told(answers) not in ([], [REFUSED])]
    assert len(opened) >= 100, "doors that lead nowhere for those who may pass either prove nothing"


async def test_no_door_opens_in_a_direct_message(scene: Scene) -> None:
    await asked(scene.ann, scene.channel)
    await scene.user.send_dm(QUESTIONS[1])
    rows = [row.id for row in await scene.bot.reception.desk.log.recent(10)]
    message = message_of(scene, scene.user.dm_channel.last_message)
    every = await doors(scene, rows, scene.ann.id, scene.channel.id)

    answers = await knock(scene, every, scene.user, scene.user.dm_channel, message)

    by_type = {
        discord.InteractionType.application_command: [IN_PRIVATE],
        discord.InteractionType.component: [IN_PRIVATE],
        discord.InteractionType.autocomplete: [],
    }
    for door in every:
        assert told(answers[door.name]) == by_type[door.type], door.name


async def test_another_servers_rows_come_by_no_door_even_for_who_knows_their_ids(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    elsewhere = scene.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    eve = elsewhere.add_member(scene.env.create_user("eve"))
    for question in ("Who leads Tahrir al-Sham?", "Which rivers dried up in Tikrit?", "Is Ramadi a place?"):
        await eve.slash(channel, "ask", question=question)
    of_others = [row.id for row in await scene.bot.reception.desk.log.recent(10)]
    await asked(scene.ann, scene.channel)
    own = [row.id for row in await scene.bot.reception.desk.log.recent(3)]
    listed = message_of(scene, shown(await manager.slash(scene.channel, "log recent")))

    every = await doors(scene, of_others, scene.ann.id, scene.channel.id)
    answers = await knock(scene, every, manager, scene.channel, listed)

    for name, given in answers.items():
        said = [text for text in told(given) if "the id" not in text]  # which says again what was typed
        assert not [row for row in of_others if row in str(said) and row not in name], name
        assert not [word for word in ("Sham", "Tikrit", "Ramadi") if word in str(said)], name
    assert all(row in str(answers) for row in own), "these doors do show what is the server's own"


async def test_a_server_gets_the_same_whatever_is_asked_in_another(scene: Scene) -> None:
    await asked(scene.ann, scene.channel)
    caller = Caller(1, guild=scene.guild.id, manages=True)
    reception = scene.bot.reception

    async def everything() -> list[Any]:
        return [
            await reception.review.recent(caller, FilterArguments()),
            await reception.review.recent(caller, FilterArguments(words="nobel")),
            await reception.review.recent(caller, FilterArguments(channel=scene.channel.id)),
            await reception.review.ids(caller, ""),
            await reception.reports.stats(caller, FilterArguments()),
            *[await reception.reports.export(caller, FilterArguments(), form, room=10**6) for form in ("csv", "jsonl")],
        ]

    alone = await everything()
    elsewhere = scene.env.create_guild("Elsewhere")
    await asked(elsewhere.add_member(scene.env.create_user("eve")), elsewhere.create_text_channel("general"))

    assert await everything() == alone


async def test_those_who_may_not_manage_the_server_do_not_even_see_the_command(scene: Scene) -> None:
    assert [name for name in scene.ann.available_commands(scene.channel) if name.startswith("log")] == []


async def test_those_whom_a_server_lets_run_it_are_still_refused(scene: Scene) -> None:
    (command,) = [command for command in await scene.bot.tree.fetch_commands() if command.name == "log"]
    scene.guild.set_command_permissions(command, {scene.ann: True})
    await scene.ann.slash(scene.channel, "ask", question="Who leads the group now?")

    result = await scene.ann.slash(scene.channel, "log recent")

    assert result.ephemeral
    assert text(shown(result)) == snapshot("Only people who may manage this server can read its log.")


async def test_the_button_refuses_who_is_no_manager_any_more(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    role = scene.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    user = scene.env.create_user("mia")
    manager = scene.guild.add_member(user, roles=[role])
    monkeypatch.setattr(log, "PER_PAGE", 1)
    await asked(scene.ann, scene.channel)
    listed = await manager.slash(scene.channel, "log recent")
    scene.guild.remove_member(manager)
    former = scene.guild.add_member(user)

    await former.click(shown(listed), label="Older")

    assert text(shown(listed)) == REFUSED


async def test_an_administrator_may_read_it(scene: Scene) -> None:
    role = scene.guild.create_role("Admins", permissions=discord.Permissions(administrator=True))
    admin = scene.guild.add_member(scene.env.create_user("ada"), roles=[role])
    await asked(scene.ann, scene.channel)

    result = await admin.slash(scene.channel, "log recent")

    assert QUESTIONS[0] in text(shown(result))
