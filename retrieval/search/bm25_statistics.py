"""What BM25 counts over the whole library: N documents, their average length, and in how many each term is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.core.arrays import runs_in, spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from retrieval.index.segments.parts import CorpusPart
    from retrieval.index.segments.segment import Segment

FEW_GONE = 20  # articles that were taken away from a part, up to which each is counted by itself


class Frequencies(Mapping[str, int]):
    """How many documents have each term (its document frequency, df); a term that none has is not a key.

    `counts`, int32 of shape (terms,), has it by the term's number.
    """

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
    """The inverse document frequency of each term: log((N + 1) / df), as rank_bm25's BM25Plus has it.

    The formula is that of Lv and Zhai, "Lower-bounding term frequency normalization" (CIKM 2011).
    """

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
        """That of the term of this number; a term that is in no document is as rare as can be."""
        return math.log((self.documents + 1) / (self.frequencies.of(number) or 1))


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """The counts over the articles of a corpus that are still there.

    `documents` and `tokens` are how many there are on each level (sentences, paragraphs, articles); `frequencies`,
    int32 of shape (terms,), is how many sentences have each term.
    """

    documents: tuple[int, int, int]
    tokens: tuple[int, int, int]
    frequencies: NDArray[np.int32]

    @property
    def average_lengths(self) -> tuple[float, ...]:
        """avgdl: how many tokens a document of each level has on average."""
        return tuple(tokens / documents for tokens, documents in zip(self.tokens, self.documents, strict=True))

    @classmethod
    def of(cls, parts: Sequence[CorpusPart], vocabulary: int) -> Statistics:
        """Those of a corpus of these parts, whose vocabulary has so many terms.

        Each part's arrays still count articles that were taken away since, so what these had is subtracted again.
        """
        documents, tokens = [0, 0, 0], [0, 0, 0]
        frequencies = np.zeros(vocabulary, dtype=np.int32)
        for part in parts:
            segment = part.segment
            gone = np.flatnonzero(part.places < 0)
            every_article = np.arange(segment.articles + 1)
            levels = (
                (segment.by_sentence, segment.sentence_at),
                (segment.by_paragraph, segment.article_paragraph_at),
                (segment.by_article, every_article),
            )
            for level, (postings, first_of_article) in enumerate(levels):
                lost = _in_rows(first_of_article, gone)
                documents[level] += len(postings.lengths) - len(lost)
                tokens[level] += int(postings.lengths.sum(dtype=np.int64))
                tokens[level] -= int(postings.lengths[lost].sum(dtype=np.int64))
            # The postings of a term are its documents, so their number is its df.
            frequencies[: segment.by_sentence.terms] += np.diff(segment.by_sentence.offsets).astype(np.int32)
            if len(gone) <= FEW_GONE:
                _subtract(frequencies, segment, gone)
            else:
                frequencies -= _having(
                    segment, np.repeat(part.places < 0, np.diff(segment.sentence_at)), len(frequencies)
                )
        return cls((documents[0], documents[1], documents[2]), (tokens[0], tokens[1], tokens[2]), frequencies)


def _in_rows(starts: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers that are in these rows, where row r is from `starts[r]` up to, not including, `starts[r + 1]`."""
    return np.concatenate([np.zeros(0, dtype=np.int64), *(np.arange(starts[row], starts[row + 1]) for row in rows)])


def _subtract(frequencies: NDArray[np.int32], segment: Segment, gone: NDArray[np.int64]) -> None:
    """Take the sentences of the articles that are gone out of `frequencies`, each once for each term that it has."""
    terms, starts = segment.terms.values, segment.terms.offsets
    for article in gone.tolist():
        first, end = segment.sentence_at[article : article + 2].tolist()
        # One key for each token: its term in the upper half, its sentence in the lower. Sorted, the tokens of one term
        # in one sentence lie side by side, and the first of each such run stands for all of it.
        sentences = spread(starts[first : end + 1])
        of_article = terms[starts[first] : starts[end]].astype(np.int64)
        pairs = np.sort(of_article << 32 | sentences)
        np.subtract.at(frequencies, pairs[runs_in(pairs)] >> 32, 1)


def _having(segment: Segment, sentences: NDArray[np.bool_], vocabulary: int) -> NDArray[np.int32]:
    """How many of the sentences that are marked have each term: what `_subtract` takes away, all at once."""
    postings = segment.by_sentence
    term_of = np.repeat(np.arange(postings.terms, dtype=np.int32), np.diff(postings.offsets))
    return np.bincount(term_of[sentences[postings.documents]], minlength=vocabulary).astype(np.int32)
