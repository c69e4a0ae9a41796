"""The best documents are those of the plain rank_bm25, bit for bit, however they are found."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from retrieval.index.native import functions
from retrieval.index.segments.postings import Documents, Postings, PostingsSegment, Sentences, Statistics
from retrieval.search import bm25_native, bm25_numpy
from retrieval.search.bm25 import ARTICLE, LEVELS, PARAGRAPH, SENTENCE, PostingsBM25
from retrieval.search.bm25_scorer import Frequencies, Idf, Scorer

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Found = tuple[NDArray[np.int32], NDArray[np.float64]]

# Zipf-like, so that some words are in most documents and others in one.
TEXT = st.lists(st.integers(0, 2000).map(lambda n: f"w{int(n**0.5) // 2}"), max_size=12)

COMPILED = pytest.param(
    "compiled", marks=pytest.mark.skipif(not functions.available(), reason="installed without a C compiler")
)
WAYS = pytest.mark.parametrize("way", ["numpy", COMPILED])


def best_of(scores: NDArray[np.float64], most: int) -> tuple[list[int], list[float]]:
    """The documents that score something, best first, and of equal ones the first."""
    order = [n for n in np.argsort(-scores, kind="stable").tolist() if scores[n] > 0][:most]
    return order, scores[order].tolist()


def top(index: PostingsBM25, query: list[str], most: int, way: str) -> tuple[list[int], list[float]]:
    if way == "compiled":
        numbers, scores = index.top(query, most)
    else:
        numbers, scores = bm25_numpy.top(index, index.known((index.numbers.get(term, -1), 1.0) for term in query), most)
    return numbers.tolist(), scores.tolist()


@WAYS
@settings(max_examples=100, deadline=None)
@given(
    documents=st.lists(TEXT, min_size=1, max_size=60).filter(any),
    query=st.lists(st.sampled_from([f"w{n}" for n in range(24)]), max_size=8),
    most=st.integers(0, 12),
    k1=st.floats(0.1, 3),
    b=st.floats(0, 0.99),  # with 1, rank_bm25 divides by zero for a document without words
)
def test_the_best_documents_are_those_of_the_plain_class(
    way: str, documents: list[list[str]], query: list[str], most: int, k1: float, b: float
) -> None:
    plain = BM25Plus(documents, k1=k1, b=b, delta=0)
    ours = PostingsBM25.of(documents, k1=k1, b=b)

    assert top(ours, query, most, way) == best_of(plain.get_scores(query), most)


@WAYS
def test_they_are_among_many_documents_of_a_language_like_ours(way: str) -> None:
    rng = np.random.default_rng(3)
    ranks = np.minimum(rng.zipf(1.3, 60_000), 5_000)
    documents = [[f"w{n}" for n in part] for part in np.split(ranks, np.sort(rng.integers(0, 60_000, 5_000)))]
    plain = BM25Plus(documents, k1=1.2, b=0.75, delta=0)
    ours = PostingsBM25.of(documents, k1=1.2, b=0.75)

    for _ in range(40):
        query = [f"w{n}" for n in np.minimum(rng.zipf(1.3, 5), 5_000)]
        assert top(ours, query, 10, way) == best_of(plain.get_scores(query), 10)


@WAYS
def test_a_word_that_is_there_more_often_than_a_byte_holds(way: str) -> None:
    documents = [["a"] * 70_000 + ["b"], ["a"] * 300 + ["b"], ["a", "b", "b"], ["c"]]
    plain = BM25Plus(documents, k1=1.2, b=0.75, delta=0)
    ours = PostingsBM25.of(documents, k1=1.2, b=0.75)

    assert ours.postings.frequencies.dtype == np.uint32
    for query in (["a"], ["b"], ["b", "a"], ["c", "b"]):
        assert top(ours, query, 3, way) == best_of(plain.get_scores(query), 3)


LENGTHS = (0, 1, 2, 15, 16, 17, 31, 32, 33, 254, 255, 256, 300)


@WAYS
@pytest.mark.parametrize("words", [4, 40, 4000], ids=["all repeated", "some repeated", "hardly one repeated"])
def test_they_are_whatever_is_repeated_and_however_long_it_is(way: str, words: int) -> None:
    rng = np.random.default_rng(words)
    sizes = rng.choice(LENGTHS, 800, p=[0.03] + [0.15] * 6 + [0.01] * 2 + [0.0125] * 4)
    documents = [[f"w{n}" for n in (words * rng.random(size) ** 3).astype(int)] for size in sizes]
    plain = BM25Plus(documents, k1=1.2, b=0.75, delta=0)
    ours = PostingsBM25.of(documents, k1=1.2, b=0.75)

    for most in (1, 10, 17, 1000):
        for _ in range(12):
            query = [f"w{n}" for n in (words * rng.random(rng.integers(1, 6)) ** 3).astype(int)]
            query += query[: rng.integers(0, 3)]
            assert top(ours, query, most, way) == best_of(plain.get_scores(query), most)


@WAYS
@pytest.mark.parametrize("alike", [1, 15, 16, 17, 64, 65, 200])
def test_of_equal_documents_the_first_are_found(way: str, alike: int) -> None:
    kinds = [["a", "b"], ["b", "a", "a"], ["a", "b", "b", "a"], ["c"], [], ["a", "d", "d", "d"]]
    documents = [kind for _ in range(alike) for kind in kinds] + [["once", "a"]]
    plain = BM25Plus(documents, k1=1.2, b=0.75, delta=0)
    ours = PostingsBM25.of(documents, k1=1.2, b=0.75)

    for query in (
        ["a"],
        ["a", "b"],
        ["a", "a"],
        ["b", "a", "b", "b"],
        ["once"],
        ["once", "a"],
        ["d", "once", "nowhere"],
    ):
        for most in (1, 10, 16, len(documents)):
            assert top(ours, query, most, way) == best_of(plain.get_scores(query), most)


@WAYS
def test_a_word_that_is_asked_for_twice_counts_twice_where_it_is_repeated(way: str) -> None:
    documents = [["a"]] * 20 + [["a", "a"], ["b"], ["b", "a", "b"]]
    plain = BM25Plus(documents, k1=1.2, b=0.75, delta=0)
    ours = PostingsBM25.of(documents, k1=1.2, b=0.75)

    for query in (["a", "a"], ["a", "b", "a"]):
        assert top(ours, query, 10, way) == best_of(plain.get_scores(query), 10)


def test_a_question_of_more_words_than_the_kernel_takes_is_answered_too() -> None:
    documents = [[f"w{n}" for n in range(at, at + 90)] for at in range(40)]
    query = [f"w{n}" for n in range(bm25_native.MOST_TERMS + 20)]
    numbers, scores = PostingsBM25.of(documents, k1=1.2, b=0.75).top(query, 5)

    assert (numbers.tolist(), scores.tolist()) == best_of(
        BM25Plus(documents, k1=1.2, b=0.75, delta=0).get_scores(query), 5
    )


def test_as_many_as_are_asked_for_come_with_those_that_score_nothing_last() -> None:
    index = PostingsBM25.of([["syria"], ["iraq"], ["iraq", "army"], ["navy"]], k1=0.5, b=0.4)

    assert index.get_top_n(["iraq"], ["one", "two", "three", "four"], 4) == ["two", "three", "one", "four"]


LIBRARY = st.lists(  # articles of paragraphs, each a heading and sentences
    st.tuples(TEXT, st.lists(st.tuples(TEXT, st.lists(TEXT, min_size=1, max_size=4)), max_size=4)),
    min_size=1,
    max_size=6,
).filter(lambda articles: any(sentence for _, paragraphs in articles for _, own in paragraphs for sentence in own))


class Flat:
    """A library by its levels, and what rank_bm25 has to say to each of its sentences."""

    def __init__(self, articles: list[tuple[list[str], list[tuple[list[str], list[list[str]]]]]]) -> None:
        self.sentences: list[list[str]] = []
        self.paragraphs: list[list[str]] = []
        self.articles: list[list[str]] = []
        self.paragraph_of: list[int] = []
        self.article_of: list[int] = []
        self.firsts: list[tuple[int, int]] = []
        for title, paragraphs in articles:
            self.firsts.append((len(self.sentences), len(self.paragraphs)))
            self.articles.append([*title, *(term for _, own in paragraphs for sentence in own for term in sentence)])
            for heading, own in paragraphs:
                self.paragraphs.append([*heading, *(term for sentence in own for term in sentence)])
                for sentence in own:
                    self.sentences.append(sentence)
                    self.paragraph_of.append(len(self.paragraphs) - 1)
                    self.article_of.append(len(self.articles) - 1)
        self.firsts.append((len(self.sentences), len(self.paragraphs)))

    def segment(self, numbers: dict[str, int]) -> PostingsSegment:
        levels = [Documents.of(level, numbers) for level in (self.sentences, self.paragraphs, self.articles)]
        sentences, paragraphs, articles = (Postings.of(level, len(numbers)) for level in levels)
        firsts = np.array(self.firsts, dtype=np.int32).T
        return PostingsSegment(
            sentences=Sentences.of(levels[0]),
            levels=(sentences, paragraphs, articles),
            paragraph_of=np.array(self.paragraph_of, dtype=np.int32),
            article_of=np.array(self.article_of, dtype=np.int32),
            firsts=firsts,
            places=firsts[:, :-1],
        )

    def totals(self, query: list[tuple[str, float]]) -> NDArray[np.float64]:
        """What each sentence scores by rank_bm25 on all levels, 0 where it has none of the words."""
        n = len(self.sentences)
        counts: dict[str, int] = {}
        for terms in self.sentences:
            for term in set(terms):
                counts[term] = counts.get(term, 0) + 1
        scores = []
        for documents, parameters in zip(
            (self.sentences, self.paragraphs, self.articles), (SENTENCE, PARAGRAPH, ARTICLE), strict=True
        ):
            plain = BM25Plus(documents, **parameters, delta=0)
            score = np.zeros(len(documents))
            for term, weight in query:
                plain.idf = {term: math.log((n + 1) / counts.get(term, 1))}
                score += weight * plain.get_scores([term])
            scores.append(score)
        own = scores[0]
        total = LEVELS[0] * own + LEVELS[1] * scores[1][self.paragraph_of] + LEVELS[2] * scores[2][self.article_of]
        return np.where(own > 0, total, 0.0)


def best(segment: PostingsSegment, numbers: dict[str, int], way: str) -> Callable[..., Found]:
    statistics = Statistics.of(segment)
    idf = Idf(Frequencies(numbers, statistics.frequencies), statistics.documents[0])
    levels = [
        Scorer(level, idf, **parameters, avgdl=average)
        for level, parameters, average in zip(
            segment.levels, (SENTENCE, PARAGRAPH, ARTICLE), statistics.average_lengths, strict=True
        )
    ]
    search = (
        bm25_native.NativeBest(segment, [level.norms for level in levels], [level.k1 for level in levels], LEVELS)
        if way == "compiled"
        else bm25_numpy.NumpyBest(segment, levels, LEVELS)
    )
    return lambda query, most, articles: search(
        levels[0].known((numbers.get(term, -1), weight) for term, weight in query), most, articles
    )


@WAYS
@settings(max_examples=100, deadline=None)
@given(
    articles=LIBRARY,
    query=st.dictionaries(st.sampled_from([f"w{n}" for n in range(24)]), st.sampled_from([1.0, 0.95, 0.3, 0.0])),
    most=st.integers(0, 12),
    among=st.tuples(st.integers(0, 6), st.integers(0, 6)),
)
def test_the_best_sentences_by_three_levels_are_those_of_three_plain_classes(
    way: str,
    articles: list[tuple[list[str], list[tuple[list[str], list[list[str]]]]]],
    query: dict[str, float],
    most: int,
    among: tuple[int, int],
) -> None:
    flat = Flat(articles)
    numbers = {f"w{n}": n for n in range(24)}
    chosen = range(min(*among, len(articles)), min(max(among), len(articles)))
    totals = flat.totals(list(query.items()))
    totals[[of not in chosen for of in flat.article_of]] = 0.0

    found, scores = best(flat.segment(numbers), numbers, way)(list(query.items()), most, chosen)

    assert (found.tolist(), scores.tolist()) == best_of(totals, most)


@WAYS
def test_they_are_among_hundreds_of_paragraphs_too(way: str) -> None:
    rng = np.random.default_rng(5)

    def words(most: int) -> list[str]:
        return [f"w{n}" for n in (24 * rng.random(rng.integers(0, most)) ** 2).astype(int)]

    articles = [
        (words(4), [(words(3), [words(9) for _ in range(rng.integers(1, 5))]) for _ in range(rng.integers(0, 12))])
        for _ in range(70)
    ]
    long = [(["w0"] * 20, [(["w1"] * 300, [["w2"] * 270, ["w2", "w3"]]), ([], [["w1"] * 17 + ["w2"] * 3])])]
    flat = Flat(articles + long)
    numbers = {f"w{n}": n for n in range(24)}
    search = best(flat.segment(numbers), numbers, way)

    assert len(flat.paragraphs) > 300
    for query in (
        {"w0": 1.0},
        {"w1": 1.0, "w2": 0.3},
        {"w20": 1.0, "w2": 0.95, "w11": 1.0},
        {f"w{n}": 1.0 for n in range(24)},
    ):
        totals = flat.totals(list(query.items()))
        for most in (1, 10, 50, 2000):
            found, scores = search(list(query.items()), most, range(71))
            assert (found.tolist(), scores.tolist()) == best_of(totals, most)
