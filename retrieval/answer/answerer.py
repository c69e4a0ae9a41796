"""A question -> a Reply."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.analysis.english import dictionary
from retrieval.analysis.sentence_splitter import punkt
from retrieval.answer.near_duplicates import NearDuplicates
from retrieval.answer.quotes import Quoter, sources_speaking
from retrieval.core.model import Answer, NoAnswer, Reason
from retrieval.index import corpus as corpora
from retrieval.index.status import NO_INDEX
from retrieval.query.follow_up import read
from retrieval.query.parser import LONGEST
from retrieval.query.small_talk import after_greeting, is_word_alone, small_talk
from retrieval.query.spelling import Speller
from retrieval.search.bm25 import Bm25Searcher
from retrieval.search.reranking.calibration import ConfidenceModel
from retrieval.search.reranking.passage_features import PassageFeatures, PassageReader
from retrieval.search.reranking.question_features import ask
from retrieval.search.reranking.reranker import rank

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.core.model import Hit, Query, Reply, Sentence
    from retrieval.index.corpus import Corpus
    from retrieval.index.status import IndexStatus
    from retrieval.ingestion.library import Library

CANDIDATES = 50  # sentences of the first look that are looked at again
ENOUGH = 0.2
IN_NO_ARTICLE = "Qothuthoq?"
CLOSE = 4.0  # points; scores are learnt under a softmax, so one that is 4 behind has a 55th of the best one's odds


class Answerer:
    """Answers questions from a library; safe to use from several threads at once.

    `corpus` is what was read from it, read now where it is not given, and `index` what was done with its index.
    `limit` is the most quotes in a reply, `enough` the least confidence with which an answer is given.
    """

    def __init__(
        self,
        library: Library,
        *,
        corpus: Corpus | None = None,
        index: IndexStatus = NO_INDEX,
        limit: int = 3,
        enough: float = ENOUGH,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.library = library
        self.index = index
        self.limit = limit
        self.enough = enough
        self.corpus = corpus or corpora.read(library, progress=progress)
        self.searcher = Bm25Searcher(self.corpus)
        self.speller = Speller(self.corpus, self.searcher.frequencies, self.searcher.paragraphs)
        self.passages = PassageReader(self.corpus)
        self.quoter = Quoter(self.corpus)

    def prepare(self) -> None:
        """Read and import now what otherwise the first question does that needs it, and all threads wait for."""
        dictionary.read_all()
        self.read(IN_NO_ARTICLE)
        punkt()  # an article that changes is split

    def read(self, question: str, *, after: Query | None = None) -> Query:
        """How `question` is read; `after` is how the one before it in the same conversation was."""
        asked = after_greeting(question)[:LONGEST]
        query = read(asked, self.corpus, self.searcher.frequencies, self.speller, after=after)
        return query if asked == question else replace(query, question=question, read=query.read or asked)

    def answer(
        self, question: str, *, limit: int | None = None, file: str | None = None, after: Query | None = None
    ) -> Reply:
        """The reply to `question`, from the article `file` alone where one is given; it may follow up `after`."""
        self.corpus.tidy()
        query = self.read(question, after=after)
        if small_talk(question):
            query = replace(query, terms=())
        searched = len(self.corpus.sentences) if file is None else self.corpus.sentences_in(file)
        if not query.terms or is_word_alone(query):
            return NoAnswer(query, Reason.NO_WORDS, searched)
        evidence = self.evidence(query)
        hits = self.ranked(query, evidence, file=file)
        if not hits:
            return NoAnswer(query, Reason.NO_MATCH if query.known else Reason.UNKNOWN_WORDS, searched)
        copies = NearDuplicates(self.corpus)
        judge = ConfidenceModel(evidence)
        confidence = judge.confidence(hits[0])
        if confidence < self.enough:
            reason = Reason.UNKNOWN_WORDS if query.unknown else Reason.WEAK_MATCH
            nearest = self.quoter.quotes(query, hits, limit or self.limit, copies=copies)
            return NoAnswer(query, reason, searched, nearest, confidence)
        speaking = self._speaking(judge, hits)
        chosen = self.quoter.quotes(query, hits, limit or self.limit, copies=copies, speaking=speaking)
        return Answer(query, chosen, confidence, speaking=sources_speaking(speaking, copies))

    def evidence(self, query: Query) -> PassageFeatures:
        """A question taken apart, to be looked for in the passages of this library."""
        return PassageFeatures(ask(query, self.corpus, self.searcher.idf), self.passages)

    def ranked(self, query: Query, evidence: PassageFeatures, *, file: str | None = None) -> list[Hit]:
        """The sentences that were found, best first."""
        return rank(evidence, self.searcher.search(query, CANDIDATES, file=file))

    def _speaking(self, judge: ConfidenceModel, hits: Sequence[Hit]) -> list[Sentence]:
        """The sentences that would be answer enough by themselves, best first: the best, and those not far behind."""
        best, *others = hits
        close = [hit for hit in others if hit.score >= best.score - CLOSE]
        return [best.sentence, *(hit.sentence for hit in close if judge.confidence(hit) >= self.enough)]
