"""One person who asks much keeps nobody from an answer; how long they wait says benchmarks/discord_load.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.discord.client import Quoth
from bot.discord.command_sync import CommandSync
from bot.discord.delivery import Delivery
from bot.handlers import Reception
from bot.services.fair_queue import BURST, FairQueue
from bot.services.question_service import Desk
from tests.bot.discord.flood import FLOOD, OTHERS, flooded
from tests.bot.fakes import MemoryQueryLog, PatientAnswerer
from tests.counting import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
async def test_two_hundred_questions_of_one_person_keep_nobody_from_an_answer_and_all_get_one(tmp_path: Path) -> None:
    queue = FairQueue(clock=lambda: 0.0)
    quick = PatientAnswerer(tmp_path, "Fallujah was lost in June 2016.", fingerprint="sha256:0")
    quick.may_answer.set()
    # Nothing may wait by the clock here: SimCord would pass such a wait while it is told not to.
    desk = Desk(quick.as_answerer(), MemoryQueryLog(), slow=PATIENCE)
    reception = Reception(desk, asker=str, queue=queue)
    asked, errors = await flooded(Quoth(reception, Delivery(), CommandSync(tmp_path / "commands")))

    assert (len(asked), errors) == (OTHERS + FLOOD, 0)
    assert all(each.result.acknowledged for each in asked)
    assert not any(each.result.ephemeral for each in asked if not each.flood)
    assert FLOOD - BURST <= sum(each.result.ephemeral for each in asked) < FLOOD
