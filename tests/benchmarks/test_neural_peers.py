"""A sentence encoder alone and beside Quoth's own ranking: over the same units, judged by the same places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks.neural_peers import Found, by_kind, compare, figures
from benchmarks.question_sets import answerer_of
from benchmarks.with_model import RememberingEncoder
from tests.retrieval.model_weights import minilm_folder

if TYPE_CHECKING:
    from pathlib import Path

CLUB = """# The chess club

## What it costs

| Member | Per year |
|---|---|
| Adult | 40 euros |

## Evenings

We play on **Fridays**. Dogs may come along.
"""
QUESTIONS = (
    {"question": "what is the fee for an adult", "kind": "price", "gold": [{"file": "club.md", "quote": "| Adult |"}]},
    {
        "question": "can I bring my pet",
        "kind": "permission",
        "gold": [{"file": "club.md", "quote": "Dogs may come along."}],
    },
    {"question": "who is the mayor", "gold": []},
)


@pytest.fixture
def club(tmp_path: Path) -> Path:
    (tmp_path / "club" / "articles").mkdir(parents=True)
    (tmp_path / "club" / "articles" / "club.md").write_text(CLUB, encoding="utf-8")
    lines = "\n".join(json.dumps(question) for question in QUESTIONS)
    (tmp_path / "club" / "questions.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path / "club"


def test_each_way_ranks_the_same_units_for_the_questions_that_have_an_answer(
    club: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    encoder = RememberingEncoder(minilm_folder(tmp_path / "minilm"))

    compared = compare(club, encoder)

    assert compared.units == len(answerer_of(club).corpus.sentences)
    assert encoder.made == compared.units
    for way in (compared.quoth, compared.encoder, compared.both):
        assert [(found.kind, found.rank) for found in way] == [("price", 1), ("permission", 1)]
    assert {kind: [len(way) for way in ways] for kind, ways in by_kind([compared, compared]).items()} == {
        "price": [2, 2, 2],
        "permission": [2, 2, 2],
    }


def test_what_was_read_once_is_remembered(club: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = minilm_folder(tmp_path / "minilm")
    first = RememberingEncoder(folder)
    answerer_of(club, first)
    first.keep()

    again = RememberingEncoder(folder)
    answerer_of(club, again)

    assert (first.made > 0, again.made) == (True, 0)


def test_figures_are_shares_of_the_questions_and_the_mean_of_reciprocal_ranks() -> None:
    found = [Found("", rank, 1.0) for rank in (1, 2, 5, None)]

    assert figures(found) == "25.0 / 50.0 / 75.0 / 42.5"
