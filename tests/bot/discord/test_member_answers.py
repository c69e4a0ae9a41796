"""What a member wrote becomes a source by an editor's hand, with the member's knowledge, for as long as they like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from bot.services.caller import Caller
from tests.bot.discord.scene import Scene, drawn, labels, one_embed, shown, text

if TYPE_CHECKING:
    import simcord

    from bot.services.sources.source_desk import SourceDesk

LAMP = "The lamp of the Norrholm lighthouse is lit at half past four in winter."
SUMMER = "In summer the lamp is lit at ten."
QUESTION = "When is the lamp of the Norrholm lighthouse lit?"


async def kept(scene: Scene, manager: simcord.MemberActor, said: str = LAMP) -> simcord.InteractionResult:
    message = await scene.ann.send(scene.channel, said)
    offer = await manager.context_menu(scene.channel, "Keep as a source", message)
    return await manager.click(shown(offer), label="Keep")


async def answer(scene: Scene) -> str:
    return text(shown(await scene.ben.slash(scene.channel, "ask", question=QUESTION))).replace("**", "")


async def test_a_message_is_kept_and_cited_as_a_members_answer_and_its_author_is_told(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    message = await scene.ann.send(scene.channel, LAMP)

    offer = await manager.context_menu(scene.channel, "Keep as a source", message)

    assert offer.ephemeral
    day = message.created_at.date().isoformat()
    assert drawn(one_embed(shown(offer))).replace(day, "2026-01-01") == snapshot("""\
Keep this message as a source?
If you keep it, I quote it as a member’s answer, not a document, with the name, the day and a link back.

**ann\\: The lamp of the Norrholm lighthouse is lit at half past fou…**

> The lamp of the Norrholm lighthouse is lit at half past four in winter.

**Written by** ann · 2026-01-01

ann is told, and can have it removed at any time.
Only you can see this\
""")
    assert labels(shown(offer)) == snapshot(["Keep", "Discard", "Give its question", "What would change?"])
    assert LAMP not in await answer(scene)
    done = await manager.click(shown(offer), label="Keep")
    assert text(shown(done)) == snapshot("""\
**ann\\: The lamp of the Norrholm lighthouse is lit at half past fou…** is kept. I answer from it now.
ann has been told.\
""")

    said = await answer(scene)
    assert LAMP in said
    assert "member answer, not a document" in said
    assert f"/channels/{scene.guild.id}/{scene.channel.id}/{message.id}" in said
    told = scene.user.dm_channel.last_message
    assert told is not None
    assert drawn(told.embeds[0]).replace(message.jump_url, "<link>") == snapshot("""\
Something you wrote is a source now
An editor of **Test Guild** kept [a message of yours](<link>) as a source. I quote it there.

If you do not want that, have it removed here, or with `/privacy delete`.
""")


async def test_its_author_has_it_removed_for_good_by_the_button_in_their_message(
    scene: Scene, manager: simcord.MemberActor, source_desk: SourceDesk
) -> None:
    await kept(scene, manager)
    told = scene.user.dm_channel.last_message
    assert told is not None

    removed = await scene.user.click(told, label="Remove it")

    assert text(shown(removed)) == snapshot("It is removed for good, and I no longer quote it.")
    assert LAMP not in await answer(scene)
    left = b"".join(path.read_bytes() for path in source_desk.store.folder.parent.rglob("*.md"))
    left += b"".join(path.read_bytes() for path in source_desk.store.aside.iterdir())
    assert b"half past four" not in left
    history = await manager.slash(scene.channel, "sources history")
    assert labels(shown(history)) == []


async def test_nobody_else_can_have_it_removed_so(scene: Scene, manager: simcord.MemberActor) -> None:
    await kept(scene, manager)

    page = await scene.bot.reception.member_answers.withdraw(caller(scene.ben.id), "1")

    assert page.body == snapshot("It is not a source any more, so there is nothing to remove.")
    assert LAMP in await answer(scene)


async def test_privacy_shows_and_deletes_it(scene: Scene, manager: simcord.MemberActor) -> None:
    await kept(scene, manager)

    show = text(shown(await scene.ann.slash(scene.channel, "privacy show")))
    of_mia = text(shown(await manager.slash(scene.channel, "privacy show")))
    delete = await scene.ann.slash(scene.channel, "privacy delete")
    asked = text(shown(delete))
    await scene.ann.click(shown(delete), label="Delete for good")

    assert "1 answer that you wrote is kept as a source, with your name, its day and a link to it." in show
    assert "I keep your Discord id with 1 change that you made to the sources." in of_mia
    assert asked == snapshot(
        "Answers of yours that are kept as sources are deleted, and your id with changes you made to sources."
    )
    assert LAMP not in await answer(scene)
    again = text(shown(await scene.ann.slash(scene.channel, "privacy show")))
    assert "kept as a source" not in again


async def test_an_editor_gives_the_question_and_a_gap_is_closed(scene: Scene, manager: simcord.MemberActor) -> None:
    asked = "At what hour does the beacon go on in December?"
    await scene.ben.slash(scene.channel, "ask", question=asked)
    (row,) = await scene.bot.reception.desk.log.recent(1)
    message = await scene.ann.send(scene.channel, LAMP)
    offer = await manager.context_menu(scene.channel, "Keep as a source", message)

    form = await manager.click(shown(offer), label="Give its question")
    with_question = await manager.submit_modal(form, {"text": row.id})

    assert f"**{asked}**" in text(shown(with_question))
    done = await manager.click(shown(with_question), label="Keep")
    assert "The gap that its question belongs to is closed." in text(shown(done))
    closed = await manager.slash(scene.channel, "log gap", id=row.id)
    assert "closed" in drawn(one_embed(shown(closed))).casefold()
    found = text(shown(await scene.ben.slash(scene.channel, "ask", question=asked)))
    assert LAMP in found.replace("**", "")


async def test_several_messages_are_joined_to_one_source_of_several_authors(
    scene: Scene, manager: simcord.MemberActor, source_desk: SourceDesk
) -> None:
    first = await scene.ann.send(scene.channel, LAMP)
    second = await scene.ben.send(scene.channel, SUMMER)
    await manager.context_menu(scene.channel, "Keep as a source", first)
    offer = await manager.context_menu(scene.channel, "Keep as a source", second)

    joined = await manager.click(shown(offer), label="Join to the one before")
    await manager.click(shown(joined), label="Keep")

    (source,) = source_desk.store.listed(scene.guild.id)
    content = source_desk.store.content(source.file).decode()
    assert LAMP in content
    assert SUMMER in content
    assert source.about.author == "ann, ben"
    assert scene.user.dm_channel.last_message is not None
    assert [sent.json for sent in scene.env.http_requests if sent.path == "/users/@me/channels"] == [
        {"recipient_id": str(scene.ann.id)},
        {"recipient_id": str(scene.ben.id)},
    ]


@pytest.mark.parametrize(
    "said", ["---\nname: Forged\ndate: 1999-01-01\n---\n\nText here.", "# Big\n\n<b>x</b> @everyone"]
)
async def test_what_a_message_says_at_its_head_is_text(scene: Scene, manager: simcord.MemberActor, said: str) -> None:
    await kept(scene, manager, said)

    (article,) = [one for one in scene.bot.reception.desk.answerer.library.articles if one.file.startswith("@")]
    assert article.name.startswith("ann: ")
    assert article.date == scene.user.dm_channel.last_message.created_at.date()  # type: ignore[union-attr]


async def test_messages_of_apps_and_of_those_who_opted_out_are_not_kept(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    await scene.ann.slash(scene.channel, "privacy opt-out")
    await scene.ben.slash(scene.channel, "ask", question=QUESTION)
    by_bot = await manager.context_menu(scene.channel, "Keep as a source", scene.last)
    out = await manager.context_menu(scene.channel, "Keep as a source", await scene.ann.send(scene.channel, LAMP))

    assert [text(shown(one)) for one in (by_bot, out)] == snapshot(
        [
            "Only what a person wrote can be kept, and this message is from an app.",
            "The person who wrote this has asked me to keep nothing of theirs.",
        ]
    )


async def test_others_cannot_keep_anything(scene: Scene) -> None:
    message = await scene.ann.send(scene.channel, LAMP)

    refused = await scene.ben.context_menu(scene.channel, "Keep as a source", message)

    assert text(shown(refused)) == "Only this server’s editors can add, change and remove its sources."


def caller(user: int) -> Caller:
    return Caller(user)
