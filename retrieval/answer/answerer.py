"""A question -> a Reply."""

from __future__ import annotations

import datetime
from collections import OrderedDict
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from retrieval.analysis.english_words import dictionary
from retrieval.analysis.sentence_splitter import punkt
from retrieval.analysis.visible_text import words_of
from retrieval.answer.exact_phrases import PhraseFinder
from retrieval.answer.near_duplicates import NearDuplicates, sources_speaking
from retrieval.answer.outcome import earns_a_place, passages_speaking, unmentioned
from retrieval.answer.quotes import QuoteChoice, Quoter
from retrieval.answer.recency import newest_first, successor_first
from retrieval.answer.time_asked import last_day_of, speaks_of, without_time
from retrieval.core.model import Answer, NoAnswer, Reason
from retrieval.index import corpus as corpora
from retrieval.index.status import NO_INDEX
from retrieval.query.ellipsis import ContextNeed
from retrieval.query.question_analysis import analyze
from retrieval.query.spelling import Speller
from retrieval.query.time_expressions import question_time
from retrieval.search.article_filter import NO_FILTER, ArticleFilter
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
    from collections.abc import Callable, Collection, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from retrieval.answer.exact_phrases import Holding
    from retrieval.core.model import Hit, Quote, Reply, Sentence
    from retrieval.core.query_model import Query
    from retrieval.index.corpus import Corpus
    from retrieval.index.status import IndexStatus
    from retrieval.ingestion.library import Library
    from retrieval.query.question_analysis import QuestionAnalysis
    from retrieval.search.article_filter import AllowedArticles
    from retrieval.search.meaning.semantic_index import SemanticIndex
    from retrieval.search.searcher import Searcher

MIN_CONFIDENCE = 0.25  # below it a question is refused
SURE_CONFIDENCE = 0.55  # from it on an answer is given without reserve; between the two it is tentative
VIEWS = 64  # of those who may not see everything, kept as long as the articles are the same
TENTATIVE = 2  # quotes of a tentative answer, at most
IN_OTHER_WORDS = 0.5  # how sure, beside who used to be, an answer is that says who took over
NEAR_SURE = 0.75  # of the sure confidence: what another passage needs to be quoted beside a sure answer
IN_NO_ARTICLE = "Qothuthoq?"


class _Judged(NamedTuple):
    """What answers a question: its hits, best first, which of them are older than others, and how each is judged."""

    query: Query
    hits: Sequence[Hit]
    older: Collection[Sentence]
    model: ConfidenceModel


class Answerer:
    """Answers questions from a library; safe to use from several threads at once.

    `corpus` is what was read from the library, read now where it is not given; `searcher` finds candidates in it, and
    `index` tells what was done with its index. With `meaning`, a sentence encoder reads along;
    `meaning_status` tells how that stands. `limit` is the most quotes in a reply. With less confidence than
    `min_confidence` a question is refused; with less than `sure_confidence` its answer is tentative. `shared_terms` are
    those of an answerer of which this one is a view.
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
        shared_terms: LibraryTerms | None = None,
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
        self.terms = LibraryTerms(word_table(), self.corpus.vocabulary, self._terms_there, shared_terms)
        self.passages = PassageReader(self.corpus, self.terms)
        self.quoter = Quoter(self.corpus)
        self.phrases = PhraseFinder(self.corpus, self.searcher)
        self._views: OrderedDict[frozenset[str], Answerer] = OrderedDict()
        self._lock = Lock()

    def prepare(self) -> None:
        """Read and import now what otherwise the first question does that needs it, and all threads wait for."""
        dictionary.read_all()
        self.analyze(IN_NO_ARTICLE)
        self.terms.near(IN_NO_ARTICLE)
        punkt()  # an article that changes is split

    def without(self, hidden: Collection[str]) -> Answerer:
        """The answerer of those who may not see these collections: to it their articles are not there.

        Making one takes as long as it takes to bring the articles up to date; the last VIEWS are kept.
        """
        unseen = frozenset(hidden) & self.corpus.collection_names
        if not unseen:
            return self
        with self._lock:  # two who ask for the same wait for one
            if unseen not in self._views:
                from retrieval.index.writer.corpus_view import view_without  # noqa: PLC0415 - where nothing is hidden it is not needed

                corpus = view_without(self.corpus, unseen)
                self._views[unseen] = Answerer(
                    corpus.library,
                    corpus=corpus,
                    index=self.index,
                    limit=self.limit,
                    min_confidence=self.min_confidence,
                    sure_confidence=self.sure_confidence,
                    shared_terms=self.terms,
                )
            self._views.move_to_end(unseen)
            while len(self._views) > VIEWS:
                self._views.popitem(last=False)
            return self._views[unseen]

    def analyze(self, question: str, *, after: Query | None = None, exact: bool = False) -> QuestionAnalysis:
        """What `question` says; `after` is how the question before it in the same conversation was read.

        With `exact`, what it has in quotation marks is to be found as it stands.
        """
        return analyze(question, self.corpus, self.searcher.frequencies, self.speller, after=after, exact=exact)

    def answer(
        self,
        question: str,
        *,
        limit: int | None = None,
        file: str | None = None,
        after: Query | None = None,
        weaker: bool = False,
        asked_of: ArticleFilter = NO_FILTER,
        exact: bool = False,
        today: datetime.date | None = None,
    ) -> Reply:
        """The reply to `question`, from the article `file` alone where one is given; it may follow up `after`.

        `asked_of` narrows it to articles of some collections or of some time. With `weaker` there are as many quotes as
        `limit` says where there are so many passages at all, those too that say little; else only those that have
        earned their place. With `exact`, what it has in quotation marks is looked for as it stands.
        `today` is the day on which it is asked.
        """
        asked_of = asked_of if file is None else ArticleFilter(file)
        analysis = self.analyze(question, after=after, exact=exact)
        reply = self.reply(analysis, limit=limit, weaker=weaker, asked_of=asked_of)
        if asked_of.file is not None or asked_of.has_time:
            return reply
        now = today or datetime.date.today()  # noqa: DTZ011 - the asker's own day
        time = question_time(question, now, partial(last_day_of, corpus=self.corpus))
        if time is None or (isinstance(reply, Answer) and speaks_of(reply, time)):
            return reply
        # Nothing that was found is of that time: what the sources of that time say to the rest of the question?
        rest = self.analyze(without_time(question, time), after=after, exact=exact)
        asked_of = asked_of.within(*time.period)
        of_time = self.reply(
            replace(rest, query=replace(rest.query, question=question)), limit=limit, weaker=weaker, asked_of=asked_of
        )
        return of_time if isinstance(of_time, Answer) else reply

    def reply(
        self,
        analysis: QuestionAnalysis,
        *,
        limit: int | None = None,
        weaker: bool = False,
        asked_of: ArticleFilter = NO_FILTER,
    ) -> Reply:
        """The reply to a question that was analyzed: found, reranked, judged and quoted, or refused."""
        self.corpus.tidy()
        query = replace(analysis.query, after=asked_of.after, before=asked_of.before)
        among = asked_of.of(self.corpus)
        searched = among.sentences
        if not query.terms and not query.phrases:
            return NoAnswer(query, Reason.NO_WORDS, searched)
        features = self.features(analysis)
        copies = NearDuplicates(self.corpus)
        found: Sequence[Hit] = self.candidates(query, file=asked_of.file, articles=among.allowed)
        if query.phrases:
            holding = self.phrases.holding(query, file=asked_of.file, articles=among.allowed)
            held = self.searcher.score(query, holding.sentences)
            if not query.terms:
                held = sorted(held, key=partial(_is_late, query.phrases))
            if not held or not query.terms:
                quotes = self.quoter.quotes(query, held or rerank(features, found), limit or self.limit, copies=copies)
                return self._by_phrases_alone(query, holding, quotes, among)
            found, weaker = held, weaker or analysis.phrases_alone
        hits = rerank(features, found)
        missing = unmentioned(query, self.searcher, self.corpus)
        if not hits:
            reason = Reason.NO_MATCH if query.known else Reason.UNKNOWN_WORDS
            return NoAnswer(query, reason, searched, unmentioned=missing, undated=among.undated)
        model = ConfidenceModel(features, hits)
        successor = successor_first(query, hits, features)
        confidence = model.confidence(hits[0])
        if successor and confidence * IN_OTHER_WORDS >= self.min_confidence:
            hits, confidence = successor, confidence * IN_OTHER_WORDS
        else:
            successor = None
        if confidence < self.min_confidence and not analysis.phrases_alone:
            reason = Reason.UNKNOWN_WORDS if query.unknown else Reason.WEAK_MATCH
            nearest = self.quoter.quotes(query, hits, limit or self.limit, copies=copies)
            return NoAnswer(query, reason, searched, nearest, confidence, missing, among.undated)
        tentative = confidence < self.sure_confidence or _says_too_little(analysis)
        most = limit or self.limit
        most = most if weaker or not tentative else min(most, TENTATIVE)
        hits, older = (hits, frozenset()) if successor else newest_first(query, hits, self.corpus)
        answering = _Judged(query, hits, older, model)
        quotes, sources = self._quoted(answering, most, copies, tentative=tentative, weaker=weaker)
        return Answer(query, quotes, confidence, sources, tentative, among.undated)

    def _quoted(
        self, found: _Judged, most: int, copies: NearDuplicates, *, tentative: bool, weaker: bool
    ) -> tuple[tuple[Quote, ...], int]:
        """The quotes of an answer, and how many sources speak."""
        query, hits, older, model = found
        enough = self.min_confidence if tentative else max(self.min_confidence, NEAR_SURE * self.sure_confidence)
        speaking = passages_speaking(model, hits, enough)
        choice = QuoteChoice(
            speaking, older, None if weaker else earns_a_place(model, speaking, enough, tentative=tentative)
        )
        quotes = self.quoter.quotes(query, hits, most, copies=copies, choice=choice)
        return self.holding(query, quotes), sources_speaking(speaking, copies)

    def _by_phrases_alone(
        self, query: Query, holding: Holding, quotes: Sequence[Quote], among: AllowedArticles
    ) -> Reply:
        """The reply where nothing holds the phrases, or where these are small words, by which nothing can be ranked."""
        if len(holding.sentences):
            held = self.holding(query, quotes)
            return Answer(query, held, self.min_confidence, 1, tentative=True, undated=among.undated)
        return NoAnswer(
            query, Reason.NO_MATCH, among.sentences, tuple(quotes), undated=among.undated, missing=holding.missing
        )

    def holding(self, query: Query, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """The quotes with all phrases of the question in them, made longer where one runs over an end."""
        if not query.phrases:
            return tuple(quotes)
        return tuple(held for quote in quotes if (held := self.phrases.holds(quote, query.phrases)))

    def _terms_there(self) -> NDArray[np.bool_] | None:
        return self.corpus.groups.terms(len(self.corpus.vocabulary))

    def candidates(
        self, query: Query, *, file: str | None = None, articles: NDArray[np.bool_] | None = None
    ) -> list[Hit]:
        """The sentences that may hold the answer, to be reranked, of the articles that are asked."""
        near = self.meaning.near(query) if self.meaning else None
        return candidates(query, self.searcher, self.corpus, self.terms, file=file, articles=articles, nearness=near)

    def features(self, analysis: QuestionAnalysis) -> PassageFeatures:
        """What the reranker looks for in the passages of this library, for one question."""
        near = self.meaning.near(analysis.query) if self.meaning else None
        return PassageFeatures(question_features(analysis, self.corpus, self.searcher.idf), self.passages, near)


def _is_late(phrases: Sequence[str], hit: Hit) -> int:
    """How late a sentence comes among those with phrases that cannot be ranked: first those that open with one."""
    text = words_of(hit.sentence)
    return 0 if text.startswith(tuple(phrases)) else 1 if any(phrase in text for phrase in phrases) else 2


def _says_too_little(analysis: QuestionAnalysis) -> bool:
    """Whether a question leans on one that nobody asked before ("where are they held?") and has one word of its own."""
    query = analysis.query
    return analysis.need is not ContextNeed.NONE and not query.carried and len(query.terms) == 1
