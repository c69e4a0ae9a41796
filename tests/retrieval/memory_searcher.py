"""A searcher in a few lines of plain Python: the fake for tests, and what `Searcher` asks of an implementation."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from retrieval.core.model import FeatureScore, Hit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retrieval.core.query_model import Query
    from retrieval.index.corpus import Corpus


class MemorySearcher:
    """Scores a sentence by the idf of the question's terms that are in it, however often."""

    def __init__(self, corpus: Corpus) -> None:
        self._sentences = [
            (sentence, frozenset(terms)) for sentence, terms in zip(corpus.sentences, corpus.terms, strict=True)
        ]
        self._places = {file: place for place, file in enumerate(corpus.files())}
        self._paragraphs = [frozenset(terms) for terms in corpus.paragraphs]
        counts = Counter(term for _, terms in self._sentences for term in terms)
        self.frequencies = dict(counts)
        self.idf = {term: math.log((len(self._sentences) + 1) / count) for term, count in counts.items()}

    def paragraphs(self, term: str) -> NDArray[np.int32]:
        return np.array([number for number, terms in enumerate(self._paragraphs) if term in terms], dtype=np.int32)

    def search(
        self, query: Query, limit: int, *, file: str | None = None, articles: NDArray[np.bool_] | None = None
    ) -> list[Hit]:
        every = self.score(query, np.arange(len(self._sentences), dtype=np.int32))
        hits = [hit for hit in every if hit.parts and file in {None, hit.sentence.article.file}]
        if articles is not None:
            hits = [hit for hit in hits if articles[self._places[hit.sentence.article.file]]]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def score(self, query: Query, sentences: NDArray[np.int32]) -> list[Hit]:
        hits = []
        for number in sentences.tolist():
            sentence, terms = self._sentences[number]
            shared = [term for term in query.terms if term.term in terms]
            parts = tuple(FeatureScore(f"“{term.word}”", term.weight * self.idf[term.term]) for term in shared)
            hits.append(Hit(sentence, math.fsum(part.value for part in parts), parts))
        return hits
