"""The score of a document: rank_bm25's BM25Plus, its statistics and its floats, on postings."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from rank_bm25 import BM25Plus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from retrieval.index.segments.postings import Counts, Postings
    from retrieval.search.bm25_statistics import Idf


class Scorer(BM25Plus):  # type: ignore[misc]  # rank_bm25 ships without types
    """A `rank_bm25.BM25Plus` with delta 0 that looks only at the documents that have a term.

    The score of a document of length dl is the sum over the query's terms of

        idf * tf * (k1 + 1) / (k1 * (1 - b + b * dl / avgdl) + tf)

    where tf is how often the document has the term and avgdl the average length (Robertson and Zaragoza, "The
    probabilistic relevance framework: BM25 and beyond", 2009). With delta 0 the idf is log((N + 1) / df), which stays
    positive for words that half the documents have (BM25Okapi's does not). `idf` and `avgdl` may be those of a larger
    library of which these documents are a part. The same operations in the same order give rank_bm25's floats, bit for
    bit.
    """

    def __init__(self, postings: Postings, idf: Idf, *, k1: float, b: float, avgdl: float) -> None:
        self.postings = postings
        self.numbers = idf.frequencies.numbers
        self.idf: Idf = idf
        self.k1 = k1
        self.b = b
        self.delta = 0
        self.tokenizer = None
        self.corpus_size = len(postings.lengths)
        self.avgdl = avgdl
        # k1 * (1 - b + b * dl / avgdl) for each length dl from 0 up to the longest: there are few lengths and many
        # documents, so that is computed once for each length, and looked up.
        longest = int(postings.lengths.max(initial=1))
        self.norms = np.asarray(k1 * (1 - b + b * np.arange(longest + 1) / avgdl), dtype=np.float64)

    @property
    def doc_len(self) -> list[int]:
        """The number of tokens of each document, as rank_bm25 keeps it."""
        lengths: list[int] = self.postings.lengths.tolist()
        return lengths

    @cached_property
    def doc_freqs(self) -> list[dict[str, int]]:
        """How often each document has each term, as rank_bm25 keeps it: for its other methods, which are slow."""
        found: list[dict[str, int]] = [{} for _ in range(self.corpus_size)]
        for term, number in self.numbers.items():
            at = self.postings.range(number)
            numbers, frequencies = self.postings.documents[at], self.postings.frequencies[at]
            for document, frequency in zip(numbers.tolist(), frequencies.tolist(), strict=True):
                found[document][term] = frequency
        return found

    def known(self, query: Iterable[tuple[int, float]]) -> list[tuple[int, float, float]]:
        """Of terms (their numbers) with weights those that count for something: number, idf and weight."""
        idf = self.idf.of
        return [(number, idf(number), weight) for number, weight in query if number >= 0 and weight]

    def impacts(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The documents that have the term of this number, ascending, and what it adds to the score of each."""
        at = self.postings.range(number)
        documents = self.postings.documents[at]
        return documents, self._added(number, documents, self.postings.frequencies[at])

    def impacts_in(self, number: int, documents: NDArray[np.int32]) -> NDArray[np.float64]:
        """What the term of this number adds to the score of each of these documents, 0 where it is not in it."""
        at = self.postings.range(number)
        having = self.postings.documents[at]
        added = np.zeros(len(documents))
        if len(having):
            # Where each document is among those that have the term, or would be: `having` is ascending.
            places = np.minimum(np.searchsorted(having, documents), len(having) - 1)
            found = np.flatnonzero(having[places] == documents)
            added[found] = self._added(number, documents[found], self.postings.frequencies[at][places[found]])
        return added

    def share(self, tf: Counts, lengths: Counts) -> NDArray[np.float64]:
        """What a term adds but for its idf to documents that have it tf times and are so long; one for each document.

        The 0 is rank_bm25's delta, which its operations add.
        """
        tf = tf.astype(np.int64)
        return np.asarray(0 + (tf * (self.k1 + 1)) / (self.norms[lengths] + tf), dtype=np.float64)

    def _added(self, number: int, documents: NDArray[np.int32], tf: Counts) -> NDArray[np.float64]:
        return self.idf.of(number) * self.share(tf, self.postings.lengths[documents])

    def get_scores(self, query: Iterable[str]) -> NDArray[np.float64]:
        """The score of every document, shape (documents,)."""
        return self.weighted_scores((self.numbers.get(term, -1), 1.0) for term in query)

    def weighted_scores(self, query: Iterable[tuple[int, float]]) -> NDArray[np.float64]:
        """The score of every document for terms (their numbers) with weights; a weight of 1 changes no bit."""
        scores = np.zeros(self.corpus_size)
        for number, weight in query:
            documents, added = self.impacts(number)
            scores[documents] += added if weight == 1 else weight * added
        return scores
