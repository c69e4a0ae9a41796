"""The composition root puts together a desk that answers from the settings' articles and logs to their file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.app import answering, log_engine
from bot.config.settings import load_settings
from bot.services.receipts import RequestOrigin
from bot.store.log_row import Surface
from retrieval.core.errors import LibraryError
from retrieval.core.model import Answer, NoAnswer

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "mill.txt").write_text("The mill\n\nThe mill grinds barley. It stands by the river.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return load_settings(seeds=seeds, data=tmp_path / "data")


async def test_the_desk_answers_and_logs(settings: Settings) -> None:
    async with answering.open_desk(settings, answering.open_answerer(settings)) as desk:
        receipt = await desk.ask("What does the mill grind?", RequestOrigin(Surface.TERMINAL))
    async with log_engine.open_log(settings, insist=True) as log:
        rows = await log.recent(10)

    assert isinstance(receipt.reply, Answer)
    assert receipt.logged
    assert [row.id for row in rows] == [receipt.id]


def test_the_settings_rule_the_answers(settings: Settings) -> None:
    strict = settings.model_copy(update={"enough": 1.0, "limit": 1})

    reply = answering.open_answerer(strict).answer("Which windmill grinds barley in Mozambique?")

    assert isinstance(reply, NoAnswer)
    assert len(reply.nearest) == 1


def test_progress_is_told(settings: Settings) -> None:
    told: list[tuple[int, int]] = []

    answering.open_answerer(settings, progress=lambda done, total: told.append((done, total)))

    assert told == [(1, 1), (1, 1)]


def test_a_missing_folder_is_a_library_error(settings: Settings) -> None:
    with pytest.raises(LibraryError, match="does not exist"):
        answering.open_answerer(settings.model_copy(update={"seeds": settings.seeds / "none"}))


async def test_a_log_that_cannot_be_opened_costs_no_answer(settings: Settings) -> None:
    settings.log_file.mkdir(parents=True)

    async with answering.open_desk(settings, answering.open_answerer(settings)) as desk:
        receipt = await desk.ask("What does the mill grind?", RequestOrigin(Surface.TERMINAL))

    assert isinstance(receipt.reply, Answer)
    assert not receipt.logged
