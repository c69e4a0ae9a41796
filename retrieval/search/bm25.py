"""The first stage: BM25 over three levels, the sentence itself, its paragraph and its article."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from retrieval.core.model import FeatureScore, Hit
from retrieval.search.bm25_part import PartSearcher
from retrieval.search.bm25_statistics import Frequencies, Idf, Statistics

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retrieval.core.query_model import Query
    from retrieval.index.corpus import Corpus


class Bm25Searcher:
    """Sentences by their own words, with a share for those of the paragraph and the article around them.

    All levels use the sentences' idf: how rare a word is, is a matter of sentences. A word that only titles and
    headings have is as rare as can be. Each part of the corpus is searched by itself, with the counts of the whole
    library, so that the hits are what they would be if all articles lay in one part, bit for bit. Without `native`,
    numpy searches even where the compiled search is installed.
    """

    def __init__(self, corpus: Corpus, *, native: bool = True) -> None:
        self.corpus = corpus
        self._numbers = corpus.vocabulary
        statistics = Statistics.of(corpus.parts, len(corpus.vocabulary))
        self.frequencies = Frequencies(corpus.vocabulary, statistics.frequencies)
        self.idf = Idf(self.frequencies, statistics.documents[0])
        parts = corpus.parts if self.idf else ()
        self._parts = [PartSearcher(part, corpus.order, self.idf, statistics, native=native) for part in parts]

    def paragraphs(self, term: str) -> NDArray[np.int32]:
        """The numbers of the paragraphs that have `term`, ascending."""
        number = self._numbers.get(term, -1)
        found = [part.paragraphs_with(number) for part in self._parts]
        return found[0] if len(found) == 1 else np.sort(np.concatenate([np.zeros(0, dtype=np.int32), *found]))

    def search(
        self, query: Query, limit: int, *, file: str | None = None, articles: NDArray[np.bool_] | None = None
    ) -> list[Hit]:
        """The best `limit` sentences for `query`, best first, from the article `file` alone where one is given.

        `articles` marks those that may be searched, by their places in the library; None is all.
        """
        terms = [(self._numbers.get(term.term, -1), term.weight) for term in query.terms]
        found = [part.best(terms, limit, file, articles) for part in self._parts]
        # Each part's best, merged: by score, then by their place in the library.
        order = sorted(
            (-score, place, part, at)
            for part, (numbers, scores) in enumerate(found)
            for at, (score, place) in enumerate(
                zip(scores.tolist(), self._parts[part].places_of(numbers).tolist(), strict=True)
            )
        )[:limit]
        added = np.zeros((len(terms), len(order)))  # by each term to the score of each hit
        for part, (numbers, _) in enumerate(found):
            columns = [column for column, (_, _, of, _) in enumerate(order) if of == part]
            added[:, columns] = self._parts[part].added_by(terms, numbers[[order[column][3] for column in columns]])
        return self._hits(query, np.array([place for _, place, _, _ in order], dtype=np.int32), added)

    def score(self, query: Query, sentences: NDArray[np.int32]) -> list[Hit]:
        """These sentences, by their numbers in the corpus, in the order given, each with the score of a search."""
        terms = [(self._numbers.get(term.term, -1), term.weight) for term in query.terms]
        added = np.zeros((len(terms), len(sentences)))
        searchers = {id(searcher.part): searcher for searcher in self._parts}
        for group in self.corpus.grouped(sentences):
            added[:, group.rows] = searchers[id(group.part)].added_by(terms, group.sentences.astype(np.int32))
        return self._hits(query, sentences, added)

    def _hits(self, query: Query, sentences: NDArray[np.int32], added: NDArray[np.float64]) -> list[Hit]:
        """Hits of the sentences with these numbers; `added` (terms, sentences) is what each term adds to the score."""
        names = [f"“{term.word}”" for term in query.terms]
        return [
            Hit(
                sentence,
                math.fsum(values),
                tuple([FeatureScore(name, value) for name, value in zip(names, values, strict=True) if value]),
            )
            for sentence, values in zip(self.corpus.sentences_at(sentences), added.T.tolist(), strict=True)
        ]
