"""The project's own articles, read once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import library
from retrieval.answering import Answerer

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="session")
def answerer() -> Answerer:
    return Answerer(library.load(SEEDS))
