"""Questions that name a time: which days it means, and that what is of that time answers them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.answerer import Answerer
from retrieval.core.model import Answer
from retrieval.ingestion import library
from retrieval.query.time_expressions import question_time

if TYPE_CHECKING:
    from pathlib import Path

TODAY = datetime.date(2021, 5, 1)
ARTICLES = {
    "old.md": "---\nname: Old minutes\ndate: 2015-03-02\n---\nThe council bought the ferry Heron for the harbour.\n",
    "new.md": (
        "---\nname: New minutes\ndate: 2020-06-09\n---\nIn 2018 the council bought the ferry Gannet for the harbour. "
        "Fares rose.\n"
    ),
}
LAST_MEETING = datetime.date(2021, 4, 20)


def last(event: str) -> datetime.date | None:
    return LAST_MEETING if event == "meeting" else None


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("What was decided before 2019?", (None, datetime.date(2019, 1, 1))),
        ("What was decided in March?", (datetime.date(2021, 3, 1), datetime.date(2021, 4, 1))),
        ("What was decided in December?", (datetime.date(2020, 12, 1), datetime.date(2021, 1, 1))),  # the last one
        ("What was decided since the last meeting?", (LAST_MEETING, None)),
        ("What was decided in the last fight?", None),
        ("What costs 2019 coins?", None),
    ],
)
def test_a_time_in_a_question_means_days(question: str, period: object) -> None:
    found = question_time(question, TODAY, last)

    assert (found and tuple(found.period)) == period


@given(question=st.text() | st.text("before since in 0123/-, March"))
def test_whatever_is_asked_a_time_lies_in_it(question: str) -> None:
    found = question_time(question, TODAY, last)

    assert found is None or 0 <= found.span.start < found.span.end <= len(question)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder: Path = tmp_path_factory.mktemp("times")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Answerer(library.load(folder))


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("Which ferry did the council buy in 2018?", "New minutes"),  # the passage says so
        ("Which ferry did the council buy in 2015?", "Old minutes"),  # its source is of then
        ("Which ferry did the council buy before 2018?", "Old minutes"),  # the year that is named is not of that time
        ("Which ferry did the council buy before 2016?", "Old minutes"),
        ("Which ferry did the council buy after 2016?", "New minutes"),
        ("Which ferry did the council buy since 2017?", "New minutes"),
    ],
)
def test_what_is_of_the_time_that_is_named_comes_first(answerer: Answerer, question: str, source: str) -> None:
    reply = answerer.answer(question, today=TODAY)

    assert isinstance(reply, Answer)
    assert reply.quotes[0].article.name == source
