"""A Query -> the sentences that are reranked: those with its words, and those that stand where its words are.

A row of a table, a step or a short answer often has none of the question's words: these are in its heading, in the
head of its table, in the question above it, or in the sentence before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from retrieval.analysis.visible_text import words_of
from retrieval.core.model import Kind
from retrieval.core.query_model import QueryTerm
from retrieval.index.corpus_lookup import opening_with
from retrieval.query.what_holds_now import ASKS_NOW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.core.model import Block, Hit, Sentence
    from retrieval.core.query_model import Query
    from retrieval.index.corpus import Corpus
    from retrieval.search.meaning.library_terms import LibraryTerms
    from retrieval.search.meaning.semantic_index import QuestionNearness
    from retrieval.search.searcher import Searcher

FIRST_STAGE = 50  # sentences that have words of the question
EXPANDED = 12  # of them, the best, whose surroundings are candidates too
DEFINING = 16  # sentences that begin with the thing that is asked about and may say what it is, at most
LOOKED_AT = 100  # of those that begin with it
SAYS_WHAT = re.compile(
    r"\W*(?:[^\s.:;]+\s+){1,9}?(?:is|are|was|were|means?|refers?|stands?|denotes?|describes?|lets?)\b"
)
NEAR_STAGE = 40  # sentences that have its words or such as mean much the same
NEAR_STAGE_NOW = 80  # the same where what holds now is asked for: what took another's place is said in other words
NEAR_EXPANDED = 6
NEAR_WEIGHT = 0.6  # of a word that means just the same, beside the word itself
NEAREST = 50  # sentences that are nearest in meaning, where a sentence encoder reads along
AROUND = 12  # sentences of a section on either side of one, at most


def candidates(
    query: Query,
    searcher: Searcher,
    corpus: Corpus,
    terms: LibraryTerms,
    *,
    file: str | None = None,
    articles: NDArray[np.bool_] | None = None,
    nearness: QuestionNearness | None = None,
) -> list[Hit]:
    """The best sentences of the first stage, best first, and behind them what else may hold the answer.

    That is what stands around the best of them, what begins with a thing that is to be explained, and what has words
    that mean much the same as those of the question, with what stands around the best of these, and
    what is nearest in meaning, where `nearness` tells. With `file` from that article alone, with `articles` from those
    that are marked there, by their places. Scores are those for the
    question's own words, 0 where a sentence and all around it have none.
    """
    hits = searcher.search(query, FIRST_STAGE, file=file, articles=articles)
    found = dict.fromkeys(corpus.place(hit.sentence) for hit in hits)
    own = len(found)
    _add_surroundings(found, hits[:EXPANDED], corpus)
    found.update(dict.fromkeys(defining(query, corpus, file=file, articles=articles)))
    if near := with_near_terms(query, terms, searcher):
        asks_now = ASKS_NOW.search(query.read or query.question)
        most = NEAR_STAGE_NOW if asks_now else NEAR_STAGE
        others = searcher.search(near, most, file=file, articles=articles)
        found.update(dict.fromkeys(corpus.place(hit.sentence) for hit in others))
        _add_surroundings(found, others[:NEAR_EXPANDED], corpus)
    if nearness is not None:
        found.update(dict.fromkeys(nearness.nearest(NEAREST, _within(file, articles, corpus)).tolist()))
    new = np.fromiter(found, dtype=np.int32)[own:]
    return [*hits, *searcher.score(query, new)]


def _within(file: str | None, articles: NDArray[np.bool_] | None, corpus: Corpus) -> NDArray[np.int32] | None:
    """The numbers of the sentences of an article or of those that are marked; None where all may be looked at."""
    if file is not None:
        first = corpus.first_sentence(file) or 0
        return np.arange(first, first + corpus.sentences_in(file), dtype=np.int32)
    if articles is None:
        return None
    return np.flatnonzero(np.repeat(articles, np.diff(corpus.order.sentence_at))).astype(np.int32)


def defining(
    query: Query, corpus: Corpus, *, file: str | None = None, articles: NDArray[np.bool_] | None = None
) -> list[int]:
    """The numbers of sentences that may say what the thing is that is asked about; those of articles on it first."""
    if not query.defined:
        return []
    numbers = opening_with(corpus, [term.term for term in query.terms if not term.carried])
    if file is not None:
        first = corpus.first_sentence(file) or 0
        numbers = numbers[(numbers >= first) & (numbers < first + corpus.sentences_in(file))]
    if articles is not None:
        numbers = numbers[articles[np.searchsorted(corpus.order.sentence_at, numbers, side="right") - 1]]
    numbers = numbers[:LOOKED_AT]
    sentences = zip(numbers.tolist(), corpus.sentences_at(numbers), strict=True)
    found = [number for number, sentence in sentences if SAYS_WHAT.match(words_of(sentence))]
    wanted = {corpus.vocabulary.get(term.term) for term in query.terms}
    found.sort(key=lambda number: wanted.isdisjoint(corpus.title_terms(corpus.article_of(number)).tolist()))
    return found[:DEFINING]


def with_near_terms(query: Query, terms: LibraryTerms, searcher: Searcher) -> Query | None:
    """The query with terms of the library that mean much the same as its own; None where there are none."""
    asked = {term.term for term in query.terms}
    near: dict[str, QueryTerm] = {}
    for term in query.terms:
        for other, cosine in terms.near(term.term):
            if other not in asked and (other not in near or near[other].weight < cosine * NEAR_WEIGHT):
                sentences = searcher.frequencies.get(other, 0)
                near[other] = QueryTerm(other, other, sentences, weight=cosine * NEAR_WEIGHT * term.weight)
    return replace(query, terms=(*query.terms, *near.values())) if near else None


def _add_surroundings(found: dict[int, None], hits: Sequence[Hit], corpus: Corpus) -> None:
    for hit in hits:
        found.update(dict.fromkeys(surroundings(hit.sentence, corpus)))


def surroundings(sentence: Sentence, corpus: Corpus) -> range:
    """The numbers of the sentences around one: in its section, or in its paragraph where nothing has a heading."""
    blocks = sentence.article.blocks
    own = sentence.paragraph
    if blocks[own].kind is Kind.HEADING:
        whole = corpus.sentences_of_blocks(sentence, range(own, _section_end(blocks, own)))
        return whole[: 2 * AROUND]
    number = corpus.place(sentence)
    heading = blocks[own].parent
    while heading >= 0 and blocks[heading].kind is not Kind.HEADING:
        heading = blocks[heading].parent
    section = range(heading, _section_end(blocks, heading)) if heading >= 0 else range(own, own + 1)
    whole = corpus.sentences_of_blocks(sentence, section)
    return range(max(whole.start, number - AROUND), min(whole.stop, number + AROUND + 1))


def _section_end(blocks: Sequence[Block], heading: int) -> int:
    """The place of the block behind the section that a heading opens, with the sections below it."""
    level = blocks[heading].level
    place = heading + 1
    while place < len(blocks) and (blocks[place].kind is not Kind.HEADING or blocks[place].level > level):
        place += 1
    return place
