"""The index: rank_bm25's BM25Plus, its statistics and its floats, on postings."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from rank_bm25 import BM25Plus

from retrieval.model import Hit, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.corpus import Corpus
    from retrieval.model import Query

# Learnt on the questions in benchmarks/README.md: k1 and b of each level, and what a level counts for.
SENTENCE = {"k1": 0.5, "b": 0.4}
PARAGRAPH = {"k1": 0.9, "b": 0.6}
ARTICLE = {"k1": 1.5, "b": 0.75}
LEVELS = (1.0, 0.8, 0.4)

NOTHING = (np.zeros(0, dtype=np.int32), np.zeros(0))


class PostingsBM25(BM25Plus):  # type: ignore[misc]  # rank_bm25 ships without types
    """A `rank_bm25.BM25Plus` with delta 0 whose `get_scores` looks at the documents that have a term, not at all.

    The same operations in the same order give the same floats, bit for bit. With delta 0 the idf is
    log((N + 1) / n), which stays positive for words that half the documents have (BM25Okapi's does not).
    """

    def __init__(self, documents: Iterable[Sequence[str]], *, k1: float, b: float) -> None:
        super().__init__(documents, k1=k1, b=b, delta=0)
        lengths = np.array(self.doc_len)
        counts: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for number, frequencies in enumerate(self.doc_freqs):
            for term, count in frequencies.items():
                numbers, tf = counts[term]
                numbers.append(number)
                tf.append(count)
        self._postings: dict[str, tuple[NDArray[np.int32], NDArray[np.int64]]] = {
            term: (np.array(numbers, dtype=np.int32), np.array(tf)) for term, (numbers, tf) in counts.items()
        }
        self._norms: NDArray[np.float64] = self.k1 * (1 - self.b + self.b * lengths / self.avgdl)
        self._impacts: dict[str, tuple[NDArray[np.int32], NDArray[np.float64]]] = {}

    def documents(self, term: str) -> NDArray[np.int32]:
        """The numbers of the documents that have `term`, ascending."""
        return self._postings[term][0] if term in self._postings else NOTHING[0]

    @property
    def frequencies(self) -> dict[str, int]:
        """How many documents have each term."""
        return {term: len(numbers) for term, (numbers, _) in self._postings.items()}

    def impacts(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The numbers of the documents that have `term`, ascending, and what it adds to each one's score."""
        if (known := self._impacts.get(term)) is None:
            if term not in self._postings:
                return NOTHING
            numbers, tf = self._postings[term]
            known = numbers, (self.idf.get(term) or 0) * (0 + (tf * (self.k1 + 1)) / (self._norms[numbers] + tf))
            self._impacts[term] = known
        return known

    def get_scores(self, query: Iterable[str]) -> NDArray[np.float64]:
        """The score of every document, shape (documents,)."""
        return self.weighted_scores((term, 1.0) for term in query)

    def weighted_scores(self, query: Iterable[tuple[str, float]]) -> NDArray[np.float64]:
        """The score of every document for terms with weights, shape (documents,); a weight of 1 changes no bit."""
        scores = np.zeros(self.corpus_size)
        for term, weight in query:
            numbers, added = self.impacts(term)
            scores[numbers] += added if weight == 1 else weight * added
        return scores


class Bm25Searcher:
    """Sentences by their own words, with a share for those of the paragraph and the article around them.

    All levels use the sentences' idf: how rare a word is, is a matter of sentences. A word that only titles
    and headings have is as rare as can be.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.idf: Mapping[str, float] = {}
        self.frequencies: Mapping[str, int] = {}
        self._levels: list[PostingsBM25] = []
        self._of: list[NDArray[np.int32]] = []
        if not any(corpus.terms):
            return
        sentences = PostingsBM25(corpus.terms, **SENTENCE)
        self.idf = sentences.idf
        self.frequencies = sentences.frequencies
        self._levels = [
            sentences,
            PostingsBM25(corpus.paragraphs, **PARAGRAPH),
            PostingsBM25(corpus.articles, **ARTICLE),
        ]
        rarest = math.log(len(corpus.sentences) + 1)
        for level in self._levels[1:]:
            level.idf = dict.fromkeys(level.idf, rarest) | sentences.idf
        whole = corpus.parts[0].segment
        self._of = [np.arange(len(corpus.sentences), dtype=np.int32), whole.paragraph_of, whole.article_of]
        self._numbers = {article.file: number for number, article in enumerate(corpus.library.articles)}

    def paragraphs(self, term: str) -> NDArray[np.int32]:
        """The numbers of the paragraphs that have `term`, ascending."""
        return self._levels[1].documents(term) if self._levels else NOTHING[0]

    def search(self, query: Query, limit: int, *, file: str | None = None) -> list[Hit]:
        terms = [(term.term, term.weight) for term in query.terms]
        if not self._levels:
            return []
        scores = self._levels[0].weighted_scores(terms)
        found = np.flatnonzero(scores)
        if file is not None:
            found = found[self._of[2][found] == self._numbers.get(file, -1)]
        total = sum(
            weight * level.weighted_scores(terms)[of[found]]
            for weight, level, of in zip(LEVELS, self._levels, self._of, strict=True)
        )
        best = found[np.argsort(-total, kind="stable")[:limit]]
        return self._hits(query, best)

    def _hits(self, query: Query, best: NDArray[np.intp]) -> list[Hit]:
        """The hits of these sentences; their parts are what each word adds, on all levels together."""
        terms = query.terms
        values = np.zeros((len(terms), len(best)))
        for weight, level, of in zip(LEVELS, self._levels, self._of, strict=True):
            documents = of[best]
            for row, term in enumerate(terms):
                numbers, added = level.impacts(term.term)
                at = np.minimum(np.searchsorted(numbers, documents), max(len(numbers) - 1, 0))
                if len(numbers):
                    values[row] += np.where(numbers[at] == documents, weight * term.weight * added[at], 0.0)
        names = [f"“{term.word}”" for term in terms]
        return [
            Hit(
                self.corpus.sentences[number],
                math.fsum(added),
                tuple(Part(name, value) for name, value in zip(names, added, strict=True) if value),
            )
            for number, added in zip(best.tolist(), values.T.tolist(), strict=True)
        ]
