"""What every searcher promises, however it finds.

A test class for an implementation inherits `SearcherContract` and has a fixture `searcher` over the articles of the
fixture `corpus`.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.index import corpus as corpora
from retrieval.ingestion.library import load
from retrieval.query.question_analysis import analyze

if TYPE_CHECKING:
    from retrieval.core.model import Hit
    from retrieval.core.query_model import Query
    from retrieval.index.corpus import Corpus
    from retrieval.search.searcher import Searcher

SEEDS = Path(__file__).parents[2] / "seeds"
CORPUS = corpora.read(load(SEEDS))
QUESTION = "How many fighters of the Islamic State are left in Iraq and Syria?"


class SearcherContract:
    """Held by every implementation of `Searcher`."""

    @pytest.fixture
    def corpus(self) -> Corpus:
        return CORPUS

    @pytest.fixture
    def searcher(self, corpus: Corpus) -> Searcher:
        raise NotImplementedError

    @staticmethod
    def query(corpus: Corpus, question: str) -> Query:
        frequencies: dict[str, int] = {}
        for terms in corpus.terms:
            for term in set(terms):
                frequencies[term] = frequencies.get(term, 0) + 1
        return analyze(question, corpus, frequencies).query

    def test_at_most_as_many_as_asked_for_and_the_best_first(self, corpus: Corpus, searcher: Searcher) -> None:
        hits = searcher.search(self.query(corpus, QUESTION), 7)

        assert len(hits) == 7
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)

    def test_a_smaller_limit_gives_the_head_of_the_same_list(self, corpus: Corpus, searcher: Searcher) -> None:
        query = self.query(corpus, QUESTION)

        assert list(searcher.search(query, 3)) == list(searcher.search(query, 20))[:3]

    def test_equal_scores_keep_the_order_of_the_articles(self, corpus: Corpus, searcher: Searcher) -> None:
        hits = searcher.search(self.query(corpus, QUESTION), 1000)
        places = [(-hit.score, corpus.place(hit.sentence)) for hit in hits]

        assert places == sorted(places)

    def test_every_hit_shares_a_term_and_its_parts_add_up(self, corpus: Corpus, searcher: Searcher) -> None:
        query = self.query(corpus, QUESTION)
        asked = {term.term for term in query.terms}

        for hit in searcher.search(query, 1000):
            assert asked & set(corpus.terms[corpus.place(hit.sentence)])
            assert hit.score > 0
            assert sum(part.value for part in hit.parts) == pytest.approx(hit.score, abs=1e-9)

    def test_the_frequency_of_a_term_is_the_number_of_sentences_that_have_it(
        self, corpus: Corpus, searcher: Searcher
    ) -> None:
        counted = Counter(term for terms in corpus.terms for term in set(terms))

        assert dict(searcher.frequencies) == counted
        assert "xylophon" not in searcher.frequencies

    def test_the_idf_of_a_term_is_the_greater_the_fewer_sentences_have_it(self, searcher: Searcher) -> None:
        assert searcher.idf.keys() == searcher.frequencies.keys()
        rarest_first = sorted(searcher.frequencies, key=lambda term: (searcher.frequencies[term], term))
        values = [searcher.idf[term] for term in rarest_first]

        assert values == sorted(values, reverse=True)
        assert values[-1] > 0

    def test_the_paragraphs_of_a_term_are_those_that_have_it(self, corpus: Corpus, searcher: Searcher) -> None:
        having = [number for number, terms in enumerate(corpus.paragraphs) if "iraq" in terms]

        assert having
        assert searcher.paragraphs("iraq").tolist() == having
        assert searcher.paragraphs("xylophon").tolist() == []

    def test_words_that_occur_nowhere_find_nothing(self, corpus: Corpus, searcher: Searcher) -> None:
        assert list(searcher.search(self.query(corpus, "xylophone zeppelin"), 10)) == []
        assert list(searcher.search(self.query(corpus, ""), 10)) == []

    def test_one_article_alone_when_it_is_named(self, corpus: Corpus, searcher: Searcher) -> None:
        file = corpus.library.articles[1].file
        hits = searcher.search(self.query(corpus, QUESTION), 10, file=file)

        assert hits
        assert {hit.sentence.article.file for hit in hits} == {file}
        assert list(searcher.search(self.query(corpus, QUESTION), 10, file="no such file")) == []

    def test_only_articles_that_are_marked_when_some_are(self, corpus: Corpus, searcher: Searcher) -> None:
        query = self.query(corpus, QUESTION)
        marked = np.arange(len(corpus.library.articles)) % 2 == 1
        hits = searcher.search(query, 10, articles=marked)
        every = [hit for hit in searcher.search(query, len(corpus.sentences)) if marked[_article(corpus, hit)]]

        assert hits
        assert [(hit.sentence, hit.score) for hit in hits] == [(hit.sentence, hit.score) for hit in every[:10]]
        assert list(searcher.search(query, 10, articles=np.zeros(len(marked), dtype=np.bool_))) == []

    def test_a_sentence_scores_by_itself_what_a_search_gives_it(self, corpus: Corpus, searcher: Searcher) -> None:
        query = self.query(corpus, QUESTION)
        found = {corpus.place(hit.sentence): hit for hit in searcher.search(query, len(corpus.sentences))}
        numbers = np.arange(len(corpus.sentences), dtype=np.int32)[::-1]

        scored = searcher.score(query, numbers)

        assert [corpus.place(hit.sentence) for hit in scored] == numbers.tolist()
        for number, hit in zip(numbers.tolist(), scored, strict=True):
            if number in found:
                assert hit == found[number]
            else:  # it has no word of the question; what is around it may
                assert hit.score >= 0
                assert sum(part.value for part in hit.parts) == pytest.approx(hit.score, abs=1e-9)

    def test_no_sentences_and_no_words_score_nothing(self, corpus: Corpus, searcher: Searcher) -> None:
        nothing = self.query(corpus, "xylophone zeppelin")

        assert list(searcher.score(self.query(corpus, QUESTION), np.zeros(0, dtype=np.int32))) == []
        assert [hit.score for hit in searcher.score(nothing, np.array([3, 0, 3], dtype=np.int32))] == [0, 0, 0]

    def test_several_threads_get_what_one_gets(self, corpus: Corpus, searcher: Searcher) -> None:
        query = self.query(corpus, QUESTION)
        alone = list(searcher.search(query, 10))
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda _: list(searcher.search(query, 10)), range(40)))

        assert together == [alone] * 40

    @settings(
        max_examples=50, suppress_health_check=[HealthCheck.differing_executors, HealthCheck.function_scoped_fixture]
    )
    @given(question=st.text(max_size=200))
    def test_any_text_may_be_asked(self, corpus: Corpus, searcher: Searcher, question: str) -> None:
        assert len(searcher.search(self.query(corpus, question), 5)) <= 5


def _article(corpus: Corpus, hit: Hit) -> int:
    return corpus.article_of(corpus.place(hit.sentence))
