"""Makes the embeddings that a library lacks: what is done is on the disk after each batch, and is not done again."""

from __future__ import annotations

import time
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol
from uuid import uuid4

import numpy as np

from retrieval.search.meaning.unit_embeddings import (
    UnitEmbeddings,
    in_bytes,
    is_of,
    open_embeddings,
    unit_keys,
    write_embeddings,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from retrieval.index.corpus import Corpus

BATCH = 64  # texts that are encoded before they are put on the disk
ENDLESS = float("inf")  # seconds


class PassageEncoder(Protocol):
    """What makes embeddings: `digest` tells it from every other; its vectors have length 1 and `dimensions` numbers."""

    digest: str
    dimensions: int

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


class Embedder:
    """The embeddings of one corpus by one encoder, from the file at `path` as far as it has them.

    What is being made lies in files beside it, one for each program that makes some, so that none disturbs another;
    whoever comes later goes on from all of them. `is_complete` says that nothing has to be made or written.
    """

    def __init__(self, path: Path, encoder: PassageEncoder, corpus: Corpus) -> None:
        self._path = path
        self._encoder = encoder
        self._corpus = corpus
        self._known = open_embeddings(path, encoder.digest)
        self.is_complete = self._known is not None and is_of(self._known, corpus)
        self._sources: list[UnitEmbeddings] = [] if self._known is None else [self._known]
        self._left: list[Path] = []
        self._file: BinaryIO | None = None
        self._missing: dict[int, str] = {}
        if not self.is_complete:
            self._keys = unit_keys(corpus, self._known)
            for partial in sorted(path.parent.glob(f"{path.stem}.*.partial")):
                if made := _read(partial, encoder):
                    self._sources.append(made)
                self._left.append(partial)
            having = set[int]().union(*(source.units.tolist() for source in self._sources))
            self._missing = {key: text for key, text in self._keys.texts.items() if key not in having}

    @property
    def missing(self) -> int:
        """How many texts are still to be encoded."""
        return len(self._missing)

    def make(
        self, *, seconds: float = ENDLESS, progress: Callable[[int, int], None] | None = None
    ) -> UnitEmbeddings | None:
        """The embeddings, whole and kept; None where so many `seconds` were not enough, and what is done is kept.

        `progress` is told how many of how many texts are encoded. Raises OSError where they cannot be written.
        """
        if self.is_complete:
            return self._known
        if self._missing and not self._encode(time.monotonic() + seconds, progress):
            return None
        folder = self._corpus.library.folder
        found = write_embeddings(self._path, self._encoder.digest, folder, self._keys, *self._sources)
        for partial in self._left:
            with suppress(OSError):  # Windows keeps what another program has open
                partial.unlink(missing_ok=True)
        return open_embeddings(self._path, self._encoder.digest) or found

    def _encode(self, until: float, progress: Callable[[int, int], None] | None) -> bool:
        """Encode what is missing as far as the time reaches; whether that is all."""
        try:
            self._encode_until(until, progress)
        except BaseException:
            self.close()
            raise
        if self._missing:
            return False
        self.close()
        return True

    def close(self) -> None:
        """Let go of the file of what is being made; whoever goes on makes another."""
        if self._file is not None:
            self._file.seek(0)
            if made := _rows(self._file, self._encoder):
                self._sources.append(made)
            self._file.close()
            self._file = None

    def _encode_until(self, until: float, progress: Callable[[int, int], None] | None) -> None:
        file = self._own_file()
        total = len(self._missing)
        while self._missing:
            batch = [*islice(self._missing, BATCH)]
            _append(file, batch, self._encoder.passages([self._missing[key] for key in batch]))
            for key in batch:
                del self._missing[key]
            if progress is not None:
                progress(total - len(self._missing), total)
            if time.monotonic() >= until:
                break

    def _own_file(self) -> BinaryIO:
        """The file of what is being made. It stays open, whoever may delete it meanwhile."""
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            partial = self._path.with_name(f"{self._path.stem}.{uuid4().hex[:8]}.partial")
            self._left.append(partial)
            self._file = partial.open("w+b")
            self._file.write(_head(self._encoder))
        return self._file


def _record(dimensions: int) -> np.dtype[Any]:
    """A line of the file of what is made while it is being made: it grows batch by batch."""
    return np.dtype([("key", np.uint64), ("scale", np.float32), ("vector", np.int8, (dimensions,))])


def _head(encoder: PassageEncoder) -> bytes:
    """What a file begins with that holds rows of this encoder."""
    return f"Quoth rows {encoder.digest} {encoder.dimensions:6}\n".encode()


def _append(file: BinaryIO, keys: Sequence[int], vectors: NDArray[np.float32]) -> None:
    rows = np.zeros(len(keys), _record(vectors.shape[1]))
    rows["key"] = keys
    rows["vector"], rows["scale"] = in_bytes(vectors)
    file.write(rows.tobytes())
    file.flush()


def _read(partial: Path, encoder: PassageEncoder) -> UnitEmbeddings | None:
    """What a program made that broke off, or is still at it."""
    try:
        with partial.open("rb") as file:
            return _rows(file, encoder)
    except OSError:
        return None


def _rows(file: BinaryIO, encoder: PassageEncoder) -> UnitEmbeddings | None:
    """The rows of a file from its head on; None where it has none of this encoder. One that is not whole is none."""
    head = _head(encoder)
    if file.read(len(head)) != head:
        return None
    letters = file.read()
    record = _record(encoder.dimensions)
    rows = np.frombuffer(letters, record, len(letters) // record.itemsize)
    nothing = np.zeros(0, np.uint64), np.zeros(0, np.int32)
    return UnitEmbeddings(*nothing, rows["key"], rows["vector"], rows["scale"]) if len(rows) else None
