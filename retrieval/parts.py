"""The parts of a corpus: what was read once, and what was read after it because articles came, went or changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.flat import offsets_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.model import Article
    from retrieval.segment import Segment


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A segment, whose terms have the corpus's numbers, its articles, and the `places` of these in the library.

    A place is that of an article among all articles of the library, in their order; -1 where it is there no more.
    """

    segment: Segment
    articles: Sequence[Article]
    places: NDArray[np.int32]

    @classmethod
    def whole(cls, segment: Segment, articles: Sequence[Article]) -> Part:
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

    def in_titles(self, term: int) -> bool:
        """Whether a title of an article that is still there has the term with this number."""
        titles = self.segment.titles
        articles = np.searchsorted(titles.offsets, np.flatnonzero(titles.values == term), side="right") - 1
        return bool((self.places[articles] >= 0).any())

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

    @classmethod
    def of(cls, parts: Sequence[Part]) -> Order:
        count = sum(int((part.places >= 0).sum()) for part in parts)
        order = np.zeros((4, count), dtype=np.int32)  # part, number, sentences, paragraphs
        for at, part in enumerate(parts):
            numbers = np.flatnonzero(part.places >= 0)
            sentences = np.diff(part.segment.sentence_at)[numbers]
            paragraphs = np.diff(part.segment.article_paragraph_at)[numbers]
            order[:, part.places[numbers]] = [np.full(len(numbers), at), numbers, sentences, paragraphs]
        part_of, number, sentences, paragraphs = order
        return cls(part_of, number, offsets_of(sentences.tolist()), offsets_of(paragraphs.tolist()))
