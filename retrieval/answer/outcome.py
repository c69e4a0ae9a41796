"""Of what was found: which passages speak to the question, which earn a place, and what no source mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.analysis.scripts import is_unspaced

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.core.model import Hit, Sentence
    from retrieval.core.query_model import Query, QueryTerm
    from retrieval.index.corpus import Corpus
    from retrieval.search.reranking.calibration import ConfidenceModel
    from retrieval.search.searcher import Searcher

CLOSE = 4.0  # points; scores are learnt under a softmax, so one that is 4 behind has a 55th of the best one's odds


def passages_speaking(model: ConfidenceModel, hits: Sequence[Hit], enough: float) -> list[Sentence]:
    """The best sentence, and those not far behind that have enough confidence by themselves; best first."""
    best, *others = hits
    close = [hit for hit in others if hit.score >= best.score - CLOSE]
    return [best.sentence, *(hit.sentence for hit in close if model.confidence(hit) >= enough)]


def earns_a_place(
    model: ConfidenceModel, speaking: Sequence[Sentence], enough: float, *, tentative: bool
) -> Callable[[Hit], bool]:
    """What tells of a further passage whether it has earned a place beside the first."""
    if tentative:
        return lambda hit: hit.sentence in speaking
    return lambda hit: hit.sentence in speaking or model.confidence(hit) >= enough


def unmentioned(query: Query, searcher: Searcher, corpus: Corpus) -> tuple[QueryTerm, ...]:
    """The terms of a question that are nowhere in the sources, not in a heading, a table or a title either."""
    read = {term.word for term in query.known}
    read |= {sign for term in query.terms if is_unspaced(term.word) and len(term.word) > 1 for sign in term.word}
    return tuple(
        term
        for term in query.unknown
        if term.word not in read and not len(searcher.paragraphs(term.term)) and not corpus.in_titles(term.term)
    )
