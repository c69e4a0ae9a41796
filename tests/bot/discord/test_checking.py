"""`/verify` and “Check this quote”: whether a text is word for word in a source."""
# ruff: noqa: E501 - what is shown is held as it is shown, a line a line

from __future__ import annotations

import pytest
from inline_snapshot import snapshot

from bot.handlers import verification
from bot.pages.markdown import unescape
from tests.bot.discord.scene import Scene, drawn, one_embed, shown, text

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
    monkeypatch.setattr(verification, "LARGE", 0)
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
