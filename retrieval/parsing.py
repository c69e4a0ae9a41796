"""A question -> a Query: its terms, how often the library has them, and what else they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.model import Query, QueryTerm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrieval.corpus import Corpus

SHORTEST_MISSPELT = 6  # letters; shorter words have too many neighbours that are words of their own
TWO_ERRORS = 8  # letters
LONGEST = 2000  # characters of a question that are read: the longest that Discord lets people send


def parse(question: str, corpus: Corpus, frequencies: Mapping[str, int]) -> Query:
    """The query of `question`; `frequencies` says how many sentences have a term.

    A word in capitals that would be a stop word ("WHO", "IS") counts where the articles have it as a name.
    """
    terms: dict[str, QueryTerm] = {}
    read = question[:LONGEST]
    for token in corpus.analyzer.of_question(read):
        if token.term not in frequencies and token.term.isupper():
            continue
        term = token.term if token.term in frequencies else nearest(token.term, frequencies) or token.term
        word = read[token.span.start : token.span.end]
        terms.setdefault(term, QueryTerm(term, word, frequencies.get(term, 0), _also(term, word, corpus)))
    return Query(question, tuple(terms.values()))


def _also(term: str, word: str, corpus: Corpus) -> tuple[str, ...]:
    """What else a term is called in the articles, the commonest first, or how they spell it."""
    called = corpus.called.get(term, {})
    others = sorted(called, key=lambda name: (-called[name], name))
    if not called and term not in {token.term for token in corpus.analyzer.of_question(word)}:
        others = [corpus.written.get(term, term)]
    return tuple(name for name in dict.fromkeys(others) if name.casefold() != word.casefold())


def nearest(term: str, frequencies: Mapping[str, int]) -> str | None:
    """The known term that an unknown one is likely a misspelling of, the commonest of the nearest; None if none is.

    One letter too many, too few, wrong or swapped with its neighbour (two from eight letters on), the first right.
    """
    if len(term) < SHORTEST_MISSPELT or not term.isalpha():
        return None
    errors = 1 if len(term) < TWO_ERRORS else 2
    found = process.extract(term, frequencies.keys(), scorer=OSA.distance, score_cutoff=errors, limit=10)
    known = [(distance, -frequencies[near], near) for near, distance, _ in found if near[0] == term[0]]
    return min(known)[2] if known else None
