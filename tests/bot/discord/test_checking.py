"""`/verify` and “Check this quote”: whether a text is word for word in a source."""
# ruff: noqa: E501 - what is shown is held as it is shown, a line a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from bot.pages import help_pages
from bot.pages.markdown import unescape
from bot.services import verification_service
from bot.store.preferences import Server
from tests.bot.discord.scene import Scene, drawn, one_embed, shown, text

if TYPE_CHECKING:
    from bot.services.question_service import Desk

EXACT = "Isis has lost its caliphate and its leader, yet a divided world is giving the group room to recover."


@pytest.mark.parametrize(
    ("said", "page"),
    [
        pytest.param(
            "Isis has lost its caliphate and its leader",
            snapshot("""\
Isis has lost its caliphate and its leader
**Found word for word.** A source says exactly this:

> **Isis has lost its caliphate and its leader**, yet a divided world is giving the group room to recover.
— **Isis regains strength as the pressure on it fades**, 24 May 2020
"""),
            id="word for word",
        ),
        pytest.param(
            "“breaking the walls”, and it let many extremists loose",
            snapshot("""\
“breaking the walls”, and it let many extremists loose
**Found: the words are the same.** Only quotation marks, dashes or spaces differ:

> Al-Qaeda ran a campaign of that kind in 2012 and 2013 under the name **"breaking the walls", and it let many extremists loose**.
— **The ISIS comeback that the battlefield does not show** › What the warnings say, 20 November 2019
"""),
            id="but for typography",
        ),
        pytest.param(
            "Isis has lost its *caliphate* but never its leaders, yet a divided world is giving room to recover",
            snapshot("""\
Isis has lost its \\*caliphate\\* but never its leaders, yet a divided world is giving room to recover
**Not word for word.** What is struck out is not in the source; what is bold is only in the source:

Isis has lost its ~~\\*caliphate\\* but~~ **caliphate and** ~~never~~ its ~~leaders,~~ **leader,** yet a divided world is giving **the group** room to recover

> **Isis has lost its caliphate and its leader, yet a divided world is giving the group room to recover**.
— **Isis regains strength as the pressure on it fades**, 24 May 2020
"""),
            id="nearly",
        ),
        pytest.param(
            "Isis has lost its caliphate and also its leaders",
            snapshot("""\
Isis has lost its caliphate and also its leaders
**Not word for word.** What is struck out is not in the source; what is bold is only in the source:

Isis has lost its caliphate and ~~also~~ its ~~leaders~~ **leader,**

> **Isis has lost its caliphate and its leader,** yet a divided world is giving the group room to recover.
— **Isis regains strength as the pressure on it fades**, 24 May 2020
"""),
            id="nearly, below a title",
        ),
        pytest.param(
            "The moon is made of green cheese, they say @everyone",
            snapshot("""\
The moon is made of green cheese, they say \\@everyone
**Not found.** No source says this, and nothing in them comes close.
"""),
            id="not at all",
        ),
        pytest.param(
            "saul",
            snapshot("""\
saul
**Not found.** No source says this, and nothing in them comes close.
"""),
            id="a word of its own, nowhere",
        ),
    ],
)
async def test_a_text_is_found_nearly_found_or_not_found(scene: Scene, said: str, page: str) -> None:
    result = await scene.ann.slash(scene.channel, "verify", text=said)

    assert result.ephemeral
    assert drawn(one_embed(shown(result))) == page


async def test_of_a_large_library_the_articles_like_the_text_are_looked_into(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = (
        EXACT,
        EXACT.replace(",", " ,").replace("Isis", "Isis\u00ad"),
        EXACT.replace("room", "rooms"),
        "Lorem ipsum dolor",
    )
    before = [shown(await scene.ann.slash(scene.channel, "verify", text=said)).embeds for said in texts]
    monkeypatch.setattr(verification_service, "LARGE", 0)
    after = [shown(await scene.ann.slash(scene.channel, "verify", text=said)).embeds for said in texts]

    assert before == after


@pytest.mark.parametrize(
    "message",
    [
        EXACT,
        f"> {EXACT}\nSo they say!",
        f"Look: “{EXACT}” Is that so?",
        f'He wrote "{EXACT}" and "left".',
        EXACT.replace("caliphate", "**caliphate**").replace(",", r"\,"),
    ],
)
async def test_what_a_message_quotes_is_checked(scene: Scene, message: str) -> None:
    sent = await scene.ann.send(scene.channel, message)

    result = await scene.ben.context_menu(scene.channel, "Check this quote", sent)

    assert result.ephemeral
    assert unescape(one_embed(shown(result)).title or "") == EXACT
    assert text(shown(result)).startswith("**Found word for word.**")


async def test_a_message_without_words_has_nothing_to_check(scene: Scene) -> None:
    await scene.ann.slash(scene.channel, "ask", question="Who leads the group now?")

    result = await scene.ben.context_menu(scene.channel, "Check this quote", scene.last)

    assert text(shown(result)) == snapshot("That message has no text to check. Choose one with words in it.")


async def test_nothing_of_a_text_that_is_checked_is_kept(scene: Scene) -> None:
    await scene.ann.slash(scene.channel, "verify", text=EXACT)

    assert list(await scene.bot.reception.desk.log.recent(5)) == []


async def test_the_longest_text_is_checked_within_discords_limits(scene: Scene) -> None:
    for said in ("[" * 4000, "a " * 2000, EXACT * 39, (EXACT + " Not.") * 38):
        result = await scene.ann.slash(scene.channel, "verify", text=said[:4000])

        assert len(one_embed(shown(result))) <= 6000


DRAFT = f"""Our report says “{EXACT[:60]}” and adds that “Isis has lost its empire and its leader”.

> Nobody in this town has ever seen a lion fly.
"""


async def test_each_quotation_of_a_draft_is_checked_and_noted(scene: Scene) -> None:
    result = await scene.ann.slash(scene.channel, "verify", file=("draft.md", DRAFT.encode()))

    assert result.ephemeral
    assert drawn(one_embed(shown(result))) == snapshot("""\
draft.md
**3 quotations**: 1 found, 1 altered, 1 not found

✅ **1.** Isis has lost its caliphate and its leader, yet a divided wo
found in Isis regains strength as the pressure on it fades (24 May 2020)

✏️ **2.** Isis has lost its empire and its leader
altered, in Isis regains strength as the pressure on it fades (24 May 2020)\\: “empire” is “caliphate” there

❌ **3.** Nobody in this town has ever seen a lion fly.
not found in any source
""")
    (attachment,) = shown(result).attachments
    assert attachment.filename == "draft.checked.md"
    assert (await attachment.read()).decode() == snapshot("""\
Our report says “Isis has lost its caliphate and its leader, yet a divided wo” [1: found in Isis regains strength as the pressure on it fades (24 May 2020)] and adds that “Isis has lost its empire and its leader” [2: altered, in Isis regains strength as the pressure on it fades (24 May 2020): “empire” is “caliphate” there].

> Nobody in this town has ever seen a lion fly. [3: not found in any source]
""")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "notes.txt",
            b"No quotation is in this.",
            snapshot(
                "There is no quotation in this file: nothing of four words or more in quotation marks, and no lines that begin with >."
            ),
        ),
        (
            "draft.exe",
            b"MZ",
            snapshot(
                "That file cannot be checked. That kind of file cannot be read here; hand in one of .md, .txt, .html, .docx, .pdf."
            ),
        ),
        (
            "draft.docx",
            b"PK\x03\x04 broken",
            snapshot(
                "That file cannot be checked. The file is broken\\: it cannot be unpacked; download or save it anew."
            ),
        ),
    ],
)
async def test_a_file_without_quotations_or_that_cannot_be_read_is_said_so(
    scene: Scene, name: str, content: bytes, said: str
) -> None:
    result = await scene.ann.slash(scene.channel, "verify", file=(name, content))

    assert result.ephemeral
    assert text(shown(result)) == said


async def test_a_text_and_a_file_are_not_checked_together(scene: Scene) -> None:
    both = await scene.ann.slash(scene.channel, "verify", text=EXACT, file=("draft.md", DRAFT.encode()))
    neither = await scene.ann.slash(scene.channel, "verify")

    assert text(shown(both)) == text(shown(neither)) == snapshot("Give me a text or a file to check, one of the two.")


async def test_a_draft_costs_what_its_length_says(scene: Scene) -> None:
    long = "\n\n".join(f"“There is no such thing as number {number}”" for number in range(100))
    await scene.ann.slash(scene.channel, "verify", file=("draft.md", long.encode()))

    asked = await scene.ann.slash(scene.channel, "ask", question="Who leads the group now?")
    of_another = await scene.ben.slash(scene.channel, "ask", question="Who leads the group now?")

    assert text(shown(asked)).startswith("One moment, please: you can ask again in ")
    assert not text(shown(of_another)).startswith("One moment")


async def test_a_draft_is_given_up_where_the_program_ends(scene: Scene, desk: Desk) -> None:
    desk.closing = True

    result = await scene.ann.slash(scene.channel, "verify", file=("draft.md", DRAFT.encode()))

    assert text(shown(result)) == help_pages.leaving().body


async def test_where_the_bot_does_not_answer_it_checks_nothing_whoever_asks_in_whatever_way(scene: Scene) -> None:
    await scene.bot.reception.settings.preferences.change(
        scene.guild.id, lambda _: Server(told=True, channels=(scene.channel.id,))
    )
    elsewhere = scene.guild.create_text_channel("elsewhere")

    for number in range(50):
        file = (f"{number}.md", DRAFT.encode())
        for actor in (scene.ann, scene.ben):
            result = await actor.slash(elsewhere, "verify", file=file)
            assert text(shown(result)).startswith("In this server I only answer in"), number
            assert not shown(result).attachments
