"""Follow-up questions on Discord: who may follow up what, and what the answer says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.handlers.filter_arguments import FilterArguments
from bot.services.caller import Caller
from bot.store.sqlite.query_log import SqliteQueryLog
from tests.bot.discord.scene import Scene, one_embed, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    import discord

    from bot.discord.client import Quoth
    from bot.services.question_service import Desk

FIRST = "How many prisoners do the Syrian Democratic Forces guard?"
NEXT = "Where are they held?"
READ_WITH = "read with “Syrian Democratic Forces”, “prisoners” and “guard” from what was asked before · "


def read_with(message: object) -> str:
    """Give what the foot of an answer says of how it was read."""
    footer = one_embed(message).footer.text or ""
    return footer[: footer.index(" · ") + 3] if footer.startswith("read with") else ""


async def follows(desk: Desk) -> list[bool]:
    """Tell of each question in the log, oldest first, whether it follows the one before it."""
    rows = list(reversed(await desk.log.recent(10)))
    assert {row.follows for row in rows} <= {None, *(row.id for row in rows)}
    return [row.follows is not None for row in rows]


async def test_a_direct_message_follows_up_the_one_before(scene: Scene, desk: Desk) -> None:
    await scene.user.send_dm(FIRST)
    await scene.user.send_dm(NEXT)

    assert read_with(scene.user.dm_channel.last_message) == READ_WITH
    later, earlier = await desk.log.recent(2)
    assert (later.follows, earlier.follows) == (earlier.id, None)


async def test_the_log_of_a_server_says_what_a_question_follows(scene: Scene, desk: Desk) -> None:
    await scene.ann.slash(scene.channel, "ask", question=FIRST)
    await scene.ann.slash(scene.channel, "ask", question=NEXT)

    later, earlier = await desk.log.recent(2)
    page = await scene.bot.reception.review.recent(Caller(1, guild=scene.guild.id, manages=True), FilterArguments())
    lines = page.body.splitlines()
    assert lines[1].endswith(f" · {later.id} · follows {earlier.id}")
    assert lines[4].endswith(f" · {earlier.id}")


async def test_a_mention_and_a_command_follow_up_what_the_same_person_asked_there(scene: Scene) -> None:
    await scene.ann.slash(scene.channel, "ask", question=FIRST)
    await scene.ann.send(scene.channel, f"{scene.me} {NEXT}")
    assert read_with(scene.last) == READ_WITH

    result = await scene.ann.slash(scene.channel, "ask", question="and why?")
    assert read_with(shown(result)).startswith("read with “held”")


async def test_a_thread_is_a_conversation_of_its_own(scene: Scene) -> None:
    scene.env.backend.create_thread(scene.channel.id, "prisoners", scene.ann.id)
    (thread,) = scene.channel.threads
    await scene.ann.send(scene.channel, f"{scene.me} When was Baghdadi killed?")
    await scene.ann.send(thread, f"{scene.me} {FIRST}")
    await scene.ann.send(thread, f"{scene.me} {NEXT}")
    assert read_with(thread.last_message) == READ_WITH

    await scene.ann.send(scene.channel, f"{scene.me} Who killed him?")
    assert read_with(scene.last) == "read with “Baghdadi” from what was asked before · "


async def test_nobody_follows_up_what_another_asked(scene: Scene, desk: Desk) -> None:
    await scene.ann.slash(scene.channel, "ask", question=FIRST)
    await scene.ben.send(scene.channel, f"{scene.me} {NEXT}")

    assert read_with(scene.last) == ""
    assert await follows(desk) == [False, False]


async def test_nobody_follows_up_in_another_server_or_channel(scene: Scene, desk: Desk) -> None:
    elsewhere = scene.env.create_guild("Elsewhere")
    await scene.ann.slash(scene.channel, "ask", question=FIRST)
    await scene.ann.slash(scene.guild.create_text_channel("other"), "ask", question=NEXT)
    await elsewhere.add_member(scene.user).slash(elsewhere.create_text_channel("general"), "ask", question=NEXT)
    await scene.user.send_dm(NEXT)

    assert await follows(desk) == [False] * 4


async def test_what_was_asked_privately_is_never_told_by_a_follow_up_for_all(scene: Scene) -> None:
    await scene.ann.slash(scene.channel, "ask", question=FIRST, private=True)
    result = await scene.ann.slash(scene.channel, "ask", question=NEXT)
    assert read_with(shown(result)) == ""

    private = await scene.ann.slash(scene.channel, "ask", question=NEXT, private=True)
    assert read_with(shown(private)) == READ_WITH


async def test_what_was_asked_for_all_can_be_followed_up_privately(scene: Scene) -> None:
    await scene.ann.slash(scene.channel, "ask", question=FIRST)
    private = await scene.ann.slash(scene.channel, "ask", question=NEXT, private=True)

    assert read_with(shown(private)) == READ_WITH


async def test_the_text_of_a_message_is_no_part_of_a_conversation(scene: Scene, desk: Desk) -> None:
    await scene.ann.slash(scene.channel, "ask", question=FIRST)
    message = await scene.ben.send(scene.channel, NEXT)
    await scene.ann.context_menu(scene.channel, "Find sources", message)
    await scene.ann.slash(scene.channel, "ask", question="and why?")

    assert await follows(desk) == [False, False, True]
    later, _, earlier = await desk.log.recent(3)
    assert later.follows == earlier.id


@pytest.mark.parametrize("question", [NEXT, f"  {NEXT} "])
async def test_anybody_may_follow_up_an_answer_by_a_reply_that_asks(scene: Scene, desk: Desk, question: str) -> None:
    answer = await answer_to(scene, FIRST)
    await scene.ben.send(scene.channel, f"{scene.me} When was Baghdadi killed?")

    await scene.ben.send(scene.channel, question, reply_to=answer)

    assert read_with(scene.last) == READ_WITH
    later, _, earlier = await desk.log.recent(3)
    assert later.follows == earlier.id


async def test_a_reply_with_a_mention_needs_no_question_mark(scene: Scene) -> None:
    answer = await answer_to(scene, FIRST)

    await scene.ben.send(scene.channel, f"{scene.me} where are they held", reply_to=answer)

    assert read_with(scene.last) == READ_WITH


async def test_a_reply_to_the_answer_of_a_command_needs_a_mention(scene: Scene) -> None:
    result = await scene.ann.slash(scene.channel, "ask", question=FIRST)

    # Discord tells the bot of no reply to such an answer that does not mention it.
    await scene.ben.send(scene.channel, f"{scene.me} {NEXT}", reply_to=shown(result))

    assert read_with(scene.last) == READ_WITH


async def test_an_answer_can_be_followed_up_after_a_restart(scene: Scene, new_bot: Callable[[], Quoth]) -> None:
    await answer_to(scene, "Who are the Syrian Democratic Forces?")
    answer = await answer_to(scene, "How many prisoners do they guard?")
    await scene.env.restart_bot(new_bot())

    await scene.ben.send(scene.channel, NEXT, reply_to=answer)

    assert read_with(scene.last) == (
        "read with “Syrian Democratic Forces”, “prisoners” and “guard” from what was asked before · "
    )


async def test_a_reply_to_somebody_else_follows_up_nothing(scene: Scene, desk: Desk) -> None:
    await answer_to(scene, FIRST)
    other = await scene.ben.send(scene.channel, "They are held in camps.")

    await scene.ann.send(scene.channel, f"{scene.me} {NEXT}", reply_to=other)
    await scene.ann.send(scene.channel, NEXT, reply_to=other)

    assert await follows(desk) == [False, False]


async def test_a_reply_is_answered_by_itself_where_the_log_is_gone(scene: Scene, desk: Desk) -> None:
    answer = await answer_to(scene, FIRST)
    assert isinstance(desk.log, SqliteQueryLog)
    await desk.log.close()

    await scene.ben.send(scene.channel, NEXT, reply_to=answer)

    assert one_embed(scene.last).title == NEXT
    assert read_with(scene.last) == ""


async def answer_to(scene: Scene, question: str) -> discord.Message:
    """Let Ann ask in the channel, and give the answer."""
    await scene.ann.send(scene.channel, f"{scene.me} {question}")
    return scene.last
