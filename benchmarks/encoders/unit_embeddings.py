"""The embeddings of a library's units: made once for each text, kept in a file that is mapped, and searched exactly."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from retrieval.core.errors import IndexFileError
from retrieval.index import array_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

BATCH = 256  # texts that are encoded before they are put on the disk
STRETCH = 1024  # vectors that are multiplied at once: what the processor's cache holds
SCALE = 127
HEAD = 8  # bytes before the rows of a file that is being made: how many numbers a vector has


class PassageEncoder(Protocol):
    """What makes embeddings: `digest` tells it from every other, and its vectors have length 1."""

    digest: str

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


class Near(NamedTuple):
    """A unit's number, and the cosine of its embedding with the question's."""

    unit: int
    cosine: float


@dataclass(frozen=True, slots=True, eq=False)
class UnitEmbeddings:
    """A row for each unit, in the order of the texts: bytes, and for each row what one of them is worth.

    `keys` are what the file knows the texts by, with the model that read them.
    """

    keys: NDArray[np.uint64]
    vectors: NDArray[np.int8]
    scales: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.keys)

    def cosines(self, question: NDArray[np.float32], units: NDArray[np.int32]) -> NDArray[np.float32]:
        """The cosine of a question's vector with each of these units'."""
        found: NDArray[np.float32] = (self.vectors[units].astype(np.float32) @ question) * self.scales[units]
        return found

    def all_cosines(self, question: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine of a question's vector with every unit's."""
        found = np.empty(len(self), dtype=np.float32)
        for start in range(0, len(self), STRETCH):
            found[start : start + STRETCH] = self.vectors[start : start + STRETCH].astype(np.float32) @ question
        found *= self.scales
        return found

    def nearest(self, question: NDArray[np.float32], count: int) -> list[Near]:
        """The `count` units nearest to a question, nearest first; of those as near, the one with the lower number."""
        cosines = self.all_cosines(question)
        chosen = np.arange(len(cosines) if count else 0)
        if 0 < count < len(cosines):
            line = np.partition(cosines, len(cosines) - count)[len(cosines) - count]
            chosen = np.flatnonzero(cosines >= line)
        order = chosen[np.argsort(-cosines[chosen], kind="stable")][:count]
        return [Near(unit, cosine) for unit, cosine in zip(order.tolist(), cosines[order].tolist(), strict=True)]


NONE = UnitEmbeddings(np.zeros(0, np.uint64), np.zeros((0, 0), np.int8), np.zeros(0, np.float32))


def embed_units(
    path: Path, encoder: PassageEncoder, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
) -> UnitEmbeddings:
    """The embeddings of `texts`, from the file at `path` as far as it has them, and kept there.

    A text is encoded only where the file has no embedding of it by this model. What is done is on the disk after each
    batch, so that whoever breaks off goes on from there. `progress` is told how many of how many are made. Raises
    OSError, IndexFileError.
    """
    keys = np.fromiter((_key(encoder.digest, text) for text in texts), dtype=np.uint64, count=len(texts))
    kept = _kept(path)
    if kept is not None and np.array_equal(kept.keys, keys):
        return kept
    partial = path.with_suffix(".partial")
    path.parent.mkdir(parents=True, exist_ok=True)
    known = {*_rows(kept).keys.tolist(), *_made(partial).keys.tolist()}
    missing = {key: text for key, text in zip(keys.tolist(), texts, strict=True) if key not in known}
    _make(partial, encoder, missing, progress)
    _write(path, keys, _rows(kept), _made(partial))
    partial.unlink(missing_ok=True)
    return open_embeddings(path)


def open_embeddings(path: Path) -> UnitEmbeddings:
    """The embeddings of a file as they were kept. Raises FileNotFoundError, IndexFileError."""
    arrays = array_file.Stored(path).arrays()
    try:
        return UnitEmbeddings(arrays["keys"], arrays["vectors"], arrays["scales"])
    except KeyError as error:
        raise IndexFileError("it is no file of embeddings") from error


def _key(model: str, text: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{model}\0{text}".encode()).digest()[:8], "little")


def _kept(path: Path) -> UnitEmbeddings | None:
    """What is kept at `path`; nothing where there is no file or none that can be used: it is made again."""
    try:
        return open_embeddings(path)
    except (FileNotFoundError, IndexFileError):
        return None


def _rows(kept: UnitEmbeddings | None) -> UnitEmbeddings:
    return kept if kept is not None and len(kept) else NONE


def _record(dimensions: int) -> np.dtype[Any]:
    """A line of the file of what is made while it is being made: it grows batch by batch."""
    return np.dtype([("key", np.uint64), ("scale", np.float32), ("vector", np.int8, (dimensions,))])


def _made(partial: Path) -> UnitEmbeddings:
    """What was made before whoever made it broke off. A batch that is not whole does not count."""
    try:
        with partial.open("rb") as file:
            dimensions = int.from_bytes(file.read(HEAD), "little")
            letters = file.read()
    except FileNotFoundError:
        return NONE
    record = _record(dimensions)
    rows = np.frombuffer(letters, record, len(letters) // record.itemsize)
    return UnitEmbeddings(rows["key"], rows["vector"], rows["scale"]) if dimensions and len(rows) else NONE


def _make(
    partial: Path, encoder: PassageEncoder, missing: Mapping[int, str], progress: Callable[[int, int], None] | None
) -> None:
    """Encode these texts and put them behind what is in the file."""
    made = _made(partial)
    keys = [*missing]
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        vectors = encoder.passages([missing[key] for key in batch])
        if not start:
            _cut(partial, len(made), vectors.shape[1])
        rows = np.zeros(len(batch), _record(vectors.shape[1]))
        rows["key"] = batch
        rows["scale"] = np.maximum(np.abs(vectors).max(axis=1), np.finfo(np.float32).tiny) / SCALE
        rows["vector"] = np.rint(vectors / rows["scale"][:, None])
        with partial.open("ab") as file:
            file.write(rows.tobytes())
        if progress is not None:
            progress(start + len(batch), len(keys))


def _cut(partial: Path, rows: int, dimensions: int) -> None:
    """Leave of the file what is whole, so that what comes behind it begins where a row should."""
    with partial.open("r+b" if rows else "wb") as file:
        file.write(dimensions.to_bytes(HEAD, "little"))
        file.truncate(HEAD + rows * _record(dimensions).itemsize)


def _write(path: Path, keys: NDArray[np.uint64], *known: UnitEmbeddings) -> None:
    """Put the rows of these keys into the file, in their order, from wherever they are."""
    filled = [each for each in known if len(each)]
    if not filled:
        array_file.write(path, {"keys": keys, "vectors": NONE.vectors, "scales": NONE.scales}, {})
        return
    all_keys = np.concatenate([each.keys for each in filled])
    order = np.argsort(all_keys, kind="stable")
    rows = order[np.searchsorted(all_keys, keys, sorter=order)]
    vectors = np.concatenate([each.vectors for each in filled])[rows]
    scales = np.concatenate([each.scales for each in filled])[rows]
    array_file.write(path, {"keys": keys, "vectors": vectors, "scales": scales}, {})
