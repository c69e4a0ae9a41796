"""What holds today: of sources that answer alike, the newest comes first and the others are older."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.analysis.visible_text import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.core.model import Hit, Query, Sentence
    from retrieval.index.corpus import Corpus

# Points behind the best one within which a passage may answer as well: by the softmax that scores are learnt under, the
# best one has up to twice its odds.
MARGIN = 0.7
# A question about the past, or about a time that it names, is not answered with what holds today.
OF_THE_PAST = re.compile(
    r"\b(?:was|were|did|had|used to|originally|formerly|previous(?:ly)?|first|old(?:er|est)?|ago|1\d{3}|20\d\d)\b",
    re.IGNORECASE,
)


def newest_first(query: Query, hits: Sequence[Hit], corpus: Corpus) -> tuple[list[Hit], frozenset[Sentence]]:
    """The hits with those that answer alike in the order of their dates, and the sentences that are older than another.

    `hits` are best first. Those answer alike that are hardly behind the best one and have the words of the question
    that it has. They change places among themselves alone, and one without a date keeps its own.
    """
    if not hits or OF_THE_PAST.search(query.read or query.question):
        return list(hits), frozenset()
    asked = {term.term for term in query.terms}

    def said(hit: Hit) -> set[str]:
        return {token.term for token in corpus.analyzer.of_text(words_of(hit.sentence))} & asked

    best = said(hits[0])
    alike = [
        place
        for place, hit in enumerate(hits)
        if hit.score >= hits[0].score - MARGIN
        and hit.sentence.article.date
        and (place == 0 or (hit.sentence.article is not hits[0].sentence.article and said(hit) == best))
    ]
    if len(alike) < 2:
        return list(hits), frozenset()
    ordered = list(hits)
    newest = sorted((hits[place] for place in alike), key=lambda hit: -_day(hit))
    for place, hit in zip(alike, newest, strict=True):
        ordered[place] = hit
    return ordered, frozenset(hit.sentence for hit in newest if _day(hit) < _day(newest[0]))


def _day(hit: Hit) -> int:
    date = hit.sentence.article.date
    return date.toordinal() if date else 0
