"""The index gives rank_bm25's floats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from retrieval.index.encoding import inversion_numpy
from retrieval.index.native import functions
from retrieval.index.segments.postings import Documents, Index, Postings, PostingsSegment, Sentences, Statistics
from retrieval.search.bm25 import Bm25Searcher, PostingsBM25
from retrieval.search.index_view import indexed
from tests.contracts.searcher import CORPUS, QUESTION, SearcherContract
from tests.retrieval.memory_searcher import MemorySearcher

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retrieval.index.corpus import Corpus
    from retrieval.search.searcher import Searcher

WORDS = st.sampled_from([f"w{n}" for n in range(12)])


@pytest.mark.skipif(not functions.available(), reason="installed without a C compiler")
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


def part_of(
    corpus: Corpus, chosen: list[int], numbers: dict[str, int], *, without: tuple[int, ...] = ()
) -> PostingsSegment:
    """A segment of some articles of a corpus; those in `without` were taken away."""
    read = corpus.parts[0].segment
    sentences = np.flatnonzero(np.isin(read.article_of, chosen))
    paragraphs = np.unique(read.paragraph_of[sentences])
    texts = [
        [corpus.terms[n] for n in sentences.tolist()],
        [corpus.paragraphs[n] for n in paragraphs.tolist()],
        [corpus.articles[n] for n in chosen],
    ]
    levels = [Documents.of(documents, numbers) for documents in texts]
    own, around, whole = (Postings.of(documents, len(numbers)) for documents in levels)
    article_of = np.searchsorted(chosen, read.article_of[sentences]).astype(np.int32)
    paragraph_of = np.searchsorted(paragraphs, read.paragraph_of[sentences]).astype(np.int32)
    first = np.searchsorted(article_of, np.arange(len(chosen)))
    firsts = [[*first, len(sentences)], [*paragraph_of[first], len(paragraphs)]]
    places = np.array([sentences[first], read.paragraph_of[sentences[first]]], dtype=np.int32)
    places[:, np.isin(chosen, without)] = -1
    return PostingsSegment(
        sentences=Sentences.of(levels[0]),
        levels=(own, around, whole),
        paragraph_of=paragraph_of,
        article_of=article_of,
        firsts=np.array(firsts, dtype=np.int32),
        places=places,
    )


def test_articles_dealt_out_over_segments_are_found_as_if_they_lay_in_one() -> None:
    whole = indexed(CORPUS)
    numbers = dict(whole.numbers)
    dealt = Index(
        numbers,
        [part_of(CORPUS, [0, 2, 3], numbers, without=(2,)), part_of(CORPUS, [1, 2, 4], numbers)],
        Statistics.of(whole.segments[0]),
    )
    one, many = Bm25Searcher(CORPUS, whole), Bm25Searcher(CORPUS, dealt)

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
    read = Documents(starts, np.array([term for document in documents for term in document], dtype=np.int32))
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
