"""`/compare`: what each source says to a question."""
# ruff: noqa: E501 - what is shown is held as it is shown, a line a line

from __future__ import annotations

from typing import TYPE_CHECKING

from inline_snapshot import snapshot

from bot.store.log_row import Surface
from tests.bot.discord.scene import Scene, drawn, labels, one_embed, shown, text

if TYPE_CHECKING:
    from bot.services.question_service import Desk

QUESTION = "Who became the prime minister of Iraq?"


async def test_the_best_passage_of_each_source_is_shown_by_date_and_the_silent_ones_are_counted(scene: Scene) -> None:
    result = await scene.ann.slash(scene.channel, "compare", question=QUESTION)

    assert not result.ephemeral
    assert drawn(one_embed(shown(result))) == snapshot("""\
Who became the prime minister of Iraq?
**The best passage from each source, oldest first:**

> __Haider al-Abadi__, the **prime minister**, celebrates victory in Mosul, **Iraq's** second largest city.
— **After Mosul, ISIS prepares for life without a caliphate** › The fall of two cities, 10 July 2017

> The protests in the centre and the south of Iraq drove the government to resign. **The political deadlock that followed ended only two weeks ago, when the parties agreed on __Mustafa al-Kadhimi__ as the new prime minister of Iraq.**
— **Isis regains strength as the pressure on it fades** › How the pressure broke, 24 May 2020

3 sources do not answer it.
From 2 of 5 sources\
""")


async def test_it_is_logged_and_explained_as_a_comparison(scene: Scene, desk: Desk) -> None:
    result = await scene.ann.slash(scene.channel, "compare", question=QUESTION)
    (row,) = await desk.log.recent(5)

    assert (row.surface, row.private) == (Surface.COMPARE, False)
    assert len({quote.file for quote in row.quotes}) == len(row.quotes) > 1
    assert labels(shown(result)) == ["Context", "Why?", "👍", "👎", "Cite", "Delete"]
    pressed = await scene.ben.click(shown(result), label="Why?")
    assert "I chose it because it:" in text(shown(pressed))


async def test_where_no_source_speaks_it_is_refused_like_any_question(scene: Scene) -> None:
    asked = await scene.ann.slash(scene.channel, "ask", question="Who won the Nobel prize in chemistry?")
    compared = await scene.ann.slash(scene.channel, "compare", question="Who won the Nobel prize in chemistry?")

    assert text(shown(compared)) == text(shown(asked))


async def test_what_one_source_alone_says_is_said_so(scene: Scene) -> None:
    result = await scene.ann.slash(scene.channel, "compare", question="What did Covid-19 change?")

    assert text(shown(result)).startswith("**One source answers it:**\n\n> ")
    assert text(shown(result)).endswith("4 sources do not answer it.")
