"""The index gives rank_bm25's floats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from retrieval.index.corpus import Corpus
from retrieval.index.encoding import inversion_numpy
from retrieval.index.encoding.inversion_arrays import Rows
from retrieval.index.native import functions
from retrieval.index.segments.builder import SegmentBuilder
from retrieval.index.segments.parts import CorpusPart
from retrieval.index.segments.postings import Postings
from retrieval.index.segments.segment import renumbered
from retrieval.search.bm25 import Bm25Searcher
from retrieval.search.bm25_scorer import Scorer
from retrieval.search.bm25_statistics import Frequencies, Idf
from tests.contracts.searcher import CORPUS, QUESTION, SearcherContract
from tests.retrieval.memory_searcher import MemorySearcher

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retrieval.search.searcher import Searcher

COMPILED = pytest.mark.skipif(not functions.available(), reason="installed without a C compiler")
WORDS = st.sampled_from([f"w{n}" for n in range(12)])


@COMPILED
class TestCompiledBm25Searcher(SearcherContract):
    @pytest.fixture
    def searcher(self, corpus: Corpus) -> Searcher:
        return Bm25Searcher(corpus)


class TestNumpyBm25Searcher(SearcherContract):
    @pytest.fixture
    def searcher(self, corpus: Corpus) -> Searcher:
        return Bm25Searcher(corpus, native=False)


class TestMemorySearcher(SearcherContract):
    @pytest.fixture
    def searcher(self, corpus: Corpus) -> Searcher:
        return MemorySearcher(corpus)


def scorer_of(documents: list[list[str]], *, k1: float, b: float) -> Scorer:
    """The scorer of documents by their own counts."""
    numbers = {term: number for number, term in enumerate(dict.fromkeys(t for terms in documents for t in terms))}
    terms = np.array([numbers[term] for terms in documents for term in terms], dtype=np.int32)
    postings = Postings.of(Rows(np.cumsum([0, *map(len, documents)]), terms), len(numbers))
    idf = Idf(Frequencies(numbers, np.diff(postings.offsets).astype(np.int32)), len(documents))
    return Scorer(postings, idf, k1=k1, b=b, avgdl=len(terms) / len(documents))


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
    ours = scorer_of(documents, k1=k1, b=b)

    assert np.array_equal(ours.get_scores(query), plain.get_scores(query))


def test_a_word_of_every_document_still_counts_for_something() -> None:
    index = scorer_of([["iraq"], ["iraq", "syria"]], k1=0.5, b=0.4)

    assert (index.get_scores(["iraq"]) > 0).all()


def part_of(places: dict[int, int]) -> CorpusPart:
    """A part with some articles of CORPUS by their numbers there, and the place that each has, -1 where it is gone."""
    articles = [CORPUS.library.articles[number] for number in places]
    builder = SegmentBuilder(CORPUS.analyzer)
    for article in articles:
        builder.add(article)
    segment = builder.built()
    numbers = np.array([CORPUS.vocabulary[term] for term in segment.vocabulary], dtype=np.int32)
    renamed = renumbered(segment, numbers, len(CORPUS.vocabulary))
    return CorpusPart(renamed, articles, np.array([*places.values()], dtype=np.int32))


@pytest.mark.parametrize("native", [False, pytest.param(True, marks=COMPILED)])
def test_articles_dealt_out_over_parts_are_found_as_if_they_lay_in_one(*, native: bool) -> None:
    parts = [part_of({0: 0, 2: -1, 3: 3}), part_of({1: 1, 2: 2, 4: 4})]
    dealt = Corpus(CORPUS.library, CORPUS.analyzer, parts, CORPUS.vocabulary)
    one, many = Bm25Searcher(CORPUS, native=native), Bm25Searcher(dealt, native=native)

    assert dict(many.frequencies) == dict(one.frequencies)
    for question in (QUESTION, "Who leads the group now?", "What did the Pentagon say about Kurdish forces?"):
        query = SearcherContract.query(CORPUS, question)
        assert many.search(query, 50) == one.search(query, 50)
        for article in CORPUS.library.articles:
            assert many.search(query, 9, file=article.file) == one.search(query, 9, file=article.file)
    for term in ("iraq", "kurdish", "nowhere"):
        assert np.array_equal(many.paragraphs(term), one.paragraphs(term))


@given(documents=st.lists(st.lists(st.integers(0, 9), max_size=8), max_size=8), together=st.integers(1, 9))
def test_postings_are_the_same_however_they_are_counted(documents: list[list[int]], together: int) -> None:
    starts = np.cumsum([0, *map(len, documents)])
    read = Rows(starts, np.array([term for document in documents for term in document], dtype=np.int32))
    whole = Postings.of(read, 10)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(functions, "load", lambda: None)
        patch.setattr(inversion_numpy, "TOKENS", together)
        parts = Postings.of(read, 10)

    for array, expected in zip(fields_of(parts), fields_of(whole), strict=True):
        assert array.dtype == expected.dtype
        assert array.tolist() == expected.tolist()
    assert whole.lengths.tolist() == [len(document) for document in documents]
    for term in range(10):
        at = whole.range(term)
        having = [(n, document.count(term)) for n, document in enumerate(documents) if term in document]
        assert [*zip(whole.documents[at].tolist(), whole.frequencies[at].tolist(), strict=True)] == having


def fields_of(one: Postings) -> list[NDArray[Any]]:
    return [one.offsets, one.documents, one.frequencies, one.lengths]
