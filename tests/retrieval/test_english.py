"""Which words are English: those of pyspellchecker's dictionary, and their spellings across the Atlantic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from spellchecker import SpellChecker

from retrieval.analysis.english_words import dictionary
from retrieval.analysis.english_words.dictionary import is_english, other_spellings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Has the dictionary read afresh in the test, and after it."""
    caches = (dictionary._dictionary, dictionary._beginning_with, dictionary.is_english)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def test_the_words_are_those_that_pyspellchecker_knows_all_of_them_and_no_others() -> None:
    words = set(SpellChecker().word_frequency.words())
    beginnings = {word[0] for word in words}

    assert set().union(*map(dictionary._beginning_with, beginnings)) == words


@pytest.mark.parametrize(
    ("form", "is_one"),
    [
        ("leader", True),
        ("theatre", True),
        ("croûton", True),
        ("leadre", True),
        ("zandvliet", False),
        ("leadder", False),
        ('a"b', False),
    ],
)
def test_a_word_is_english_or_not(form: str, is_one: bool) -> None:
    assert is_english(form) is is_one


def test_a_word_has_its_spelling_on_the_other_side_of_the_atlantic() -> None:
    assert list(other_spellings("metre")) == ["meter"]
    assert list(other_spellings("zandvliet")) == []


@pytest.mark.usefixtures("forgotten")
def test_a_dictionary_that_is_kept_elsewhere_is_read_by_its_own_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionary, "files", lambda _: tmp_path)

    assert is_english("leader")
    assert not is_english("leadder")
