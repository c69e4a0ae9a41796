"""Soft alignment: each term of a question against what comes nearest to it in a text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.search.meaning.alignment import TermLists, align, mean_cosines
from retrieval.search.meaning.word_table import word_table

TERMS = st.sampled_from(
    ["dog", "pet", "cat", "fee", "price", "cost", "monday", "tuesday", "2019", "2020", "=EU", "zzz"]
)


def test_a_text_with_another_word_for_the_same_thing_covers_some_of_the_question() -> None:
    texts = TermLists.of([["dog", "loung"], ["pet", "loung"], ["fee", "month"], []])

    coverage = align(word_table(), ["dog"], texts).coverage(np.array([2.0]))

    assert coverage[0] == 1
    assert 0.3 < coverage[1] < 1
    assert coverage[2:].tolist() == [0, 0]


def test_it_tells_what_a_word_was_set_against() -> None:
    texts = TermLists.of([["bring", "pet", "anim"], ["fee"], []])
    alignment = align(word_table(), ["dog", "bring"], texts)

    partner = alignment.partner(0, 0)
    assert partner is not None
    assert partner.term == "pet"
    assert 0.3 < partner.strength < 1
    assert alignment.partner(1, 0) == ("bring", 1)
    assert alignment.partner(0, 1) is None
    assert alignment.partner(0, 2) is None


def test_rarer_words_of_the_question_count_for_more() -> None:
    texts = TermLists.of([["dog"], ["fee"]])
    alignment = align(word_table(), ["dog", "fee"], texts)

    assert alignment.coverage(np.array([3.0, 1.0])).tolist() == [0.75, 0.25]


def test_a_question_without_terms_is_covered_by_nothing() -> None:
    alignment = align(word_table(), [], TermLists.of([["dog"], []]))

    assert alignment.coverage(np.zeros(0)).tolist() == [0, 0]


@given(asked=st.lists(TERMS, unique=True, max_size=5), texts=st.lists(st.lists(TERMS, max_size=5), max_size=5))
def test_no_word_of_like_meaning_fits_as_well_as_the_word_itself(asked: list[str], texts: list[list[str]]) -> None:
    alignment = align(word_table(), asked, TermLists.of(texts))

    for row, term in enumerate(asked):
        for text, terms in enumerate(texts):
            assert (alignment.strengths[row, text] == 1) == (term in terms)
            partner = alignment.partner(row, text)
            assert (partner.strength if partner else 0) == pytest.approx(float(alignment.strengths[row, text]))


def test_texts_about_the_same_thing_are_nearer_than_others() -> None:
    texts = TermLists.of([["membership", "price", "euro"], ["lathe", "chuck", "oil"], []])
    weights = np.ones(len(texts.terms))

    cosines = mean_cosines(word_table(), ["fee", "join"], np.ones(2), texts, weights)

    assert cosines[0] > 0.3 > cosines[1]
    assert cosines[2] == 0
