"""Old sources: marked in answers where a server wishes that, and listed by what rests on them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from bot.handlers import Reception
from bot.services.caller import Caller
from bot.services.question_service import Desk
from bot.services.review.source_age import stale_before, stale_sources
from bot.store.log_row import Surface
from bot.store.preferences import MemoryPreferences
from tests.bot.fakes import MemoryQueryLog
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from pathlib import Path

MANAGER, MEMBER = Caller(1, 7, 2, manages=True), Caller(2, 7, 2)
TODAY = datetime.datetime.now(datetime.UTC).date()
YESTERDAY = TODAY - datetime.timedelta(days=1)


@pytest.fixture
def reception(tmp_path: Path) -> Reception:
    answerer = answerer_of(
        tmp_path,
        {
            "fees.md": "---\ndate: 2012-03-04\n---\n# Fees\n\nThe harbour fee is 5 crowns for each boat.",
            "pier.md": "---\ndate: 2011\n---\n# Pier\n\nThe pier is closed in winter.",
            "crane.md": f"---\ndate: {YESTERDAY}\n---\n# Crane\n\nThe crane lifts 40 tons.",
            "lamp.md": "# Lamp\n\nThe lamp of the pier is green.",
        },
    )
    return Reception(Desk(answerer, MemoryQueryLog()), asker=str, preferences=MemoryPreferences())


async def ask(reception: Reception, question: str) -> str:
    return (await reception.questions.ask(question, Surface.COMMAND, MEMBER)).body


async def test_an_old_source_is_marked_once_the_server_says_how_old_is_old(reception: Reception) -> None:
    before = await ask(reception, "How much is the harbour fee?")
    said = await reception.settings.age(MANAGER, 365)
    after = await ask(reception, "How much is the harbour fee?")
    new = await ask(reception, "How many tons does the crane lift?")
    undated = await ask(reception, "What colour is the lamp of the pier?")
    await reception.settings.age(MANAGER, None)

    assert "out of date" in said.body
    assert "may be out of date: 4 March 2012" in after
    assert not any("out of date" in body for body in (before, new, undated, await ask(reception, "What is the fee?")))


async def test_old_sources_are_listed_by_the_quotations_from_them(reception: Reception) -> None:
    for question in ("How much is the harbour fee?", "When is the pier closed?", "When is the pier closed?"):
        await ask(reception, question)
    await ask(reception, "How many tons does the crane lift?")

    page = await reception.review.stale(MANAGER, None)
    none = await reception.review.stale(MANAGER, 36_500)
    found = await stale_sources(reception.desk.log, reception.desk.answerer, TODAY, guild=7)
    elsewhere = await stale_sources(reception.desk.log, reception.desk.answerer, TODAY, guild=8)

    assert page.body.splitlines()[2:4] == ["1. **Pier**, 2011: 2 quotations", "2. **Fees**, 4 March 2012: 1 quotation"]
    assert "Pier" not in none.body
    assert [(one.article.file, one.quoted) for one in found] == [("pier.md", 2), ("fees.md", 1), ("crane.md", 1)]
    assert elsewhere == []


@pytest.mark.parametrize("number", range(100))
async def test_who_may_not_manage_the_server_is_shown_no_list_and_changes_nothing(
    reception: Reception, number: int
) -> None:
    await ask(reception, "When is the pier closed?")
    stranger = Caller(number + 10, 7 if number % 2 else None, 2)

    pages = [await reception.review.stale(stranger, 1), await reception.settings.age(stranger, 1)]

    assert not any("Pier" in page.body for page in pages)
    assert (await reception.settings.preferences.server(7)).stale_days is None


def test_any_age_is_a_day() -> None:
    assert stale_before(None, TODAY) is None
    assert stale_before(36_500_000, TODAY) == datetime.date.min
