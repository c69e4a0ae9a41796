"""The index gives rank_bm25's floats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from retrieval.bm25 import Bm25Searcher, PostingsBM25
from tests.contracts.searcher import SearcherContract

if TYPE_CHECKING:
    from retrieval.corpus import Corpus
    from retrieval.searcher import Searcher

WORDS = st.sampled_from([f"w{n}" for n in range(12)])


class TestBm25Searcher(SearcherContract):
    @pytest.fixture
    def searcher(self, corpus: Corpus) -> Searcher:
        return Bm25Searcher(corpus)


@settings(max_examples=200)
@given(
    documents=st.lists(st.lists(WORDS, min_size=1, max_size=15), min_size=1, max_size=12),
    query=st.lists(WORDS | st.just("nowhere"), max_size=6),
    k1=st.floats(0.1, 3),
    b=st.floats(0, 1),
)
def test_the_scores_are_those_of_the_plain_class_bit_for_bit(
    documents: list[list[str]], query: list[str], k1: float, b: float
) -> None:
    plain = BM25Plus(documents, k1=k1, b=b, delta=0)
    ours = PostingsBM25.of(documents, k1=k1, b=b)

    assert np.array_equal(ours.get_scores(query), plain.get_scores(query))


def test_a_word_of_every_document_still_counts_for_something() -> None:
    index = PostingsBM25.of([["iraq"], ["iraq", "syria"]], k1=0.5, b=0.4)

    assert (index.get_scores(["iraq"]) > 0).all()
