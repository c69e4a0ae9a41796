"""The project's own articles, read once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.answer.answerer import Answerer
from retrieval.ingestion import library

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="session")
def answerer() -> Answerer:
    return Answerer(library.load(SEEDS))
