"""Parts of a corpus made of terms alone, for tests of the search that need no texts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from retrieval.analysis.analyzer import Analyzer
from retrieval.core.arrays import RaggedArray, offsets_of
from retrieval.index.segments.builder import SegmentBuilder
from retrieval.index.segments.parts import CorpusPart
from retrieval.index.segments.segment import renumbered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    Terms: TypeAlias = Sequence[str]
    Paragraph: TypeAlias = tuple[Terms, Sequence[Terms]]  # its heading, and its sentences
    ArticleTerms: TypeAlias = tuple[Terms, Sequence[Paragraph]]  # its title, and its paragraphs

NOTHING = SegmentBuilder(Analyzer()).built()


def part_of_terms(articles: Sequence[ArticleTerms], numbers: Mapping[str, int]) -> CorpusPart:
    """A part of these articles, whose terms have these numbers; it has no texts."""

    def ragged(rows: Sequence[Terms]) -> RaggedArray:
        return RaggedArray.of([numbers[term] for term in row] for row in rows)

    paragraphs = [paragraph for _, own in articles for paragraph in own]
    sentences = [sentence for _, own in paragraphs for sentence in own]
    paragraph_sizes = [len(own) for _, own in paragraphs]
    article_sizes = [sum(len(sentences) for _, sentences in own) for _, own in articles]
    segment = replace(
        NOTHING,
        terms=ragged(sentences),
        headings=ragged([heading for heading, _ in paragraphs]),
        titles=ragged([title for title, _ in articles]),
        start=np.zeros(len(sentences), dtype=np.int32),
        end=np.zeros(len(sentences), dtype=np.int32),
        paragraph_of=np.repeat(np.arange(len(paragraphs), dtype=np.int32), paragraph_sizes),
        article_of=np.repeat(np.arange(len(articles), dtype=np.int32), article_sizes),
        sentence_at=offsets_of(article_sizes),
        article_paragraph_at=offsets_of([len(own) for _, own in articles]),
        paragraph_at=offsets_of(paragraph_sizes),
        paragraph_in=np.zeros(len(paragraphs), dtype=np.int32),
    )
    same = np.arange(len(numbers), dtype=np.int32)
    return CorpusPart(renumbered(segment, same, len(numbers)), (), np.arange(len(articles), dtype=np.int32))
