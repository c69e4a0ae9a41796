"""The parts of a corpus: what was read once, and what was read after it because articles came, went or changed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.core.arrays import offsets_of
from retrieval.index.segments.lazy_sequence import LazySequence
from retrieval.index.segments.stored_articles import StoredArticles, kind_and_label
from retrieval.ingestion.date_ranges import days_of

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Sequence

    from numpy.typing import NDArray

    from retrieval.core.model import Article
    from retrieval.index.segments.segment import Segment
    from retrieval.ingestion.date_ranges import Days


@dataclass(frozen=True, slots=True, eq=False)
class CorpusPart:
    """A segment, whose terms have the corpus's numbers, its articles, and the `places` of these in the library.

    A place is that of an article among all articles of the library, in their order; -1 where it is there no more.
    """

    segment: Segment
    articles: Sequence[Article]
    places: NDArray[np.int32]

    @classmethod
    def whole(cls, segment: Segment, articles: Sequence[Article]) -> CorpusPart:
        """The only part of a corpus."""
        return cls(segment, articles, np.arange(segment.articles, dtype=np.int32))

    @property
    def is_whole(self) -> bool:
        """Whether all its articles are still there."""
        return bool((self.places >= 0).all())

    def alive(self, article: NDArray[np.int32], first: int, end: int) -> NDArray[np.int64]:
        """The numbers from `first` up to, not including, `end` at which `article` names one that is still there."""
        numbers = np.arange(first, end)
        return numbers[self.places[article[first:end]] >= 0]

    def entries(self, form: int) -> NDArray[np.int64]:
        """The numbers of the writings of a form in articles that are still there, in the order of the articles."""
        writings = self.segment.writings
        return self.alive(writings.article, int(writings.form_at[form]), int(writings.form_at[form + 1]))

    def without(self, files: Collection[str]) -> NDArray[np.bool_]:
        """Which of its articles are there, but for those in these files."""
        alive = self.places >= 0
        for file in files:
            if (number := self.article_of_file(file)) is not None:
                alive[number] = False
        return alive

    def file(self, number: int) -> str:
        """The file of an article."""
        return self.segment.files[int(np.flatnonzero(self.segment.file_article == number)[0])]

    def files(self) -> list[str]:
        """The file of each of its articles."""
        files = list(self.segment.files)
        return [files[place] for place in np.argsort(self.segment.file_article).tolist()]

    def names(self) -> Sequence[str]:
        """The name of each of its articles."""
        articles = self.articles
        return articles.names() if isinstance(articles, StoredArticles) else [article.name for article in articles]

    def digests(self) -> Sequence[str]:
        """The digest of the file of each of its articles."""
        articles = self.articles
        return articles.digests() if isinstance(articles, StoredArticles) else [article.sha256 for article in articles]

    def dates(self) -> Sequence[Days | None]:
        """From which day to which day the date of each of its articles may be; None for one that has no date."""
        articles = self.articles
        if isinstance(articles, StoredArticles):
            return articles.dates()
        return [days_of(article.date, article.precision) if article.date else None for article in articles]

    def own_names(self) -> Sequence[str]:
        """The name of each of its articles as it is without the others."""
        articles = self.articles
        if isinstance(articles, StoredArticles):
            return articles.own_names()
        return [article.own_name or article.name for article in articles]

    def blocks_by_kind(self) -> Counter[str]:
        """How many blocks of each kind its articles have; boilerplate by its label: “boilerplate: byline”."""
        counts: Counter[str] = Counter()
        if isinstance(self.articles, StoredArticles) and self.is_whole:
            return self.articles.packed.blocks_by_kind()
        for number in np.flatnonzero(self.places >= 0).tolist():
            counts.update(kind_and_label(block.kind, block.label) for block in self.articles[number].blocks)
        return counts

    def named(self, names: Container[str]) -> list[int]:
        """The numbers of the articles that are there and whose own name is one of these, which are case-folded."""
        return [n for n, name in enumerate(self.own_names()) if name.casefold() in names and self.places[n] >= 0]

    def in_titles(self, term: int) -> bool:
        """Whether a title of an article that is still there has the term with this number."""
        titles = self.segment.titles
        articles = np.searchsorted(titles.offsets, np.flatnonzero(titles.values == term), side="right") - 1
        return bool((self.places[articles] >= 0).any())

    def mark_terms(self, there: NDArray[np.bool_]) -> None:
        """Mark the terms that its articles have which are still there."""
        segment, alive = self.segment, self.places >= 0
        of_paragraphs = np.repeat(alive, np.diff(segment.article_paragraph_at))
        for postings, present in ((segment.by_paragraph, of_paragraphs), (segment.by_article, alive)):
            term_of = np.repeat(np.arange(postings.terms, dtype=np.int32), np.diff(postings.offsets))
            there[term_of[present[postings.documents]]] = True

    def article_of_file(self, file: str) -> int | None:
        """The number in the segment of the article in `file`; None where it is not there, or no more."""
        at = self.segment.files.find(file)
        number = -1 if at is None else int(self.segment.file_article[at])
        return number if number >= 0 and self.places[number] >= 0 else None


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """Where each article of the library is: in which part (`part`), and there with which number (`number`).

    The sentences of the article at place a are numbered from `sentence_at[a]` on, its paragraphs from
    `paragraph_at[a]`; the last entry of each is how many there are.
    """

    part: NDArray[np.int32]
    number: NDArray[np.int32]
    sentence_at: NDArray[np.int64]
    paragraph_at: NDArray[np.int64]

    def articles(self, parts: Sequence[CorpusPart]) -> LazySequence[Article]:
        """The articles of the parts in their order."""
        return LazySequence(lambda place: parts[self.part[place]].articles[int(self.number[place])], len(self.number))

    @classmethod
    def of(cls, parts: Sequence[CorpusPart]) -> Order:
        count = sum(int((part.places >= 0).sum()) for part in parts)
        order = np.zeros((4, count), dtype=np.int32)  # part, number, sentences, paragraphs
        for at, part in enumerate(parts):
            numbers = np.flatnonzero(part.places >= 0)
            sentences = np.diff(part.segment.sentence_at)[numbers]
            paragraphs = np.diff(part.segment.article_paragraph_at)[numbers]
            order[:, part.places[numbers]] = [np.full(len(numbers), at), numbers, sentences, paragraphs]
        part_of, number, sentences, paragraphs = order
        return cls(part_of, number, offsets_of(sentences.tolist()), offsets_of(paragraphs.tolist()))


class Placed(NamedTuple):
    """A part, and which of its articles are still there."""

    part: CorpusPart
    alive: NDArray[np.bool_]


def placed(parts: Sequence[Placed]) -> list[CorpusPart]:
    """The parts with the places that their articles have now, in the order of their files' paths."""
    base, base_alive = parts[0]
    files, where = base.segment.files, np.argsort(base.segment.file_article)
    others = sorted(
        (names[number].split("/"), at, number)
        for at, (part, alive) in enumerate(parts[1:])
        for names in (part.files(),)
        for number in np.flatnonzero(alive).tolist()
    )
    before = [
        bisect_left(range(base.segment.articles), path, key=lambda number: files[int(where[number])].split("/"))
        for path, _, _ in others
    ]
    counts = np.concatenate(([0], np.cumsum(base_alive)))
    inserted = np.searchsorted(np.array(before, dtype=np.int64), np.arange(base.segment.articles), side="right")
    places = [np.full(len(alive), -1, dtype=np.int32) for _, alive in parts]
    places[0][base_alive] = (counts[:-1] + inserted)[base_alive]
    for rank, ((_, at, number), position) in enumerate(zip(others, before, strict=True)):
        places[at + 1][number] = rank + counts[position]
    return [replace(part, places=of_part) for (part, _), of_part in zip(parts, places, strict=True)]
