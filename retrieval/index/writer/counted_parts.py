"""A run of batches, counted by itself and kept in a file of the work folder: one part of a segment of many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from retrieval.core.arrays import RaggedArray, renumber
from retrieval.index import array_file
from retrieval.index.encoding.inversion import in_forms
from retrieval.index.segments.joining import TextArrays, entries_of
from retrieval.index.segments.postings import Postings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from retrieval.index.segments.joining import Columns, Writings


@dataclass(frozen=True, slots=True, eq=False)
class CountedPart:
    """What a Segment says of a run of articles, which count from 0 in it, while terms and writings are all numbered.

    The entries of SurfaceForms are those from `form_at[f]` on for form f: `article`, which counts over all articles,
    `writing`, `position` and `capital`.
    """

    texts: TextArrays
    signatures: NDArray[np.uint64]
    by_sentence: Postings
    by_paragraph: Postings
    by_article: Postings
    form_at: NDArray[np.int64]
    article: NDArray[np.int32]
    writing: NDArray[np.int32]
    position: NDArray[np.int32]
    capital: NDArray[np.bool_]


class Numbering(NamedTuple):
    """What all parts are numbered by: how many terms there are, the rank of each of the lexicon's, and the writings."""

    vocabulary: int
    ranks: NDArray[np.int32]
    writings: Writings


KINDS = {kind.__name__: kind for kind in (Postings, RaggedArray, TextArrays)}


def put_aside(columns: Columns, path: Path) -> None:
    """Keep in a file the columns of some batches until the numbering of all is known. Raises OSError."""
    array_file.write(path, columns, {}, lasting=False)


def count(aside: Path, numbering: Numbering, path: Path) -> None:
    """Count what was put aside, and keep that at `path` in its place. Raises OSError, and IndexFileError."""
    stored = array_file.Stored(aside)
    columns = {name: array.copy() for name, array in stored.arrays().items()}
    stored.release()
    aside.unlink()
    array_file.write(path, dict(array_file.packed(_counted(columns, numbering))), {}, lasting=False)


def _counted(columns: Columns, numbering: Numbering) -> CountedPart:
    writings = numbering.writings
    entries = entries_of(columns)
    renumber(entries.writing, writings.places)
    form_at, entries = in_forms(entries, writings.form_of, len(writings.forms))
    texts = TextArrays.of(columns, numbering.ranks)
    by_sentence, by_paragraph, by_article = texts.postings(numbering.vocabulary)
    return CountedPart(texts, texts.signatures(), by_sentence, by_paragraph, by_article, form_at, *entries)


class OpenPart(NamedTuple):
    """A part that was counted, mapped from its file; `release` gives back the memory that this takes."""

    part: CountedPart
    release: Callable[[], None]


def opened(path: Path) -> OpenPart:
    """The part that is kept at `path`. Raises OSError, and IndexFileError where it is not whole."""
    stored = array_file.Stored(path)
    return OpenPart(array_file.unpacked(CountedPart, stored.arrays(), KINDS), stored.release)
