"""The best sentences are those of plain rank_bm25 on each level, bit for bit, however they are found."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from retrieval.index.native import functions
from retrieval.index.segments.parts import Order
from retrieval.search.bm25_native import MOST_TERMS, NativeSearch
from retrieval.search.bm25_numpy import NumpySearch
from retrieval.search.bm25_part import ARTICLE, LEVEL_WEIGHTS, PARAGRAPH, SENTENCE, PartSearcher
from retrieval.search.bm25_statistics import Frequencies, Idf, Statistics
from tests.retrieval.segments import part_of_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tests.retrieval.segments import ArticleTerms, Paragraph

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


LIBRARY = st.lists(  # articles of paragraphs, each a heading and sentences
    st.tuples(TEXT, st.lists(st.tuples(TEXT, st.lists(TEXT, min_size=1, max_size=4)), max_size=4)),
    min_size=1,
    max_size=6,
).filter(lambda articles: any(sentence for _, paragraphs in articles for _, own in paragraphs for sentence in own))


class PlainLibrary:
    """A library by its levels, and what rank_bm25 has to say to each of its sentences."""

    def __init__(self, articles: Sequence[ArticleTerms]) -> None:
        self.sentences: list[list[str]] = []
        self.paragraphs: list[list[str]] = []
        self.articles: list[list[str]] = []
        self.paragraph_of: list[int] = []
        self.article_of: list[int] = []
        for title, paragraphs in articles:
            self.articles.append([*title, *(term for _, own in paragraphs for sentence in own for term in sentence)])
            for heading, own in paragraphs:
                self.paragraphs.append([*heading, *(term for sentence in own for term in sentence)])
                for sentence in own:
                    self.sentences.append([*sentence])
                    self.paragraph_of.append(len(self.paragraphs) - 1)
                    self.article_of.append(len(self.articles) - 1)
        self._counts: dict[str, int] = {}
        for terms in self.sentences:
            for term in set(terms):
                self._counts[term] = self._counts.get(term, 0) + 1
        levels = ((self.sentences, SENTENCE), (self.paragraphs, PARAGRAPH), (self.articles, ARTICLE))
        self._plain = [BM25Plus(documents, **parameters, delta=0) for documents, parameters in levels]

    def scores(self, query: Sequence[tuple[str, float]]) -> list[NDArray[np.float64]]:
        """What each document of each level scores, by the idf of the sentences."""
        scores = []
        for plain in self._plain:
            score = np.zeros(plain.corpus_size)
            for term, weight in query:
                plain.idf = {term: math.log((len(self.sentences) + 1) / self._counts.get(term, 1))}
                score += weight * plain.get_scores([term])
            scores.append(score)
        return scores

    def totals(self, query: Sequence[tuple[str, float]]) -> NDArray[np.float64]:
        """What each sentence scores on all levels, 0 where it has none of the words."""
        own, around, above = self.scores(query)
        total = LEVEL_WEIGHTS[0] * own + LEVEL_WEIGHTS[1] * around[self.paragraph_of]
        return np.where(own > 0, total + LEVEL_WEIGHTS[2] * above[self.article_of], 0.0)


class Search:
    """A search of these articles in one of two ways, by the terms' names."""

    def __init__(
        self, articles: Sequence[ArticleTerms], way: str, *, words: int = 24, weights: Sequence[float] = LEVEL_WEIGHTS
    ) -> None:
        self.numbers = {f"w{n}": n for n in range(words)}
        part = part_of_terms(articles, self.numbers)
        statistics = Statistics.of([part], words)
        idf = Idf(Frequencies(self.numbers, statistics.frequencies), statistics.documents[0])
        self.part = PartSearcher(part, Order.of([part]), idf, statistics, native=way == "compiled")
        search = NativeSearch if way == "compiled" else NumpySearch
        self._search = search(part, self.part.levels, weights)
        self._articles = range(len(articles))

    def __call__(
        self, query: Sequence[tuple[str, float]], most: int, articles: range | None = None
    ) -> tuple[list[int], list[float]]:
        terms = self.part.levels[0].known((self.numbers.get(term, -1), weight) for term, weight in query)
        numbers, scores = self._search(terms, most, self._articles if articles is None else articles)
        return numbers.tolist(), scores.tolist()


def written_once(query: Sequence[str]) -> list[tuple[str, float]]:
    return [(term, 1.0) for term in query]


@WAYS
@settings(max_examples=100, deadline=None)
@given(
    articles=LIBRARY,
    query=st.dictionaries(st.sampled_from([f"w{n}" for n in range(24)]), st.sampled_from([1.0, 0.95, 0.3, 0.0])),
    most=st.integers(0, 12),
    among=st.tuples(st.integers(0, 6), st.integers(0, 6)),
)
def test_the_best_sentences_by_three_levels_are_those_of_three_plain_classes(
    way: str, articles: list[ArticleTerms], query: dict[str, float], most: int, among: tuple[int, int]
) -> None:
    plain = PlainLibrary(articles)
    chosen = range(min(*among, len(articles)), min(max(among), len(articles)))
    totals = plain.totals(list(query.items()))
    totals[[of not in chosen for of in plain.article_of]] = 0.0

    assert Search(articles, way)(list(query.items()), most, chosen) == best_of(totals, most)


@settings(max_examples=60, deadline=None)
@given(articles=LIBRARY, query=st.lists(st.sampled_from([f"w{n}" for n in range(24)]), max_size=8))
def test_each_level_scores_all_its_documents_as_the_plain_class(articles: list[ArticleTerms], query: list[str]) -> None:
    asked = written_once(query)
    search = Search(articles, "numpy")

    scores = [level.weighted_scores((search.numbers[term], 1.0) for term in query) for level in search.part.levels]

    for ours, plain in zip(scores, PlainLibrary(articles).scores(asked), strict=True):
        assert np.array_equal(ours, plain)


@WAYS
@settings(max_examples=60, deadline=None)
@given(articles=LIBRARY, query=st.lists(st.sampled_from([f"w{n}" for n in range(24)]), max_size=8))
def test_sentences_alone_are_found_as_by_the_plain_class(
    way: str, articles: list[ArticleTerms], query: list[str]
) -> None:
    asked = written_once(query)
    own, _, _ = PlainLibrary(articles).scores(asked)

    assert Search(articles, way, weights=(1.0, 0.0, 0.0))(asked, 10) == best_of(own, 10)


@WAYS
def test_they_are_among_many_sentences_of_a_language_like_ours(way: str) -> None:
    rng = np.random.default_rng(3)
    ranks = np.minimum(rng.zipf(1.3, 30_000), 3_000)
    sentences = [[f"w{n}" for n in part] for part in np.split(ranks, np.sort(rng.integers(0, 30_000, 2_500)))]
    paragraphs: Sequence[Paragraph] = [([], sentences[at : at + 5]) for at in range(0, len(sentences), 5)]
    articles: Sequence[ArticleTerms] = [([], paragraphs[at : at + 10]) for at in range(0, len(paragraphs), 10)]
    plain, search = PlainLibrary(articles), Search(articles, way, words=3_001)

    for _ in range(25):
        query = written_once([f"w{n}" for n in np.minimum(rng.zipf(1.3, 5), 3_000)])
        assert search(query, 10) == best_of(plain.totals(query), 10)


@WAYS
def test_a_word_that_is_there_more_often_than_a_byte_holds(way: str) -> None:
    sentences = [["w0"] * 70_000 + ["w1"], ["w0"] * 300 + ["w1"], ["w0", "w1", "w1"], ["w2"]]
    articles: Sequence[ArticleTerms] = [([], [([], sentences[:2])]), ([], [([], sentences[2:])])]
    plain, search = PlainLibrary(articles), Search(articles, way)

    assert search.part.levels[0].postings.frequencies.dtype == np.uint32
    for words in (["w0"], ["w1"], ["w1", "w0"], ["w2", "w1"]):
        query = written_once(words)
        assert search(query, 3) == best_of(plain.totals(query), 3)


LENGTHS = (0, 1, 2, 15, 16, 17, 31, 32, 33, 254, 255, 256, 300)


@WAYS
@pytest.mark.parametrize("words", [4, 40, 4000], ids=["all repeated", "some repeated", "hardly one repeated"])
def test_they_are_whatever_is_repeated_and_however_long_it_is(way: str, words: int) -> None:
    rng = np.random.default_rng(words)
    sizes = rng.choice(LENGTHS, 400, p=[0.03] + [0.15] * 6 + [0.01] * 2 + [0.0125] * 4)
    sentences = [[f"w{n}" for n in (words * rng.random(size) ** 3).astype(int)] for size in sizes]
    articles: Sequence[ArticleTerms] = [([], [([], sentences[at : at + 2])]) for at in range(0, len(sentences), 2)]
    plain, search = PlainLibrary(articles), Search(articles, way, words=words)

    for most in (1, 10, 17, 1000):
        for _ in range(6):
            asked = [f"w{n}" for n in (words * rng.random(rng.integers(1, 6)) ** 3).astype(int)]
            query = written_once(asked + asked[: rng.integers(0, 3)])
            assert search(query, most) == best_of(plain.totals(query), most)


@WAYS
@pytest.mark.parametrize("alike", [1, 15, 16, 17, 64, 65, 200])
def test_of_equal_sentences_the_first_are_found(way: str, alike: int) -> None:
    kinds = [["w0", "w1"], ["w1", "w0", "w0"], ["w0", "w1", "w1", "w0"], ["w2"], [], ["w0", "w3", "w3", "w3"]]
    articles: Sequence[ArticleTerms] = [([], [([], kinds)]) for _ in range(alike)] + [([], [([], [["w4", "w0"]])])]
    plain, search = PlainLibrary(articles), Search(articles, way)

    for words in (["w0"], ["w0", "w1"], ["w0", "w0"], ["w1", "w0", "w1", "w1"], ["w4"], ["w4", "w0"], ["w3", "w4"]):
        query = written_once(words)
        totals = plain.totals(query)
        for most in (1, 10, 16, 6 * alike + 1):
            assert search(query, most) == best_of(totals, most)


def test_a_question_of_more_words_than_the_compiled_search_takes_is_answered_too() -> None:
    articles: Sequence[ArticleTerms] = [([], [([], [[f"w{n}" for n in range(at, at + 90)]])]) for at in range(40)]
    query = written_once([f"w{n}" for n in range(MOST_TERMS + 20)])
    search = Search(articles, "compiled", words=130)
    numbers, scores = search.part.best([(search.numbers[term], weight) for term, weight in query], 5)

    assert (numbers.tolist(), scores.tolist()) == best_of(PlainLibrary(articles).totals(query), 5)


@WAYS
def test_they_are_among_hundreds_of_paragraphs_too(way: str) -> None:
    rng = np.random.default_rng(5)

    def words(most: int) -> list[str]:
        return [f"w{n}" for n in (24 * rng.random(rng.integers(0, most)) ** 2).astype(int)]

    long: ArticleTerms = (["w0"] * 20, [(["w1"] * 300, [["w2"] * 270, ["w2", "w3"]]), ([], [["w1"] * 17 + ["w2"] * 3])])
    articles: Sequence[ArticleTerms] = [
        *(
            (words(4), [(words(3), [words(9) for _ in range(rng.integers(1, 5))]) for _ in range(rng.integers(0, 12))])
            for _ in range(70)
        ),
        long,
    ]
    plain, search = PlainLibrary(articles), Search(articles, way)

    assert len(plain.paragraphs) > 300
    for asked in (
        {"w0": 1.0},
        {"w1": 1.0, "w2": 0.3},
        {"w20": 1.0, "w2": 0.95, "w11": 1.0},
        {f"w{n}": 1.0 for n in range(24)},
    ):
        query = list(asked.items())
        totals = plain.totals(query)
        for most in (1, 10, 50, 2000):
            assert search(query, most) == best_of(totals, most)
