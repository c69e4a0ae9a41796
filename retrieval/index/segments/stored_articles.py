"""Articles in flat arrays, and made into objects when they are asked for."""

from __future__ import annotations

import datetime
import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, overload
from weakref import WeakValueDictionary

import numpy as np

from retrieval.core.arrays import StringArray, joined_offsets, offsets_of
from retrieval.core.model import Article, Block, DatePrecision, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

KEPT = 4_000_000  # characters of articles that are kept between questions
KINDS = tuple(Kind)


@dataclass(frozen=True, slots=True, eq=False)
class PackedArticles:
    """Articles in flat arrays: `texts`, and in `about` a line of JSON with what else is known of each.

    The blocks of article a are those from `block_at[a]` up to `block_at[a + 1]`: `kind`, a place in KINDS, with
    `start` and `end`.
    """

    texts: StringArray
    about: StringArray
    block_at: NDArray[np.int64]
    kind: NDArray[np.uint8]
    start: NDArray[np.int32]
    end: NDArray[np.int32]

    @classmethod
    def of(cls, articles: Iterable[Article]) -> PackedArticles:
        listed = list(articles)
        blocks = [block for article in listed for block in article.blocks]
        return cls(
            texts=StringArray.of(article.text for article in listed),
            about=StringArray.of(map(_about, listed)),
            block_at=offsets_of(len(article.blocks) for article in listed),
            kind=np.fromiter((KINDS.index(block.kind) for block in blocks), dtype=np.uint8),
            start=np.fromiter((block.span.start for block in blocks), dtype=np.int32),
            end=np.fromiter((block.span.end for block in blocks), dtype=np.int32),
        )

    @classmethod
    def joined(cls, parts: Iterable[PackedArticles]) -> PackedArticles:
        """The articles of all parts, in order; a part is needed no longer when the next one is taken."""
        letters = bytearray()
        texts: list[NDArray[np.int64]] = []
        about: list[StringArray] = []
        blocks: list[tuple[NDArray[np.int64], NDArray[np.uint8], NDArray[np.int32], NDArray[np.int32]]] = []
        for part in parts:
            letters += part.texts.letters.data
            texts.append(part.texts.offsets.copy())
            about.append(StringArray(part.about.letters.copy(), part.about.offsets.copy()))
            blocks.append((part.block_at.copy(), part.kind.copy(), part.start.copy(), part.end.copy()))
        block_at, kind, start, end = zip(*blocks, strict=True)
        return cls(
            texts=StringArray(np.frombuffer(letters, dtype=np.uint8), joined_offsets(texts)),
            about=StringArray.joined(about),
            block_at=joined_offsets(block_at),
            kind=np.concatenate(kind),
            start=np.concatenate(start),
            end=np.concatenate(end),
        )


class StoredArticles(Sequence[Article]):
    """The articles of PackedArticles; one that is in use is one object, however often it is asked for.

    The last ones are kept, so many that their texts have KEPT characters. Safe to use from several threads at once.
    """

    def __init__(self, packed: PackedArticles) -> None:
        self.packed = packed
        self._in_use: WeakValueDictionary[int, Article] = WeakValueDictionary()
        self._kept: OrderedDict[int, Article] = OrderedDict()
        self._characters = 0
        self._lock = Lock()
        self._names_and_digests: tuple[list[str], list[str], list[str]] | None = None

    def __len__(self) -> int:
        return len(self.packed.texts)

    @overload
    def __getitem__(self, number: int) -> Article: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Article]: ...
    def __getitem__(self, number: int | slice) -> Article | Sequence[Article]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        place = number + len(self) if number < 0 else number
        with self._lock:
            article = self._in_use.get(place) or self._made(place)
            self._keep(place, article)
        return article

    def __iter__(self) -> Iterator[Article]:
        for number in range(len(self)):
            with self._lock:
                article = self._in_use.get(number) or self._made(number)
            yield article

    def names(self) -> Sequence[str]:
        """The name of each article."""
        return self._known()[0]

    def digests(self) -> Sequence[str]:
        """The digest of each article's file."""
        return self._known()[1]

    def own_names(self) -> Sequence[str]:
        """The name of each article as it is without the others."""
        return self._known()[2]

    def _known(self) -> tuple[list[str], list[str], list[str]]:
        if self._names_and_digests is None:
            names: list[str] = []
            digests: list[str] = []
            own_names: list[str] = []
            for about in map(json.loads, self.packed.about):
                names.append(about["name"])
                digests.append(about["sha256"])
                own_names.append(about.get("own_name") or about["name"])
            self._names_and_digests = names, digests, own_names
        return self._names_and_digests

    def _made(self, number: int) -> Article:
        packed = self.packed
        first, end = packed.block_at[number : number + 2].tolist()
        about = json.loads(packed.about[number])
        date = about.pop("date", None)
        precision = DatePrecision(about.pop("precision", DatePrecision.DAY))
        article = Article(
            text=packed.texts[number],
            blocks=Blocks(packed.kind[first:end], packed.start[first:end], packed.end[first:end]),
            date=datetime.date.fromisoformat(date) if date else None,
            precision=precision,
            guessed=tuple(about.pop("guessed", ())),
            remarks=tuple(about.pop("remarks", ())),
            **about,
        )
        self._in_use[number] = article
        return article

    def _keep(self, number: int, article: Article) -> None:
        if number not in self._kept:
            self._characters += len(article.text)
            self._kept[number] = article
        self._kept.move_to_end(number)
        while self._characters > KEPT and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._characters -= len(oldest.text)


class Blocks(Sequence[Block]):
    """The blocks of one article, made when they are asked for."""

    def __init__(self, kind: NDArray[np.uint8], start: NDArray[np.int32], end: NDArray[np.int32]) -> None:
        self._kind, self._start, self._end = kind, start, end

    def __len__(self) -> int:
        return len(self._kind)

    @overload
    def __getitem__(self, number: int) -> Block: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Block]: ...
    def __getitem__(self, number: int | slice) -> Block | Sequence[Block]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        return Block(KINDS[self._kind[number]], Span(int(self._start[number]), int(self._end[number])))


def _about(article: Article) -> str:
    """What is known of an article beside its text, as a line of JSON."""
    known = {
        "file": article.file,
        "name": article.name,
        "sha256": article.sha256,
        "date": article.date.isoformat() if article.date else None,
        "author": article.author,
        "publisher": article.publisher,
        "url": article.url,
        "licence": article.licence,
        "own_name": article.own_name or None,
        "precision": article.precision if article.precision is not DatePrecision.DAY else None,
        "guessed": article.guessed or None,
        "remarks": article.remarks or None,
    }
    return json.dumps({what: value for what, value in known.items() if value is not None})
