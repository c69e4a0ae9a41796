"""The index: rank_bm25's BM25Plus, its statistics and its floats, on postings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from rank_bm25 import BM25Plus

from retrieval.indexed import indexed
from retrieval.model import Hit, Part
from retrieval.postings import Documents, Postings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from retrieval.corpus import Corpus
    from retrieval.model import Query
    from retrieval.postings import Counts, Index, Segment, Statistics

# Learnt on the questions in benchmarks/README.md: k1 and b of each level, and what a level counts for.
SENTENCE = {"k1": 0.5, "b": 0.4}
PARAGRAPH = {"k1": 0.9, "b": 0.6}
ARTICLE = {"k1": 1.5, "b": 0.75}
LEVELS = (1.0, 0.8, 0.4)


class Frequencies(Mapping[str, int]):
    """How many documents have each term; `counts` has it by the term's number. A term in none is not there."""

    def __init__(self, numbers: Mapping[str, int], counts: NDArray[np.int32]) -> None:
        self.numbers = numbers
        self.counts = counts

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
        return int(self.counts[number]) if 0 <= number < len(self.counts) else 0


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


class PostingsBM25(BM25Plus):  # type: ignore[misc]  # rank_bm25 ships without types
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
        longest = int(postings.lengths.max(initial=0))
        self.norms = np.asarray(k1 * (1 - b + b * np.arange(longest + 1) / avgdl), dtype=np.float64)  # for each length

    @classmethod
    def of(cls, documents: Sequence[Sequence[str]], *, k1: float, b: float) -> PostingsBM25:
        """The index of these documents; like rank_bm25 it raises ZeroDivisionError where there are none."""
        numbers = {term: number for number, term in enumerate(dict.fromkeys(t for terms in documents for t in terms))}
        postings = Postings.of(Documents.of(documents, numbers), len(numbers))
        idf = Idf(Frequencies(numbers, np.diff(postings.offsets).astype(np.int32)), len(documents))
        return cls(postings, idf, k1=k1, b=b, avgdl=sum(map(len, documents)) / len(documents))

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

    def _added(self, number: int, documents: NDArray[np.int32], frequencies: Counts) -> NDArray[np.float64]:
        tf = frequencies.astype(np.int64)
        norms = self.norms[self.postings.lengths[documents]]
        return self.idf.of(number) * (0 + (tf * (self.k1 + 1)) / (norms + tf))

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


class Bm25Searcher:
    """Sentences by their own words, with a share for those of the paragraph and the article around them.

    All levels use the sentences' idf: how rare a word is, is a matter of sentences. A word that only titles
    and headings have is as rare as can be. `index` is that of `corpus`, made of it where none is given.
    """

    def __init__(self, corpus: Corpus, index: Index | None = None) -> None:
        self.corpus = corpus
        self.index = index or indexed(corpus)
        statistics = self.index.statistics
        self.frequencies = Frequencies(self.index.numbers, statistics.frequencies)
        self.idf = Idf(self.frequencies, statistics.documents[0])
        self._searched = [_Searched(segment, self.idf, statistics) for segment in self.index.segments if self.idf]

    def paragraphs(self, term: str) -> NDArray[np.int32]:
        """The numbers of the paragraphs that have `term`, ascending."""
        number = self.index.numbers.get(term, -1)
        found = [
            segment.paragraphs_in_library(segment.levels[1].documents[segment.levels[1].range(number)])
            for segment in self.index.segments
        ]
        return np.sort(np.concatenate(found)) if len(found) != 1 else found[0]

    def search(self, query: Query, limit: int, *, file: str | None = None) -> list[Hit]:
        terms = [(self.index.numbers.get(term.term, -1), term.weight) for term in query.terms]
        place = None if file is None else self.corpus.first_sentence(file)
        if file is not None and place is None:
            return []
        found = [searched.best(terms, limit, place) for searched in self._searched]
        order = sorted(
            (-total, place, part, at)
            for part, (numbers, totals) in enumerate(found)
            for at, (total, place) in enumerate(
                zip(totals.tolist(), self._searched[part].segment.sentences_in_library(numbers).tolist(), strict=True)
            )
        )[:limit]
        values = np.zeros((len(terms), len(order)))
        for part, (numbers, _) in enumerate(found):
            columns = [column for column, (_, _, of, _) in enumerate(order) if of == part]
            values[:, columns] = self._searched[part].values(terms, numbers[[order[column][3] for column in columns]])
        names = [f"“{term.word}”" for term in query.terms]
        return [
            Hit(
                self.corpus.sentences[place],
                math.fsum(added),
                tuple(Part(name, value) for name, value in zip(names, added, strict=True) if value),
            )
            for (_, place, _, _), added in zip(order, values.T.tolist(), strict=True)
        ]


class _Searched:
    """One segment, scored by the counts of the whole library."""

    def __init__(self, segment: Segment, idf: Idf, statistics: Statistics) -> None:
        self.segment = segment
        self.of = (np.arange(len(segment.sentences), dtype=np.int32), segment.paragraph_of, segment.article_of)
        self.levels = [
            PostingsBM25(level, idf, **parameters, avgdl=average)
            for level, parameters, average in zip(
                segment.levels, (SENTENCE, PARAGRAPH, ARTICLE), statistics.average_lengths, strict=True
            )
        ]

    def best(
        self, terms: Sequence[tuple[int, float]], limit: int, place: int | None
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The best sentences that have one of the terms and what they score on all levels together, best first.

        With `place` only those of the article whose first sentence has this number in the library.
        """
        found = np.flatnonzero(self.levels[0].weighted_scores(terms)).astype(np.int32)
        if place is None:
            found = found[self.segment.places[0][self.segment.article_of[found]] >= 0]
        else:
            article = self.segment.article_at(place)
            found = found[self.segment.article_of[found] == (-1 if article is None else article)]
        total = sum(
            weight * level.weighted_scores(terms)[of[found]]
            for weight, level, of in zip(LEVELS, self.levels, self.of, strict=True)
        )
        best = np.argsort(-total, kind="stable")[:limit]
        return found[best], total[best]

    def values(self, terms: Sequence[tuple[int, float]], sentences: NDArray[np.int32]) -> NDArray[np.float64]:
        """What each term adds to the score of each of these sentences, on all levels together."""
        values = np.zeros((len(terms), len(sentences)))
        for weight, level, of in zip(LEVELS, self.levels, self.of, strict=True):
            for row, (number, counts) in enumerate(terms):
                values[row] += weight * counts * level.impacts_in(number, of[sentences])
        return values
