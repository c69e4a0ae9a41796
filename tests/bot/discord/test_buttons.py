"""The buttons under an answer: what they show, to whom, and that they outlive restarts, days and changed articles."""
# ruff: noqa: E501 - what is shown is held as it is shown, a line a line

from __future__ import annotations

import dataclasses
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from inline_snapshot import snapshot

from bot.config.errors import LogError
from bot.discord.cogs.notifications import NotificationsCog
from bot.pages import notices
from bot.pages.markdown import unescape
from bot.pages.page import Page
from bot.pages.why import in_plain_words
from bot.services.caller import Caller
from bot.store.filters import Filter
from retrieval.answer.answerer import Answerer
from retrieval.ingestion import library
from retrieval.search.reranking.reranker import FEATURES_WITH_MEANING
from tests.bot.conftest import SEEDS
from tests.bot.discord.scene import Scene, drawn, one_embed, shown, text
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import simcord

    from bot.discord.client import Quoth
    from bot.services.question_service import Desk

QUESTION = "How many fighters does ISIS still have?"  # several sources say
PRISONERS = "How many prisoners is the SDF guarding for Daesh?"  # one source says, and 10,000 it is
UNANSWERABLE = "Who won the Nobel prize in chemistry?"
GONE = notices.answer_is_gone().body
A_DAY = 86_400.0


@pytest.fixture
async def answer(scene: Scene) -> simcord.ResponseMessage:
    """Let Ann ask for all to see, and give the answer."""
    return shown(await scene.ann.slash(scene.channel, "ask", question=QUESTION))


def labels_of(row: Any) -> list[str]:
    return [button["label"] for button in row["components"]]


def labels(message: Any) -> list[str]:
    """Give the labels of a message's buttons and the lines of its menus."""
    parts = [part for row in message.components for part in row["components"]]
    return [label["label"] for part in parts for label in part.get("options", [part])]


def passages(message: Any) -> set[str]:
    """Give the quotations of a message, as their sources have them."""
    lines = [line for line in text(message).splitlines() if line.startswith("> ")]
    return {unescape(line.removeprefix("> ").replace("**", "")) for line in lines}


async def test_an_answer_has_buttons_in_two_rows(answer: simcord.ResponseMessage) -> None:
    first, second = (labels_of(row) for row in answer.components)
    assert first == ["More", "Context", "Why?", "👍", "👎"]
    assert second == ["Ask on", "Cite", "Delete"]


async def test_a_refusal_has_three_at_most(scene: Scene) -> None:
    refused = await scene.ann.slash(scene.channel, "ask", question=UNANSWERABLE)

    assert labels(shown(refused)) == ["Closest passages", "Tell me when a source answers this", "Delete"]


async def test_a_kind_line_has_none(scene: Scene) -> None:
    result = await scene.ann.slash(scene.channel, "ask", question="Thank you!")

    assert shown(result).components == []


async def test_more_shows_other_passages_page_by_page_to_whoever_pressed(
    scene: Scene, answer: simcord.ResponseMessage
) -> None:
    pressed = await scene.ben.click(answer, label="More")

    assert pressed.ephemeral
    seen = [passages(answer), passages(shown(pressed))]
    assert text(shown(pressed)).startswith("The next passages, which fit the question less well:\n\n> ")
    while shown(pressed).components:
        await scene.ben.click(shown(pressed), label="More")
        seen.append(passages(shown(pressed)))
    assert len(seen) > 2
    assert len(set().union(*seen)) == sum(map(len, seen))
    assert text(answer).count("\n— ") == 3


async def test_where_nothing_is_left_more_says_so(scene: Scene, desk: Desk, tmp_path: Path) -> None:
    desk.answerer = answerer_of(tmp_path / "mill", {"mill.md": "# The mill\n\nThe mill grinds barley. It rained.\n"})
    asked = await scene.ann.slash(scene.channel, "ask", question="What does the mill grind?")

    pressed = await scene.ann.click(shown(asked), label="More")

    assert text(shown(pressed)) == snapshot("There is nothing more: no other passage has anything on the question.")


async def test_context_shows_the_sentences_around_a_quotation_and_lets_one_choose_another(
    scene: Scene, answer: simcord.ResponseMessage, desk: Desk
) -> None:
    pressed = await scene.ben.click(answer, label="Context")

    assert pressed.ephemeral
    (row,) = await desk.log.recent(1)
    assert labels(shown(pressed)) == [f"{place}. {quote.name}" for place, quote in enumerate(row.quotes, 1)]
    for number, quote in enumerate(row.quotes):
        await scene.ben.select(shown(pressed), values=[str(number)])
        body = text(shown(pressed))
        in_bold = " ".join(re.findall(r"\*\*(.+?)\*\*", body.rpartition("\n")[0], re.DOTALL))
        assert unescape(in_bold.replace("\n> ", " ")).split() == quote.text.split()
        assert len(body) > len(quote.text) + 200
        assert re.search(rf"— \*\*{re.escape(quote.name)}\*\*(?: › [^,\n]+)?, \d+ \w+ \d{{4}}$", body)


async def test_the_context_is_cut_from_the_article_as_it_stands(scene: Scene, desk: Desk) -> None:
    asked = await scene.ann.slash(
        scene.channel, "ask", question="When was Baghdadi killed?", source="2020-isis-recovers.md"
    )
    pressed = await scene.ann.click(shown(asked), label="Context")

    said = " ".join(unescape(line.removeprefix("> ").replace("**", "")) for line in text(shown(pressed)).splitlines())
    article = next(a for a in desk.answerer.library.articles if a.file == "2020-isis-recovers.md")
    written = re.sub(r"^#+ ", "", article.text, flags=re.MULTILINE)
    assert " ".join(said.rpartition(" — ")[0].split()) in " ".join(written.split())


async def test_why_tells_what_each_word_and_each_feature_gave(scene: Scene) -> None:
    asked = await scene.ann.slash(scene.channel, "ask", question=PRISONERS)

    pressed = await scene.ben.click(shown(asked), label="Why?")

    assert pressed.ephemeral
    assert drawn(one_embed(shown(pressed))).split("\n\n**2.")[0] == snapshot("""\
Why this answer?
> The Syrian Democratic Forces must also guard 10,000 ISIS prisoners and those prisoners' families, in several camps in the east of Syria.
— **How ISIS fills the gaps in Syria and Iraq**

It very likely answers the question.

I chose it because it:
• has “prisoners”, “SDF”, “guarding”, “Daesh”, or has them nearby
• gives a number, as the question asks
• has words of the question in it, above it, or in the sentence that it goes on from
• says how many, as the question asks
• has words of the question, or words that mean much the same, in it or above it
""")


async def test_why_names_the_words_that_matched_nothing(scene: Scene) -> None:
    refusal = await scene.ann.slash(scene.channel, "ask", question=UNANSWERABLE)
    closest = await scene.ann.click(shown(refusal), label="Closest passages")
    pressed = await scene.ann.click(shown(closest), label="Why?")

    assert drawn(one_embed(shown(pressed))).split("\n\n**1.")[0] == snapshot("""\
Why no answer?
> Haider al-Abadi, the prime minister, celebrates victory in Mosul, Iraq's second largest city.
— **After Mosul, ISIS prepares for life without a caliphate**

That is too far from the question to be shown as an answer.

It came closest because it:
• names a person, as the question asks
• has the question’s small words, such as “of” and “the”
• has words of the question in it, above it, or in the sentence that it goes on from
• has words of the question, or words that mean much the same, in it or above it

No source has these words of the question: “Nobel”, “prize”, “chemistry”.
""")


def test_every_feature_has_plain_words() -> None:
    assert set(in_plain_words()) == {feature.key for feature in FEATURES_WITH_MEANING}


async def test_a_follow_up_is_explained_as_it_was_read(scene: Scene) -> None:
    await scene.ann.slash(scene.channel, "ask", question="When was Baghdadi killed?")
    asked = await scene.ann.slash(scene.channel, "ask", question="Did his death harm the group?")

    pressed = await scene.ben.click(shown(asked), label="Why?")

    assert "• “Baghdadi”, from what was asked before: in " in text(shown(pressed))


async def votes(desk: Desk) -> tuple[int, int]:
    (row,) = await desk.log.recent(1)
    return row.up, row.down


async def test_a_person_has_one_vote_which_they_can_change_and_take_back(
    scene: Scene, answer: simcord.ResponseMessage, desk: Desk
) -> None:
    thanked = await scene.ann.click(answer, label="👍")
    assert thanked.ephemeral
    assert text(shown(thanked)) == snapshot("Thank you. I have noted that this answer helped.")
    await scene.ann.click(answer, label="👍")
    assert await votes(desk) == (1, 0)

    await scene.ann.click(answer, label="👎")
    assert await votes(desk) == (0, 1)

    await scene.ben.click(answer, label="👍")
    assert await votes(desk) == (1, 1)

    await scene.ann.click(shown(thanked), label="Take it back")
    assert text(shown(thanked)) == snapshot("Your vote has been taken back, along with your comment if you wrote one.")
    assert await votes(desk) == (1, 0)


async def test_a_thumb_down_opens_a_form_whose_comment_is_kept_in_the_log(
    scene: Scene, answer: simcord.ResponseMessage, desk: Desk
) -> None:
    form = await scene.ben.click(answer, label="👎")
    assert form.modal is not None
    assert form.modal["title"] == snapshot("What was wrong with it?")
    (row,) = await desk.log.find(Filter(), 5)
    assert list(await desk.log.comments(row.id)) == []

    thanked = await scene.ben.submit_modal(form, {"text": "  It is @everyone's *old* news\n"})

    assert thanked.ephemeral
    assert text(shown(thanked)) == snapshot("Thank you. Your comment is stored with the question, without your name.")
    (comment,) = await desk.log.comments(row.id, guild=scene.guild.id)
    assert (comment.text, comment.helpful) == ("It is @everyone's *old* news", False)


async def test_a_form_may_be_sent_empty(scene: Scene, answer: simcord.ResponseMessage, desk: Desk) -> None:
    thanked = await scene.ben.submit_modal(await scene.ben.click(answer, label="👎"), {"text": ""})

    assert text(shown(thanked)) == snapshot("Thank you. I have noted that this answer did not help.")
    assert await votes(desk) == (0, 1)


async def test_everything_works_after_a_restart_and_a_day_later(
    scene: Scene, answer: simcord.ResponseMessage, new_bot: Callable[[], Quoth], desk: Desk
) -> None:
    more = await scene.ben.click(answer, label="More")
    context = await scene.ben.click(answer, label="Context")
    await scene.env.restart_bot(new_bot())
    looking = scene.bot.get_cog("NotificationsCog")
    assert isinstance(looking, NotificationsCog)
    looking.looking.cancel()  # it looks every minute, which is nothing to an answer's buttons
    await scene.env.advance_time(A_DAY)

    assert text(shown(await scene.ann.click(answer, label="More"))).startswith("The next passages")
    assert text(shown(await scene.ann.click(answer, label="Why?"))).startswith("The chance that the first passage")
    assert "— **" in text(shown(await scene.ann.click(answer, label="Context")))
    before = text(shown(context))
    await scene.ben.select(shown(context), values=["1"])
    assert text(shown(context)) != before
    before = text(shown(more))
    await scene.ben.click(shown(more), label="More")
    assert text(shown(more)) != before
    await scene.ann.click(answer, label="👍")
    assert await votes(desk) == (1, 0)


async def test_a_form_that_was_open_at_a_restart_is_heard(
    scene: Scene, answer: simcord.ResponseMessage, new_bot: Callable[[], Quoth], desk: Desk
) -> None:
    form = await scene.ben.click(answer, label="👎")
    await scene.env.restart_bot(new_bot())

    await scene.ben.submit_modal(form, {"text": "Too old"})

    (row,) = await desk.log.recent(1)
    assert [comment.text for comment in await desk.log.comments(row.id)] == ["Too old"]


async def test_an_answer_whose_articles_have_changed_says_so_and_shows_no_other_words(
    scene: Scene, desk: Desk, tmp_path: Path
) -> None:
    answer = shown(await scene.ann.slash(scene.channel, "ask", question=PRISONERS))
    folder = tmp_path / "articles"
    shutil.copytree(SEEDS, folder)
    changed = folder / "2020-isis-fills-the-gaps.md"
    changed.write_text(changed.read_text(encoding="utf-8").replace("10,000 ISIS", "9,000 ISIS"), encoding="utf-8")
    desk.answerer = Answerer(library.load(folder))

    for label in ("More", "Why?"):
        pressed = await scene.ben.click(answer, label=label)
        assert text(shown(pressed)) == snapshot(
            "The sources have changed since this was answered. Ask the question again to see what they say now."
        )
    pressed = await scene.ben.click(answer, label="Context")
    assert text(shown(pressed)) == snapshot(
        "“How ISIS fills the gaps in Syria and Iraq” has changed since it was quoted here. Ask the question again to see what it says now."
    )
    assert "10,000" in text(answer)


async def test_the_context_of_an_unchanged_article_is_there_when_another_changed(
    scene: Scene, desk: Desk, tmp_path: Path
) -> None:
    answer = shown(await scene.ann.slash(scene.channel, "ask", question=PRISONERS))
    folder = tmp_path / "articles"
    shutil.copytree(SEEDS, folder)
    (folder / "new.md").write_text("A new article.", encoding="utf-8")
    desk.answerer = Answerer(library.load(folder))

    pressed = await scene.ben.click(answer, label="Context")

    assert "10,000" in text(shown(pressed))


async def test_context_shows_a_heading_without_its_marks(scene: Scene, desk: Desk, tmp_path: Path) -> None:
    text_of_it = (
        "# The mill\n\nThe mill stands by the river.\n\n## What it *grinds* ##\n\nIt grinds barley for the town.\n\n"
        "Who built it\n------------\n\nThe millers built it in 1840. C# is no heading.\n"
    )
    desk.answerer = answerer_of(tmp_path / "mill", {"mill.md": text_of_it})
    asked = await scene.ann.slash(scene.channel, "ask", question="What does the mill grind for the town?")

    pressed = await scene.ann.click(shown(asked), label="Context")

    assert unescape(text(shown(pressed)).replace("**", "")) == snapshot("""\
> The mill stands by the river.
> What it _grinds_
> It grinds barley for the town.
> Who built it
> The millers built it in 1840. C# is no heading.
— The mill › What it grinds\
""")


async def all_pages(scene: Scene, id: str, caller: Caller) -> list[str]:  # noqa: A002 - it is called that
    """Press everything that an answer has, as someone who made up the buttons themselves, and give what is said."""
    answers, voted = scene.bot.reception.answers, scene.bot.reception.votes
    pages = [
        await answers.more(id, caller),
        await answers.why(id, caller),
        await answers.context(id, caller),
        await voted.up(id, caller),
        await voted.down(id, caller),
        await voted.comment(id, caller, "forged"),
        await voted.take_back(id, caller),
    ]
    return [page.body if isinstance(page, Page) else page.title for page in pages]


@pytest.mark.usefixtures("answer")
async def test_forged_presses_from_elsewhere_get_nothing(scene: Scene, desk: Desk) -> None:
    (row,) = await desk.log.recent(1)
    await scene.user.send_dm(QUESTION)
    direct, _ = await desk.log.recent(2)

    for caller in (Caller(1, guild=7, channel=row.channel), Caller(1, guild=row.guild, channel=7), Caller(1)):
        assert await all_pages(scene, row.id, caller) == [GONE] * 7
    assert await all_pages(scene, direct.id, Caller(1, channel=7)) == [GONE] * 7
    assert await all_pages(scene, "0" * 16, Caller(scene.ann.id, scene.guild.id, scene.channel.id)) == [GONE] * 7
    assert (row.up, row.down) == await votes(desk) == (0, 0)


async def test_what_was_asked_privately_is_the_askers_alone(scene: Scene, desk: Desk) -> None:
    asked = await scene.ann.slash(scene.channel, "ask", question=QUESTION, private=True)
    message = await scene.ben.send(scene.channel, QUESTION)
    found = await scene.ann.context_menu(scene.channel, "Find sources", message)

    assert asked.ephemeral
    for row in await desk.log.recent(2):
        assert row.private
        assert await all_pages(scene, row.id, Caller(scene.ben.id, scene.guild.id, scene.channel.id)) == [GONE] * 7
    for result in (asked, found):
        assert "The next passages" in text(shown(await scene.ann.click(shown(result), label="More")))
        await scene.ann.click(shown(result), label="👍")
    assert [row.up for row in await desk.log.recent(2)] == [1, 1]


async def test_where_nobody_can_be_told_apart_a_private_answer_is_nobodys(scene: Scene, desk: Desk) -> None:
    await scene.ann.slash(scene.channel, "ask", question=QUESTION, private=True)
    (row,) = await desk.log.recent(1)
    await desk.log.add(dataclasses.replace(row, id="0" * 16, asker=""))
    scene.bot.reception.answers.asker = lambda _: ""

    page = await scene.bot.reception.answers.why("0" * 16, Caller(scene.ann.id, scene.guild.id, scene.channel.id))

    assert page.body == GONE


async def test_votes_that_nobody_can_be_told_apart_by_are_not_counted(
    scene: Scene, answer: simcord.ResponseMessage, desk: Desk
) -> None:
    scene.bot.reception.votes.asker = lambda _: ""

    pressed = await scene.ann.click(answer, label="👎")

    assert text(shown(pressed)) == snapshot(
        "Votes cannot be counted right now. The people who run this bot can find the reason in their log."
    )
    assert await votes(desk) == (0, 0)


async def test_the_buttons_of_a_direct_message_work_there(scene: Scene, desk: Desk) -> None:
    await scene.user.send_dm(QUESTION)
    message = scene.user.dm_channel.last_message

    for label in ("More", "Context", "Why?", "👍"):
        assert "> " in text(shown(await scene.user.click(message, label=label))) or label == "👍"
    assert await votes(desk) == (1, 0)


async def test_a_log_that_cannot_be_read_is_said_so_at_every_button(
    scene: Scene, answer: simcord.ResponseMessage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreadable(*_: Any, **__: Any) -> None:
        raise LogError("The disk is gone.")

    monkeypatch.setattr(desk.log, "get", unreadable)

    for label in ("More", "Context", "Why?", "👍", "👎"):
        pressed = await scene.ann.click(answer, label=label)
        assert pressed.ephemeral
        assert text(shown(pressed)).startswith("The log cannot be read right now.")
