"""A question -> a Query: its terms, how often the library has them, and what else they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.model import Query, QueryTerm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrieval.corpus import Corpus

LONGEST = 2000  # characters of a question that are read: the longest that Discord lets people send


def parse(question: str, corpus: Corpus, frequencies: Mapping[str, int]) -> Query:
    """The query of `question`; `frequencies` says how many sentences have a term.

    A word in capitals that would be a stop word ("WHO", "IS") counts where the articles have it as a name.
    """
    terms: dict[str, QueryTerm] = {}
    read = question[:LONGEST]
    for token in corpus.analyzer.of_question(read):
        sentences = frequencies.get(token.term, 0)
        if token.term in terms or (not sentences and token.term.isupper()):
            continue
        word = read[token.span.start : token.span.end]
        called = corpus.called.get(token.term, {})
        others = sorted(called, key=lambda name: (-called[name], name))
        also = tuple(name for name in dict.fromkeys(others) if name.casefold() != word.casefold())
        terms[token.term] = QueryTerm(token.term, word, sentences, also)
    return Query(question, tuple(terms.values()))
