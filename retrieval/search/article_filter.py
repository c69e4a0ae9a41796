"""Which articles a question is asked of: one alone, those of some collections, or those of some time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.ingestion.collection_names import other_versions

if TYPE_CHECKING:
    import datetime

    from numpy.typing import NDArray

    from retrieval.index.corpus import Corpus


class AllowedArticles(NamedTuple):
    """Which articles are asked (`allowed`, bool by their places; None for all), how many of their sentences there are.

    `undated` is the number of articles that are left aside only because they have no date.
    """

    allowed: NDArray[np.bool_] | None
    sentences: int
    undated: int = 0


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """What a question is narrowed to; all of it is asked where it says nothing.

    `file` is that of one article, which nothing else narrows then. `collections` are those that are asked; without
    them it is all, but of the versions of a thing only one: that among `versions`, else the newest. `after` is the
    first day and `before` the day behind the last of the dates that count.
    """

    file: str | None = None
    collections: frozenset[str] | None = None
    versions: frozenset[str] = frozenset()
    after: datetime.date | None = None
    before: datetime.date | None = None

    @property
    def has_time(self) -> bool:
        return self.after is not None or self.before is not None

    def within(self, after: datetime.date | None, before: datetime.date | None) -> ArticleFilter:
        """The same narrowed to a time as well, where it is not narrowed to one already."""
        return self if self.has_time else replace(self, after=after, before=before)

    def of(self, corpus: Corpus) -> AllowedArticles:
        """The articles of `corpus` that are asked."""
        if self.file is not None:
            return AllowedArticles(None, corpus.sentences_in(self.file))
        allowed = self._by_collection(corpus)
        undated = 0
        if self.has_time:
            dates = corpus.groups.dates
            meets = np.array(
                [days is not None and days.meets(self.after, self.before) for days in dates], dtype=np.bool_
            )
            dated = np.array([days is not None for days in dates], dtype=np.bool_)
            undated = int(np.count_nonzero(~dated if allowed is None else allowed & ~dated))
            allowed = meets if allowed is None else allowed & meets
        if allowed is None:
            return AllowedArticles(None, len(corpus.sentences))
        return AllowedArticles(allowed, int(np.diff(corpus.order.sentence_at)[allowed].sum()), undated)

    def count(self, corpus: Corpus) -> int | None:
        """How many articles are asked, None where it is one alone that was named."""
        if self.file is not None:
            return None
        allowed = self.of(corpus).allowed
        return len(corpus.library.articles) if allowed is None else int(np.count_nonzero(allowed))

    def _by_collection(self, corpus: Corpus) -> NDArray[np.bool_] | None:
        names = corpus.collection_names
        asked = set(names) - other_versions(names, self.versions) if self.collections is None else self.collections
        if asked >= set(names):
            return None
        return np.array([name in asked for name in corpus.groups.collections], dtype=np.bool_)


NO_FILTER = ArticleFilter()
