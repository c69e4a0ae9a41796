"""Cite gives a quotation as others cite it, to whoever may see the answer, and to nobody else."""
# ruff: noqa: E501 - what is shown is held as it is shown, a line a line

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from inline_snapshot import snapshot

from bot.pages import notices
from tests.bot.discord.doors import knock, message_of, pressed
from tests.bot.discord.scene import Scene, shown, text
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

    from bot.services.question_service import Desk

GONE = notices.answer_is_gone().body
MILL = """---
name: "The mill & its 100 % barley"
author: Ida {Sand}
publisher: The Courier
date: 2021-03
url: https://example.org/mill
---

The mill grinds *barley* from May to July.
"""
QUESTION = "What does the mill grind?"


@pytest.fixture
async def answer(scene: Scene, desk: Desk, tmp_path: Path) -> simcord.ResponseMessage:
    desk.answerer = answerer_of(tmp_path / "mill", {"mill.md": MILL})
    return shown(await scene.ann.slash(scene.channel, "ask", question=QUESTION))


async def files(message: Any) -> dict[str, str]:
    return {file.filename: (await file.read()).decode() for file in message.attachments}


def without(id_: str, said: str) -> str:
    return said.replace(id_, "ID").replace(id_[-6:], "ID")


async def test_a_quotation_is_cited_in_four_ways(scene: Scene, answer: simcord.ResponseMessage, desk: Desk) -> None:
    pressed_ = await scene.ben.click(answer, label="Cite")
    (row,) = await desk.log.recent(1)
    found = await files(shown(pressed_))

    assert pressed_.ephemeral
    assert without(row.id, text(shown(pressed_))) == snapshot("""\
In Markdown; the files have it for programs that manage references.
```md
> The mill grinds barley from May to July.
>
> — [The mill & its 100 % barley](https://example.org/mill#:~:text=The%20mill%20grinds%20barley%20from%20May%20to%20July.), Ida {Sand}, March 2021, quoth receipt ID
```\
""")
    assert without(row.id, found["citation.bib"]) == snapshot("""\
@misc{the-mill-its-100-barley-ID,
  title = {{The mill \\& its 100 \\% barley}},
  author = {{Ida \\{Sand\\}}},
  publisher = {The Courier},
  year = {2021},
  month = {3},
  url = {https://example.org/mill#:~:text=The%20mill%20grinds%20barley%20from%20May%20to%20July.},
  note = {“The mill grinds barley from May to July.” quoth receipt ID, mill.md, characters 131 to 173, sha256 259bc47456ed},
}
""")
    assert without(row.id, found["citation.ris"]).splitlines() == snapshot(
        [
            "TY  - ELEC",
            "TI  - The mill & its 100 % barley",
            "AU  - Ida {Sand}",
            "PB  - The Courier",
            "PY  - 2021",
            "DA  - 2021/03/",
            "UR  - https://example.org/mill#:~:text=The%20mill%20grinds%20barley%20from%20May%20to%20July.",
            "N1  - “The mill grinds barley from May to July.” quoth receipt ID, mill.md, characters 131 to 173, sha256 259bc47456ed",
            "ER  - ",
        ]
    )
    assert json.loads(without(row.id, found["citation.json"])) == snapshot(
        [
            {
                "id": "ID-131",
                "type": "webpage",
                "title": "The mill & its 100 % barley",
                "author": [{"literal": "Ida {Sand}"}],
                "publisher": "The Courier",
                "issued": {"date-parts": [[2021, 3]]},
                "URL": "https://example.org/mill#:~:text=The%20mill%20grinds%20barley%20from%20May%20to%20July.",
                "abstract": "The mill grinds barley from May to July.",
                "note": "quoth receipt ID, mill.md, characters 131 to 173, sha256 259bc47456ed",
            }
        ]
    )


async def test_another_quotation_is_chosen_from_a_menu(scene: Scene, desk: Desk) -> None:
    answer = shown(await scene.ann.slash(scene.channel, "ask", question="How many fighters does ISIS still have?"))
    (row,) = await desk.log.recent(1)
    pressed_ = shown(await scene.ann.click(answer, label="Cite"))

    for number, quote in enumerate(row.quotes):
        await scene.ann.select(pressed_, values=[str(number)])
        assert quote.file in (await files(pressed_))["citation.ris"]


async def test_where_the_source_has_changed_the_logged_words_are_cited_without_what_is_no_longer_sure(
    scene: Scene, answer: simcord.ResponseMessage, desk: Desk, tmp_path: Path
) -> None:
    desk.answerer = answerer_of(tmp_path / "now", {"mill.md": MILL.replace("July", "June")})

    pressed_ = await scene.ben.click(answer, label="Cite")

    assert "from May to July" in text(shown(pressed_))
    assert "example.org" not in str(await files(shown(pressed_)))


async def test_no_other_servers_answer_and_no_private_one_is_cited(
    scene: Scene, answer: simcord.ResponseMessage, desk: Desk
) -> None:
    await scene.ann.slash(scene.channel, "ask", question=QUESTION, private=True)
    private, public = await desk.log.recent(2)
    elsewhere = scene.env.create_guild("Elsewhere")
    eve = elsewhere.add_member(scene.env.create_user("eve"))
    channel = elsewhere.create_text_channel("general")
    own = message_of(scene, shown(await eve.slash(channel, "help")))
    scene.bot.reception.queue.cooldowns._full_at.clear()

    of_eve = await knock(scene, [pressed("cite", row) for row in (private.id, public.id) * 50], eve, channel, own)
    of_ben = await knock(scene, [pressed("cite", private.id)] * 50, scene.ben, scene.channel, message_of(scene, answer))

    for name, given in [*of_eve.items(), *of_ben.items()]:
        assert GONE in str(given), name
        assert "barley" not in str(given), name
