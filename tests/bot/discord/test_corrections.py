"""`/log corrections`: answers whose source says something else by now are listed, and their messages are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest
from inline_snapshot import snapshot

from bot.store.log_row import RowNote
from tests.bot.discord.doors import Door, knock, message_of, pressed
from tests.bot.discord.scene import Scene, drawn, labels, one_embed, shown, text
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

    from bot.services.question_service import Desk

MILL = "# The mill\n\nThe mill grinds barley from May to July. It rained.\n"
PORT = "# The port\n\nThe port of Osmund opens at six. The tide is high at noon.\n"
MILL_NOW = MILL.replace("from May to July", "from June to August")
QUESTION, OTHER = "What does the mill grind?", "When does the port of Osmund open?"
REFUSED = "Only people who may manage this server can read its log."


@pytest.fixture
async def answers(scene: Scene, desk: Desk, tmp_path: Path) -> list[simcord.ResponseMessage]:
    """Two answers from the mill and one from the port; then the mill changes and the port is gone."""
    desk.answerer = answerer_of(tmp_path / "then", {"mill.md": MILL, "port.md": PORT})
    given = [
        shown(await actor.slash(scene.channel, "ask", question=question))
        for actor, question in ((scene.ann, QUESTION), (scene.ben, QUESTION), (scene.ann, OTHER))
    ]
    desk.answerer = answerer_of(tmp_path / "now", {"mill.md": MILL_NOW, "lamp.md": "# The lamp\n\nIt burns oil.\n"})
    return given


def contents(scene: Scene) -> list[str]:
    return [message.content for message in scene.channel.history()]


async def marked(scene: Scene, manager: simcord.MemberActor, answer: simcord.ResponseMessage) -> Any:
    result = await manager.click(answer, label=next(label for label in labels(answer) if label.startswith("Mark")))
    await scene.env.settle()
    return result


@pytest.mark.usefixtures("answers")
async def test_what_changed_and_what_is_gone_is_listed_with_the_words_then_and_now(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    result = await manager.slash(scene.channel, "log corrections")

    assert result.ephemeral
    assert drawn(one_embed(shown(result))) == snapshot("""\
Corrections
**1. The mill** · shown 2 times
Then: The mill grinds barley from ~~May~~ to ~~July.~~ It rained.
Now: The mill grinds barley from **June** to **August.** It rained.

**2. The port** · shown once
Then: The port of Osmund opens at six.
The source is gone.
2 quotations to correct · Only this server’s questions; only you can see this\
""")


async def test_one_shows_the_answers_that_quoted_it(
    scene: Scene, answers: list[Any], manager: simcord.MemberActor
) -> None:
    listed = shown(await manager.slash(scene.channel, "log corrections"))
    (menu,) = [part for row in listed.components for part in row["components"] if "options" in part]
    await manager.select(listed, values=[menu["options"][0]["value"]])

    assert [f"/{answer.id}" in text(listed) for answer in answers] == [True, True, False]
    assert labels(listed) == ["Mark 2 messages", "All corrections"]


@pytest.mark.usefixtures("answers")
async def test_the_messages_are_marked_and_keep_their_answers(
    scene: Scene, manager: simcord.MemberActor, desk: Desk
) -> None:
    listed = shown(await manager.slash(scene.channel, "log corrections"))
    before = [message.embeds[0].description for message in scene.channel.history()]

    result = await marked(scene, manager, listed)

    assert text(shown(result)) == snapshot(
        "I am marking 3 messages now, one after the other. Use `/log corrections` again to see what is left."
    )
    assert contents(scene) == snapshot(
        [
            """\
⚠️ This source has changed since: The mill. It now says:
> The mill grinds barley from June to August. It rained.\
""",
            """\
⚠️ This source has changed since: The mill. It now says:
> The mill grinds barley from June to August. It rained.\
""",
            "⚠️ One of the sources below is no longer there: The port.",
        ]
    )
    assert [message.embeds[0].description for message in scene.channel.history()] == before
    assert all(row.corrected for row in await desk.log.recent(3))
    again = shown(await manager.slash(scene.channel, "log corrections"))
    assert "Mark all messages (0)" not in labels(again)  # it cannot be pressed


@pytest.mark.usefixtures("answers")
async def test_a_source_that_changes_again_is_to_be_marked_again(
    scene: Scene, manager: simcord.MemberActor, desk: Desk, tmp_path: Path
) -> None:
    await marked(scene, manager, shown(await manager.slash(scene.channel, "log corrections")))
    desk.answerer = answerer_of(tmp_path / "later", {"mill.md": MILL_NOW.replace("June", "April"), "port.md": PORT})

    listed = shown(await manager.slash(scene.channel, "log corrections"))

    assert "Mark all messages (2)" in labels(listed)
    assert "port" not in text(listed).lower()


@pytest.mark.usefixtures("answers")
async def test_a_source_under_another_name_with_the_same_words_is_no_correction(
    scene: Scene, manager: simcord.MemberActor, desk: Desk, tmp_path: Path
) -> None:
    desk.answerer = answerer_of(tmp_path / "moved", {"mills.md": MILL, "port.md": PORT + "\nIt is old.\n"})

    assert text(shown(await manager.slash(scene.channel, "log corrections"))) == snapshot(
        "Every answer still shows what its source says."
    )


async def test_what_was_withdrawn_or_private_or_deleted_is_not_marked(
    scene: Scene, answers: list[Any], manager: simcord.MemberActor, desk: Desk
) -> None:
    await scene.ann.click(answers[0], label="Delete")
    await scene.ben.click(answers[1], label="Delete")
    rows = await desk.log.recent(3)
    await desk.log.note(rows[1].id, RowNote(withdrawn=False))  # as where a moderator deleted the message by hand

    listed = shown(await manager.slash(scene.channel, "log corrections"))
    await marked(scene, manager, listed)

    assert (await desk.log.get(rows[1].id)).withdrawn  # type: ignore[union-attr]


@pytest.mark.usefixtures("answers")
async def test_nobody_without_the_right_and_no_other_server_sees_or_marks_anything(
    scene: Scene, manager: simcord.MemberActor, desk: Desk
) -> None:
    listed = await manager.slash(scene.channel, "log corrections")
    codes = [each.code for each in await scene.bot.reception.corrections.found(scene.guild.id)]
    elsewhere = scene.env.create_guild("Elsewhere")
    role = elsewhere.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    eve = elsewhere.add_member(scene.env.create_user("eve"), roles=[role])
    channel = elsewhere.create_text_channel("general")
    own = shown(await eve.slash(channel, "help"))
    numbers = [str(number) for number in range(50)]
    every: list[Door] = [pressed("mark", which) for which in ("all", *codes, *numbers)]
    every += [pressed("corrections", number) for number in numbers]
    assert len(every) >= 100

    of_eve = await knock(scene, every, eve, channel, message_of(scene, own))
    of_ann = await knock(scene, every, scene.ann, scene.channel, message_of(scene, shown(listed)))

    assert contents(scene) == [""] * len(contents(scene))
    assert not any(row.corrected for row in await desk.log.recent(10))
    for name, given in of_eve.items():
        assert "mill" not in str(given).lower(), name
    for name, given in of_ann.items():
        assert REFUSED in str(given), name
        assert "barley" not in str(given), name
