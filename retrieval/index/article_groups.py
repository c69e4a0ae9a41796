"""The articles of a corpus by their collections and their dates: what questions are narrowed by."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from retrieval.ingestion.collection_names import collection_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.segments.parts import CorpusPart, Order
    from retrieval.ingestion.date_ranges import Days


class ArticleGroups:
    """`collections` and `dates` have those of each article, in the order of the library; `names` all collections.

    A date is the days that it may be, None where an article has none.
    """

    def __init__(self, parts: Sequence[CorpusPart], order: Order, files: Sequence[str]) -> None:
        self._parts = parts
        self._order = order
        self.collections = [collection_of(file) for file in files]
        self.names = frozenset(self.collections)

    @cached_property
    def dates(self) -> Sequence[Days | None]:
        dates = [part.dates() for part in self._parts]
        places = zip(self._order.part.tolist(), self._order.number.tolist(), strict=True)
        return [dates[part][number] for part, number in places]

    def terms(self, vocabulary: int) -> NDArray[np.bool_] | None:
        """Which terms of a vocabulary of that size an article still has, by their numbers; None where all are there."""
        if all(part.is_whole for part in self._parts):
            return None
        there = np.zeros(vocabulary, dtype=np.bool_)
        for part in self._parts:
            part.mark_terms(there)
        return there
