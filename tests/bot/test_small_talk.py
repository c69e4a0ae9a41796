"""What is said to a bot that is no question gets a kind line and never a quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pages.phrases import foot, why_not
from retrieval.core.model import Answer, NoAnswer, Reason
from retrieval.core.query_model import SmallTalk
from retrieval.query.small_talk import bare_question
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from retrieval.answer.answerer import Answerer

HELLO = "Hello! Ask me something about the sources, and I quote the sentences that answer it."
ARTICLES: dict[str, str | bytes] = {
    "ships.md": (
        "# Ships\n\nThe Great Harbour Trust (GHT) owns the ship Hello Night. "
        "The captain thanks the crew each morning.\n\n"
        "Every test of the lifeboats is held in May. The Great Harbour Trust pays for help at sea.\n"
    )
}


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(tmp_path_factory.mktemp("ships"), ARTICLES)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("hello", HELLO),
        (
            "Hi there, how are you today?",
            HELLO,
        ),
        ("GOOD MORNING!!", HELLO),
        ("Thanks a lot, bot 🙂", "You are welcome. Ask me more whenever you like."),
        ("ok thank you", "You are welcome. Ask me more whenever you like."),
        ("Hi! Thank you", "You are welcome. Ask me more whenever you like."),
        ("bye", "Goodbye, and come back with a question whenever you like."),
        (
            "what can you do?",
            (
                "Ask me about a person, a place, a thing or a date, and I quote the sentences that answer you, "
                "word for word, each with its source. If there are none, I say so."
            ),
        ),
    ],
)
def test_small_talk_gets_a_kind_line(answerer: Answerer, text: str, line: str) -> None:
    reply = answerer.answer(text)

    assert isinstance(reply, NoAnswer)
    assert (reply.reason, reply.nearest, reply.query.terms) == (Reason.NO_WORDS, (), ())
    assert why_not(reply) == line
    assert foot(reply) == ""


@pytest.mark.parametrize("text", ["GHT", "the Great Harbour Trust?", "Lifeboats"])
def test_a_word_or_a_name_alone_gets_the_passage_that_says_most_about_it(answerer: Answerer, text: str) -> None:
    reply = answerer.answer(text)

    assert isinstance(reply, Answer)
    assert reply.quotes[0].marks
    assert text.strip("?").split()[-1].lower() in reply.quotes[0].text.lower()


@pytest.mark.parametrize(
    "text",
    ["Who owns the Hello Night?", "Whom does the captain thank each morning?", "When is the test of the lifeboats?"],
)
def test_a_question_with_a_friendly_word_is_a_question(answerer: Answerer, text: str) -> None:
    assert isinstance(answerer.answer(text), Answer)


@pytest.mark.parametrize("greeting", ["Hi! ", "hey bot, ", "Good morning everyone: ", "hello\n", "yo "])
def test_a_greeting_before_a_question_changes_nothing_of_its_answer(answerer: Answerer, greeting: str) -> None:
    question = "when is the test of the lifeboats?"
    greeted, plain = answerer.answer(greeting + question), answerer.answer(question)

    assert isinstance(greeted, Answer)
    assert isinstance(plain, Answer)
    assert (greeted.quotes, greeted.confidence) == (plain.quotes, plain.confidence)
    assert greeted.query.terms == plain.query.terms
    assert greeted.query.question == greeting + question


def test_what_follows_a_greeting_can_be_a_follow_up(answerer: Answerer) -> None:
    before = answerer.answer("When is the test of the lifeboats?").query

    assert answerer.answer("hi, and who pays for it?", after=before).query.carried == (
        answerer.answer("and who pays for it?", after=before).query.carried
    )


@pytest.mark.parametrize(
    "text",
    ["", "hello!", "Hi-Fi systems", "Hello Kitty?", "Hey Jude is by whom?", "hello world, who?", "Yo-Yo Ma, who?"],
)
def test_a_name_or_a_greeting_alone_is_no_greeting_before_a_question(text: str) -> None:
    assert bare_question(text) == text


@pytest.mark.parametrize(
    "text", ["", "thanks for what?", "hello world programs", "help the crew", "who are you selling to?"]
)
def test_more_than_small_talk_is_none(answerer: Answerer, text: str) -> None:
    assert answerer.analyze(text).query.small_talk is None


@given(st.text(max_size=300))
def test_any_text_is_small_talk_or_not_at_once(answerer: Answerer, text: str) -> None:
    assert answerer.analyze(text).query.small_talk in {None, *SmallTalk}
