"""Words near another one are found by their shapes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from retrieval.analysis.analyzer import REWRITTEN, opening_of, stem
from retrieval.analysis.english_words.irregular_forms import BASE
from retrieval.core.arrays import StringArray
from retrieval.index.segments.fuzzy import SHORTEST, FuzzyIndex, sound

WORD = st.text("abchkpqzеéß", min_size=1, max_size=9)
ENDINGS = st.sampled_from(
    ["s", "ies", "ied", "ing", "edly", "y", "ably", "bility", "biliti", "ization", "ousness", "ble"]
)


@given(
    words=st.sets(WORD, max_size=30), word=st.text("abchkpqzеéß", min_size=SHORTEST, max_size=9), most=st.integers(1, 2)
)
def test_no_word_that_is_near_is_passed_over(words: set[str], word: str, most: int) -> None:
    strings = StringArray.of(sorted(words))
    lengths = range(max(SHORTEST, len(word) - most), len(word) + most + 1)

    found = set(strings.each(FuzzyIndex.of(strings).may_be_near(word, lengths, most)))

    assert {other for other in words if len(other) in lengths and OSA.distance(word, other) <= most} <= found
    assert all(len(other) in lengths for other in found)


@given(words=st.sets(WORD, max_size=30), word=WORD)
def test_the_words_that_sound_alike_are_those_with_the_same_sound(words: set[str], word: str) -> None:
    strings = StringArray.of(sorted(words))

    found = strings.each(FuzzyIndex.of(strings).may_sound_like(word))

    assert sorted(found) == sorted(other for other in words if len(other) >= SHORTEST and sound(other) == sound(word))


def test_far_words_are_left_out() -> None:
    strings = StringArray.of(["barley", "barney", "harbour", "market"])

    assert strings.each(FuzzyIndex.of(strings).may_be_near("barly", range(4, 8), 1)) == ["barley"]


@given(head=st.text("aeioubcdfglnprsty", min_size=1, max_size=5), ends=st.lists(ENDINGS, max_size=3))
def test_a_word_begins_as_its_stem_says(head: str, ends: list[str]) -> None:
    word = "".join([head, *ends])

    assert word in BASE or word in REWRITTEN or word.startswith(opening_of(stem(word)))
