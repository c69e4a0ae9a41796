"""Articles in flat arrays, and made into objects when they are asked for."""

from __future__ import annotations

import datetime
import json
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, overload
from weakref import WeakValueDictionary

import numpy as np

from retrieval.core.arrays import StringArray, joined_offsets, offsets_of
from retrieval.core.model import Article, Block, DatePrecision, Kind, Span
from retrieval.ingestion.date_ranges import days_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from retrieval.ingestion.date_ranges import Days

KEPT = 4_000_000  # characters of articles that are kept between questions
KINDS = tuple(Kind)
_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
DEEPEST = 65_535
OFFSETS = ("block_at", "hidden_at")
COLUMNS = ("kind", "start", "end", "parent", "level", "hidden")


@dataclass(frozen=True, slots=True, eq=False)
class PackedArticles:
    """Articles in flat arrays: `texts`, and in `about` a line of JSON with what else is known of each.

    The blocks of article a are those from `block_at[a]` up to `block_at[a + 1]`: `kind`, a place in KINDS, with
    `start`, `end`, `parent`, `level` and `label`. What is hidden in it is in `hidden` (…, 2), from `hidden_at[a]` on.
    """

    texts: StringArray
    about: StringArray
    block_at: NDArray[np.int64]
    kind: NDArray[np.uint8]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    parent: NDArray[np.int32]
    level: NDArray[np.uint16]
    label: StringArray
    hidden_at: NDArray[np.int64]
    hidden: NDArray[np.int32]

    @classmethod
    def of(cls, articles: Iterable[Article]) -> PackedArticles:
        listed = list(articles)
        blocks = [block for article in listed for block in article.blocks]
        return cls(
            texts=StringArray.of(article.text for article in listed),
            about=StringArray.of(map(_about, listed)),
            block_at=offsets_of(len(article.blocks) for article in listed),
            kind=np.fromiter((_NUMBER[block.kind] for block in blocks), dtype=np.uint8),
            start=np.fromiter((block.span.start for block in blocks), dtype=np.int32),
            end=np.fromiter((block.span.end for block in blocks), dtype=np.int32),
            parent=np.fromiter((block.parent for block in blocks), dtype=np.int32),
            level=np.fromiter((min(block.level, DEEPEST) for block in blocks), dtype=np.uint16),
            label=StringArray.of(block.label for block in blocks),
            hidden_at=offsets_of(len(article.hidden) for article in listed),
            hidden=np.array(
                [(one.start, one.end) for article in listed for one in article.hidden], dtype=np.int32
            ).reshape(-1, 2),
        )

    @classmethod
    def joined(cls, parts: Iterable[PackedArticles]) -> PackedArticles:
        """The articles of all parts, in order; a part is needed no longer when the next one is taken."""
        letters = bytearray()
        texts: list[NDArray[np.int64]] = []
        strings: list[tuple[StringArray, StringArray]] = []
        arrays: list[list[NDArray[Any]]] = []
        for part in parts:
            letters += part.texts.letters.data
            texts.append(part.texts.offsets.copy())
            strings.append((_copied(part.about), _copied(part.label)))
            arrays.append([getattr(part, name).copy() for name in (*OFFSETS, *COLUMNS)])
        about, label = zip(*strings, strict=True)
        columns: dict[str, Any] = dict(zip((*OFFSETS, *COLUMNS), zip(*arrays, strict=True), strict=True))
        whole: dict[str, Any] = {name: joined_offsets(columns[name]) for name in OFFSETS}
        whole |= {name: np.concatenate(columns[name]) for name in COLUMNS}
        return cls(
            texts=StringArray(np.frombuffer(letters, dtype=np.uint8), joined_offsets(texts)),
            about=StringArray.joined(about),
            label=StringArray.joined(label),
            **whole,
        )

    def blocks_by_kind(self) -> Counter[str]:
        """How many blocks there are of each kind, as `kind_and_label` names it."""
        found = Counter(
            {KINDS[kind].value: count for kind, count in enumerate(np.bincount(self.kind).tolist()) if count}
        )
        aside = np.flatnonzero(self.kind == _NUMBER[Kind.BOILERPLATE]).tolist()
        del found[Kind.BOILERPLATE.value]
        found.update(kind_and_label(Kind.BOILERPLATE, self.label[number]) for number in aside)
        return found

    def blocks(self, number: int) -> StoredBlocks:
        """The blocks of an article."""
        return StoredBlocks(self, *self.block_at[number : number + 2].tolist())

    def hidden_in(self, number: int) -> StoredSpans:
        """What is hidden in an article."""
        first, end = self.hidden_at[number : number + 2].tolist()
        return StoredSpans(self.hidden[first:end])


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
        self._all_known: tuple[list[str], list[str], list[str], list[Days | None]] | None = None

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

    def dates(self) -> Sequence[Days | None]:
        """From which day to which day the date of each article may be; None for one that has no date."""
        return self._known()[3]

    def _known(self) -> tuple[list[str], list[str], list[str], list[Days | None]]:
        if self._all_known is None:
            names: list[str] = []
            digests: list[str] = []
            own_names: list[str] = []
            dates: list[Days | None] = []
            for about in map(json.loads, self.packed.about):
                names.append(about["name"])
                digests.append(about["sha256"])
                own_names.append(about.get("own_name") or about["name"])
                dates.append(_days(about))
            self._all_known = names, digests, own_names, dates
        return self._all_known

    def _made(self, number: int) -> Article:
        packed = self.packed
        about = json.loads(packed.about[number])
        date = about.pop("date", None)
        precision = DatePrecision(about.pop("precision", DatePrecision.DAY))
        article = Article(
            text=packed.texts[number],
            blocks=packed.blocks(number),
            hidden=packed.hidden_in(number),
            date=datetime.date.fromisoformat(date) if date else None,
            precision=precision,
            guessed=tuple(about.pop("guessed", ())),
            remarks=tuple(about.pop("remarks", ())),
            languages=tuple((block, code) for block, code in about.pop("languages", ())),
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


class StoredBlocks(Sequence[Block]):
    """The blocks of one article, those of `packed` from `first` up to `end`, made when they are asked for."""

    def __init__(self, packed: PackedArticles, first: int, end: int) -> None:
        self._packed, self._first, self._end = packed, first, end

    def __len__(self) -> int:
        return self._end - self._first

    @overload
    def __getitem__(self, number: int) -> Block: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Block]: ...
    def __getitem__(self, number: int | slice) -> Block | Sequence[Block]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        at, packed = self._first + number % len(self), self._packed
        return Block(
            KINDS[packed.kind[at]],
            Span(int(packed.start[at]), int(packed.end[at])),
            int(packed.parent[at]),
            int(packed.level[at]),
            packed.label[at],
        )


class StoredSpans(Sequence[Span]):
    """Spans in an array of shape (n, 2), made when they are asked for."""

    def __init__(self, places: NDArray[np.int32]) -> None:
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, number: int) -> Span: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Span]: ...
    def __getitem__(self, number: int | slice) -> Span | Sequence[Span]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        return Span(*self._places[number].tolist())

    def __iter__(self) -> Iterator[Span]:
        return (Span(start, end) for start, end in self._places.tolist())


def kind_and_label(kind: Kind, label: str) -> str:
    """A block's kind, and for boilerplate also what sort of it: “boilerplate: byline”."""
    return f"{kind}: {label}" if kind is Kind.BOILERPLATE and label else str(kind)


def _copied(strings: StringArray) -> StringArray:
    return StringArray(strings.letters.copy(), strings.offsets.copy())


def _days(about: dict[str, Any]) -> Days | None:
    if "date" not in about:
        return None
    return days_of(datetime.date.fromisoformat(about["date"]), DatePrecision(about.get("precision", DatePrecision.DAY)))


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
        "languages": article.languages or None,
    }
    return json.dumps({what: value for what, value in known.items() if value is not None})
