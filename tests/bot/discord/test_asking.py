"""Asking on Discord: by command, by mention, in a direct message and from a message's menu."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from inline_snapshot import snapshot

from bot.pages.markdown import unescape
from bot.pages.phrases import date_line
from bot.services.caller import Caller
from bot.store.log_row import Surface
from tests.bot.discord.scene import Scene, one_embed, shown, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.discord.client import Quoth
    from bot.services.question_service import Desk
    from retrieval.answer.answerer import Answerer

QUESTION = "When was Fallujah lost?"
UNANSWERABLE = "Who won the Nobel prize in chemistry?"


async def test_a_command_is_answered_with_quotations_for_all_to_see(scene: Scene, answerer: Answerer) -> None:
    result = await scene.ann.slash(scene.channel, "ask", question=QUESTION)

    assert not result.ephemeral
    assert not result.deferred
    embed = one_embed(shown(result))
    assert embed.title == QUESTION
    texts = {f"— **{article.name}**, {date_line(article)}": article.text for article in answerer.library.articles}
    for block in (text(shown(result))).split("\n\n"):
        *lines, source = re.sub(r"\*\* › [^,\n]+", "**", block).splitlines()
        for line in lines:
            assert unescape(line.removeprefix("> ").replace("**", "")) in texts[source]
    assert "**Fallujah**" in (text(shown(result))).replace("**lost Fallujah**", "**Fallujah**")
    assert re.fullmatch(r"From [1-5] of 5 sources", embed.footer.text or "")


async def test_the_question_is_logged_with_its_place_and_a_hash_for_its_asker(scene: Scene, desk: Desk) -> None:
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)

    (row,) = await desk.log.recent(5)
    assert (row.question, row.surface, row.guild, row.channel) == (
        QUESTION,
        Surface.COMMAND,
        scene.guild.id,
        scene.channel.id,
    )
    assert row.asker == f"asker-{scene.ann.id}"


async def test_one_source_can_be_asked_alone(scene: Scene) -> None:
    (choice,) = await scene.ann.autocomplete(scene.channel, "ask", "source", "MOSÚL", question=QUESTION)
    result = await scene.ann.slash(scene.channel, "ask", question="Where may fighters go?", source=choice["value"])

    names = {line for line in text(shown(result)).splitlines() if line.startswith("— ")}
    assert {name.partition(" › ")[0].partition(", 10 July")[0] for name in names} == {
        "— **After Mosul, ISIS prepares for life without a caliphate**"
    }


async def test_a_source_that_does_not_exist_is_named(scene: Scene) -> None:
    result = await scene.ann.slash(scene.channel, "ask", question=QUESTION, source="The *Daily* Planet")

    assert text(shown(result)) == snapshot(
        "No source is called “The \\*Daily\\* Planet”. See `/sources list` for the names."
    )


async def test_a_mention_is_answered_by_a_reply_that_pings_nobody(scene: Scene) -> None:
    asked = await scene.ann.send(scene.channel, f"Hey {scene.me}, {QUESTION}")

    answer = scene.last
    assert answer.reference
    assert answer.reference.message_id == asked.id
    assert answer.mentions == []
    assert one_embed(answer).title == f"Hey {QUESTION}"


async def test_a_direct_message_needs_no_mention(scene: Scene, desk: Desk) -> None:
    await scene.user.send_dm(QUESTION)

    assert one_embed(scene.user.dm_channel.last_message).title == QUESTION
    (row,) = await desk.log.recent(5)
    assert (row.surface, row.guild) == (Surface.DIRECT, None)


@pytest.mark.parametrize("content", ["{me}", "  {me} \n", "{me}{me}"])
async def test_a_mention_alone_is_told_how_to_ask(scene: Scene, content: str) -> None:
    await scene.ann.send(scene.channel, content.format(me=scene.me))

    assert text(scene.last) == snapshot(
        "Write your question after my name, such as “Who leads the group now?”, or see `/help`."
    )


@pytest.mark.parametrize("content", ["Who leads the group now?", "@everyone Who leads the group?", "<@1> leads"])
async def test_what_is_not_said_to_the_bot_is_not_answered(scene: Scene, content: str) -> None:
    await scene.ann.send(scene.channel, content)

    assert len(scene.channel.history()) == 1


async def test_a_reply_to_the_bot_without_a_mention_in_its_text_is_not_a_question(scene: Scene) -> None:
    await scene.ann.send(scene.channel, f"{scene.me} {QUESTION}")
    before = len(scene.channel.history())

    await scene.ann.send(scene.channel, "Thank you!", reply_to=scene.last)

    assert len(scene.channel.history()) == before + 1


async def test_bots_are_not_answered(scene: Scene) -> None:
    robot = scene.guild.add_member(scene.env.create_user("robot", bot=True))

    await robot.send(scene.channel, f"{scene.me} {QUESTION}")

    assert len(scene.channel.history()) == 1


async def test_the_menu_of_a_message_finds_sources_for_one_person_alone(scene: Scene, desk: Desk) -> None:
    message = await scene.ann.send(scene.channel, QUESTION)

    result = await scene.ben.context_menu(scene.channel, "Find sources", message)

    assert result.ephemeral
    assert one_embed(shown(result)).title == QUESTION
    (row,) = await desk.log.recent(5)
    assert (row.surface, row.asker) == (Surface.MENU, f"asker-{scene.ben.id}")


async def test_a_message_without_words_has_nothing_to_find_sources_for(scene: Scene) -> None:
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)

    result = await scene.ben.context_menu(scene.channel, "Find sources", scene.last)

    assert text(shown(result)) == snapshot("That message has no text to search for. Choose one with words in it.")


async def test_a_refusal_says_why_and_shows_the_closest_passages_to_whoever_wants_them(scene: Scene) -> None:
    refusal = await scene.ann.slash(scene.channel, "ask", question=UNANSWERABLE)
    pressed = await scene.ben.click(shown(refusal), label="Closest passages")

    assert re.fullmatch(
        r"\*\*None of the sources answers this\.\*\* No source mentions “Nobel”, “prize” or “chemistry”\.\n\n"
        r"Try other words, see what there is with `/sources list`, or have me tell you when a source answers it\.",
        text(shown(refusal)),
    )
    assert pressed.ephemeral
    introduction, first, *_ = text(shown(pressed)).split("\n\n")
    assert introduction == "None of these answers the question; they only come closest."
    assert first.startswith("> ")
    assert "\n— **" in first


async def test_the_button_works_after_a_restart(scene: Scene, new_bot: Callable[[], Quoth]) -> None:
    refusal = await scene.ann.slash(scene.channel, "ask", question=UNANSWERABLE)
    await scene.env.restart_bot(new_bot())

    pressed = await scene.ben.click(shown(refusal), label="Closest passages")

    assert text(shown(pressed)).startswith("None of these answers the question")


async def test_the_closest_passages_of_a_direct_message_are_shown_there(scene: Scene) -> None:
    await scene.user.send_dm(UNANSWERABLE)

    pressed = await scene.user.click(scene.user.dm_channel.last_message, label="Closest passages")

    assert text(shown(pressed)).startswith("None of these answers the question")


async def test_another_places_passages_are_not_shown(scene: Scene, desk: Desk) -> None:
    await scene.ann.slash(scene.channel, "ask", question=UNANSWERABLE)
    await scene.user.send_dm(UNANSWERABLE)
    direct, in_guild = await desk.log.recent(2)
    questions = scene.bot.reception.questions

    gone = one_line(await questions.closest(in_guild.id, Caller(1, channel=scene.channel.id)))
    assert gone == one_line(await questions.closest(in_guild.id, Caller(1, guild=1, channel=scene.channel.id)))
    assert gone == one_line(await questions.closest(direct.id, Caller(1, channel=1)))
    assert gone == one_line(await questions.closest("0" * 16, Caller(1)))
    assert gone == snapshot("I no longer have the passages for that question. Ask it again to see them.")


def one_line(page: Any) -> str:
    return str(page.body)
