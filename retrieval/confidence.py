"""Does the best passage answer the question? A share, never a raw score."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from retrieval.model import Query, QueryTerm

UNKNOWN_NAME = 2.0  # a name that no sentence has is what the question is about, so it weighs double


def confidence_of(query: Query, passage: Container[str], idf: Mapping[str, float], sentences: int) -> float:
    """How much of what the question asks for a passage has, between 0 and 1, whatever the size of the library.

    `passage` is its terms, `sentences` the number of sentences in the library. Each term weighs its idf; one that no
    sentence has weighs the most that a term can, and a name (a word with a capital inside the question) double that.
    """
    most = math.log(sentences + 1)
    weights = {term.term: term.weight * idf.get(term.term, most) for term in query.terms}
    for term in query.unknown:
        if term.term not in passage and _is_name(term, query.question):
            weights[term.term] *= UNKNOWN_NAME
    whole = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in passage) / whole if whole else 0.0


def _is_name(term: QueryTerm, question: str) -> bool:
    """Whether a word is written with a capital where another word would not be."""
    opens = question.lstrip("\"'“‘([ ").startswith(term.word)
    return term.word[0].isupper() and not opens and not question.isupper()
