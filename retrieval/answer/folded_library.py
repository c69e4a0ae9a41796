"""Articles as they are looked through for the words of somebody else: folded, as they are seen, and as they are drawn.

That takes a while for each article and is the same for every text that is looked for, so it is remembered. What was
not used for longest is forgotten first.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from retrieval.analysis.visible_text import VisibleText, visible
from retrieval.answer.folding import Folded, fold
from retrieval.answer.presentation import shown_of
from retrieval.answer.table_cells import ADDED
from retrieval.core.model import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from retrieval.core.model import Article

ROOM = 6_000_000  # characters of articles that are remembered; each takes some 30 bytes
GRAM = 4
TOGETHER = 40  # blocks that are drawn at once, as a text may be of several
DRAWN = frozenset({Kind.ITEM, Kind.ROW, Kind.TABLE_HEAD, Kind.TERM, Kind.DEFINITION, Kind.CODE})  # what gets more signs
PRIMES = (2_654_435_761, 2_246_822_519, 3_266_489_917, 668_265_263)


class FoldedPage:
    """A text of an article without its typography; `visible_text` is what it was folded from, where not the file's."""

    def __init__(self, article: Article, folded: Folded, visible_text: VisibleText | None = None) -> None:
        self.article = article
        self.folded = folded
        self.visible_text = visible_text

    def span(self, start: int, end: int) -> Span:
        """Where in the file that is which is from `start` up to `end` of the folded text."""
        span = self.folded.span(start, end)
        seen = self.visible_text
        return Span(seen.start(span.start), seen.end(span.end)) if seen else span

    @cached_property
    def grams(self) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
        """The codes of all runs of four characters, in order, and for each where it begins."""
        codes = grams_of(self.folded.text)
        order = np.argsort(codes, kind="stable").astype(np.int32)
        return codes[order], order


def grams_of(text: str) -> NDArray[np.uint32]:
    """A code for each run of four characters, whatever its capitals; two runs seldom have the same."""
    letters = np.frombuffer(text.lower().encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = np.zeros(max(len(letters) - GRAM + 1, 0), dtype=np.uint32)
    for place, prime in enumerate(PRIMES[:GRAM]):
        codes = (codes ^ (letters[place : place + len(codes)] * np.uint32(prime))) * np.uint32(PRIMES[0])
    return codes


class FoldedArticle:
    """An article in the three forms, each of which is made when it is first asked for."""

    def __init__(self, article: Article) -> None:
        self.article = article

    @cached_property
    def page(self) -> FoldedPage:
        """The article as it stands in its file."""
        return FoldedPage(self.article, fold(self.article.text))

    @cached_property
    def seen(self) -> FoldedPage:
        """The article without its markup; the same as `page` where it has none."""
        if not self.article.hidden:
            return self.page
        seen = visible(self.article.text, self.article.hidden)
        return FoldedPage(self.article, fold(seen.text), seen)

    @property
    def is_ready(self) -> bool:
        """Whether the article is read, so that looking for a text in it takes no time."""
        return "seen" in self.__dict__ and "grams" in self.seen.__dict__

    def make_ready(self) -> None:
        """Read the article."""
        self.seen.grams  # noqa: B018 - it is remembered

    @cached_property
    def is_drawn_otherwise(self) -> bool:
        """Whether anything of the article is shown with more signs than the file has."""
        return any(block.kind in DRAWN for block in self.article.blocks)

    @cached_property
    def drawn(self) -> Sequence[tuple[Folded, Sequence[int]]]:
        """What is shown with more signs than the file has, such as rows with the names of their columns."""
        return list(self._drawn())

    def _drawn(self) -> Iterator[tuple[Folded, Sequence[int]]]:
        blocks = self.article.blocks
        for first in range(0, len(blocks), TOGETHER - 1):
            some = blocks[first : first + TOGETHER]
            if any(block.kind in DRAWN for block in some):
                shown = shown_of(self.article, Span(some[0].span.start, some[-1].span.end))
                origins = [origin for block in shown.blocks for origin in (*block.origins, ADDED)]
                yield fold(shown.text), array("l", origins)


class FoldedLibrary:
    """Remembers articles by their digests, as many as have `room` characters together. Threads may share it."""

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self._known: OrderedDict[tuple[str, str], FoldedArticle] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def article(self, article: Article) -> FoldedArticle:
        """The article in its forms, as they are remembered or anew."""
        key = (article.file, article.sha256)
        with self._lock:
            known = self._known.get(key)
            if known is None or (known.article.text is not article.text and known.article.text != article.text):
                if known:
                    self._size -= len(known.article.text)
                known = self._known[key] = FoldedArticle(article)
                self._size += len(article.text)
            self._known.move_to_end(key)
            while self._size > self.room and len(self._known) > 1:
                _, forgotten = self._known.popitem(last=False)
                self._size -= len(forgotten.article.text)
            return known
