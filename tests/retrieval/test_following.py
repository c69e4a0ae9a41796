"""A question that needs the one before it is read with that one's names, and a whole question never is."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.answerer import Answerer
from retrieval.core.model import Answer, NoAnswer, Reason, shown
from retrieval.ingestion.library import load

if TYPE_CHECKING:
    from retrieval.core.model import Reply
    from retrieval.core.query_model import Query

SEEDS = Answerer(load(Path(__file__).parents[2] / "seeds"))


def asked(*questions: str) -> Reply:
    """The reply to the last of the questions, each having followed the one before."""
    query: Query | None = None
    for question in questions[:-1]:
        query = SEEDS.analyze(question, after=query).query
    return SEEDS.answer(questions[-1], after=query)


def carried(*questions: str) -> list[str]:
    return [term.word for term in asked(*questions).query.carried]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Who replaced Baghdadi?", "When was he killed?", ["Baghdadi"]),
        ("who replaced baghdadi?", "when was he killed", ["baghdadi"]),
        ("Who replaced Baghdadi?", "Who was he?", ["Baghdadi"]),
        ("Who replaced Baghdadi?", "What did Turkey say about him?", ["Baghdadi"]),
        ("Who replaced Baghdadi?", "What happened in Iraq after he died?", ["Baghdadi"]),
        ("Who replaced Baghdadi?", "What was the cause of his death?", ["Baghdadi"]),
        ("Where is the Syrian Desert?", "How big is it?", ["Syrian", "Desert"]),
        ("When did the ISF reach Mosul?", "How many attacks did they repel?", ["ISF", "reach", "Mosul"]),
        ("What happened in Marawi?", "Who lives there now?", ["Marawi"]),
        ("What happened in Marawi?", "How many died in that attack?", ["Marawi"]),
        ("What happened in Marawi?", "And who won?", ["Marawi"]),
        ("What happened in Marawi?", "Who won?", ["Marawi"]),
        ("How many prisoners are in Syria?", "and in Iraq?", ["prisoners"]),
        ("How many prisoners are in Syria?", "what about Iraq", ["prisoners", "Syria"]),
        ("How many prisoners are in Syria?", "Iraq?", ["prisoners", "Syria"]),
        ("How many prisoners are in Syria?", "Why?", ["prisoners", "Syria"]),
        ("How many prisoners are in Syria?", "In which camps?", ["prisoners", "Syria"]),
        ("How many prisoners are in Syria?", "Which camps in Syria?", ["prisoners"]),
        ("How big is the desert?", "Where is it?", ["big", "desert"]),
    ],
)
def test_a_question_takes_what_it_needs_of_the_one_before(first: str, second: str, expected: list[str]) -> None:
    assert carried(first, second) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Who became the prime minister of Iraq?",
        "And who leads Iraq?",
        "Did Adnani say when he left Mosul?",
        "What did the group do when it lost Mosul?",
        "Do fighters get paid when they join?",
        "Is it true that fighters surrendered?",
        "How long did it take to reach Mosul?",
        "Was it Adnani who said so?",
        "How many attacks were there in Iraq?",
        "What is terrorism?",
        "Who’s the leader?",
        "Tell me about Iraq",
        "Iraq",
        "Iraq attacks",
        "How many fighters died in Mosul this year?",
        "What happens to those who surrender?",
        "What happened at sea?",
        "who are you?",
        "Can you help me?",
        "thanks!",
        "really?",
        "",
        "?",
        "and",
        "Why did he say so? " * 20,
    ],
)
def test_a_question_that_stands_by_itself_takes_nothing(question: str) -> None:
    reply = asked("When was Baghdadi killed?", question)

    assert reply.query == SEEDS.analyze(question).query


@pytest.mark.parametrize("question", ["When was he killed?", "and in Iraq?", "why?"])
def test_nothing_is_taken_where_nothing_was_asked_before(question: str) -> None:
    assert carried(question) == []
    assert carried("Who is it?", question) == []


def test_a_follow_up_is_answered_with_what_it_means() -> None:
    by_itself = SEEDS.answer("Where are they held?")
    reply = asked("How many prisoners do the Syrian Democratic Forces guard?", "Where are they held?")

    assert isinstance(by_itself, NoAnswer) or by_itself.tentative
    assert isinstance(reply, Answer)
    assert reply.quotes[0].text.endswith("in several camps in the east of Syria.")
    assert {reply.quotes[0].article.text[mark.start : mark.end] for mark in reply.quotes[0].marks} == {
        "Syrian Democratic Forces",
        "guard",
        "prisoners",
    }


def test_what_is_carried_weighs_less_than_what_was_written() -> None:
    query = asked("How many attacks did ISIS claim in Syria?", "When did they begin?").query

    assert [(term.word, term.weight, term.carried) for term in query.terms] == [
        ("begin", 1.0, False),
        ("attacks", 0.3, True),
        ("ISIS", 0.7, True),
        ("claim", 0.3, True),
        ("Syria", 0.7, True),
    ]


def test_a_name_lasts_through_a_chain_and_other_words_fade() -> None:
    talk = ["Who replaced Baghdadi?", "When was he killed?", "Where was he born?", "Why?", "How?", "Since when?"]
    words = [{term.word: term.weight for term in asked(*talk[:n]).query.carried} for n in range(2, 7)]

    assert words == [
        {"Baghdadi": 0.7},
        {"Baghdadi": 0.7},
        {"born": 0.5, "Baghdadi": 0.5},
        {"born": 0.25, "Baghdadi": 0.5},
        {"born": 0.125, "Baghdadi": 0.5},
    ]


def test_one_piece_of_a_question_takes_the_place_of_the_one_before() -> None:
    talk = ("How many prisoners are in Syria?", "and in Iraq?", "what about Libya?")

    assert carried(*talk) == carried(talk[0], talk[2]) == ["prisoners", "Syria"]


def test_a_new_subject_is_not_mixed_with_what_was_asked_before_it() -> None:
    assert carried("When was Baghdadi killed?", "How many prisoners are in Syria?", "and in Iraq?") == ["prisoners"]


def test_a_piece_of_a_question_wants_the_kind_of_answer_that_was_asked_for() -> None:
    scored = [
        {part.name for quote in shown(asked("How many fighters are in Syria?", piece)) for part in quote.parts}
        for piece in ("and in Iraq?", "why?")
    ]

    assert ["says a number" in names for names in scored] == [True, False]


@pytest.mark.parametrize(
    "talk",
    [
        ["When was Baghdadi killed?", "what about the weather in Paris?"],
        ["When was Baghdadi killed?", "Which football club did he support?"],
        ["Who won the Nobel prize in chemistry?", "and in Iraq?"],
        ["Who won the Nobel prize in chemistry?", "When was he killed?"],
    ],
)
def test_a_follow_up_that_leads_away_is_refused(talk: list[str]) -> None:
    reply = asked(*talk)

    assert isinstance(reply, NoAnswer)
    assert reply.reason is Reason.UNKNOWN_WORDS


def test_a_follow_up_is_read_alike_over_articles_that_have_changed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The harbour\n\nGreta Lund built the harbour of Aldham in 1931.", encoding="utf-8")
    before = SEEDS.analyze("Who replaced Baghdadi?").query
    query = Answerer(load(tmp_path)).analyze("When was he killed?", after=before).query

    assert [(term.word, term.sentences) for term in query.terms] == [("killed", 0), ("Baghdadi", 0)]


WORDS = "and|what|about|who|when|he|it|that|there|Iraq|Baghdadi|the|killed|in|?|’s|is|did|many"
QUESTIONS = st.text(max_size=80) | st.lists(st.sampled_from(WORDS.split("|")), max_size=12).map(" ".join)


@given(talk=st.lists(QUESTIONS, min_size=2, max_size=6))
def test_whatever_is_said_its_own_words_come_first_and_what_is_carried_was_said(talk: list[str]) -> None:
    queries: list[Query] = []
    for question in talk:
        queries.append(SEEDS.analyze(question, after=queries[-1] if queries else None).query)

    for before, query in pairwise(queries):
        own = SEEDS.analyze(query.question).query.terms
        earlier = {term.term for term in before.terms} | {
            term.term for term in (before.completes.terms if before.completes else ())
        }
        assert query.terms == (*own, *query.carried)
        assert len({term.term for term in query.terms}) == len(query.terms)
        assert {term.term for term in query.carried} <= earlier
        assert all(0 < term.weight < 1 for term in query.carried)
