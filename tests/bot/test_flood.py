"""One person who asks much keeps nobody from an answer; how long they wait says benchmarks/discord_load.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.services.fair_queue import BURST, FairQueue
from tests.bot.discord.flood import FLOOD, OTHERS, load
from tests.counting import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.answer.answerer import Answerer


@pytest.mark.slow
async def test_two_hundred_questions_of_one_person_keep_nobody_from_an_answer_and_all_get_one(
    answerer: Answerer, tmp_path: Path
) -> None:
    queue = FairQueue(clock=lambda: 0.0)
    found = await load(answerer, tmp_path, queue=queue, seconds=0.0, patience=PATIENCE)

    assert (len(found.others), len(found.flood), found.errors) == (OTHERS, FLOOD, 0)
    assert FLOOD - BURST <= found.turned_away < FLOOD
