"""A question -> a Reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.analysis.english import dictionary
from retrieval.analysis.sentence_splitter import punkt
from retrieval.answer.near_duplicates import NearDuplicates
from retrieval.answer.quotes import QuoteChoice, Quoter, sources_speaking
from retrieval.answer.recency import newest_first, successor_first
from retrieval.core.model import Answer, NoAnswer, Reason
from retrieval.index import corpus as corpora
from retrieval.index.status import NO_INDEX
from retrieval.query.ellipsis import ContextNeed
from retrieval.query.question_analysis import analyze
from retrieval.query.spelling import Speller
from retrieval.search.candidates import candidates
from retrieval.search.default import default_searcher
from retrieval.search.meaning.library_terms import LibraryTerms
from retrieval.search.meaning.readiness import NO_MODEL, MeaningStatus
from retrieval.search.meaning.word_table import word_table
from retrieval.search.reranking.calibration import ConfidenceModel
from retrieval.search.reranking.passage_features import PassageFeatures, PassageReader
from retrieval.search.reranking.question_features import question_features
from retrieval.search.reranking.reranker import rerank

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.core.model import Hit, Reply, Sentence
    from retrieval.core.query_model import Query, QueryTerm
    from retrieval.index.corpus import Corpus
    from retrieval.index.status import IndexStatus
    from retrieval.ingestion.library import Library
    from retrieval.query.question_analysis import QuestionAnalysis
    from retrieval.search.meaning.semantic_index import SemanticIndex
    from retrieval.search.searcher import Searcher

MIN_CONFIDENCE = 0.25  # below it a question is refused
SURE_CONFIDENCE = 0.55  # from it on an answer is given without reserve; between the two it is tentative
TENTATIVE = 2  # quotes of a tentative answer, at most
NEAR_SURE = 0.75  # of the sure confidence: what another passage needs to be quoted beside a sure answer
IN_NO_ARTICLE = "Qothuthoq?"
CLOSE = 4.0  # points; scores are learnt under a softmax, so one that is 4 behind has a 55th of the best one's odds


class Answerer:
    """Answers questions from a library; safe to use from several threads at once.

    `corpus` is what was read from the library, read now where it is not given; `searcher` finds candidates in it, and
    `index` tells what was done with its index. With `meaning`, a sentence encoder reads along;
    `meaning_status` tells how that stands. `limit` is the most quotes in a reply. With less confidence than
    `min_confidence` a question is refused; with less than `sure_confidence` its answer is tentative.
    """

    def __init__(
        self,
        library: Library,
        *,
        corpus: Corpus | None = None,
        searcher: Searcher | None = None,
        index: IndexStatus = NO_INDEX,
        meaning: SemanticIndex | None = None,
        meaning_status: MeaningStatus = NO_MODEL,
        limit: int = 3,
        min_confidence: float = MIN_CONFIDENCE,
        sure_confidence: float = SURE_CONFIDENCE,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.library = library
        self.index = index
        self.meaning = meaning
        self.meaning_status = meaning_status
        self.limit = limit
        self.min_confidence = min_confidence
        self.sure_confidence = sure_confidence
        self.corpus = corpus or corpora.read(library, progress=progress)
        self.searcher = searcher or default_searcher(self.corpus)
        self.speller = Speller(self.corpus, self.searcher.frequencies, self.searcher.paragraphs)
        self.terms = LibraryTerms(word_table(), self.corpus.vocabulary)
        self.passages = PassageReader(self.corpus, self.terms)
        self.quoter = Quoter(self.corpus)

    def prepare(self) -> None:
        """Read and import now what otherwise the first question does that needs it, and all threads wait for."""
        dictionary.read_all()
        self.analyze(IN_NO_ARTICLE)
        self.terms.near(IN_NO_ARTICLE)
        punkt()  # an article that changes is split

    def analyze(self, question: str, *, after: Query | None = None) -> QuestionAnalysis:
        """What `question` says; `after` is how the question before it in the same conversation was read."""
        return analyze(question, self.corpus, self.searcher.frequencies, self.speller, after=after)

    def answer(
        self,
        question: str,
        *,
        limit: int | None = None,
        file: str | None = None,
        after: Query | None = None,
        weaker: bool = False,
    ) -> Reply:
        """The reply to `question`, from the article `file` alone where one is given; it may follow up `after`.

        With `weaker` there are as many quotes as `limit` says where there are so many passages at all, those too that
        say little; else only those that have earned their place.
        """
        return self.reply(self.analyze(question, after=after), limit=limit, file=file, weaker=weaker)

    def reply(
        self, analysis: QuestionAnalysis, *, limit: int | None = None, file: str | None = None, weaker: bool = False
    ) -> Reply:
        """The reply to a question that was analyzed: found, reranked, judged and quoted, or refused."""
        self.corpus.tidy()
        query = analysis.query
        searched = len(self.corpus.sentences) if file is None else self.corpus.sentences_in(file)
        if not query.terms:
            return NoAnswer(query, Reason.NO_WORDS, searched)
        features = self.features(analysis)
        hits = rerank(features, self.candidates(query, file=file))
        missing = self._unmentioned(query)
        if not hits:
            reason = Reason.NO_MATCH if query.known else Reason.UNKNOWN_WORDS
            return NoAnswer(query, reason, searched, unmentioned=missing)
        model = ConfidenceModel(features, hits)
        successor = successor_first(query, hits, features)
        if successor and model.confidence(successor[0]) >= self.min_confidence:
            hits = successor
        else:
            successor = None
        confidence = model.confidence(hits[0])
        copies = NearDuplicates(self.corpus)
        if confidence < self.min_confidence:
            reason = Reason.UNKNOWN_WORDS if query.unknown else Reason.WEAK_MATCH
            nearest = self.quoter.quotes(query, hits, limit or self.limit, copies=copies)
            return NoAnswer(query, reason, searched, nearest, confidence, missing)
        tentative = confidence < self.sure_confidence or _says_too_little(analysis)
        enough = self.min_confidence if tentative else max(self.min_confidence, NEAR_SURE * self.sure_confidence)
        speaking = self._speaking(model, hits, enough)
        hits, older = (hits, frozenset()) if successor else newest_first(query, hits, self.corpus)
        choice = QuoteChoice(
            speaking, older, None if weaker else self._earns(model, speaking, enough, tentative=tentative)
        )
        most = limit or self.limit
        most = most if weaker or not tentative else min(most, TENTATIVE)
        quotes = self.quoter.quotes(query, hits, most, copies=copies, choice=choice)
        return Answer(query, quotes, confidence, sources_speaking(speaking, copies), tentative)

    def candidates(self, query: Query, *, file: str | None = None) -> list[Hit]:
        """The sentences that may hold the answer, to be reranked."""
        near = self.meaning.near(query) if self.meaning else None
        return candidates(query, self.searcher, self.corpus, self.terms, file=file, nearness=near)

    def features(self, analysis: QuestionAnalysis) -> PassageFeatures:
        """What the reranker looks for in the passages of this library, for one question."""
        near = self.meaning.near(analysis.query) if self.meaning else None
        return PassageFeatures(question_features(analysis, self.corpus, self.searcher.idf), self.passages, near)

    def _speaking(self, model: ConfidenceModel, hits: Sequence[Hit], enough: float) -> list[Sentence]:
        """The best sentence, and those not far behind that have enough confidence by themselves; best first."""
        best, *others = hits
        close = [hit for hit in others if hit.score >= best.score - CLOSE]
        return [best.sentence, *(hit.sentence for hit in close if model.confidence(hit) >= enough)]

    def _earns(
        self, model: ConfidenceModel, speaking: Sequence[Sentence], enough: float, *, tentative: bool
    ) -> Callable[[Hit], bool]:
        """What tells of a further passage whether it has earned a place beside the first."""
        if tentative:
            return lambda hit: hit.sentence in speaking
        return lambda hit: hit.sentence in speaking or model.confidence(hit) >= enough

    def _unmentioned(self, query: Query) -> tuple[QueryTerm, ...]:
        """The terms of a question that are nowhere in the sources, not in a heading, a table or a title either."""
        read = {term.word for term in query.known}
        return tuple(
            term
            for term in query.unknown
            if term.word not in read
            and not len(self.searcher.paragraphs(term.term))
            and not self.corpus.in_titles(term.term)
        )


def _says_too_little(analysis: QuestionAnalysis) -> bool:
    """Whether a question leans on one that nobody asked before ("where are they held?") and has one word of its own."""
    query = analysis.query
    return analysis.need is not ContextNeed.NONE and not query.carried and len(query.terms) == 1
