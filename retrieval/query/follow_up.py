"""A question that follows another -> its Query, with what it leaves unsaid carried over from the one before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.analysis.english.stopwords import STOP_WORDS
from retrieval.analysis.tokenizer import POSSESSIVE, fold, words
from retrieval.query.answer_types import AnswerType, expected
from retrieval.query.ellipsis import PLACES, ContextNeed, QuestionWord, leaning
from retrieval.query.parser import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retrieval.core.model import Query, QueryTerm
    from retrieval.index.corpus import Corpus
    from retrieval.query.spelling import Speller

# What a name and what another word weighs that is carried over, beside 1 for one that the reader wrote; chosen with
# `python -m benchmarks.follow_ups`. A person is never an ordinary word of the question before.
WEIGHTS = {ContextNeed.PERSON: (0.7, 0.0), ContextNeed.THING: (0.7, 0.3), ContextNeed.ALL: (0.5, 0.5)}
LEAST = 0.1  # what weighs less is left behind: words fade from question to question, names do not
LONG = 300  # characters; a longer text says by itself what it is about
MOST = 8  # terms that are carried, those of the last question before those that it carried itself


def read(
    question: str,
    corpus: Corpus,
    frequencies: Mapping[str, int],
    speller: Speller | None = None,
    *,
    after: Query | None = None,
) -> Query:
    """The query of `question`; where it follows up `after`, with terms of that, which weigh less.

    What it has itself is not carried, nor a place that it puts another in the place of ("in Iraq", after "in Syria").
    A piece of a question that comes after such a piece takes its place. A whole question carries nothing.
    """
    query = parse(question, corpus, frequencies, speller)
    if after is None or len(question) > LONG:
        return query
    leans = leaning([part for part, _ in _parts(query, corpus)], asks=question.rstrip().endswith("?"))
    if leans is ContextNeed.NONE:
        return query
    if leans is not ContextNeed.ALL:
        return replace(query, terms=(*query.terms, *_carried(query, after, leans, corpus, frequencies)))
    whole = after.completes or after
    carried = _carried(query, whole if query.terms else after, leans, corpus, frequencies)
    if not carried:
        return query
    asks = (after.asks or after.question) if expected(question) is AnswerType.OTHER else ""
    return replace(query, terms=(*query.terms, *carried), completes=whole, asks=asks)


def _carried(
    query: Query, after: Query, leans: ContextNeed, corpus: Corpus, frequencies: Mapping[str, int]
) -> tuple[QueryTerm, ...]:
    """The terms of `after` that `query` needs, each with what it weighs there."""
    known = {term.term for term in query.terms}
    if leans is ContextNeed.ALL and _places(query, corpus):
        known |= _places(after, corpus)
    left = [term for term in after.terms if term.term not in known]
    names = {term.term for term in left if is_name(term, after.question, corpus)}
    of_names, of_words = WEIGHTS[leans if names else ContextNeed.ALL]
    carried = [
        replace(
            term,
            sentences=frequencies.get(term.term, 0),
            weight=of_names if term.term in names else of_words * term.weight,
            carried=True,
        )
        for term in left
    ]
    return tuple(term for term in carried if term.weight >= LEAST)[:MOST]


def is_name(term: QueryTerm, question: str, corpus: Corpus) -> bool:
    """Whether a term is a name: of a thing with several, never in small letters in the articles, or so in `question`.

    In the question a capital counts where another word would not have one.
    """
    if term.term.startswith("=") or corpus.forms.get(fold(term.read or term.word)[0], "")[:1].isupper():
        return True
    opens = question.lstrip("\"'“‘([ ").startswith(term.word)
    return term.word[:1].isupper() and not opens and not question.isupper()


def _parts(query: Query, corpus: Corpus) -> Iterator[tuple[QuestionWord, str]]:
    """The words of the question, each as what it is in the question and with the term it is of, "" for none."""
    read = query.question[:LONG]
    terms = {term.word: term for term in query.terms} | {term.term: term for term in query.terms}
    tokens = [
        (token.span, terms.get(read[token.span.start : token.span.end]) or terms.get(token.term))
        for token in corpus.analyzer.of_question(read)
    ]
    for word in words(read):
        term = next((term for span, term in tokens if term and span.overlaps(word.span)), None)
        part = QuestionWord(
            form=word.form,
            content=term is not None,
            name=term is not None and is_name(term, query.question, corpus),
            verb=word.form in STOP_WORDS and POSSESSIVE.search(read[word.span.start : word.span.end]) is not None,
        )
        yield part, term.term if term else ""


def _places(query: Query, corpus: Corpus) -> set[str]:
    """The names in a question that follow "in" and its like, and those that "and" ties to them."""
    found = set()
    placed = False
    for part, term in _parts(query, corpus):
        if part.name and placed:
            found.add(term)
        elif part.form in PLACES:
            placed = True
        elif part.form not in {"and", "or", "the"}:
            placed = False
    return found
