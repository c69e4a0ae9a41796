"""A question's text -> the terms of its Query: how often the library has them, and what else they stand for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from retrieval.core.model import Span
from retrieval.core.query_model import QueryTerm
from retrieval.query.question_text import QuestionText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.index.corpus import Corpus
    from retrieval.query.spelling import Respelling

RESPELT = 0.95  # the weight of a misspelt word
PERHAPS = 0.5  # the weight of a word that only may have been meant by another


class RepairedText(NamedTuple):
    """A text after `repairs`; `origins` gives for each of its characters the stretch that it came from before them."""

    text: str
    origins: Sequence[Span]
    repairs: Sequence[Respelling]

    def origin(self, span: Span) -> Span:
        """The stretch of the text before the repairs that became `span`."""
        if not self.repairs:
            return span
        return Span(self.origins[span.start].start, self.origins[span.end - 1].end)


def put_right(text: str, repairs: Sequence[Respelling]) -> RepairedText:
    """`text` with its misspelt words put right."""
    if not repairs:
        return RepairedText(text, (), ())
    pieces: list[str] = []
    origins: list[Span] = []
    at = 0
    for place in repairs:
        pieces += [text[at : place.span.start], place.written]
        origins += [Span(n, n + 1) for n in range(at, place.span.start)] + [place.span] * len(place.written)
        at = place.span.end
    pieces.append(text[at:])
    origins += [Span(n, n + 1) for n in range(at, len(text))]
    return RepairedText("".join(pieces), origins, repairs)


def parse_terms(
    written: str, read: QuestionText, repaired: RepairedText, corpus: Corpus, frequencies: Mapping[str, int]
) -> list[QueryTerm]:
    """The terms of a question, each once and in its order; `frequencies` says how many sentences have a term.

    `written` is the question before the repairs and `read` after them. A word in capitals that would be a stop word
    ("WHO", "IS") counts where the articles have it as a name.
    """
    unsure = {place.span for place in repaired.repairs if not place.sure}
    terms: dict[str, QueryTerm] = {}
    for token in read.tokens:
        if token.term not in frequencies and token.term.isupper():
            continue
        span = repaired.origin(token.span)
        word = written[span.start : span.end]
        term = QueryTerm(token.term, word, frequencies.get(token.term, 0))
        meant = [place.written for place in repaired.repairs if place.span.overlaps(span)]
        if meant:
            instead = read.text[token.span.start : token.span.end]
            term = replace(term, weight=PERHAPS if span in unsure else RESPELT, read=instead)
        if span in unsure:
            for itself in QuestionText(word, corpus.analyzer, read.language, frequencies).tokens:
                terms.setdefault(itself.term, QueryTerm(itself.term, word, frequencies.get(itself.term, 0)))
        terms.setdefault(token.term, replace(term, also=_also(token.term, word, meant, corpus)))
    return list(terms.values())


def _also(term: str, word: str, meant: Sequence[str], corpus: Corpus) -> tuple[str, ...]:
    """What else the articles call a term, the commonest first, or how they spell it."""
    called = corpus.called.get(term, {})
    others = sorted(called, key=lambda name: (-called[name], name)) if called else meant
    return tuple(name for name in dict.fromkeys(others) if name.casefold() != word.casefold())
