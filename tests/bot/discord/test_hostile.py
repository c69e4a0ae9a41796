"""Whatever is asked or has been written, nobody is pinged and nothing breaks."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import discord
import pytest

from bot.discord.client import Quoth
from bot.discord.cogs.mentions import MentionsCog
from bot.discord.command_sync import CommandSync
from bot.discord.delivery import Delivery
from bot.handlers import Reception
from bot.handlers.filter_arguments import FilterArguments
from bot.services.caller import Caller
from bot.services.question_service import Desk
from retrieval.answer.answerer import Answerer
from retrieval.ingestion import library
from tests.bot.discord.doors import Door, knock, message_of
from tests.bot.discord.scene import Scene, one_embed, shown, text
from tests.bot.fakes import MemoryQueryLog
from tests.bot.hostile import TEXTS, hostile_reception, in_a_file
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

PINGS = ("everyone", "a person", "a role", "a mention cut by what is not seen", "right to left", "backslashes")
HOSTILE = "@everyone @here <@1> <@&2> <#3> </ask:4> <t:0:R> <id:guide> [click](https://example.org) discord.gg/abc"
QUESTIONS = {
    "pings": HOSTILE,
    "long": "group " * 320,
    "stop words": "the of and is it",
    "emoji": "🐦‍⬛🏴󠁧󠁢󠁥󠁮󠁧󠁿👩‍👩‍👧",
    "right to left": "من يقود الجماعة الآن؟ \u202eevil\u202c",
    "control characters": "Who\x00 leads\x07 the\x1b[31m group\x7f now?",
    "combining marks": "Ẑ" + "\u0341" * 500,
    "markdown": "> quoted\n# heading\n- list\n```code``` ||spoiler|| **bold",
    "brackets": "[" * 1900,
}


@pytest.mark.parametrize("name", QUESTIONS)
async def test_any_mention_gets_one_reply_within_discords_limits_that_pings_nobody(scene: Scene, name: str) -> None:
    await scene.ann.send(scene.channel, f"{scene.me} {QUESTIONS[name]}")

    answer = scene.last
    assert answer is not None
    assert answer.author.bot
    assert not answer.mention_everyone
    assert answer.mentions == answer.role_mentions == []
    assert is_within_limits(one_embed(answer))


@pytest.mark.parametrize("name", QUESTIONS)
async def test_any_command_gets_one_answer_that_pings_nobody(scene: Scene, name: str) -> None:
    result = await scene.ann.slash(scene.channel, "ask", question=QUESTIONS[name])

    assert result.response is not None
    assert is_within_limits(one_embed(shown(result)))
    for sent in scene.env.http_requests:
        if sent.path.endswith("/callback"):
            assert sent.json
            assert sent.json["data"]["allowed_mentions"] == {"parse": []}


async def test_a_message_of_ten_thousand_characters_is_answered_like_any_other(scene: Scene) -> None:
    message = await scene.ann.send(scene.channel, f"{scene.me} short")
    message.content = f"{scene.me} " + "group " * 1700
    mentions = scene.bot.get_cog("MentionsCog")
    assert isinstance(mentions, MentionsCog)

    await mentions.on_message(message)

    assert is_within_limits(one_embed(scene.last))


@pytest.fixture
def hostile_bot(tmp_path: Path) -> Quoth:
    known = {"name": f"**{HOSTILE}** \n> x", "author": HOSTILE, "publisher": f"`{HOSTILE}`"}
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bad.md").write_text(
        f"---\n{json.dumps(known)}\n---\n"
        f"The raven said {HOSTILE} to the king.\n\n> The raven ```said``` ||nothing|| # else.\n",
        encoding="utf-8",
    )
    desk = Desk(Answerer(library.load(folder), min_confidence=0.0), MemoryQueryLog())
    return Quoth(Reception(desk, asker=str), Delivery(), CommandSync(tmp_path / "commands"))


async def test_a_hostile_source_is_drawn_as_its_own_words(scene: Scene, hostile_bot: Quoth) -> None:
    await scene.env.restart_bot(hostile_bot)
    asked = await scene.ann.slash(scene.channel, "ask", question="What did the raven say to the king?")
    listed = await scene.ann.slash(scene.channel, "sources list")
    article = await scene.ann.slash(scene.channel, "sources show", name="bad.md")

    for result in (asked, listed, article):
        body = text(shown(result))
        assert "example" in body
        assert not re.search(r"(?<!\\)(@everyone|<[@#/ti]|\]\(|https?:/|discord\.gg/|```|\|\|)", body)
        assert is_within_limits(one_embed(shown(result)))


async def test_a_source_with_a_long_name_can_be_chosen(scene: Scene, hostile_bot: Quoth, tmp_path: Path) -> None:
    text_of_it = f"# {'A very long name ' * 11}\n\nThere is a sentence.\n"
    hostile_bot.reception.desk.answerer = answerer_of(tmp_path / "long", {f"{'folder/' * 20}long.md": text_of_it})
    await scene.env.restart_bot(hostile_bot)

    (choice,) = await scene.ann.autocomplete(scene.channel, "sources show", "name", "very long")
    assert len(choice["name"]) <= 100
    assert len(choice["value"]) <= 100
    article = await scene.ann.slash(scene.channel, "sources show", name=choice["value"])
    assert (one_embed(shown(article)).title or "").startswith("A very long name")


async def test_nothing_pings_anybody_on_discord(scene: Scene, tmp_path: Path) -> None:
    (folder := tmp_path / "hostile").mkdir()
    reception = hostile_reception(folder, url="https://operator.example/page")
    await scene.env.restart_bot(Quoth(reception, Delivery(), CommandSync(tmp_path / "commands")))
    for number, name in enumerate(PINGS):
        question = f"{in_a_file(TEXTS[name])} What did raven {number} say to the king?"
        await scene.ann.send(scene.channel, f"{scene.me} {question}")
        answer = scene.last
        assert answer.author.bot
        assert not answer.mention_everyone
        assert answer.mentions == answer.role_mentions == []

    for sent in scene.env.http_requests:
        if sent.path.endswith("/messages"):
            assert sent.json
            assert sent.json["allowed_mentions"]["parse"] == []


MADE_UP = ("x", "-1", "9" * 80, "²", "{row}.x", "{row}.-3", "{row}.²", "{row}", "csv.x", "x.", ".", "open.²")


async def test_a_button_or_a_choice_that_somebody_made_up_is_answered_and_no_error(
    scene: Scene, manager: simcord.MemberActor, caplog: pytest.LogCaptureFixture
) -> None:
    asked = await scene.ann.slash(scene.channel, "ask", question="When was Fallujah lost?")
    (row,) = await scene.bot.reception.desk.log.recent(1)
    listeners = [name for cog in scene.bot.cogs.values() for name, _ in cog.get_listeners()]
    pressed = [
        Door(id_, discord.InteractionType.component, {"custom_id": id_, "component_type": 2})
        for listener in listeners
        if listener.startswith("on_press_")
        for made_up in MADE_UP
        for id_ in [f"quoth:{listener.removeprefix('on_press_')}:{made_up.format(row=row.id)}"]
    ]
    assert len(pressed) > 200
    scene.bot.reception.questions.queue.cooldowns.burst = 1000.0

    answers = await knock(scene, pressed, manager, scene.channel, message_of(scene, shown(asked)))
    chosen = [
        await scene.bot.reception.reports.export(caller(manager), FilterArguments(), "forged", room=9000),
        await scene.bot.reception.gaps.say(caller(manager), row.id, "forged", None),
        await scene.bot.reception.answers.chosen(row.id, "forged", caller(manager)),
    ]

    assert [name for name, answer in answers.items() if not answer] == []
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
    assert [page.body for page in chosen] == [
        "That command has changed since Discord last heard of it. Wait a minute, then try again.",
        "That command has changed since Discord last heard of it. Wait a minute, then try again.",
        "That page no longer exists. Use the command again.",
    ]


def caller(member: simcord.MemberActor) -> Caller:
    return Caller(member.id, member.guild.id, 1, manages=True)


def is_within_limits(embed: discord.Embed) -> bool:
    return (
        len(embed.title or "") <= 256
        and 1 <= len(embed.description or "") <= 4096
        and len(embed.footer.text or "") <= 2048
        and len(embed) <= 6000
    )
