"""The table of words: which terms it takes for much the same, and which never."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.analysis.analyzer import stem
from retrieval.search.meaning.word_table import MISSING, NEAREST, WordTable, row_type, word_table

if TYPE_CHECKING:
    from pathlib import Path


def fit(one: str, other: str) -> float:
    """Give how well two words fit by the table that Quoth comes with."""
    return float(word_table().fits([stem(one)], [stem(other)])[0, 0])


@pytest.mark.parametrize(
    "pair",
    [
        "dog pet", "cost fee", "fee price", "boss leader", "cancel terminate", "allowed forbidden", "wifi wireless",
        "toilet restroom", "buy purchase", "admin administrator", "lecturer professor", "broken damaged",
    ],
)  # fmt: skip
def test_other_words_for_the_same_thing_fit(pair: str) -> None:
    one, other = pair.split()

    assert 0 < fit(one, other) <= NEAREST
    assert fit(other, one) == pytest.approx(fit(one, other))


@pytest.mark.parametrize(
    "pair",
    [
        "monday tuesday", "march april", "iraq syria", "left right", "two three", "london paris", "john peter",
        "red blue", "north south", "dog wifi", "password cake",
    ],
)  # fmt: skip
def test_what_is_of_one_kind_but_never_the_same_does_not_fit(pair: str) -> None:
    assert fit(*pair.split()) == 0


@pytest.mark.parametrize("term", ["monday", "dog", "2019", "=Islamic State", "qwxzv", "e-1042", "naïveté"])
def test_a_word_fits_itself_wholly_whether_the_table_has_it_or_not(term: str) -> None:
    assert word_table().fits([term], ["pet", term]).tolist()[0][1] == 1


def test_numbers_and_names_of_things_fit_nothing_but_themselves() -> None:
    fits = word_table().fits(["2019", "=Islamic State", ""], ["2020", "2021", "state", "islam", "=Islamic Front"])

    assert not fits.any()


def test_terms_are_found_in_any_order_and_the_others_are_missing() -> None:
    table = word_table()

    rows = table.rows(["zone", "no such word", "dog", "a" * 40, "apple" * 5])

    assert (rows != MISSING).tolist() == [True, False, True, False, False]
    assert table.rows([]).shape == (0,)


def test_a_term_that_only_begins_like_a_row_is_not_taken_for_it() -> None:
    rows = np.zeros(1, row_type(4))
    rows["term"], rows["vector"] = b"internationalis", 1
    table = WordTable(rows)

    assert table.rows(["internationalis"]).tolist() == [0]
    assert table.rows(["internationalisations"]).tolist() == [MISSING]


def test_an_empty_table_knows_no_word() -> None:
    table = WordTable(np.zeros(0, row_type(4)))

    assert table.fits(["dog"], ["dog", "pet"]).tolist() == [[1, 0]]


def test_the_nearest_come_first_and_the_word_itself_is_none_of_them() -> None:
    found = word_table().nearest(stem("dog"), 5)

    cosines = [cosine for _, cosine in found]
    assert "pet" in dict(found)
    assert "dog" not in dict(found)
    assert cosines == sorted(cosines, reverse=True)
    assert word_table().nearest("qwxzv") == []


def test_the_terms_are_those_that_the_index_has() -> None:
    """The table is looked up by stems: when the stemmer changes, it has to be made again."""
    words = ["running", "happiness", "organisations", "allowed", "cancellation", "prices", "cheaper", "deadlines"]

    assert (word_table().rows([stem(word) for word in words]) != MISSING).all()


def test_the_table_is_mapped_small_and_has_its_licence_beside_it() -> None:
    folder = files("retrieval.search.meaning")

    assert len(folder.joinpath("words.npy").read_bytes()) < 6_000_000
    assert "Apache License" in folder.joinpath("words.LICENCE.txt").read_text(encoding="utf-8")
    assert len(word_table()) > 25_000


def test_a_table_is_read_from_its_file(tmp_path: Path) -> None:
    rows = np.zeros(2, row_type(4))
    rows["term"] = [b"cat", b"dog"]
    rows["vector"] = [[100, 0, 0, 0], [80, 60, 0, 0]]
    np.save(tmp_path / "words.npy", rows)

    table = WordTable.open(tmp_path / "words.npy")

    ((term, cosine),) = table.nearest("cat")
    assert term == "dog"
    assert cosine == pytest.approx(0.8)
