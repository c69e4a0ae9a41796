"""Why a question was not answered as it should be: the sentence that came first against the one that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.core.model import shown
from retrieval.search.reranking.reranker import rerank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import FeatureScore, Hit, Quote, Reply, Sentence
    from retrieval.core.query_model import QueryTerm
    from retrieval.evaluation.labelled_questions import Question
    from retrieval.evaluation.metrics import Judgement


@dataclass(frozen=True, slots=True)
class Miss:
    """A question, its judgement and its reply; the sentence that answers it, as far as it got.

    `answer` is the best ranked sentence that answers the question, or the first one in the articles; None where the
    gold places are in no sentence that can be quoted. `place`, from 1, is its place among all that were ranked, and
    `parts` what it scored for; None and empty where it was not among them. `has` and `lacks` are the words of the
    question, those of its own and those that it has not. `first` is the passage that came first, `min_confidence` the
    least confidence with which an answer is given.
    """

    question: Question
    judgement: Judgement
    reply: Reply
    first: Quote | None
    answer: Sentence | None
    place: int | None
    parts: tuple[FeatureScore, ...]
    has: tuple[QueryTerm, ...]
    lacks: tuple[QueryTerm, ...]
    min_confidence: float

    @property
    def differences(self) -> list[tuple[str, float]]:
        """What each part gave the answer more (less where negative) than the first, the greatest difference first.

        Empty where the answer was not ranked, or came first.
        """
        if self.first is None or self.place is None:
            return []
        gained = {part.name: part.value for part in self.parts}
        for part in self.first.parts:
            gained[part.name] = gained.get(part.name, 0.0) - part.value
        return sorted(((name, by) for name, by in gained.items() if by), key=lambda part: -abs(part[1]))


def miss_of(answerer: Answerer, question: Question, judgement: Judgement, reply: Reply) -> Miss:
    """The reasons for a judgement that is not right; searches once more to see what was ranked."""
    analysis = answerer.analyze(question.text)
    ranked = rerank(answerer.features(analysis), answerer.candidates(analysis.query))
    place, hit = _best(question, ranked)
    answer = hit.sentence if hit else _in_articles(question, answerer)
    own = set(answerer.corpus.terms[answerer.corpus.place(answer)]) if answer else set()
    return Miss(
        question=question,
        judgement=judgement,
        reply=reply,
        first=next(iter(shown(reply)), None),
        answer=answer,
        place=place,
        parts=hit.parts if hit else (),
        has=tuple(term for term in reply.query.terms if term.term in own),
        lacks=tuple(term for term in reply.query.terms if term.term not in own),
        min_confidence=answerer.min_confidence,
    )


def _best(question: Question, ranked: Sequence[Hit]) -> tuple[int | None, Hit | None]:
    for place, hit in enumerate(ranked, 1):
        if question.answered_by(hit.sentence):
            return place, hit
    return None, None


def _in_articles(question: Question, answerer: Answerer) -> Sentence | None:
    return next((sentence for sentence in answerer.corpus.sentences if question.answered_by(sentence)), None)
