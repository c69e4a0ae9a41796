"""A question -> a Query: its terms, how often the library has them, and what else they stand for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.core.model import Query, QueryTerm, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.index.corpus import Corpus
    from retrieval.query.spelling import Respelling, Speller

LONGEST = 2000  # characters of a question that are read: the longest that Discord lets people send
RESPELT = 0.95  # what a misspelt word counts for
PERHAPS = 0.5  # what a word counts for that is only perhaps meant by another


def parse(question: str, corpus: Corpus, frequencies: Mapping[str, int], speller: Speller | None = None) -> Query:
    """The query of `question`; `frequencies` says how many sentences have a term.

    A word in capitals that would be a stop word ("WHO", "IS") counts where the articles have it as a name. Without
    `speller`, misspelt words stay as they are.
    """
    asked = question[:LONGEST]
    respelt = speller.respell(asked) if speller else []
    unsure = {place.span for place in respelt if not place.sure}
    read, places = _put_right(asked, respelt)
    terms: dict[str, QueryTerm] = {}
    for token in corpus.analyzer.of_question(read):
        if token.term not in frequencies and token.term.isupper():
            continue
        span = Span(places[token.span.start].start, places[token.span.end - 1].end)
        word = asked[span.start : span.end]
        term = QueryTerm(token.term, word, frequencies.get(token.term, 0))
        written = [place.written for place in respelt if place.span.overlaps(span)]
        if written:
            meant = read[token.span.start : token.span.end]
            term = replace(term, weight=PERHAPS if span in unsure else RESPELT, read=meant)
        if span in unsure:
            for itself in corpus.analyzer.of_question(word):
                terms.setdefault(itself.term, QueryTerm(itself.term, word))
        terms.setdefault(token.term, replace(term, also=_also(token.term, word, written, corpus)))
    return Query(question, tuple(terms.values()), read if respelt else "")


def _put_right(asked: str, respelt: Sequence[Respelling]) -> tuple[str, list[Span]]:
    """The question with its misspelt words put right, and for each character of it the place in `asked` it is from."""
    pieces: list[str] = []
    places: list[Span] = []
    at = 0
    for place in respelt:
        pieces += [asked[at : place.span.start], place.written]
        places += [Span(n, n + 1) for n in range(at, place.span.start)] + [place.span] * len(place.written)
        at = place.span.end
    pieces.append(asked[at:])
    places += [Span(n, n + 1) for n in range(at, len(asked))]
    return "".join(pieces), places


def _also(term: str, word: str, written: Sequence[str], corpus: Corpus) -> tuple[str, ...]:
    """What else a term is called in the articles, the commonest first, or how they spell it."""
    called = corpus.called.get(term, {})
    others = sorted(called, key=lambda name: (-called[name], name)) if called else written
    return tuple(name for name in dict.fromkeys(others) if name.casefold() != word.casefold())
