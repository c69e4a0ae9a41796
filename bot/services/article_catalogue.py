"""Finds an article by its name as somebody types it, in their own spelling."""

from __future__ import annotations

import heapq
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from retrieval.core.model import Article
    from retrieval.index.corpus import Corpus

SUGGESTED_FROM = 65.0  # of 100: how alike a name must be to be suggested
MEANT_FROM = 90.0  # of 100: how alike a name must be to be meant
COMPARED_AT_ONCE = 100  # names that are compared at a time: no other thread goes on until they are


class ArticleCatalogue:
    """What is known of articles without reading them: their names, files and digests, each in their order.

    `article` gives the one that has a number in that order. A library may have tens of thousands, whose names take
    longer to make ready than to search: keep it, and search it in a thread.
    """

    def __init__(
        self,
        names: Sequence[str],
        files: Sequence[str],
        digests: Sequence[str],
        article: Callable[[int], Article],
    ) -> None:
        self.files = files
        self._names = [fold_name(name) for name in names]
        self._digests = digests
        self._article = article

    @classmethod
    def of(cls, articles: Sequence[Article]) -> ArticleCatalogue:
        """The catalogue of these articles."""
        names, files = [article.name for article in articles], [article.file for article in articles]
        return cls(names, files, [article.sha256 for article in articles], articles.__getitem__)

    def suggestions(self, typed: str, *, limit: int) -> list[Article]:
        """List the articles whose names resemble what was typed, the most similar first; all if nothing was typed."""
        wanted = fold_name(typed)
        if not wanted:
            first = heapq.nsmallest(limit, range(len(self._names)), key=self._names.__getitem__)
            return [self._article(number) for number in first]
        likest = heapq.nsmallest(limit, self._like(wanted).items(), key=lambda found: (-found[1], found[0]))
        return [self._article(number) for number, _ in likest]

    def meant(self, typed: str) -> Article | None:
        """Find the one article that is meant by a file, the beginning of a digest, or a name; None where none is."""
        exactly = [number for number, file in enumerate(self.files) if file == typed]
        if len(typed) >= 16:
            exactly += [number for number, digest in enumerate(self._digests) if digest.startswith(typed)]
        if exactly:
            return self._article(min(exactly))
        wanted = fold_name(typed)
        if wanted in self._names:
            return self._article(self._names.index(wanted))
        best = process.extract(wanted, self._names, scorer=fuzz.ratio, score_cutoff=MEANT_FROM, limit=2)
        return self._article(best[0][2]) if len(best) == 1 else None

    def with_digests(self, digests: Container[str]) -> list[Article]:
        """The articles whose files have one of these digests."""
        return [self._article(number) for number, digest in enumerate(self._digests) if digest in digests]

    def _like(self, wanted: str) -> dict[int, float]:
        """The similarity, by their numbers, of the names that are similar enough.

        What was typed may be a part of the name, or some of its words in another order.
        """
        like: dict[int, float] = {}
        for start in range(0, len(self._names), COMPARED_AT_ONCE):
            names = self._names[start : start + COMPARED_AT_ONCE]
            for scorer in (fuzz.partial_ratio, fuzz.token_set_ratio):
                for _, score, at in process.extract(
                    wanted, names, scorer=scorer, score_cutoff=SUGGESTED_FROM, limit=None
                ):
                    like[start + at] = max(score, like.get(start + at, 0.0))
        return like


@lru_cache(maxsize=8)  # those who see different sources ask in turn
def catalogue_of(corpus: Corpus) -> ArticleCatalogue:
    """The catalogue of a corpus, which is made at the first call."""
    articles = corpus.library.articles
    return ArticleCatalogue(corpus.article_names(), corpus.files(), corpus.digests(), articles.__getitem__)


def fold_name(text: str) -> str:
    """A name without the differences of case, accents and spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())
