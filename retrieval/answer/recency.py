"""What holds today: of sources that answer alike, the newest comes first and the others are older."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.analysis.visible_text import words_of
from retrieval.query.answer_types import has_answer
from retrieval.query.what_holds_now import ASKS_NOW, FORMERLY, IN_ITS_PLACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.core.model import Hit, Sentence
    from retrieval.core.query_model import Query
    from retrieval.index.corpus import Corpus
    from retrieval.search.reranking.passage_features import PassageFeatures

# Points behind the best one within which a passage may answer as well: by the softmax that scores are learnt under, the
# best one has not three times its odds.
MARGIN = 1.0
LEAST_FIT = 0.25  # share of the question that the sentence on what took the place speaks of
LEAST_TERMS = 2  # of the question, that both have: with fewer they may speak of two things
MOST_TERMS = 0.6  # of its terms, likewise
# A question about the past, or about a time that it names, is not answered with what holds today.
OF_THE_PAST = re.compile(
    r"\b(?:was|were|did|had|used to|originally|formerly|previous(?:ly)?|first|old(?:er|est)?|ago|1\d{3}|20\d\d)\b",
    re.IGNORECASE,
)


def newest_first(query: Query, hits: Sequence[Hit], corpus: Corpus) -> tuple[list[Hit], frozenset[Sentence]]:
    """The hits with those that answer alike in the order of their dates, and the sentences that are older than another.

    `hits` are best first. They change places among themselves alone, and one without a date keeps its own.
    """
    alike = _alike(query, hits, corpus) if not OF_THE_PAST.search(query.read or query.question) else []
    if len(alike) < 2:
        return list(hits), frozenset()
    ordered = list(hits)
    newest = sorted((hits[place] for place in alike), key=lambda hit: -_day(hit))
    for place, hit in zip(alike, newest, strict=True):
        ordered[place] = hit
    return ordered, frozenset(hit.sentence for hit in newest if _day(hit) < _day(newest[0]))


def successor_first(query: Query, hits: Sequence[Hit], features: PassageFeatures) -> list[Hit] | None:
    """The hits with one first that says who or what took the place, where the best says what used to be; else None.

    That is for questions about what holds now. What took its place has an answer of the kind that is asked for, speaks
    of the question, if in other words, and is itself not over.
    """
    if not ASKS_NOW.search(query.read or query.question) or not FORMERLY.search(words_of(hits[0].sentence)):
        return None
    passages = features.of([hit.sentence for hit in hits])
    for place, (hit, passage) in enumerate(zip(hits, passages, strict=True)):
        if (
            IN_ITS_PLACE.search(passage.text)
            and not FORMERLY.search(passage.text)
            and has_answer(passage.text, query.answer_type)
            and passage.fits.own >= LEAST_FIT
        ):
            return [hit, *hits[:place], *hits[place + 1 :]]
    return None


def _alike(query: Query, hits: Sequence[Hit], corpus: Corpus) -> list[int]:
    """The places of the best hit and of those of other sources, with a date, that answer as well as it does.

    They are hardly behind it, have the words of the question that it has, which are most, and a number, a time or a
    name where that is asked for and it has one. There is none where the best one itself has no date.
    """
    asked = {term.term for term in query.terms}
    close = [place for place, hit in enumerate(hits) if hit.score >= hits[0].score - MARGIN]
    if len(close) < 2 or not hits[0].sentence.article.date:
        return []

    def said(hit: Hit) -> tuple[set[str], bool]:
        text = words_of(hit.sentence)
        language = hit.sentence.article.language(hit.sentence.paragraph)
        terms = {token.term for token in corpus.analyzer.of_text(text, language)}
        return terms & asked, has_answer(text, query.answer_type, language=query.language)

    best = said(hits[0])
    if len(best[0]) < max(LEAST_TERMS, MOST_TERMS * len(asked)):
        return []
    files = {hits[0].sentence.article.file}
    found = [0]
    for place in close[1:]:
        article = hits[place].sentence.article
        if article.date and article.file not in files and said(hits[place]) == best:
            files.add(article.file)
            found.append(place)
    return found


def _day(hit: Hit) -> int:
    date = hit.sentence.article.date
    return date.toordinal() if date else 0
