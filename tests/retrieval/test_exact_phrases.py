"""What stands in quotation marks is found as it stands, and an answer holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.folding import fold
from retrieval.answer.source_comparison import survey
from retrieval.core.model import Answer, NoAnswer, Reason
from retrieval.query.quoted_phrases import quoted_phrases
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from retrieval.answer.answerer import Answerer

PIER = (
    "The pier\n\nThe council met in May. The “north pier” was closed by the\ncouncil. Nobody knows why. "
    "To be or not to be, that is what the council asks."
)
PLAN = "# A plan\n\nThe **north\u00a0Pier** plan isn’t known — the council — plotted.\n\nPiers in the north are cold."


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    files: dict[str, str | bytes] = {"pier.txt": PIER, "plan.md": PLAN, "gate.txt": "Gate\n\nThe north gate is open."}
    return answerer_of(tmp_path_factory.mktemp("library"), files)


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ('Who closed the "north pier"?', ["north pier"]),
        ("Who closed the “north pier”?", ["north pier"]),
        ("Wer schloss den „Nordpier“?", ["Nordpier"]),
        ("Qui a fermé « le quai nord » ?", ["le quai nord"]),
        ("Who closed the ‘north pier’?", ["north pier"]),
        ("Who closed 'the council's pier'?", ["the council's pier"]),
        ("谁关闭了「北码头」？", ["北码头"]),
        ("Who closed the council's pier, and whose pier isn't closed?", []),
        ('"one" and "two"', ["one", "two"]),
        ('What does "" mean, and " ", and "?!"?', []),
        ('A 5" board and no end', []),
    ],
)
def test_quotation_marks_of_all_kinds_hold_a_phrase(question: str, phrases: list[str]) -> None:
    assert [question[span.start : span.end] for span in quoted_phrases(question)] == phrases


@given(st.text(alphabet="a \"'“”„«»‘’「」?", max_size=30))
def test_a_phrase_lies_in_the_question_and_has_a_letter(question: str) -> None:
    for span in quoted_phrases(question):
        phrase = question[span.start : span.end]
        assert phrase == phrase.strip()
        assert "a" in phrase


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ('Who closed the "North pier"?', ["The “north pier” was closed by the\ncouncil."]),
        ('"north pier"', ["The “north pier” was closed by the\ncouncil.", PLAN.split("\n\n")[1]]),
        ("“to be or not to be”", ["To be or not to be, that is what the council asks."]),
        ('"closed by the council. nobody"', ["The “north pier” was closed by the\ncouncil. Nobody knows why."]),
        ('"isn\'t known - the council"', [PLAN.split("\n\n")[1]]),
        ('"council met" "north pier"', ["The council met in May. The “north pier” was closed by the\ncouncil."]),
    ],
)
def test_answers_hold_the_phrase(answerer: Answerer, question: str, held: list[str]) -> None:
    reply = answerer.answer(question, exact=True)

    assert isinstance(reply, Answer)
    assert [quote.text for quote in reply.quotes][: len(held)] == held
    assert all(answerer.phrases.holds(quote, reply.query.phrases) == quote for quote in reply.quotes)


@pytest.mark.parametrize("question", ['What is "the pier north"?', '"council plotted"', '"north pie"', '"xylophone"'])
def test_words_in_another_order_or_apart_are_not_the_phrase(answerer: Answerer, question: str) -> None:
    reply = answerer.answer(question, exact=True)

    assert isinstance(reply, NoAnswer)
    assert (reply.reason, reply.missing) == (Reason.NO_MATCH, reply.query.phrases)


def test_phrases_that_stand_apart_are_not_missing_but_not_together_either(answerer: Answerer) -> None:
    reply = answerer.answer('"north gate" "north pier"', exact=True)

    assert isinstance(reply, NoAnswer)
    assert (reply.missing, reply.query.phrases) == ((), ("north gate", "north pier"))


def test_a_phrase_is_looked_for_only_in_what_is_asked(answerer: Answerer) -> None:
    assert isinstance(answerer.answer('"north pier"', file="pier.txt", exact=True), Answer)
    assert isinstance(answerer.answer('"north pier"', file="gate.txt", exact=True), NoAnswer)


def test_a_misspelt_phrase_is_not_put_right(answerer: Answerer) -> None:
    reply = answerer.answer('Who closed the "norht pier"?', exact=True)

    assert isinstance(reply, NoAnswer)
    assert reply.missing == ("norht pier",)


def test_a_comparison_has_the_phrase_from_each_source(answerer: Answerer) -> None:
    reply = survey(answerer, '"north pier"', exact=True)

    assert isinstance(reply, Answer)
    assert all("north pier" in fold(quote.text.replace("*", "")).text.lower() for quote in reply.quotes)


def test_without_being_asked_to_quotation_marks_are_nothing_special(answerer: Answerer) -> None:
    reply = answerer.answer('Who closed the "pier north"?')

    assert isinstance(reply, Answer)
    assert reply.query.phrases == ()
