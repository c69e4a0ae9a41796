"""How near each unit of a library is to a question in meaning, as a sentence encoder has it."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.search.meaning.yardstick import Yardstick

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from retrieval.core.query_model import Query
    from retrieval.index.corpus import Corpus
    from retrieval.search.meaning.encoder import Encoder
    from retrieval.search.meaning.unit_embeddings import UnitEmbeddings

CACHED_QUESTIONS = 4  # a question is looked at several times while it is answered
CLOSE = 5.5  # how fast a unit that is behind the nearest counts for less: at a fifth of a step for a third


class Nearness(NamedTuple):
    """How near a `unit` is, from 0, not at all, to about 1, plainly an answer, and how near the `nearest` of all is.

    `closeness` is 1 for the nearest, and less for one the further it is behind. `before` and `after` tell how much
    nearer than it the units are that stand beside it in its paragraph, 0 where they are not.
    """

    unit: float
    nearest: float
    closeness: float
    before: float
    after: float


FAR = Nearness(0.0, 0.0, 0.0, 0.0, 0.0)


class QuestionNearness:
    """How near the units of a corpus, by their numbers, are to one question."""

    def __init__(self, measured: NDArray[np.float32], paragraph_of: Callable[[int], int]) -> None:
        self._measured = measured
        self._paragraph_of = paragraph_of
        self._nearest = float(measured.max()) if len(measured) else 0.0

    def of(self, unit: int) -> Nearness:
        """How near a unit is."""
        near = float(self._measured[unit])
        closeness = math.exp(CLOSE * (near - self._nearest))
        return Nearness(
            near, self._nearest, closeness, self._more(near, unit, unit - 1), self._more(near, unit, unit + 1)
        )

    def _more(self, near: float, unit: int, beside: int) -> float:
        """How much nearer the unit beside one is, where it is in the same paragraph; else 0."""
        if not 0 <= beside < len(self._measured) or (more := float(self._measured[beside]) - near) <= 0:
            return 0.0
        return more if self._paragraph_of(beside) == self._paragraph_of(unit) else 0.0

    def nearest(self, limit: int, within: NDArray[np.int32] | None = None) -> NDArray[np.int32]:
        """The numbers of the nearest units, nearest first, of those `within`, ascending, where they are given.

        Of those as near, the one with the lower number comes first.
        """
        measured = self._measured[within] if within is not None else self._measured
        chosen = np.arange(len(measured))
        if limit < len(measured):
            line = np.partition(measured, len(measured) - limit)[len(measured) - limit]
            chosen = np.flatnonzero(measured >= line)
        best = chosen[np.argsort(-measured[chosen], kind="stable")][:limit]
        return best.astype(np.int32) if within is None else within[best]


class SemanticIndex:
    """The embeddings of a corpus, and the encoder that reads questions. Safe to use from several threads at once.

    `embeddings` are those of all units of `corpus`, by `encoder`.
    """

    def __init__(
        self, encoder: Encoder, embeddings: UnitEmbeddings, corpus: Corpus, yardstick: Yardstick | None = None
    ) -> None:
        self.encoder = encoder
        self.corpus = corpus
        self.yardstick = yardstick or Yardstick.of(encoder)
        self._embeddings = embeddings
        self._near: Callable[[str], QuestionNearness] = lru_cache(maxsize=CACHED_QUESTIONS)(self._read)

    def __len__(self) -> int:
        return len(self._embeddings)

    def near(self, query: Query) -> QuestionNearness:
        """How near each unit is to a question, read with what it took over from the one before."""
        return self._near(question_text(query))

    def _read(self, text: str) -> QuestionNearness:
        cosines = self._embeddings.cosines(self.encoder.question(text))
        return QuestionNearness(self.yardstick.measured(cosines), self.corpus.paragraph_of)


def question_text(query: Query) -> str:
    """What an encoder is given: the question as it is read, with the words that it left unsaid."""
    said = query.read or query.question
    if query.completes is not None:
        return f"{query.completes.read or query.completes.question} {said}"
    return " ".join([said, *(term.word for term in query.carried)])
