"""The terms of a library as the table of words knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.analyzer import stem
from retrieval.core.arrays import StringArray
from retrieval.index.segments.vocabulary import Vocabulary
from retrieval.search.meaning.library_terms import LEAST, NEAR, LibraryTerms, packed
from retrieval.search.meaning.word_table import LONGEST_TERM, MISSING, NEAREST, word_table

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = ("dog", "pet", "cat", "fee", "price", "cost", "charge", "payment", "monday", "tuesday", "lathe", "2019", "2020")


def terms_of(words: Iterable[str], *, later: Iterable[str] = ()) -> LibraryTerms:
    """The terms of a library with these words, and those of articles that came `later`."""
    base = StringArray.of(sorted({stem(word) for word in words}))
    return LibraryTerms(word_table(), Vocabulary(base).extended(stem(word) for word in later))


def fit(terms: LibraryTerms, vocabulary: Vocabulary, asked: str, other: str) -> float:
    number = vocabulary.get(asked, -1)
    return float(terms.fits({number: asked}, np.array([vocabulary[other]], dtype=np.int32))[0, 0])


def test_near_terms_are_those_of_the_library_that_mean_much_the_same() -> None:
    terms = terms_of(WORDS)

    near = terms.near("dog")

    assert near[0][0] == "pet"
    assert {other for other, _ in near} <= {"pet", "cat"}


def test_near_terms_are_few_come_nearest_first_and_never_are_the_term_itself() -> None:
    terms = terms_of(("price", "cost", "fee", "charge", "payment", "tariff", "rate", "expense", "toll", "fare"))

    near = terms.near(stem("price"))

    cosines = [cosine for _, cosine in near]
    assert len(near) == NEAR
    assert cosines == sorted(cosines, reverse=True)
    assert min(cosines) >= LEAST
    assert stem("price") not in dict(near)


def test_a_word_that_the_library_lacks_has_near_terms_too() -> None:
    assert "pet" in dict(terms_of(("pet", "lathe")).near("dog"))


@pytest.mark.parametrize("term", ["qwxzv", "=Islamic State", "", "a" * 40])
def test_a_term_that_the_table_lacks_has_no_near_terms(term: str) -> None:
    assert terms_of((*WORDS, "qwxzvs")).near(term) == ()


def test_nothing_is_near_in_a_library_without_known_words() -> None:
    assert terms_of(()).near("dog") == ()
    assert terms_of(("qwxzv", "2019")).near("dog") == ()


@pytest.mark.parametrize(("asked", "kin"), [("monday", "tuesday"), ("2019", "2020"), ("iraq", "syria")])
def test_days_numbers_and_names_stay_alone(asked: str, kin: str) -> None:
    one, other = stem(asked), stem(kin)
    vocabulary = Vocabulary(StringArray.of(sorted((one, other))))
    terms = LibraryTerms(word_table(), vocabulary)

    assert other not in dict(terms.near(one))
    assert fit(terms, vocabulary, one, other) == 0
    assert fit(terms, vocabulary, one, one) == 1


@given(
    asked=st.lists(st.sampled_from((*WORDS, "qwxzv")), unique=True, min_size=1, max_size=5),
    base=st.sets(st.sampled_from((*WORDS, "qwxzv", "=Islamic State")), min_size=1, max_size=8),
    later=st.lists(st.sampled_from((*WORDS, "zwvxq")), unique=True, max_size=4),
)
def test_only_the_term_itself_fits_wholly(asked: list[str], base: set[str], later: list[str]) -> None:
    vocabulary = Vocabulary(StringArray.of(sorted(base))).extended(later)
    terms = LibraryTerms(word_table(), vocabulary)
    wanted = {vocabulary.get(term, -1 - at): term for at, term in enumerate(asked)}
    numbers = np.arange(len(vocabulary), dtype=np.int32)

    fits = terms.fits(wanted, numbers)

    assert fits.shape == (len(asked), len(vocabulary))
    for row, term in enumerate(asked):
        for number in numbers.tolist():
            other = vocabulary.term(number)
            assert fits[row, number] == pytest.approx(float(word_table().fits([term], [other])[0, 0]), abs=1e-6)
            assert (fits[row, number] == 1) == (term == other)
            assert fits[row, number] == 1 or 0 <= fits[row, number] <= np.float32(NEAREST)


def test_words_that_nobody_knows_fit_nothing() -> None:
    terms = terms_of((*WORDS, "qwxzv"))

    assert not terms.fits({-1: "zwvxq"}, np.arange(len(WORDS), dtype=np.int32)).any()


def test_terms_that_came_later_are_known_as_those_of_the_beginning_are() -> None:
    terms = terms_of(("lathe", "fee"), later=("pet", "qwxzv"))
    numbers = np.array([3, 1, 2, 0], dtype=np.int32)  # qwxzv, lathe, pet, fee

    assert "pet" in dict(terms.near("dog"))
    assert terms.rows(numbers).tolist() == word_table().rows(["qwxzv", stem("lathe"), "pet", "fee"]).tolist()
    assert (terms.rows(numbers) == MISSING).tolist() == [True, False, False, False]
    assert terms.fits({-1: "dog", 2: "pet"}, numbers)[:, 2].tolist() == [
        pytest.approx(float(word_table().fits(["dog"], ["pet"])[0, 0])),
        1,
    ]


@given(strings=st.lists(st.text(max_size=20).filter(lambda text: "\0" not in text), min_size=1), data=st.data())
def test_strings_are_packed_as_each_is_encoded(strings: list[str], data: st.DataObject) -> None:
    encodable = [text.encode("utf-8", "ignore").decode() for text in strings]
    places = data.draw(st.lists(st.integers(0, len(strings) - 1)))

    rows = packed(StringArray.of(encodable), np.array(places, dtype=np.int32))

    letters = [encodable[place].encode() for place in places]
    assert rows.tolist() == [each if len(each) <= LONGEST_TERM else b"" for each in letters]
