"""What the confidence of a reply promises, and what is refused by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.answerer import Answerer
from retrieval.core.model import Answer, NoAnswer, Reason
from tests.retrieval.libraries import answerer_of, library_of

if TYPE_CHECKING:
    from pathlib import Path

MILL: dict[str, str | bytes] = {
    "mill.md": (
        "# The mill of Aldersey\n\nThe mill of Aldersey was built by Marta Olin in 1871. It grinds nine tonnes of rye "
        "a day.\n\nThe miller pays forty crowns a month for the water of the brook.\n\nA flood broke the wheel in "
        "1904, and the carpenters mended it within a week.\n"
    ),
}
# As many sentences again as there are in a small library, on other things.
OTHERS: dict[str, str | bytes] = {
    f"other{number}.md": f"# Notes {number}\n\n"
    + "\n\n".join(
        f"Kettle {number}{line} stands on shelf {line} of the pantry. The cook cleans spoon {number}{line} on Sundays."
        for line in range(20)
    )
    for number in range(8)
}


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(tmp_path_factory.mktemp("mill"), MILL)


@pytest.mark.parametrize(
    "question",
    [
        "Who built the mill of Aldersey?",
        "How many tonnes of rye does the mill grind a day?",
        "What does the miller pay for the water of the brook?",
        "When did a flood break the wheel?",
    ],
)
def test_a_question_that_is_answered_is_answered_in_a_library_of_any_size(
    mill: Answerer, tmp_path: Path, question: str
) -> None:
    large = answerer_of(tmp_path, MILL | OTHERS)

    small, among_others = mill.answer(question), large.answer(question)

    assert isinstance(small, Answer)
    assert isinstance(among_others, Answer)
    assert [quote.text for quote in small.quotes[:1]] == [quote.text for quote in among_others.quotes[:1]]


@pytest.mark.parametrize(
    "question",
    [
        "Who won the football World Cup?",
        "What is the boiling point of mercury?",
        "Who built the harbour of Sandefjord?",
        "How many tonnes of coal does Norway sell a day?",
    ],
)
def test_a_question_on_something_else_is_never_answered_for_sure_in_a_library_of_any_size(
    mill: Answerer, tmp_path: Path, question: str
) -> None:
    large = answerer_of(tmp_path, MILL | OTHERS)

    for answerer in (mill, large):
        reply = answerer.answer(question)
        if isinstance(reply, Answer):
            assert reply.tentative
        else:
            assert reply.reason in {Reason.UNKNOWN_WORDS, Reason.WEAK_MATCH}


def test_a_name_that_nobody_has_weighs_more_than_a_word(mill: Answerer) -> None:
    known = mill.answer("Who built the mill?").confidence
    word = mill.answer("Who built the purple mill?").confidence
    name = mill.answer("Who built the Warwick mill?").confidence

    assert name < word < known


def test_the_threshold_is_the_least_confidence_with_which_an_answer_is_given(tmp_path: Path) -> None:
    question = "Who built the mill of Aldersey?"
    library = library_of(tmp_path, MILL)
    confidence = Answerer(library).answer(question).confidence

    assert isinstance(Answerer(library, min_confidence=confidence).answer(question), Answer)
    assert isinstance(Answerer(library, min_confidence=confidence + 0.001).answer(question), NoAnswer)


@given(st.text(max_size=200))
def test_the_confidence_of_any_text_is_a_chance(mill: Answerer, text: str) -> None:
    assert 0 <= mill.answer(text).confidence <= 1
