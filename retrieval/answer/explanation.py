"""Why these quotes: each part of their scores, and each word of the question that matched nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.core.model import shown

if TYPE_CHECKING:
    from retrieval.core.model import QueryTerm, Quote, Reply


@dataclass(frozen=True, slots=True)
class Explanation:
    """`words` are the words of the question that count, in its order; `quotes` carry their scores' parts."""

    words: tuple[QueryTerm, ...]
    quotes: tuple[Quote, ...]
    confidence: float

    @property
    def unmatched(self) -> tuple[QueryTerm, ...]:
        """The words that are in no sentence at all."""
        return tuple(word for word in self.words if not word.sentences)


def explain(reply: Reply) -> Explanation:
    """The explanation of a reply."""
    return Explanation(reply.query.terms, tuple(shown(reply)), reply.confidence)
