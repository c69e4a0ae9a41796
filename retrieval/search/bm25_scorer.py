"""The score of a document: rank_bm25's BM25Plus, its statistics and its floats, on postings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from rank_bm25 import BM25Plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from retrieval.index.segments.postings import Counts, Postings


class Frequencies(Mapping[str, int]):
    """How many documents have each term; `counts` has it by the term's number. A term in none is not there."""

    def __init__(self, numbers: Mapping[str, int], counts: NDArray[np.int32]) -> None:
        self.numbers = numbers
        self.counts = counts
        self._counts = counts.data  # one of its numbers comes in a tenth of the time

    def __getitem__(self, term: str) -> int:
        if count := self.of(self.numbers.get(term, -1)):
            return count
        raise KeyError(term)

    def __iter__(self) -> Iterator[str]:
        return (term for term, number in self.numbers.items() if self.of(number))

    def __len__(self) -> int:
        return int(np.count_nonzero(self.counts))

    def of(self, number: int) -> int:
        """How many documents have the term of this number."""
        return int(self._counts[number]) if 0 <= number < len(self._counts) else 0


class Idf(Mapping[str, float]):
    """How rare each term is: log((N + 1) / n), as rank_bm25's BM25Plus has it, where n of N documents have the term."""

    def __init__(self, frequencies: Frequencies, documents: int) -> None:
        self.frequencies = frequencies
        self.documents = documents

    def __getitem__(self, term: str) -> float:
        return math.log((self.documents + 1) / self.frequencies[term])

    def __iter__(self) -> Iterator[str]:
        return iter(self.frequencies)

    def __len__(self) -> int:
        return len(self.frequencies)

    def of(self, number: int) -> float:
        """That of the term of this number; one that is in no document is as rare as can be."""
        return math.log((self.documents + 1) / (self.frequencies.of(number) or 1))


class Scorer(BM25Plus):  # type: ignore[misc]  # rank_bm25 ships without types
    """A `rank_bm25.BM25Plus` with delta 0 that looks at the documents that have a term, not at all.

    The same operations in the same order give the same floats, bit for bit. With delta 0 the idf is
    log((N + 1) / n), which stays positive for words that half the documents have (BM25Okapi's does not). The idf and
    the average length `avgdl` may be those of a larger library of which these documents are a part.
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
        longest = int(postings.lengths.max(initial=1))
        self.norms = np.asarray(k1 * (1 - b + b * np.arange(longest + 1) / avgdl), dtype=np.float64)  # for each length

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

    def documents(self, term: str) -> NDArray[np.int32]:
        """The numbers of the documents that have `term`, ascending."""
        return self.postings.documents[self.postings.range(self.numbers.get(term, -1))]

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
            places = np.minimum(np.searchsorted(having, documents), len(having) - 1)
            found = np.flatnonzero(having[places] == documents)
            added[found] = self._added(number, documents[found], self.postings.frequencies[at][places[found]])
        return added

    def share(self, frequencies: Counts, lengths: Counts) -> NDArray[np.float64]:
        """What a term is worth in documents that have it so often and are so long, but for its idf."""
        tf = frequencies.astype(np.int64)
        return np.asarray(0 + (tf * (self.k1 + 1)) / (self.norms[lengths] + tf), dtype=np.float64)

    def most_share(self, number: int) -> float:
        """What the term of this number is worth at most, in whatever document."""
        often = self.postings.frequencies[self.postings.range(number)].max(initial=1, keepdims=True)
        return float(self.share(often, np.ones(1, dtype=np.uint8))[0])

    def _added(self, number: int, documents: NDArray[np.int32], frequencies: Counts) -> NDArray[np.float64]:
        return self.idf.of(number) * self.share(frequencies, self.postings.lengths[documents])

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
