"""Does the best passage answer the question? A share, never a raw score."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from retrieval.model import Query


def confidence_of(query: Query, found: Set[str], idf: Mapping[str, float], sentences: int) -> float:
    """How much of what the question asks for the best passage has, between 0 and 1.

    Each term weighs its idf; one that no sentence has weighs the most that a term can. `found` are the terms of the
    passage.
    """
    most = math.log(sentences + 1)
    weights = {term.term: idf.get(term.term, most) for term in query.terms}
    whole = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in found) / whole if whole else 0.0
