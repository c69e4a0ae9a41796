"""A sentence encoder for benchmarks: it remembers what it has read, as libraries often have the same texts."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from retrieval.search.meaning.embedder import Embedder
from retrieval.search.meaning.encoder import Encoder
from retrieval.search.meaning.semantic_index import SemanticIndex
from retrieval.search.meaning.yardstick import Yardstick

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from retrieval.index.corpus import Corpus

REMEMBERED = Path("build/embeddings")


class RememberingEncoder:
    """The encoder of a model folder, which looks a passage up that it has read before, in this run or an earlier one.

    `made` counts what it had to read; `of` names what it is read for, which has a memory of its own. `threads` is how
    many texts are read at once.
    """

    def __init__(self, folder: Path, *, of: str = "all", threads: int = 1) -> None:
        self.encoder = Encoder(folder, threads=threads)
        self.digest, self.dimensions = self.encoder.digest, self.encoder.dimensions
        self.yardstick = Yardstick.of(self.encoder)
        self.made = 0
        self._path = REMEMBERED / f"{self.digest[:16]}-{of}.npz"
        self._vectors: dict[str, NDArray[np.float32]] = {}
        if self._path.exists():
            with np.load(self._path) as kept:
                self._vectors = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of passages, a row for each."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        self.made += len(new)
        self._vectors.update(zip(new, self.encoder.passages(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])

    def index_of(self, corpus: Corpus) -> SemanticIndex:
        """What an answerer needs to have this encoder read along."""
        with TemporaryDirectory() as folder:
            embeddings = Embedder(Path(folder) / "units.embeddings", self, corpus).make()
        assert embeddings is not None
        return SemanticIndex(self.encoder, embeddings, corpus, self.yardstick)

    def keep(self) -> None:
        """Remember on the disk."""
        if not self.made:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(self._path, texts=np.array([*self._vectors]), vectors=np.stack([*self._vectors.values()]))


@contextmanager
def remembering(model: Path | None, of: str) -> Iterator[RememberingEncoder | None]:
    """The encoder in a folder, which remembers at the end what it has read; None where no folder is given."""
    encoder = RememberingEncoder(model, of=of) if model else None
    yield encoder
    if encoder:
        encoder.keep()
