"""A Corpus -> the Index that is searched: its parts' postings, and the counts over what is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retrieval.core.arrays import runs_in, spread
from retrieval.index.segments.postings import Documents, Index, PostingsSegment, Sentences, Statistics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.corpus import Corpus
    from retrieval.index.segments.parts import CorpusPart, Order


def indexed(corpus: Corpus) -> Index:
    """The index of a corpus, with a segment for each of its parts."""
    segments = [_segment(part, corpus.order) for part in corpus.parts]
    return Index(corpus.vocabulary, segments, _statistics(segments, len(corpus.vocabulary)))


def _segment(part: CorpusPart, order: Order) -> PostingsSegment:
    read = part.segment
    places = np.stack([order.sentence_at[part.places], order.paragraph_at[part.places]])
    return PostingsSegment(
        sentences=Sentences(Documents(read.terms.offsets, read.terms.values), read.signatures),
        levels=(read.by_sentence, read.by_paragraph, read.by_article),
        paragraph_of=read.paragraph_of,
        article_of=read.article_of,
        firsts=np.stack([read.sentence_at, read.article_paragraph_at]).astype(np.int32),
        places=np.where(part.places >= 0, places, -1).astype(np.int32),
    )


def _statistics(segments: Sequence[PostingsSegment], vocabulary: int) -> Statistics:
    """The counts over the articles of all segments that are still there."""
    documents, tokens = [0, 0, 0], [0, 0, 0]
    frequencies = np.zeros(vocabulary, dtype=np.int32)
    for segment in segments:
        gone = np.flatnonzero(segment.places[0] < 0)
        articles = np.arange(len(segment.places[0]) + 1)
        for level, firsts in enumerate((segment.firsts[0], segment.firsts[1], articles)):
            lengths = segment.levels[level].lengths
            lost = _between(firsts, gone)
            documents[level] += len(lengths) - len(lost)
            tokens[level] += int(lengths.sum(dtype=np.int64)) - int(lengths[lost].sum(dtype=np.int64))
        by_sentence = segment.levels[0]
        frequencies[: by_sentence.terms] += np.diff(by_sentence.offsets).astype(np.int32)
        _take_away(frequencies, segment, gone)
    return Statistics((documents[0], documents[1], documents[2]), (tokens[0], tokens[1], tokens[2]), frequencies)


def _between(firsts: NDArray[np.int32], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """What is in these rows, where row r is from `firsts[r]` up to, not including, `firsts[r + 1]`."""
    return np.concatenate([np.zeros(0, dtype=np.int64), *(np.arange(firsts[row], firsts[row + 1]) for row in rows)])


def _take_away(frequencies: NDArray[np.int32], segment: PostingsSegment, gone: NDArray[np.int64]) -> None:
    """Count no more the sentences of the articles that are gone, each once for each term that it has."""
    terms, starts = segment.sentences.documents.terms, segment.sentences.documents.starts
    for article in gone.tolist():
        first, end = segment.firsts[0][article : article + 2].tolist()
        sentences = spread(starts[first : end + 1])
        of_article = terms[starts[first] : starts[end]].astype(np.int64)
        pairs = np.sort(of_article << 32 | sentences)
        np.subtract.at(frequencies, pairs[runs_in(pairs)] >> 32, 1)
