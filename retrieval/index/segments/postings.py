"""Which documents have a term, how often, and how long they are: flat arrays that may as well lie in a file.

A term is a number, counted from 0 over the vocabulary that all levels share; so is a document, counted in the order of
the library. Nothing here depends on how many documents there are in all, on how long they are on average or on how
rare a term is, since articles come and go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from retrieval.index.encoding.inversion import inverted, signatures
from retrieval.index.encoding.rows import Rows, compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Counts: TypeAlias = NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Documents:
    """The terms of documents, one document after the other: those of number n are `terms[starts[n]:starts[n + 1]]`.

    `starts` is int64 of shape (documents + 1,), `terms` int32 of shape (tokens,), each term as often as it stands there
    and in the order of the text.
    """

    starts: NDArray[np.int64]
    terms: NDArray[np.int32]

    @classmethod
    def of(cls, documents: Iterable[Sequence[str]], numbers: Mapping[str, int]) -> Documents:
        """These documents by the numbers of their terms; a term without one raises KeyError."""
        ends = [0]
        terms: list[int] = []
        for document in documents:
            terms.extend(map(numbers.__getitem__, document))
            ends.append(len(terms))
        return cls(np.array(ends, dtype=np.int64), np.array(terms, dtype=np.int32))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> NDArray[np.int32]:
        return self.terms[self.starts[number] : self.starts[number + 1]]


class Sentences(NamedTuple):
    """Documents, and a signature of each: what tells most of the time that a sentence lacks a term, without reading it.

    A signature is a uint64. Its lowest 8 bits are the number of tokens, 255 where there are more; bit 8 is set where
    some term is there more than once; the other 55 are a Bloom filter (Bloom 1970) of one bit for each term.
    """

    documents: Documents
    signatures: NDArray[np.uint64]

    @classmethod
    def of(cls, documents: Documents) -> Sentences:
        """These documents with their signatures."""
        return cls(documents, signatures(documents.starts, documents.terms))

    def __len__(self) -> int:
        return len(self.documents)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """For each term the documents that have it.

    Those of term t are at `offsets[t]` up to `offsets[t + 1]` of `documents`, ascending; `frequencies`, of the same
    shape, tells how often each has it. `lengths` is the number of tokens of each document. `offsets` is int64 of shape
    (terms + 1,), `documents` int32 of shape (postings,); `frequencies` and `lengths` are of the smallest of uint8,
    uint16 and uint32 that holds them.
    """

    offsets: NDArray[np.int64]
    documents: NDArray[np.int32]
    frequencies: Counts
    lengths: Counts

    @classmethod
    def of(cls, documents: Documents, vocabulary: int) -> Postings:
        """The postings of these documents; `vocabulary` is the number of terms there are."""
        return cls.of_rows(Rows(documents.starts, documents.terms), vocabulary)

    @classmethod
    def of_rows(cls, rows: Rows, vocabulary: int) -> Postings:
        """The same of documents some of whose terms stand elsewhere."""
        return cls(*inverted(rows, vocabulary), compact(rows.lengths))

    @classmethod
    def joined(cls, parts: Sequence[Postings]) -> Postings:
        """The postings of the documents of all parts, numbered on from one part to the next."""
        counts = np.zeros((len(parts), max((part.terms for part in parts), default=0)), dtype=np.int64)
        for row, part in zip(counts, parts, strict=True):
            row[: part.terms] = np.diff(part.offsets)
        offsets = np.concatenate(([0], np.cumsum(counts.sum(axis=0))))
        documents = np.empty(offsets[-1], dtype=np.int32)
        frequencies = np.empty(offsets[-1], dtype=_widest([part.frequencies for part in parts]))
        free = offsets[:-1].copy()
        before = 0
        for row, part in zip(counts, parts, strict=True):
            to = np.arange(len(part.documents)) + np.repeat(free[: part.terms] - part.offsets[:-1], row[: part.terms])
            documents[to] = part.documents + np.int32(before)
            frequencies[to] = part.frequencies
            free += row
            before += len(part.lengths)
        widest = _widest([part.lengths for part in parts])
        lengths = np.concatenate([np.zeros(0, dtype=widest), *(part.lengths for part in parts)], dtype=widest)
        return cls(offsets, documents, frequencies, lengths)

    @property
    def terms(self) -> int:
        """How many terms these postings know; a later one is in none of the documents."""
        return len(self.offsets) - 1

    def range(self, term: int) -> slice:
        """Where the postings of `term` are."""
        if not 0 <= term < self.terms:
            return slice(0, 0)
        return slice(int(self.offsets[term]), int(self.offsets[term + 1]))


def _widest(arrays: Sequence[Counts]) -> np.dtype[Any]:
    return np.result_type(np.uint8, *(array.dtype for array in arrays))


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """What scores depend on beside the document itself: counts over the whole library, without what was taken away.

    `documents` and `tokens` are how many there are on each level (sentences, paragraphs, articles); `frequencies` is
    int32 of shape (terms,): how many sentences have each term.
    """

    documents: tuple[int, int, int]
    tokens: tuple[int, int, int]
    frequencies: NDArray[np.int32]

    @classmethod
    def of(cls, segment: PostingsSegment) -> Statistics:
        """The counts over all of a segment, what was taken away included."""
        sentences, paragraphs, articles = (level.lengths for level in segment.levels)
        return cls(
            (len(sentences), len(paragraphs), len(articles)),
            (_total(sentences), _total(paragraphs), _total(articles)),
            np.diff(segment.levels[0].offsets).astype(np.int32),
        )

    @property
    def average_lengths(self) -> tuple[float, ...]:
        """How many tokens a document of each level has on average."""
        return tuple(tokens / documents for tokens, documents in zip(self.tokens, self.documents, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class PostingsSegment:
    """Some of a library's articles, in its order, on three levels: sentences, paragraphs and articles.

    Sentences, paragraphs and articles are numbered from 0 within the segment. `sentences` has the terms and the
    signature of each sentence; `levels` the postings of each level; `paragraph_of` and `article_of`, int32 of shape
    (sentences,), the paragraph and the article of each sentence. `firsts`, int32 of shape (2, articles + 1), has the
    number of each article's first sentence and of its first paragraph, and at the end how many there are; `places`,
    int32 of shape (2, articles), the numbers that these have in the whole library, -1 for an article that was taken
    away.
    """

    sentences: Sentences
    levels: tuple[Postings, Postings, Postings]
    paragraph_of: NDArray[np.int32]
    article_of: NDArray[np.int32]
    firsts: NDArray[np.int32]
    places: NDArray[np.int32]

    def openings(self) -> NDArray[np.int32]:
        """The first sentence of each paragraph, and at the end the number of sentences; shape (paragraphs + 1,)."""
        sizes = np.bincount(self.paragraph_of, minlength=len(self.levels[1].lengths))
        return np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)

    def sentences_in_library(self, numbers: NDArray[np.int32]) -> NDArray[np.int32]:
        """The numbers that sentences of this segment have in the library; their articles are all still there."""
        return _placed(self.firsts[0], self.places[0], self.article_of[numbers], numbers)

    def article_at(self, place: int) -> int | None:
        """The article whose first sentence has this number in the library, None where it is in another segment."""
        found = np.flatnonzero((self.places[0] == place) & (np.diff(self.firsts[0]) > 0))
        return int(found[0]) if len(found) else None


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """What is searched: segments whose articles interleave in the library, and the counts over all that are kept.

    `numbers` has the number of each term. A search gives what it would give if all kept articles were one segment, bit
    for bit, however they are dealt out.
    """

    numbers: Mapping[str, int]
    segments: Sequence[PostingsSegment]
    statistics: Statistics


def _total(lengths: Counts) -> int:
    return int(lengths.sum(dtype=np.int64))


def _placed(
    firsts: NDArray[np.int32], places: NDArray[np.int32], articles: NDArray[Any], numbers: NDArray[np.int32]
) -> NDArray[np.int32]:
    placed: NDArray[np.int32] = places[articles] - firsts[articles] + numbers
    return placed
