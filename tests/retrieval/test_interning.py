"""Strings are numbered as dictionaries would do it, compiled or not."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.core.arrays import StringArray, in_order, offsets_of
from retrieval.index.encoding.interning import SIGNS, distinct, pieces
from retrieval.index.native import functions

if TYPE_CHECKING:
    from collections.abc import Iterator

WAYS = pytest.mark.parametrize(
    "way",
    [
        "Python",
        pytest.param(
            "compiled", marks=pytest.mark.skipif(not functions.available(), reason="installed without a C compiler")
        ),
    ],
)
SPACES = " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2005\u200a\u2028\u2029\u202f\u205f\u3000"
NEARLY_SPACES = "\x1b!\x84\x86\x9f\xa1\u167f\u1681\u1fff\u200b\u200e\u2027\u202a\u202e\u2030\u205e\u2060\u2fff\u3001"
WORDS = st.sampled_from(["the", "The", "IS", "al-Nusra", "10,000", "“Who", "who”", "(so)", "...", "é", "a", "\ud800"])
TEXTS = st.lists(WORDS | st.sampled_from([*SPACES, *NEARLY_SPACES, *SIGNS, "\xe2", "\0"]), max_size=30).map("".join)


@contextmanager
def going(way: str) -> Iterator[None]:
    """Without what is compiled where the way is another one."""
    with pytest.MonkeyPatch.context() as patch:
        if way != "compiled":
            patch.setattr(functions, "load", lambda: None)
        yield


@WAYS
@given(texts=st.lists(TEXTS | st.text(), max_size=5))
def test_pieces_are_what_stands_between_white_space(way: str, texts: list[str]) -> None:
    coded = StringArray.of(texts)

    with going(way):
        found = pieces(coded.letters, coded.offsets[:-1].copy(), coded.offsets[1:].copy())

    expected = [text.split() for text in texts]
    assert found.counts.tolist() == [len(one) for one in expected]
    words, others = list(found.words), list(found.others)
    for number, piece in zip(found.numbers.tolist(), chain(*expected), strict=True):
        if number >= 0:
            assert words[number] == piece.strip(SIGNS)
            assert words[number].isascii()
            assert words[number].isalpha()
        else:
            assert others[-1 - number] == piece
            assert not (piece.isascii() and piece.strip(SIGNS).isalpha())
    assert words == list(dict.fromkeys(words))
    assert others == list(dict.fromkeys(others))


@WAYS
def test_no_sign_of_all_is_taken_for_another_kind_of_space(way: str) -> None:
    text = "a".join(map(chr, [*range(0xD800), *range(0xE000, 0x11000)])) + "a"
    coded = StringArray.of([text])

    with going(way):
        found = pieces(coded.letters, coded.offsets[:-1].copy(), coded.offsets[1:].copy())

    assert found.counts.tolist() == [len(text.split())]


@WAYS
@given(strings=st.lists(st.text(max_size=3) | WORDS))
def test_each_distinct_string_has_a_number_of_its_own(way: str, strings: list[str]) -> None:
    with going(way):
        found = distinct(StringArray.of(strings))

    order = list(dict.fromkeys(strings))
    assert found.numbers.tolist() == [order.index(string) for string in strings]
    assert found.firsts.tolist() == [strings.index(string) for string in order]


@WAYS
def test_many_strings_have_as_many_numbers(way: str) -> None:
    strings = [str(number * 7919 % 50_000) for number in range(100_000)]

    with going(way):
        found = distinct(StringArray.of(strings))

    assert found.firsts.tolist() == list(range(50_000))
    assert found.numbers.tolist() == [*range(50_000)] * 2


@given(strings=st.lists(st.text("ab\0é", max_size=20) | st.text() | st.sampled_from("ab").map(lambda a: 16 * "a" + a)))
def test_strings_are_in_the_order_of_their_bytes(strings: list[str]) -> None:
    ordered, places = in_order(StringArray.of(strings))

    assert list(ordered) == sorted(strings, key=lambda string: string.encode("utf-8", "surrogatepass"))
    assert [ordered[place] for place in places.tolist()] == strings
    assert sorted(places.tolist()) == list(range(len(strings)))


@given(strings=st.lists(st.text(max_size=4)), picks=st.lists(st.integers(0, 30)))
def test_strings_are_picked_by_their_numbers(strings: list[str], picks: list[int]) -> None:
    picks = [pick for pick in picks if pick < len(strings)]
    whole = StringArray.of(strings)

    assert list(whole.picked(np.array(picks, dtype=np.int64))) == [strings[pick] for pick in picks]
    assert [list(whole.between(at, at + 2)) for at in range(len(strings))] == [
        strings[at : at + 2] for at in range(len(strings))
    ]
    assert whole.offsets.tolist() == offsets_of(len(string.encode()) for string in strings).tolist()
