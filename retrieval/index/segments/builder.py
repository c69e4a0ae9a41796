"""Articles -> a Segment: each run of them is read by itself, and all runs get one numbering of their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retrieval.core.arrays import StringArray
from retrieval.index.encoding.interning import distinct
from retrieval.index.encoding.lexicon import Lexicon, look_up
from retrieval.index.encoding.term_ids import terms_of
from retrieval.index.encoding.tokens import words_of
from retrieval.index.segments.joining import Batches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.analysis.analyzer import Analyzer
    from retrieval.core.model import Article
    from retrieval.index.encoding.tokens import Words
    from retrieval.index.segments.segment import Segment

BATCH = 4_000_000  # characters of articles that are read together
TOGETHER = 64  # readings whose words are numbered together, before these are numbered with those of others


class SegmentBuilder:
    """A segment in the making, some articles after the others."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self._waiting: list[Article] = []
        self._characters = 0
        self._read_ones: list[tuple[list[Article], Words]] = []

    def add(self, article: Article) -> None:
        self._waiting.append(article)
        self._characters += len(article.text)
        if self._characters >= BATCH:
            self._read()

    def built(self) -> Segment:
        """The articles that were added, as a segment."""
        self._read()
        numbers, words = numbered([words.surfaces for _, words in self._read_ones])
        batches = Batches(Lexicon.of([look_up(words)], self.analyzer))
        for (articles, read), its_numbers in zip(self._read_ones, numbers, strict=True):
            terms = terms_of(read, its_numbers, batches.lexicon, articles)
            batches.add([article.file for article in articles], read, terms)
        return batches.joined()

    def _read(self) -> None:
        self._read_ones.append((self._waiting, words_of(self._waiting)))
        self._waiting, self._characters = [], 0


def numbered(surfaces: Sequence[StringArray]) -> tuple[list[NDArray[np.int32]], StringArray]:
    """The words of several readings together: the numbers of those of each, and each word once.

    Of many readings those of some are numbered first, and then what these have: so no more memory is taken at once
    than the words take that are there.
    """
    if len(surfaces) <= TOGETHER:
        every = StringArray.joined(surfaces)
        numbers, firsts = distinct(every)
        return np.split(numbers, np.cumsum([len(one) for one in surfaces])[:-1]), every.picked(firsts)
    groups = [numbered(surfaces[at : at + TOGETHER]) for at in range(0, len(surfaces), TOGETHER)]
    of_groups, words = numbered([words for _, words in groups])
    return [of_group[own] for (owns, _), of_group in zip(groups, of_groups, strict=True) for own in owns], words
