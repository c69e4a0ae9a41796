"""What each source says to a question: the best quote of each that speaks to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.answer.near_duplicates import NearDuplicates
from retrieval.answer.quotes import QuoteChoice
from retrieval.core.model import Answer, NoAnswer
from retrieval.search.article_filter import NO_FILTER
from retrieval.search.reranking.calibration import ConfidenceModel
from retrieval.search.reranking.reranker import rerank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Hit, Reply
    from retrieval.core.query_model import Query
    from retrieval.search.article_filter import ArticleFilter

DEEP = 1000  # sentences of the first stage; a source that has none of them does not speak
EACH = 5  # of them that are reranked, of each source
FIRST = 50  # of them that are reranked in any case
SOURCES = 40  # that are compared, those with the best sentences
MOST_QUOTES = 10


def survey(
    answerer: Answerer,
    question: str,
    *,
    limit: int | None = None,
    after: Query | None = None,
    asked_of: ArticleFilter = NO_FILTER,
    exact: bool = False,
) -> Reply:
    """The best quote of each source that speaks to `question`, the best first, `limit` (10) at most.

    With `exact`, what the question has in quotation marks is looked for as it stands. A source speaks where its best
    sentence would be answer enough by itself. One that only prints again what another says is named as a copy of that,
    and counted. Where none speaks it is the reply that `question` gets anyway.
    """
    analysis = answerer.analyze(question, after=after, exact=exact)
    reply = answerer.reply(analysis, asked_of=asked_of)
    if isinstance(reply, NoAnswer):
        return reply
    features = answerer.features(analysis)
    allowed = asked_of.of(answerer.corpus).allowed
    if reply.query.phrases:
        near = answerer.searcher.score(reply.query, answerer.phrases.holding(reply.query, articles=allowed).sentences)
        found: Sequence[Hit] = ()
    else:
        found = answerer.searcher.search(reply.query, DEEP, articles=allowed)
        near = answerer.candidates(reply.query, articles=allowed)
    worth = {hit.sentence: hit for hit in (*_worth_a_look(found), *near)}
    by_source = _by_source(rerank(features, [*worth.values()]))
    # Each is judged as if it were asked alone, so that many that say the same do not speak against one another.
    speaking = [
        hits for hits in by_source if ConfidenceModel(features, hits).confidence(hits[0]) >= answerer.min_confidence
    ]
    copies = NearDuplicates(answerer.corpus)
    originals = [hits for hits in speaking if copies.original(hits[0].sentence) is hits[0].sentence]
    quotes = [
        quote
        for hits in originals[: limit or MOST_QUOTES]
        for quote in answerer.quoter.quotes(reply.query, hits, 1, copies=copies, choice=QuoteChoice([hits[0].sentence]))
    ]
    if not quotes:
        return reply
    return Answer(
        reply.query,
        answerer.holding(reply.query, quotes),
        reply.confidence,
        len(speaking),
        reply.tentative,
        reply.undated,
    )


def _worth_a_look(found: Sequence[Hit]) -> list[Hit]:
    """The first few hits of all, and of each of the first sources."""
    numbers: dict[str, int] = {}
    chosen: list[Hit] = []
    for place, hit in enumerate(found):
        file = hit.sentence.article.file
        if file not in numbers and len(numbers) == SOURCES:
            continue
        numbers[file] = numbers.get(file, 0) + 1
        if place < FIRST or numbers[file] <= EACH:
            chosen.append(hit)
    return chosen


def _by_source(hits: Sequence[Hit]) -> list[list[Hit]]:
    """The hits of each source, both in the order of the best."""
    sources: dict[str, list[Hit]] = {}
    for hit in hits:
        sources.setdefault(hit.sentence.article.file, []).append(hit)
    return list(sources.values())
