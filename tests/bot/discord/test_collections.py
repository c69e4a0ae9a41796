"""`/settings collections` and `/ask collection:`, with the real discord.py: who is shown what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.discord.scene import Scene, shown, text
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

    from retrieval.answer.answerer import Answerer

QUESTION = "Who signed the harbour plan?"


@pytest.fixture
def answerer(tmp_path: Path) -> Answerer:
    return answerer_of(
        tmp_path / "library",
        {
            "rules/plan.md": "# Rules\n\nMona Petersen signed the harbour plan in 2019.",
            "board/plan.md": "# Board\n\nIngrid Zavertine signed the harbour plan against the rules.",
        },
    )


async def test_a_hidden_collection_is_seen_by_a_role_alone_and_privately(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    role = scene.guild.create_role("Board")
    member = scene.guild.add_member(scene.env.create_user("bo"), roles=[role])
    hidden = await manager.slash(scene.channel, "settings collections hide", collection="board")
    await manager.slash(scene.channel, "settings collections show", collection="board", role=role)
    listed = await manager.slash(scene.channel, "settings collections list")

    aloud = await member.slash(scene.channel, "ask", question=QUESTION)
    quietly = await member.slash(scene.channel, "ask", question=QUESTION, collection="board", private=True)
    other = await scene.ann.slash(scene.channel, "ask", question=QUESTION, collection="board", private=True)

    assert hidden.ephemeral
    assert f"<@&{role.id}>" in text(shown(listed))
    assert "Petersen" in text(shown(aloud))
    assert "Zavertine" not in text(shown(aloud))
    assert "Zavertine" in text(shown(quietly))
    assert "Zavertine" not in text(shown(other))
