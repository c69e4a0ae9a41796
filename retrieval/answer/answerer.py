"""A question -> a Reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.analysis.english import dictionary
from retrieval.analysis.sentence_splitter import punkt
from retrieval.answer.near_duplicates import NearDuplicates
from retrieval.answer.quotes import Quoter, sources_speaking
from retrieval.core.model import Answer, NoAnswer, Reason
from retrieval.index import corpus as corpora
from retrieval.index.status import NO_INDEX
from retrieval.query.question_analysis import analyze
from retrieval.query.spelling import Speller
from retrieval.search.default import default_searcher
from retrieval.search.reranking.calibration import ConfidenceModel
from retrieval.search.reranking.passage_features import PassageFeatures, PassageReader
from retrieval.search.reranking.question_features import question_features
from retrieval.search.reranking.reranker import rerank

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.core.model import Hit, Reply, Sentence
    from retrieval.core.query_model import Query
    from retrieval.index.corpus import Corpus
    from retrieval.index.status import IndexStatus
    from retrieval.ingestion.library import Library
    from retrieval.query.question_analysis import QuestionAnalysis
    from retrieval.search.searcher import Searcher

CANDIDATES = 50  # sentences of the first stage that are reranked
MIN_CONFIDENCE = 0.2
IN_NO_ARTICLE = "Qothuthoq?"
CLOSE = 4.0  # points; scores are learnt under a softmax, so one that is 4 behind has a 55th of the best one's odds


class Answerer:
    """Answers questions from a library; safe to use from several threads at once.

    `corpus` is what was read from the library, read now where it is not given; `searcher` finds candidates in it, and
    `index` tells what was done with its index. `limit` is the most quotes in a reply, `min_confidence` the least
    confidence with which an answer is given.
    """

    def __init__(
        self,
        library: Library,
        *,
        corpus: Corpus | None = None,
        searcher: Searcher | None = None,
        index: IndexStatus = NO_INDEX,
        limit: int = 3,
        min_confidence: float = MIN_CONFIDENCE,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.library = library
        self.index = index
        self.limit = limit
        self.min_confidence = min_confidence
        self.corpus = corpus or corpora.read(library, progress=progress)
        self.searcher = searcher or default_searcher(self.corpus)
        self.speller = Speller(self.corpus, self.searcher.frequencies, self.searcher.paragraphs)
        self.passages = PassageReader(self.corpus)
        self.quoter = Quoter(self.corpus)

    def prepare(self) -> None:
        """Read and import now what otherwise the first question does that needs it, and all threads wait for."""
        dictionary.read_all()
        self.analyze(IN_NO_ARTICLE)
        punkt()  # an article that changes is split

    def analyze(self, question: str, *, after: Query | None = None) -> QuestionAnalysis:
        """What `question` says; `after` is how the question before it in the same conversation was read."""
        return analyze(question, self.corpus, self.searcher.frequencies, self.speller, after=after)

    def answer(
        self, question: str, *, limit: int | None = None, file: str | None = None, after: Query | None = None
    ) -> Reply:
        """The reply to `question`, from the article `file` alone where one is given; it may follow up `after`."""
        return self.reply(self.analyze(question, after=after), limit=limit, file=file)

    def reply(self, analysis: QuestionAnalysis, *, limit: int | None = None, file: str | None = None) -> Reply:
        """The reply to a question that was analyzed: found, reranked, judged and quoted, or refused."""
        self.corpus.tidy()
        query = analysis.query
        searched = len(self.corpus.sentences) if file is None else self.corpus.sentences_in(file)
        if not query.terms or analysis.word_alone:
            return NoAnswer(query, Reason.NO_WORDS, searched)
        features = self.features(analysis)
        hits = rerank(features, self.searcher.search(query, CANDIDATES, file=file))
        if not hits:
            return NoAnswer(query, Reason.NO_MATCH if query.known else Reason.UNKNOWN_WORDS, searched)
        copies = NearDuplicates(self.corpus)
        model = ConfidenceModel(features)
        confidence = model.confidence(hits[0])
        if confidence < self.min_confidence:
            reason = Reason.UNKNOWN_WORDS if query.unknown else Reason.WEAK_MATCH
            nearest = self.quoter.quotes(query, hits, limit or self.limit, copies=copies)
            return NoAnswer(query, reason, searched, nearest, confidence)
        speaking = self._speaking(model, hits)
        quotes = self.quoter.quotes(query, hits, limit or self.limit, copies=copies, speaking=speaking)
        return Answer(query, quotes, confidence, speaking=sources_speaking(speaking, copies))

    def features(self, analysis: QuestionAnalysis) -> PassageFeatures:
        """What the reranker looks for in the passages of this library, for one question."""
        return PassageFeatures(question_features(analysis, self.corpus, self.searcher.idf), self.passages)

    def _speaking(self, model: ConfidenceModel, hits: Sequence[Hit]) -> list[Sentence]:
        """The sentences that would be answer enough by themselves, best first: the best, and those not far behind."""
        best, *others = hits
        close = [hit for hit in others if hit.score >= best.score - CLOSE]
        return [best.sentence, *(hit.sentence for hit in close if model.confidence(hit) >= self.min_confidence)]
