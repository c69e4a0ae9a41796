"""What the sources lack: gaps that managers see and decide on, and people who are told, once, of a source."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

import pytest
from inline_snapshot import snapshot

from bot.discord.cogs.notifications import NotificationsCog
from bot.pages import gaps
from bot.store.filters import Filter
from bot.store.log_row import Vote
from bot.store.sqlite.gaps import SqliteGapLog
from bot.store.sqlite.maintenance import deletion
from retrieval.answer.answerer import Answerer
from retrieval.ingestion import library
from tests.bot.discord.scene import Scene, drawn, labels, one_embed, shown, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import simcord

    from bot.discord.client import Quoth
    from bot.services.question_service import Desk

NOBEL = ("Who won the Nobel prize in chemistry?", "Nobel chemistry winners", "Which chemist got the Nobel prize?")
TRAIN = "Which ferries cross the glacier?"
FALLUJAH = "When was Fallujah lost?"
PRIZES = """\
---
name: Prizes of the year
---
The Nobel prize in chemistry was won by Ada Brandt, a chemist from Norrholm.

Nobel prizes are given in December.
"""
CHANGING = (
    (re.compile(r"\b[0-9a-z]{16}\b"), "<id>"),
    (re.compile(r"<t:\d+:[df]>"), "<time>"),
)


def steady(body: str) -> str:
    for pattern, name in CHANGING:
        body = pattern.sub(name, body)
    return body


@pytest.fixture
def prizes(tmp_path: Path) -> Answerer:
    """Answer from an article that says who won."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "prizes.md").write_text(PRIZES, encoding="utf-8")
    return Answerer(library.load(folder))


@pytest.fixture
async def lacking(scene: Scene, desk: Desk) -> list[str]:
    """Have five questions asked in vain, and give their ids, oldest first."""
    for actor, question in ((scene.ann, NOBEL[0]), (scene.ben, TRAIN), (scene.ben, NOBEL[1]), (scene.ann, NOBEL[2])):
        await actor.slash(scene.channel, "ask", question=question)
    answered = await scene.ann.slash(scene.channel, "ask", question=FALLUJAH)
    await scene.ann.slash(scene.channel, "ask", question="Thank you!")
    id_ = (one_embed(shown(answered)).footer.text or "").split(" · ")[-1]
    await desk.log.vote(id_, Vote("zoe", False, datetime.datetime.now(datetime.UTC)), guild=scene.guild.id)
    return [row.id for row in reversed(await desk.log.recent(10)) if row.question != "Thank you!"]


def telling(bot: Quoth) -> NotificationsCog:
    cog = bot.get_cog("NotificationsCog")
    assert isinstance(cog, NotificationsCog)
    return cog


async def test_questions_without_help_are_grouped_by_what_they_share(
    scene: Scene, manager: simcord.MemberActor, lacking: list[str]
) -> None:
    del lacking
    result = await manager.slash(scene.channel, "log unanswered")

    assert result.ephemeral
    assert steady(drawn(one_embed(shown(result)))) == snapshot("""\
What the sources lack
**1. Which chemist got the Nobel prize?**
3 questions · 2 askers · first <time>, last <time> · **open** · no source mentions “Nobel”, “chemistry”, “prize”, “chemist”, “winners”
1 gap in the last 90 days · Only this server’s questions; only you can see this\
""")  # noqa: E501
    assert labels(shown(result)) == ["1", "2", "3"]


async def test_where_every_question_was_answered_there_is_no_gap(scene: Scene, manager: simcord.MemberActor) -> None:
    open_ones = await manager.slash(scene.channel, "log unanswered")
    closed = await manager.slash(scene.channel, "log unanswered", closed=True)

    assert [text(shown(result)) for result in (open_ones, closed)] == snapshot(
        [
            "In the last 90 days every question got an answer that nobody voted down.",
            "No gap was closed in the last 90 days.",
        ]
    )


async def test_a_gap_is_opened_and_decided_on_by_buttons_also_after_a_restart(
    scene: Scene, manager: simcord.MemberActor, lacking: list[str], new_bot: Callable[[], Quoth]
) -> None:
    del lacking
    listed = await manager.slash(scene.channel, "log unanswered")
    await manager.click(shown(listed), label="1")
    assert steady(drawn(one_embed(shown(listed)))) == snapshot("""\
Which chemist got the Nobel prize?
3 questions · 2 askers · first <time>, last <time> · **open** · no source mentions “Nobel”, “chemistry”, “prize”, “chemist”, “winners”

Which chemist got the Nobel prize?
<time> · <id>
Nobel chemistry winners
<time> · <id>
Who won the Nobel prize in chemistry?
<time> · <id>
Only this server’s questions; only you can see this\
""")  # noqa: E501
    assert labels(shown(listed)) == ["Planned", "Closed", "All gaps"]

    await manager.click(shown(listed), label="Planned")
    assert text(shown(listed)).splitlines()[0] == snapshot("This gap is now planned.")
    assert labels(shown(listed)) == ["Closed", "Reopen", "All gaps"]
    await scene.env.restart_bot(new_bot())
    await manager.click(shown(listed), label="All gaps")
    assert text(shown(listed)).count("**planned**") == 1

    await manager.click(shown(listed), label="1")
    await manager.click(shown(listed), label="Closed")
    closed = await manager.slash(scene.channel, "log unanswered", closed=True)
    left = await manager.slash(scene.channel, "log unanswered")
    assert labels(shown(closed)) == ["1"]
    assert labels(shown(left)) == ["1", "2"]

    await manager.click(shown(closed), label="1")
    await manager.click(shown(closed), label="Reopen")
    left = await manager.slash(scene.channel, "log unanswered")
    assert labels(shown(left)) == ["1", "2", "3"]


async def test_a_gap_is_closed_by_a_source_that_is_named(
    scene: Scene, manager: simcord.MemberActor, lacking: list[str]
) -> None:
    (source,) = await manager.autocomplete(scene.channel, "log gap", "source", "after mosul", id=lacking[0])
    result = await manager.slash(scene.channel, "log gap", id=lacking[3], source=source["value"])

    assert text(shown(result)).splitlines()[0] == snapshot(
        "This gap is now closed by “After Mosul, ISIS prepares for life without a caliphate”."
    )
    closed = await manager.slash(scene.channel, "log unanswered", closed=True)
    assert "closed by “After Mosul, ISIS prepares for life without a caliphate”" in text(shown(closed))


async def test_only_questions_without_help_are_offered(
    scene: Scene, manager: simcord.MemberActor, lacking: list[str]
) -> None:
    every = await manager.autocomplete(scene.channel, "log gap", "id", "")
    by_words = await manager.autocomplete(scene.channel, "log gap", "id", "CHEM")
    by_id = await manager.autocomplete(scene.channel, "log gap", "id", lacking[1])

    assert [choice["value"] for choice in every] == lacking[::-1]
    assert [choice["name"] for choice in by_words] == list(NOBEL[::-1])
    assert by_id == [{"name": TRAIN, "value": lacking[1]}]


async def test_what_is_no_gap_or_no_source_is_said(
    scene: Scene, manager: simcord.MemberActor, lacking: list[str]
) -> None:
    gap = await manager.slash(scene.channel, "log gap", id="*nothing*")
    source = await manager.slash(scene.channel, "log gap", id=lacking[0], source="The Daily Planet")

    assert [text(shown(result)) for result in (gap, source)] == snapshot(
        [
            "“\\*nothing\\*” is not the id of a question from the last 90 days that got no answer or was voted down. `/log unanswered` shows those.",  # noqa: E501
            "No source is called “The Daily Planet”. See `/sources list` for the names.",
        ]
    )


async def test_gaps_are_turned_page_by_page(
    scene: Scene, manager: simcord.MemberActor, lacking: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del lacking
    monkeypatch.setattr(gaps, "PER_PAGE", 2)
    listed = await manager.slash(scene.channel, "log unanswered")

    await manager.click(shown(listed), label="Next")
    assert labels(shown(listed)) == ["3", "Previous"]
    await manager.click(shown(listed), label="Previous")
    assert labels(shown(listed)) == ["1", "2", "Next"]


async def test_whoever_wants_it_is_told_once_when_a_source_answers(
    scene: Scene, lacking: list[str], desk: Desk, prizes: Answerer, new_bot: Callable[[], Quoth]
) -> None:
    refusal = await scene.ann.slash(scene.channel, "ask", question=NOBEL[0])
    del lacking
    kept = await scene.ann.click(shown(refusal), label="Tell me when a source answers this")
    assert kept.ephemeral
    assert text(shown(kept)) == snapshot(
        "I will send you one direct message when a source answers this. Until then I keep your Discord id with "
        "the question; after that it is deleted. `/privacy delete` deletes it at once, and so does the button."
    )
    await telling(scene.bot).look()
    assert scene.user.dm_channel.last_message is None

    desk.answerer = prizes
    await scene.env.restart_bot(new_bot())
    for _ in range(3):
        await telling(scene.bot).look()

    (message,) = scene.user.dm_channel.history()
    assert steady(drawn(one_embed(message))) == snapshot("""\
Who won the Nobel prize in chemistry?
You asked to be told: “Prizes of the year” answers this now. Ask me again to read it.
This was the only message; your id is deleted\
""")
    assert await desk.log.gaps.due() == []


async def test_what_a_new_source_answers_is_closed_and_listed(
    scene: Scene, manager: simcord.MemberActor, lacking: list[str], desk: Desk, prizes: Answerer
) -> None:
    del lacking
    desk.answerer = prizes
    await telling(scene.bot).look()

    closed = await manager.slash(scene.channel, "log unanswered", closed=True)

    assert steady(text(shown(closed))) == snapshot("""\
**1. Nobel chemistry winners**
2 questions · 2 askers · first <time>, last <time> · **closed by “Prizes of the year”** · no source mentions “winners”

**2. Which chemist got the Nobel prize?**
1 question · 1 asker · first <time>, last <time> · **closed by “Prizes of the year”**\
""")


async def test_who_no_longer_wants_to_be_told_is_not(
    scene: Scene, lacking: list[str], desk: Desk, prizes: Answerer
) -> None:
    del lacking
    refusal = await scene.ann.slash(scene.channel, "ask", question=NOBEL[0])
    kept = await scene.ann.click(shown(refusal), label="Tell me when a source answers this")
    await scene.ann.click(shown(kept), label="Do not tell me")
    assert text(shown(kept)) == snapshot("I will not tell you, and I have deleted your id.")

    desk.answerer = prizes
    await telling(scene.bot).look()

    assert scene.user.dm_channel.last_message is None


async def test_who_asks_to_be_told_too_late_is_told_at_once(
    scene: Scene, lacking: list[str], desk: Desk, prizes: Answerer
) -> None:
    del lacking
    refusal = await scene.ann.slash(scene.channel, "ask", question=NOBEL[0])
    desk.answerer = prizes
    await telling(scene.bot).look()

    pressed = await scene.ben.click(shown(refusal), label="Tell me when a source answers this")

    assert text(shown(pressed)) == snapshot("“Prizes of the year” answers this now. Ask the question again to read it.")
    assert await desk.log.gaps.due() == []


async def wished(scene: Scene, desk: Desk, prizes: Answerer) -> None:
    """Have Ann wait for a source, and have one."""
    refusal = await scene.ann.slash(scene.channel, "ask", question=NOBEL[0])
    await scene.ann.click(shown(refusal), label="Tell me when a source answers this")
    desk.answerer = prizes


async def test_telling_that_was_cut_short_before_it_was_sent_is_done_again(
    scene: Scene, desk: Desk, prizes: Answerer
) -> None:
    await wished(scene, desk, prizes)
    (wish,) = await telling(scene.bot).telling.due()
    assert await desk.log.gaps.claim(wish)

    await telling(scene.bot).look()

    assert len(scene.user.dm_channel.history()) == 1


async def test_telling_that_was_cut_short_after_it_was_sent_is_not_done_again(
    scene: Scene, desk: Desk, prizes: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wished(scene, desk, prizes)

    async def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(SqliteGapLog, "unwish", killed)
        with pytest.raises(KeyboardInterrupt):
            await telling(scene.bot).look()
    assert len(scene.user.dm_channel.history()) == 1

    await telling(scene.bot).look()

    assert len(scene.user.dm_channel.history()) == 1
    assert await desk.log.gaps.due() == []


async def test_who_takes_no_direct_messages_is_let_go(scene: Scene, desk: Desk, prizes: Answerer) -> None:
    await wished(scene, desk, prizes)
    scene.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)

    await telling(scene.bot).look()
    await telling(scene.bot).look()

    assert scene.user.dm_channel.last_message is None
    assert await desk.log.gaps.due() == []


async def test_who_cannot_be_reached_now_is_told_later(scene: Scene, desk: Desk, prizes: Answerer) -> None:
    await wished(scene, desk, prizes)
    scene.env.inject_error("POST", "/channels/*/messages", status=400)
    await telling(scene.bot).look()
    assert scene.user.dm_channel.last_message is None

    await telling(scene.bot).look()

    assert len(scene.user.dm_channel.history()) == 1


async def test_who_is_forgotten_is_not_told(scene: Scene, desk: Desk, prizes: Answerer, tmp_path: Path) -> None:
    await scene.ben.slash(scene.channel, "ask", question=NOBEL[0])
    refusal = await scene.ben.slash(scene.channel, "ask", question=NOBEL[0])
    await scene.ann.click(shown(refusal), label="Tell me when a source answers this")
    desk.answerer = prizes

    deletion.forget(tmp_path / "quoth.db", Filter(guild=scene.guild.id, asker=f"asker-{scene.ann.id}"))
    await telling(scene.bot).look()

    assert scene.user.dm_channel.last_message is None


async def test_in_a_direct_message_it_works_the_same(scene: Scene, desk: Desk, prizes: Answerer) -> None:
    await scene.user.send_dm(NOBEL[0])
    await scene.user.click(scene.user.dm_channel.last_message, label="Tell me when a source answers this")
    desk.answerer = prizes

    await telling(scene.bot).look()

    assert "“Prizes of the year” answers this now." in text(scene.user.dm_channel.last_message)


async def test_nobody_waits_for_the_answer_to_a_thank_you(scene: Scene) -> None:
    result = await scene.ann.slash(scene.channel, "ask", question="Thank you!")

    assert labels(shown(result)) == []
