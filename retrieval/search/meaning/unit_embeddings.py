"""The embeddings of a library's units: a byte a number, in a file beside the index that is mapped and searched exactly.

A file has them in the order of the corpus. Articles are known by what they were read from, so that a start that finds
nothing new reads no text; where an article changed, its units are known by their texts, and only new texts are encoded.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.core.errors import IndexFileError
from retrieval.index import array_file, index_file
from retrieval.index.code_digest import code_digest
from retrieval.search.meaning.unit_text import unit_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from retrieval.index.corpus import Corpus

STRETCH = 1024  # vectors that are multiplied at once: what the processor's cache holds
SCALE = 127
SHAPE = 1  # of the file; a file of another is made anew


@dataclass(frozen=True, slots=True, eq=False)
class UnitEmbeddings:
    """A row for each unit of a corpus, in its order: bytes, and for each row what one of them is worth.

    `units` are what the texts are known by, `articles` what the articles are, with the `counts` of their units.
    """

    articles: NDArray[np.uint64]
    counts: NDArray[np.int32]
    units: NDArray[np.uint64]
    vectors: NDArray[np.int8]
    scales: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.units)

    def cosines(self, question: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine of a question's vector with every unit's."""
        found = np.empty(len(self), dtype=np.float32)
        for start in range(0, len(self), STRETCH):
            found[start : start + STRETCH] = self.vectors[start : start + STRETCH].astype(np.float32) @ question
        found *= self.scales
        return found


@dataclass(frozen=True, slots=True, eq=False)
class UnitKeys:
    """What the articles and the units of a corpus are known by; `texts` are those of the units that had to be read."""

    articles: NDArray[np.uint64]
    counts: NDArray[np.int32]
    units: NDArray[np.uint64]
    texts: Mapping[int, str]


def embeddings_path(folder: Path, kept: Path) -> Path:
    """Where the embeddings of a folder of articles are in the folder of all indexes."""
    index = index_file.place(folder, kept)
    return index.with_name(f"{index.stem}-meaning.embeddings")


def open_embeddings(path: Path, model: str) -> UnitEmbeddings | None:
    """The embeddings of a file, where that model (its digest) made them; None where there is none that can be used."""
    try:
        stored = array_file.Stored(path)
        if (stored.about.get("model"), stored.about.get("shape")) != (model, SHAPE):
            return None
        stored.check()
        arrays = stored.arrays()
        return UnitEmbeddings(**{name: arrays[name] for name in UnitEmbeddings.__slots__})
    except (FileNotFoundError, IndexFileError, KeyError):
        return None


def article_keys(corpus: Corpus) -> NDArray[np.uint64]:
    """What each article is known by: its file's digest, its name, and the code that reads it."""
    rows = zip(corpus.files(), corpus.article_names(), corpus.digests(), strict=True)
    code = code_digest()
    return np.fromiter((_key(code, *row) for row in rows), dtype=np.uint64, count=len(corpus.articles))


def unit_keys(corpus: Corpus, known: UnitEmbeddings | None) -> UnitKeys:
    """What the units are known by. Only the texts of articles that are not `known` are read."""
    articles = article_keys(corpus)
    counts = np.diff(corpus.order.sentence_at).astype(np.int32)
    units = np.zeros(len(corpus.sentences), dtype=np.uint64)
    texts: dict[int, str] = {}
    starts = _starts(known.counts) if known is not None else np.zeros(0, np.int64)
    places = {key: at for at, key in enumerate(known.articles.tolist())} if known is not None else {}
    end = 0
    for key, count in zip(articles.tolist(), counts.tolist(), strict=True):
        start, end = end, end + count
        at = places.get(key)
        if known is not None and at is not None and int(known.counts[at]) == count:
            units[start:end] = known.units[starts[at] : starts[at] + count]
            continue
        for number in range(start, end):
            text = unit_text(corpus.sentences[number])
            units[number] = made = _key(text)
            texts[made] = text
    return UnitKeys(articles, counts, units, texts)


def is_of(known: UnitEmbeddings, corpus: Corpus) -> bool:
    """Whether these are the embeddings of all units of a corpus, in its order."""
    return len(known) == len(corpus.sentences) and np.array_equal(known.articles, article_keys(corpus))


def write_embeddings(path: Path, model: str, folder: Path, keys: UnitKeys, *sources: UnitEmbeddings) -> UnitEmbeddings:
    """Put the rows of these keys into the file, in their order, from whichever source has them. Raises OSError."""
    filled = [each for each in sources if len(each)]
    vectors = np.zeros((len(keys.units), filled[0].vectors.shape[1] if filled else 0), dtype=np.int8)
    scales = np.zeros(len(keys.units), dtype=np.float32)
    for source in filled:
        rows, there = _rows_of(keys.units, source.units)
        vectors[there] = source.vectors[rows]
        scales[there] = source.scales[rows]
    arrays: dict[str, NDArray[Any]] = {"articles": keys.articles, "counts": keys.counts, "units": keys.units}
    about = {"model": model, "shape": SHAPE, "folder": str(folder.resolve())}
    array_file.write(path, {**arrays, "vectors": vectors, "scales": scales}, about)
    return UnitEmbeddings(keys.articles, keys.counts, keys.units, vectors, scales)


def in_bytes(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Vectors as bytes, and what a byte of each is worth."""
    scales = np.maximum(np.abs(vectors).max(axis=1), np.finfo(np.float32).tiny) / np.float32(SCALE)
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def _rows_of(units: NDArray[np.uint64], having: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The rows of those of `units` that are among `having`, and which of `units` these are."""
    order = np.argsort(having, kind="stable")
    places = np.searchsorted(having, units, sorter=order)
    places[places == len(having)] = 0
    rows = order[places]
    there = having[rows] == units
    return rows[there], there


def _starts(counts: NDArray[np.int32]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))[:-1]


def _key(*words: str) -> int:
    return int.from_bytes(hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).digest()[:8], "little")
