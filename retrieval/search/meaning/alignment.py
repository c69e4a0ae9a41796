"""Soft alignment: each term of a question is set against what comes nearest to it in a text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from retrieval.search.meaning.word_table import WordTable


class Partner(NamedTuple):
    """What a term of the question was set against in a text, and how well it fits, 1 for the word itself."""

    term: str
    strength: float


@dataclass(frozen=True, slots=True, eq=False)
class TermLists:
    """The terms of several texts: text n has `terms[numbers[i]]` for i from `offsets[n]` up to `offsets[n + 1]`."""

    terms: Sequence[str]
    numbers: NDArray[np.int32]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Iterable[Iterable[str]]) -> TermLists:
        """Number the terms of these texts."""
        numbers: dict[str, int] = {}
        rows = [[numbers.setdefault(term, len(numbers)) for term in text] for text in texts]
        offsets = np.fromiter(accumulate(map(len, rows), initial=0), dtype=np.int64)
        return cls([*numbers], np.fromiter(chain.from_iterable(rows), dtype=np.int32), offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """How well each term of a question (down) fits each text (across): 1 where the text has it, 0 for not at all."""

    strengths: NDArray[np.float32]
    texts: TermLists
    _fits: NDArray[np.float32]  # each term of the question against each of `texts.terms`

    def coverage(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The share of the question that each text speaks of, from 0 to 1, its terms weighed by `weights` (idf)."""
        total = weights.sum()
        return weights @ self.strengths / total if total else np.zeros(len(self.texts))

    def partner(self, asked: int, text: int) -> Partner | None:
        """What the question's term number `asked` was set against in a text; None where nothing there comes near."""
        numbers = self.texts.numbers[self.texts.offsets[text] : self.texts.offsets[text + 1]]
        fits = self._fits[asked, numbers]
        if not fits.size or not fits.max():
            return None
        return Partner(self.texts.terms[numbers[fits.argmax()]], float(fits.max()))


def align(table: WordTable, asked: Sequence[str], texts: TermLists) -> Alignment:
    """Set the terms of a question (`asked`, each once) against those of the texts.

    Terms are those of the index. What is near in meaning never fits as well as the word itself.
    """
    fits = table.fits(asked, texts.terms)
    strengths = np.zeros((len(asked), len(texts)), dtype=np.float32)
    filled = np.flatnonzero(np.diff(texts.offsets))
    if filled.size and len(asked):
        strengths[:, filled] = np.maximum.reduceat(fits[:, texts.numbers], texts.offsets[filled], axis=1)
    return Alignment(strengths, texts, fits)


def mean_cosines(
    table: WordTable,
    asked: Sequence[str],
    asked_weights: NDArray[np.float64],
    texts: TermLists,
    weights: NDArray[np.float64],
) -> NDArray[np.float32]:
    """The cosine of the question's mean vector with each text's; terms count by `asked_weights` and `weights` (idf).

    `weights` has one for each of `texts.terms`. What a text says often counts as often as it says it.
    """
    question = asked_weights.astype(np.float32) @ table.vectors(table.rows(asked))
    similar = table.vectors(table.rows(texts.terms)) * weights.astype(np.float32)[:, None]
    counts = np.zeros((len(texts), len(texts.terms)), dtype=np.float32)
    np.add.at(counts, (np.repeat(np.arange(len(texts)), np.diff(texts.offsets)), texts.numbers), 1)
    means = counts @ similar
    lengths = np.linalg.norm(means, axis=1) * np.linalg.norm(question)
    found: NDArray[np.float32] = np.divide(
        means @ question, lengths, out=np.zeros(len(texts), dtype=np.float32), where=lengths > 0
    )
    return found
