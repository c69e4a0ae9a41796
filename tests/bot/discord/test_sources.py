"""`/sources` and `/help` on Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from inline_snapshot import snapshot

from bot.config.errors import LogError
from bot.pages import sources
from bot.services.caller import Caller
from bot.store.filters import Filter
from tests.bot.discord.scene import Scene, drawn, one_embed, shown, text

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from bot.discord.client import Quoth
    from bot.services.question_service import Desk
    from retrieval.answer.answerer import Answerer


async def test_the_list_has_every_source_and_is_seen_by_whoever_asked(scene: Scene, answerer: Answerer) -> None:
    result = await scene.ann.slash(scene.channel, "sources list")

    assert result.ephemeral
    embed = one_embed(shown(result))
    assert embed.title == "5 sources"
    assert all(article.name in (embed.description or "") for article in answerer.library.articles)
    assert shown(result).components == []


async def test_a_long_list_is_turned_by_buttons_also_after_a_restart(
    scene: Scene, new_bot: Callable[[], Quoth], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "PER_PAGE", 2)
    listed = await scene.ann.slash(scene.channel, "sources list")
    await scene.ann.click(shown(listed), label="Next")
    await scene.env.restart_bot(new_bot())
    await scene.ann.click(shown(listed), label="Next")

    assert drawn(one_embed(shown(listed))) == snapshot("""\
5 sources
5. **Isis regains strength as the pressure on it fades**
24 May 2020 · 56 sentences
Page 3 of 3\
""")
    (row,) = shown(listed).components
    assert [button["label"] for button in row["components"] if button["disabled"]] == ["Next"]


async def test_one_source_is_shown_with_what_is_known_of_it(scene: Scene) -> None:
    result = await scene.ann.slash(
        scene.channel, "sources show", name="after mosul, isis prepares for life without a caliphate"
    )

    assert result.ephemeral
    assert one_embed(shown(result)).title == "After Mosul, ISIS prepares for life without a caliphate"
    assert text(shown(result)).startswith("**Date** 10 July 2017\n**Author** The Quoth authors\n")
    assert "\n\n> " in text(shown(result))


async def test_the_list_counts_the_quotations_of_this_server_alone(scene: Scene, desk: Desk) -> None:
    await scene.ann.slash(scene.channel, "ask", question="Has ISIS attacked Mozambique?")
    await scene.ann.slash(scene.channel, "ask", question="When was Baghdadi killed?", source="2020-isis-recovers.md")
    elsewhere = scene.env.create_guild("Elsewhere")
    member, channel = elsewhere.add_member(scene.user), elsewhere.create_text_channel("general")
    await member.slash(channel, "ask", question="When was Baghdadi killed?")
    (row,) = await desk.log.find(Filter(guild=scene.guild.id, source="2020-isis-recovers.md"), 5)

    here = text(shown(await scene.ann.slash(scene.channel, "sources list")))
    shows = text(shown(await scene.ann.slash(scene.channel, "sources show", name="2020-isis-recovers.md")))
    direct = text(shown(await scene.user.slash("sources list")))

    assert [line for line in here.splitlines() if "quoted" in line] == [
        f"24 May 2020 · 56 sentences · quoted {len(row.quotes)} times here"
    ]
    assert f"**Quoted here** {len(row.quotes)} times" in shows
    assert "quoted" not in direct


async def test_a_log_that_cannot_be_read_costs_nobody_the_list(
    scene: Scene, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreadable(*_: Any, **__: Any) -> None:
        raise LogError("The disk is gone.")

    monkeypatch.setattr(desk.log, "quote_counts", unreadable)

    result = await scene.ann.slash(scene.channel, "sources list")

    assert "24 May 2020 · 56 sentences" in text(shown(result))


async def test_the_whole_text_of_a_source_is_sent_as_a_file_to_whoever_wants_it(
    scene: Scene, answerer: Answerer, new_bot: Callable[[], Quoth]
) -> None:
    shows = await scene.ann.slash(scene.channel, "sources show", name="2020-isis-recovers.md")
    await scene.env.restart_bot(new_bot())

    sent = await scene.ann.click(shown(shows), label="The whole text")

    assert sent.ephemeral
    (attachment,) = shown(sent).attachments
    article = next(each for each in answerer.library.articles if each.file == "2020-isis-recovers.md")
    assert attachment.filename == "2020-isis-recovers.md"
    assert (await attachment.read()).decode() == article.text
    assert text(shown(sent)) == f"The text of **{article.name}**, exactly as I quote from it:"


async def test_the_text_of_a_source_that_has_changed_is_not_sent(scene: Scene) -> None:
    page = await scene.bot.reception.sources.text(Caller(user=1), "0" * 64)

    assert page.attachment is None
    assert page.body == snapshot(
        "That source is no longer here, or has changed. See `/sources list` for what there is now."
    )


async def test_names_are_suggested_in_the_users_own_spelling(scene: Scene) -> None:
    for typed in ("gáps", "ISIS FILLS THE GAPS", "how isis filled the gap"):
        choices = await scene.ann.autocomplete(scene.channel, "sources show", "name", typed)

        assert choices[0]["name"] == "How ISIS fills the gaps in Syria and Iraq"


async def test_all_names_are_suggested_before_anything_is_typed(scene: Scene) -> None:
    assert len(await scene.ann.autocomplete(scene.channel, "sources show", "name", "")) == 5


async def test_help_tells_how_to_ask(scene: Scene) -> None:
    result = await scene.ann.slash(scene.channel, "help")

    assert result.ephemeral
    assert drawn(one_embed(shown(result))) == snapshot("""\
How to ask
Ask a question, and I quote the sentences from my sources that answer it, word for word, each with the name of its source. If there are none, I say so.

**/ask** searches all sources, or one of your choice; with *private* only you see the answer
**/compare** shows what each source says about a question, by date
**@mention** me in a channel with your question, or write to me in a direct message
**Follow up** with “and in Iraq?” or “when was he killed?”: within ten minutes in the same place, by replying to one of my answers, or with *Ask on* below an answer to **/ask**. Below the answer I say which earlier words I added
**The buttons** below an answer show you more passages, the sentences around a quotation, why it was chosen, and how to cite it; 👍 and 👎 tell the people who run this bot whether it helped, and *Delete* removes an answer to you
**Find sources** in the menu of a message (Apps) searches for its text; only you see what is found
**Check this quote** in the same menu, or **/verify**, tells you whether a source has exactly these words; give **/verify** a file, and each quotation in it is checked
**/sources list** and **/sources show** tell you what I know
For this server’s editors, **/sources add** and what belongs to it change what I know, and **Keep as a source** in the menu of a message makes it one
For people who manage this server, **/log recent**, **/log search**, **/log show**, **/log stats** and **/log export** show what was asked, **/log unanswered** and **/log gap** what the sources lack, and **/log corrections** which answers their source no longer supports
For people who manage this server, **/settings show** tells how I behave here and how to change it
**/privacy show** tells you what is stored about you and how to delete it; **/privacy opt-out** keeps your questions out of the log

Questions and answers are kept in a log, with a code in place of your name.
""")  # noqa: E501


async def test_every_command_is_in_the_help(scene: Scene) -> None:
    result = await scene.ann.slash(scene.channel, "help")

    body = text(shown(result))
    for command in scene.bot.tree.get_commands(type=discord.AppCommandType.chat_input):
        assert f"/{command.name}" in body or command.name == "help"
    assert "Find sources" in body
