"""Postings, signatures and writings are the same by counting and by sorting."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.core.arrays import offsets_of
from retrieval.index.encoding.inversion import by_form, entries, inverted, signatures
from retrieval.index.encoding.inversion_arrays import Entries, Rows
from retrieval.index.encoding.threads import side_by_side
from retrieval.index.native import functions
from tests.retrieval.test_interning import WAYS, going

if TYPE_CHECKING:
    from numpy.typing import NDArray

TERMS = 9
DOCUMENTS = st.lists(st.tuples(*[st.lists(st.integers(0, TERMS - 1), max_size=6)] * 2), max_size=9)


def rows_of(documents: list[tuple[list[int], list[int]]]) -> Rows:
    heads, own = zip(*documents, strict=True) if documents else ((), ())
    return Rows(*flat(own), *flat(heads))


def flat(lists: tuple[list[int], ...]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    return offsets_of(map(len, lists)), np.array([number for one in lists for number in one], dtype=np.int32)


@WAYS
@given(documents=DOCUMENTS)
def test_each_term_has_the_documents_that_have_it(way: str, documents: list[tuple[list[int], list[int]]]) -> None:
    with going(way):
        found = inverted(rows_of(documents), TERMS)

    expected = [
        [(number, (head + own).count(term)) for number, (head, own) in enumerate(documents) if term in head + own]
        for term in range(TERMS)
    ]
    pairs = list(zip(found.documents.tolist(), found.frequencies.tolist(), strict=True))
    assert [pairs[a:b] for a, b in zip(found.offsets, found.offsets[1:], strict=False)] == expected
    assert found.documents.dtype == np.int32
    assert found.frequencies.dtype == np.uint8


@WAYS
@pytest.mark.parametrize(
    ("times", "kind"), [(255, np.uint8), (256, np.uint16), (65_535, np.uint16), (65_536, np.uint32)]
)
def test_frequencies_are_as_wide_as_they_have_to_be(way: str, times: int, kind: type) -> None:
    with going(way):
        found = inverted(Rows(np.array([0, 1, times + 1]), np.ones(times + 1, dtype=np.int32)), 3)

    assert found.frequencies.tolist() == [1, times]
    assert found.frequencies.dtype == kind
    assert found.offsets.tolist() == [0, 0, 2, 2]


@given(lists=st.lists(st.lists(st.integers(0, 200), max_size=300), max_size=5))
def test_signatures_tell_lengths_and_repeats_and_what_is_not_there(lists: list[list[int]]) -> None:
    starts, terms = flat(tuple(lists))

    found = signatures(starts, terms)

    assert [number & 255 for number in found.tolist()] == [min(len(one), 255) for one in lists]
    assert [bool(number & 256) for number in found.tolist()] == [len(set(one)) < len(one) for one in lists]
    with going("numpy"):
        assert found.tolist() == signatures(starts, terms).tolist()


ARTICLES = st.lists(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=8), max_size=6)


@WAYS
@given(articles=ARTICLES)
def test_an_article_has_one_entry_for_each_writing(way: str, articles: list[list[tuple[int, bool]]]) -> None:
    starts, writing = flat(tuple([w for w, _ in one] for one in articles))
    capital = np.array([c for one in articles for _, c in one], dtype=np.bool_)

    with going(way):
        found = entries(starts, writing, capital, 6)

    expected = [
        (number, w, [other for other, _ in one].index(w), (w, True) in one)
        for number, one in enumerate(articles)
        for w in dict.fromkeys(w for w, _ in one)
    ]
    assert list(zip(*(column.tolist() for column in found), strict=True)) == expected
    assert [column.dtype for column in found] == [np.int32, np.int32, np.int32, np.bool_]


FORM_OF = [2, 0, 1, 2, 0, 1]
SMALL = np.array([False, False, True, True, False, False])


@WAYS
@given(articles=ARTICLES)
def test_entries_are_put_in_the_order_of_their_forms(way: str, articles: list[list[tuple[int, bool]]]) -> None:
    rows = [(n, w, at, c) for n, one in enumerate(articles) for at, (w, c) in enumerate(one)]
    rows += [(9, 1, 0, False), (9, 2, 1, False), (9, 0, 2, True)]  # so that each form has one
    article, writing, position, capital = np.array(rows, dtype=np.int32).T.copy()
    given_ones = Entries(article, writing, position, capital.astype(np.bool_))

    with going(way):
        form_at, placed, first, name = by_form(given_ones, np.array(FORM_OF, dtype=np.int32), 3, SMALL)

    expected = sorted(rows, key=lambda row: FORM_OF[row[1]])
    assert list(zip(*(column.tolist() for column in placed), strict=True)) == expected
    counts = Counter(FORM_OF[w] for _, w, _, _ in rows)
    assert form_at.tolist() == offsets_of(counts[form] for form in range(3)).tolist()
    for form in range(3):
        written = [w for _, w, _, _ in expected if FORM_OF[w] == form]
        assert first[form] == next((w for w in written if SMALL[w]), written[0])
        assert name[form] == any(c for _, w, _, c in expected if FORM_OF[w] == form)


@pytest.mark.skipif(not functions.available(), reason="installed without a C compiler")
def test_a_number_beyond_the_last_is_refused_before_memory_is_touched() -> None:
    starts = np.array([0, 1])

    with pytest.raises(ValueError, match="a number is not among those from 0 up to 3"):
        inverted(Rows(starts, np.array([3], dtype=np.int32)), 3)
    with pytest.raises(ValueError, match="a number is not among those from 0 up to 3"):
        entries(starts, np.array([-1], dtype=np.int32), np.array([True]), 3)


@pytest.mark.parametrize("numbers", [1, 1_000_000])
def test_what_is_done_side_by_side_comes_in_order_and_its_error_too(numbers: int) -> None:
    def fails() -> int:
        raise ValueError("it fails")

    assert side_by_side([lambda: 1, lambda: 2, lambda: 3], numbers) == [1, 2, 3]
    with pytest.raises(ValueError, match="it fails"):
        side_by_side([lambda: 1, fails], numbers)
