"""The project's own articles, read once for all tests, and a product that has time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.discord.delivery import Delivery
from bot.handlers.server_rules import HouseRules
from bot.services.question_service import Desk
from retrieval.answer.answerer import Answerer
from retrieval.ingestion import library
from tests.bot.postgres import emptied, served
from tests.counting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.postgres import PostgresServer

SIMCORD = pytest.mark.simcord(settle_timeout=PATIENCE)
# How long the product itself waits for its log and its articles before it goes on without.
PATIENCES = ("bot.handlers.sources.PATIENCE", "bot.handlers.votes.PATIENCE")
PATIENT = (Delivery, Desk, HouseRules)
SEEDS = Path(__file__).parents[2] / "seeds"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the bot in SimCord time to settle, on a busy machine too."""
    for item in items:
        if "simcord_env" in getattr(item, "fixturenames", ()):
            item.add_marker(SIMCORD)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the product wait for what is slow on a busy machine; a test of its impatience says how long it is to wait."""
    for made in PATIENT:
        monkeypatch.setitem(made.__init__.__kwdefaults__, "patience", PATIENCE)  # type: ignore[arg-type]
    for name in PATIENCES:
        monkeypatch.setattr(name, PATIENCE)


@pytest.fixture(scope="session")
def answerer() -> Answerer:
    return Answerer(library.load(SEEDS))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Run a PostgreSQL server for all tests of this process that need one; without PostgreSQL they are skipped."""
    yield from served()


@pytest.fixture
def postgres(postgres_server: PostgresServer) -> str:
    """Give the address of a database without a log."""
    return emptied(postgres_server)
