"""One person who asks much keeps nobody waiting: the bot in SimCord, in real time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.services.fair_queue import BURST
from tests.bot.discord.flood import FLOOD, OTHERS, load, percentile

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.answer.answerer import Answerer


@pytest.mark.slow
async def test_two_hundred_questions_of_one_person_delay_nobody_and_all_are_answered(
    answerer: Answerer, tmp_path: Path
) -> None:
    found = await load(answerer, tmp_path)

    assert (len(found.others), len(found.flood)) == (OTHERS, FLOOD)
    assert (found.unanswered, found.errors) == (0, 0)
    assert percentile(found.others, 99) < 3.0
    assert found.turned_away >= FLOOD - BURST - 2
