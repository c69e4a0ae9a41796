"""Editors add sources to their server and take them away; nobody else does, and nothing counts before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest
from inline_snapshot import snapshot

from tests.bot.discord.scene import Scene, drawn, labels, one_embed, shown, text

if TYPE_CHECKING:
    from collections.abc import Callable

    import simcord

    from bot.discord.client import Quoth
    from bot.services.sources.source_desk import SourceDesk


FERRY = (
    b"# Ferry\n\nThe ferry to Sandvik leaves at nine. It takes an hour.\n\n| Day | Fare |\n|---|---|\n| Monday | 4 |\n"
)
QUESTION = "When does the ferry to Sandvik leave?"


async def offered(
    manager: simcord.MemberActor, scene: Scene, content: bytes = FERRY, **lines: str
) -> simcord.InteractionResult:
    form = await manager.slash(scene.channel, "sources add")
    return await manager.submit_modal(form, {"file": ("ferry.md", content), **lines})


async def test_a_source_is_added_by_a_form_and_answered_from_once_it_is_kept(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    form = await manager.slash(scene.channel, "sources add")
    assert form.modal is not None
    assert [one["label"] for one in form.modal["components"]] == snapshot(
        ["File", "Address: where it is in the web", "Name in answers", "Date", "Collection"]
    )
    offer = await manager.submit_modal(
        form, {"file": ("ferry.md", FERRY), "name": "The ferry", "date": "2026-03-31", "collection": "Travel"}
    )

    assert offer.ephemeral
    assert drawn(one_embed(shown(offer))) == snapshot("""\
Keep this source?
This is how I read it. I answer from it only when you press Keep.

**The ferry**
2026-03-31 · 2 sentences · 1 table row
> The ferry to Sandvik leaves at nine. It takes an hour.
Only you can see this\
""")
    before = await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    assert "leaves at nine" not in text(shown(before))

    kept = await manager.click(shown(offer), label="Keep")

    assert text(shown(kept)) == snapshot("**The ferry** is added. I answer from it now.")
    assert labels(shown(kept)) == []
    after = text(shown(await scene.ann.slash(scene.channel, "ask", question=QUESTION)))
    assert "The ferry to Sandvik leaves at nine." in after.replace("**", "")
    assert "31 March 2026" in after


async def test_what_is_discarded_is_not_added_and_cannot_be_kept_any_more(
    scene: Scene, manager: simcord.MemberActor, source_desk: SourceDesk
) -> None:
    first, second = await offered(manager, scene), await offered(manager, scene)

    discarded = await manager.click(shown(first), label="Discard")

    assert text(shown(discarded)) == snapshot("Discarded. Nothing was added.")
    assert source_desk.store.listed() == []
    await manager.click(shown(second), label="Keep")
    third = await offered(manager, scene)
    await manager.click(shown(third), label="Keep")
    assert text(shown(third)) == snapshot(
        "There is a source with that file already. Replace that one, or rename the file."
    )


async def test_the_buttons_of_an_offer_work_after_a_restart(
    scene: Scene, manager: simcord.MemberActor, new_bot: Callable[[], Quoth], source_desk: SourceDesk
) -> None:
    offer = await offered(manager, scene, name="The ferry")
    await scene.env.restart_bot(new_bot())

    await manager.click(shown(offer), label="Keep")

    assert text(shown(offer)) == snapshot("**The ferry** is added. I answer from it now.")
    assert [one.file for one in source_desk.store.listed(scene.guild.id)] == [f"@{scene.guild.id}/sources/ferry.md"]


async def test_a_source_is_replaced_renamed_removed_and_brought_back(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    await manager.click(shown(await offered(manager, scene, name="The ferry")), label="Keep")
    (choice,) = await manager.autocomplete(scene.channel, "sources replace", "source", "ferr")
    form = await manager.slash(scene.channel, "sources replace", source=choice["value"])
    later = await manager.submit_modal(form, {"file": ("new.md", FERRY.replace(b"nine", b"ten"))})
    assert (one_embed(shown(later)).description or "").startswith(
        "This would replace **The ferry**. Until you press Keep, answers come from what is there now."
    )
    replaced = await manager.click(shown(later), label="Keep")
    renamed = await manager.slash(scene.channel, "sources rename", source=choice["value"], name="Ferries")
    said = text(shown(await scene.ann.slash(scene.channel, "ask", question=QUESTION))).replace("**", "")
    removed = await manager.slash(scene.channel, "sources remove", source="ferries")
    without = text(shown(await scene.ann.slash(scene.channel, "ask", question=QUESTION))).replace("**", "")
    await manager.click(shown(removed), label="Bring it back")
    again = text(shown(await scene.ann.slash(scene.channel, "ask", question=QUESTION))).replace("**", "")

    assert [text(shown(one)) for one in (replaced, renamed, removed)] == snapshot(
        [
            "**The ferry** is replaced.",
            "This source is called **Ferries** now.",
            "**Ferries** is back, and I answer from it again.",
        ]
    )
    assert "leaves at ten" in said
    assert "Ferries" in said
    assert "leaves at" not in without
    assert "leaves at ten" in again


async def test_the_history_tells_who_did_what_and_brings_back_what_was_replaced(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    await manager.click(shown(await offered(manager, scene, name="The ferry")), label="Keep")
    form = await manager.slash(scene.channel, "sources replace", source="the ferry")
    later = await manager.submit_modal(form, {"file": ("new.md", FERRY.replace(b"nine", b"ten"))})
    await manager.click(shown(later), label="Keep")

    history = await manager.slash(scene.channel, "sources history")

    lines = text(shown(history)).splitlines()
    assert lines[0::2] == ["**The ferry** replaced (2)", "**The ferry** added"]
    assert all(line.endswith(f" · <@{manager.id}>") for line in lines[1::2])
    assert labels(shown(history)) == ["Bring back 2"]
    await manager.click(shown(history), label="Bring back 2")
    asked = text(shown(await scene.ann.slash(scene.channel, "ask", question=QUESTION))).replace("**", "")
    assert "leaves at nine" in asked


async def test_an_editor_who_may_not_read_the_log_hears_only_how_many_questions_there_are(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    handler = scene.bot.reception.source_changes
    handler.operator = handler.operator.model_copy(update={"editors": frozenset({scene.ben.id, manager.id})})
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    offer = await offered(scene.ben, scene, name="The ferry")

    found = await scene.ben.click(shown(offer), label="What would change?")

    assert "**Answered otherwise:** 1" in text(shown(found))
    assert "ferry" not in text(shown(found))


async def test_what_another_server_added_is_in_no_preview(scene: Scene, manager: simcord.MemberActor) -> None:
    elsewhere = scene.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    role = elsewhere.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    eve = elsewhere.add_member(scene.env.create_user("eve"), roles=[role])
    form = await eve.slash(channel, "sources add")
    await eve.click(shown(await eve.submit_modal(form, {"file": ("ferry.md", FERRY)})), label="Keep")
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    offer = await offered(manager, scene, FERRY.replace(b"nine", b"ten"), name="The ferry")

    found = text(shown(await manager.click(shown(offer), label="What would change?")))

    assert "leaves at ten" in found
    assert "leaves at nine" not in found


async def test_before_it_is_kept_the_past_questions_say_what_it_would_change(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    await scene.ann.slash(scene.channel, "ask", question="Who leads the group now?")
    offer = await offered(manager, scene, name="The ferry")

    found = await manager.click(shown(offer), label="What would change?")

    assert found.ephemeral
    assert drawn(one_embed(shown(found))) == snapshot("""\
What would change
I asked 2 past questions of this server again, with this source and without it.

**Answered otherwise:** 1
**Answered for the first time:** 1

**When does the ferry to Sandvik leave?** (new answer)
> The ferry to Sandvik leaves at nine.
""")
    after = text(shown(await scene.ann.slash(scene.channel, "ask", question=QUESTION)))
    assert "leaves at nine" not in after


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "That file is empty."),
        (b"\x7fELF\x02\x01\x00", "I cannot read files of that kind."),
        (b"%PDF-1.4 broken", "I cannot quote from this file, so it was not added."),
        (b"PK\x03\x04" + b"\0" * 200, "I cannot quote from this file, so it was not added."),
        (b"\x1f\x8b" + b"\xff" * 50, "I cannot read files of that kind."),
        (b"> " * 200_000 + b"deep", None),
        (b"[" * 300_000, None),
        ("\u202e<@&1> @everyone [a](http://evil.example)\u200b".encode() * 500, None),
    ],
    ids=["empty", "program", "pdf", "zip", "gzip", "quotations", "brackets", "signs"],
)
async def test_hostile_files_harm_nothing(
    scene: Scene, manager: simcord.MemberActor, source_desk: SourceDesk, content: bytes, said: str | None
) -> None:
    offer = await offered(manager, scene, content)

    told = text(shown(offer))
    assert said is None or told.startswith(said)
    assert "<@&1>" not in told
    assert source_desk.store.listed() == []


async def test_an_address_within_the_network_is_not_fetched(scene: Scene, manager: simcord.MemberActor) -> None:
    results = [
        await manager.slash(scene.channel, "sources add", address=address)
        for address in ("https://169.254.169.254/latest", "http://docs.example/a.md", "docs.example")
    ]

    assert [text(shown(one)) for one in results] == snapshot(
        [
            "I do not fetch anything from that address. Download it, and send me the file.",
            "I only fetch from addresses that begin with https://.",
            "That is no whole address. Write it from https:// on.",
        ]
    )


async def test_those_whom_the_operator_names_are_the_editors(scene: Scene, manager: simcord.MemberActor) -> None:
    handler = scene.bot.reception.source_changes
    role = scene.guild.create_role("Librarians")
    librarian = scene.guild.add_member(scene.env.create_user("lea"), roles=[role])
    handler.operator = handler.operator.model_copy(update={"editors": frozenset({role.id, scene.ben.id})})

    opened = [
        (await person.slash(scene.channel, "sources add")).modal is not None
        for person in (librarian, scene.ben, manager, scene.ann)
    ]

    assert opened == [True, True, False, False]


async def test_nobody_else_adds_changes_or_sees_anything(scene: Scene, manager: simcord.MemberActor) -> None:
    await manager.click(shown(await offered(manager, scene, name="The ferry")), label="Keep")

    refused = [
        await scene.ann.slash(scene.channel, "sources add"),
        await scene.ann.slash(scene.channel, "sources remove", source="the ferry"),
        await scene.ann.slash(scene.channel, "sources rename", source="the ferry", name="x"),
        await scene.ann.slash(scene.channel, "sources replace", source="the ferry"),
        await scene.ann.slash(scene.channel, "sources history"),
        await scene.ann.slash(scene.channel, "sources reload"),
    ]

    assert {text(shown(one)) for one in refused} == {
        "Only this server’s editors can add, change and remove its sources."
    }
    assert await scene.ann.autocomplete(scene.channel, "sources remove", "source", "") == []
    direct = await scene.user.slash("sources add")
    assert text(shown(direct)) == snapshot(
        "Sources are added in a server. Use this in one whose sources you look after."
    )
