"""Questions that ask for the same are grouped by the rare words that they share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.synonyms import Name
from retrieval.evaluation.clustering import group

ANALYZER = Analyzer([Name("Islamic State", ("ISIS", "Daesh"))])
FREQUENCIES = {"attack": 20, "=Islamic State": 90, "kill": 10}
SENTENCES = 200


def grouped(*questions: str) -> list[list[str]]:
    return [[questions[n] for n in found] for found in group(questions, ANALYZER, FREQUENCIES, SENTENCES)]


def test_the_same_in_other_words_is_one_group_and_another_subject_another() -> None:
    nobel = ["Who won the Nobel prize?", "Nobel prizes won this year", "When is the Nobel prize given?"]
    coast = ["Which trains reach the coast?", "train to the coast"]

    assert grouped(nobel[0], coast[0], *nobel[1:], coast[1]) == [nobel, coast]


def test_a_word_that_is_everywhere_in_the_articles_brings_no_questions_together() -> None:
    questions = ["Did ISIS attack Mozambique?", "Did ISIS attack Norway with drones?", "Does ISIS sell oil?"]

    assert grouped(*questions) == [[question] for question in questions]


def test_other_names_of_a_thing_and_other_forms_of_a_word_are_the_same() -> None:
    questions = ["Was Mozambique attacked by Daesh?", "ISIS attacks in Mozambique"]

    assert grouped(*questions) == [questions]


def test_questions_of_small_words_alone_are_together_where_they_are_the_same() -> None:
    assert grouped("who is it", "what is that", "Who is it") == [["who is it", "Who is it"], ["what is that"]]


@given(
    st.lists(
        st.one_of(st.text(max_size=30), st.sampled_from(["Nobel prize", "the coast", "ISIS oil", ""])), max_size=30
    )
)
def test_every_question_is_in_one_group_and_the_same_questions_make_the_same_groups(questions: list[str]) -> None:
    found = group(questions, ANALYZER, FREQUENCIES, SENTENCES)

    assert sorted(number for numbers in found for number in numbers) == list(range(len(questions)))
    assert all(numbers == sorted(numbers) for numbers in found)
    assert [numbers[0] for numbers in found] == sorted(numbers[0] for numbers in found)
    assert group(questions, ANALYZER, FREQUENCIES, SENTENCES) == found
