"""The parts of a segment -> the columns of the whole, made a stretch at a time while they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.core.arrays import StringArray, in_order
from retrieval.index import array_file
from retrieval.index.array_stream import ArrayStream
from retrieval.index.segments.fuzzy import FuzzyIndex
from retrieval.index.segments.stored_articles import COLUMNS, OFFSETS
from retrieval.index.segments.surface_forms import things_called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from retrieval.index.segments.joining import Batches, Writings
    from retrieval.index.segments.stored_articles import PackedArticles
    from retrieval.index.writer.counted_parts import CountedPart, Numbering

    Column = NDArray[Any] | ArrayStream

STRETCH = 4_000_000  # entries that are merged at once, and rows whose numbers are written at once
RAGGED = ("terms", "headings", "titles")
JOINED = ("start", "end", "paragraph_in")
STARTS = ("sentence_at", "article_paragraph_at", "paragraph_at")


def segment_columns(
    parts: Sequence[CountedPart], batches: Batches, vocabulary: StringArray, numbering: Numbering
) -> dict[str, Column]:
    """The arrays of a Segment by their names; the large ones are made of the parts while they are written."""
    files, places = in_order(StringArray.of(batches.files))
    texts = [part.texts for part in parts]
    columns: dict[str, Column] = {"file_article": np.argsort(places).astype(np.int32)}
    columns |= _named("files", files) | _named("vocabulary", vocabulary)
    for name in RAGGED:
        rows = [getattr(one, name) for one in texts]
        columns[f"{name}.values"] = ArrayStream.joined([row.values for row in rows])
        columns[f"{name}.offsets"] = ArrayStream.joined_offsets([row.offsets for row in rows])
    columns |= {name: ArrayStream.joined([getattr(one, name) for one in texts]) for name in JOINED}
    columns |= {name: ArrayStream.joined_offsets([getattr(one, name) for one in texts]) for name in STARTS}
    columns["paragraph_of"] = _spread([one.paragraph_at for one in texts])
    columns["article_of"] = _spread([one.sentence_at for one in texts])
    columns["signatures"] = ArrayStream.joined([part.signatures for part in parts])
    for level in ("by_sentence", "by_paragraph", "by_article"):
        columns |= _postings(level, parts)
    called = batches.called(numbering.writings.places, numbering.ranks)
    return columns | _surface_forms(parts, numbering.writings, called)


def article_columns(articles: Sequence[PackedArticles]) -> dict[str, Column]:
    """The arrays of the PackedArticles of all batches, by their names."""
    columns: dict[str, Column] = {}
    for name in ("texts", "about", "label"):
        strings = [getattr(one, name) for one in articles]
        columns[f"{name}.letters"] = ArrayStream.joined([one.letters for one in strings])
        columns[f"{name}.offsets"] = ArrayStream.joined_offsets([one.offsets for one in strings])
    columns |= {name: ArrayStream.joined_offsets([getattr(one, name) for one in articles]) for name in OFFSETS}
    return columns | {name: ArrayStream.joined([getattr(one, name) for one in articles]) for name in COLUMNS}


def tidied(columns: dict[str, Column], release: Callable[[], None]) -> dict[str, Column]:
    """The same columns; `release` is called between their pieces, to give back what the mapped files take."""

    def after_each(stream: ArrayStream) -> Callable[[], Iterator[NDArray[Any]]]:
        def pieces() -> Iterator[NDArray[Any]]:
            for piece in stream.pieces():
                yield piece
                release()

        return pieces

    return {
        name: ArrayStream(column.dtype, column.shape, after_each(column)) if isinstance(column, ArrayStream) else column
        for name, column in columns.items()
    }


def _postings(level: str, parts: Sequence[CountedPart]) -> dict[str, Column]:
    """The Postings of a level, whose documents are numbered on from one part to the next."""
    every = [getattr(part, level) for part in parts]
    at = [one.offsets for one in every]
    before = np.cumsum([0, *(len(one.lengths) for one in every)]).tolist()
    return {
        f"{level}.offsets": _together(at),
        f"{level}.documents": _merged(at, [one.documents for one in every], before),
        f"{level}.frequencies": _merged(at, [one.frequencies for one in every]),
        f"{level}.lengths": ArrayStream.joined(
            [one.lengths for one in every], np.result_type(*(one.lengths.dtype for one in every))
        ),
    }


def _surface_forms(parts: Sequence[CountedPart], writings: Writings, called: NDArray[np.int32]) -> dict[str, Column]:
    at = [part.form_at for part in parts]
    first, name = _firsts(parts, writings.small)
    columns: dict[str, Column] = _named("forms", writings.forms) | _named("written", writings.written)
    columns |= {"small": writings.small, "form_at": _together(at), "first": first, "name": name}
    for column in ("article", "writing", "position", "capital"):
        columns[column] = _merged(at, [getattr(part, column) for part in parts])
    columns |= things_called(called)
    columns |= dict(array_file.packed(FuzzyIndex.of(writings.forms), "shapes."))
    return {f"writings.{name}": column for name, column in columns.items()}


def _firsts(parts: Sequence[CountedPart], small: NDArray[np.bool_]) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """The first writing of each form, one in small letters where there is any, and whether it is a name anywhere."""
    forms = len(parts[0].form_at) - 1
    first, name = np.full(forms, -1, dtype=np.int32), np.zeros(forms, dtype=np.bool_)
    for part in parts:
        having = np.flatnonzero(np.diff(part.form_at))
        if not len(having):
            continue
        starts, writing, entries = part.form_at[having], part.writing, len(part.writing)
        lowest = np.minimum.reduceat(np.where(small[writing], np.arange(entries), entries), starts)
        own = writing[np.where(lowest < entries, lowest, starts)]
        known = first[having]
        better = (known < 0) | (~small[known] & small[own])
        first[having[better]] = own[better]
        name[having] |= np.bitwise_or.reduceat(part.capital, starts)
    return first, name


def _merged(
    at: Sequence[NDArray[np.int64]], values: Sequence[NDArray[Any]], before: Sequence[int] | None = None
) -> ArrayStream:
    """The values of each key from all parts, in their order, key by key.

    Those of key k are in each part from its `at[k]` on; `before` is what to add to those of each part.
    """
    whole = _together(at)
    dtype = np.result_type(*(array.dtype for array in values))

    def stretch(first: int, end: int) -> NDArray[Any]:
        merged = np.empty(whole[end] - whole[first], dtype=dtype)
        free = whole[first:end] - whole[first]
        for number, (starts, array) in enumerate(zip(at, values, strict=True)):
            own = starts[first : end + 1]
            counts = np.diff(own)
            to = np.arange(own[-1] - own[0]) + np.repeat(free - (own[:-1] - own[0]), counts)
            part = array[own[0] : own[-1]]
            merged[to] = part + dtype.type(before[number]) if before else part
            free += counts
        return merged

    return ArrayStream(dtype, (int(whole[-1]),), lambda: (stretch(*one) for one in _stretches(whole)))


def _together(at: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Where the values of each key begin, when those of all parts are put together."""
    whole: NDArray[np.int64] = np.sum(at, axis=0, dtype=np.int64)
    return whole


def _stretches(at: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of keys with some STRETCH values each."""
    first, keys = 0, len(at) - 1
    while first < keys:
        end = max(first + 1, int(np.searchsorted(at, at[first] + STRETCH, side="right")) - 1)
        yield first, end
        first = end


def _spread(offsets: Sequence[NDArray[np.int64]]) -> ArrayStream:
    """The number of the row that each value is in, the rows of all parts numbered on."""

    def pieces() -> Iterator[NDArray[np.int32]]:
        before = 0
        for part in offsets:
            yield np.repeat(np.arange(before, before + len(part) - 1, dtype=np.int32), np.diff(part))
            before += len(part) - 1

    return ArrayStream(np.dtype(np.int32), (sum(int(part[-1]) for part in offsets),), pieces)


def _named(name: str, strings: StringArray) -> dict[str, Column]:
    return dict(array_file.packed(strings, f"{name}."))
