"""The parts of a corpus: what was read once, and what was read after it because articles came, went or changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.model import Article
    from retrieval.segment import Segment


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A segment and its place in a corpus, which numbers what its parts have one part after the other.

    `first_article`, `first_paragraph` and `first_sentence` are the numbers that the segment's first ones have in the
    corpus. `numbers` gives for each term of the segment its number in the corpus's vocabulary; None where they are
    the same. `gone` says for each article whether it is in the library no more; None where none is. `ranks` gives the
    place of each article among those of the library; None where they are in order.
    """

    segment: Segment
    articles: Sequence[Article]
    first_article: int = 0
    first_paragraph: int = 0
    first_sentence: int = 0
    numbers: NDArray[np.int32] | None = None
    gone: NDArray[np.bool_] | None = None
    ranks: NDArray[np.int32] | None = None

    def corpus_terms(self, terms: NDArray[np.int32]) -> NDArray[np.int32]:
        """The numbers in the corpus's vocabulary of terms of the segment."""
        return terms if self.numbers is None else self.numbers[terms]

    def rank_of(self, article: int) -> int:
        """The place of an article among those of the library."""
        return int(article if self.ranks is None else self.ranks[article])

    def alive(self, article: NDArray[np.int32], first: int, end: int) -> NDArray[np.int64]:
        """The numbers from `first` up to, not including, `end` at which `article` names one that is still there."""
        numbers = np.arange(first, end)
        return numbers if self.gone is None else numbers[~self.gone[article[first:end]]]

    def entries(self, form: int) -> NDArray[np.int64]:
        """The numbers of the writings of a form in articles that are still there, in the order of the articles."""
        writings = self.segment.writings
        return self.alive(writings.article, int(writings.form_at[form]), int(writings.form_at[form + 1]))

    def article_of_file(self, file: str) -> int | None:
        """The number in the segment of the article in `file`; None where it is not there or is gone."""
        place = self.segment.files.find(file)
        if place is None:
            return None
        number = int(self.segment.file_article[place])
        return None if self.gone is not None and self.gone[number] else number
