"""A model folder and a corpus -> what has the model read along with answers, as far as its embeddings are made."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.core.errors import ModelError
from retrieval.search.meaning.embedder import ENDLESS, Embedder
from retrieval.search.meaning.encoder import Encoder
from retrieval.search.meaning.readiness import MeaningState, MeaningStatus
from retrieval.search.meaning.semantic_index import SemanticIndex
from retrieval.search.meaning.unit_embeddings import embeddings_path
from retrieval.search.meaning.yardstick import Yardstick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from retrieval.index.corpus import Corpus


@dataclass(frozen=True, slots=True)
class OpenedMeaning:
    """What reads along, None where nothing does, and how it stands."""

    index: SemanticIndex | None
    status: MeaningStatus


class MeaningOpener:
    """Has the model of a folder read along with answers; `kept` is where its embeddings are kept.

    The model is loaded once, and again where that failed; what is being made of a corpus goes on at the next call.
    Safe to use from several threads, of which one at a time makes something.
    """

    def __init__(self, folder: Path, kept: Path) -> None:
        self._folder = folder
        self._kept = kept
        self._lock = threading.Lock()
        self._loaded: tuple[Encoder, Yardstick] | None = None
        self._embedder: tuple[Corpus, Embedder] | None = None

    def open(
        self,
        corpus: Corpus,
        *,
        most: float = ENDLESS,
        seconds: float = ENDLESS,
        threads: int = 1,
        progress: Callable[[int, int], None] | None = None,
    ) -> OpenedMeaning:
        """What reads along with answers from `corpus`.

        Where more than `most` texts have to be encoded, nothing is made yet; where so many `seconds` are not enough,
        what is made is kept for the next call. `threads` is how many texts are encoded at once; `progress` is told how
        many of how many are.
        """
        with self._lock:
            return self._open(corpus, most, seconds, threads, progress)

    def _open(
        self,
        corpus: Corpus,
        most: float,
        seconds: float,
        threads: int,
        progress: Callable[[int, int], None] | None,
    ) -> OpenedMeaning:
        try:
            encoder, yardstick = self._loaded = self._loaded or _load(self._folder)
        except ModelError as error:
            return OpenedMeaning(None, self._failed(str(error)))
        encoder.threads = threads
        path = embeddings_path(corpus.library.folder, self._kept)
        if self._embedder is None or self._embedder[0] is not corpus:
            self.close()
            self._embedder = corpus, Embedder(path, encoder, corpus)
        embedder = self._embedder[1]
        before = embedder.missing
        try:
            embeddings = embedder.make(seconds=seconds, progress=progress) if before <= most else None
        except OSError as error:
            return OpenedMeaning(None, self._failed(f"its embeddings {path} cannot be written ({error.strerror})"))
        name = encoder.model.name
        if embeddings is None:
            waiting = MeaningStatus(MeaningState.WAITING, name, before - embedder.missing, embedder.missing, path)
            return OpenedMeaning(None, waiting)
        self._embedder = None
        status = MeaningStatus(MeaningState.READY, name, before, 0, path)
        return OpenedMeaning(SemanticIndex(encoder, embeddings, corpus, yardstick), status)

    def close(self) -> None:
        """End what is being made; what is done of it is kept."""
        if self._embedder is not None:
            self._embedder[1].close()
            self._embedder = None

    def _failed(self, why: str) -> MeaningStatus:
        why = why.rstrip(".")
        note = f"The model in {self._folder} is not used, since {why}. Answers are found by words alone."
        return MeaningStatus(MeaningState.FAILED, self._folder.name, note=note)


def _load(folder: Path) -> tuple[Encoder, Yardstick]:
    encoder = Encoder(folder)
    return encoder, Yardstick.of(encoder)
