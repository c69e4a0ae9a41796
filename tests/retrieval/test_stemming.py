"""The stems of words: those of nltk's stemmer, whatever the word."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nltk.stem.snowball import EnglishStemmer
from spellchecker import SpellChecker

from retrieval.analysis.english_words.stemmer import stem
from retrieval.analysis.tokenizer import fold

nltk_stem = EnglishStemmer().stem

SUFFIXES = {
    "0": "' 's 's'",
    "1a": "s us ss sses ied ies",
    "1b": "ed edly eed eedly ing ingly ated bled ized pping tted",
    "1c": "y yy",
    "2": """
        tional enci anci abli entli izer ization ational ation ator alism aliti alli fulness ousli ousness iveness iviti
        biliti bli ogi logi fulli lessli li ly ency ably ality ivity bility
    """,
    "3": "tional ational alize icate iciti ical ful ness ative icity",
    "4": "al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion sion tion",
    "5": "e l ll le ile",
}
ALL_SUFFIXES = " ".join(SUFFIXES.values()).split()
# With R1 and R2 in all kinds of places: nowhere, at once, after a y that is a vowel and one that is none, by the list.
HEADS = [
    *("", "b", "a", "y", "str", "at", "ab", "ay", "by", "hop", "tr", "real", "organ", "rat", "yell", "syzyg", "throat"),
    *("gener", "generat", "commun", "communi", "arsen", "arse", "é", "xé", "écol", "20", "1990", "'tw", "Y", "straw"),
]
WORDS = st.builds(
    "".join,
    st.tuples(
        st.text("aeiouybcdlnrstwxzgm'é", max_size=6),
        st.sampled_from(ALL_SUFFIXES),
        st.sampled_from(["", *ALL_SUFFIXES]),
        st.sampled_from(["", *ALL_SUFFIXES]),
    ),
)


def differing(words: list[str]) -> dict[str, tuple[str, str]]:
    """The words whose stems differ, with ours and nltk's."""
    return {word: (ours, theirs) for word in words if (ours := stem(word)) != (theirs := nltk_stem(word))}


def test_the_stems_of_a_dictionary_are_those_of_nltk() -> None:
    dictionary = sorted(SpellChecker().word_frequency.words())

    assert len(dictionary) > 100_000
    assert differing(dictionary[::3]) == {}


@pytest.mark.slow
def test_the_stems_of_a_whole_dictionary_are_those_of_nltk() -> None:
    assert differing(list(SpellChecker().word_frequency.words())) == {}


@pytest.mark.parametrize("step", SUFFIXES)
def test_a_word_with_a_suffix_of_a_step_and_another_has_the_stem_of_nltk(step: str) -> None:
    words = [
        "".join(word)
        for ends in (product(HEADS, SUFFIXES[step].split()), product(HEADS, SUFFIXES[step].split(), ALL_SUFFIXES))
        for word in ends
    ]

    assert differing(words) == {}


@given(word=WORDS)
@example(word="realizer")  # where nltk leaves the page of the algorithm
@example(word="irrationally")
@example(word="throated")
def test_a_word_made_of_suffixes_has_the_stem_of_nltk(word: str) -> None:
    assert stem(word) == nltk_stem(word)


@given(text=st.text())
@example(text="")
@example(text="'''")
@example(text="\u2019sses\u2018s\u201b")
@example(text="a\nsses\n")
@example(text="ab\nll")
@example(text="İing")
def test_any_text_has_the_stem_of_nltk(text: str) -> None:
    assert stem(text) == nltk_stem(text)


@given(surface=st.text(min_size=1))
def test_whatever_a_word_is_folded_to_has_the_stem_of_nltk(surface: str) -> None:
    form, _ = fold(surface)

    assert stem(form) == nltk_stem(form)


@pytest.mark.parametrize(
    ("word", "its_stem"),
    [
        ("relational", "relat"),
        ("happiness", "happi"),
        ("skies", "sky"),
        ("generously", "generous"),
        ("communities", "communiti"),
        ("hopping", "hop"),
        ("hoping", "hope"),
        ("yoyo", "yoyo"),
        ("Baghdadi’s", "baghdadi"),
        ("is", "is"),
        ("", ""),
    ],
)
def test_stems_as_they_are(word: str, its_stem: str) -> None:
    assert stem(word) == its_stem
