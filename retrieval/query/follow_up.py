"""A question that follows another: what it needs of the one before, and its Query with that carried over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.tokenizer import POSSESSIVE, fold
from retrieval.core.query_model import AnswerType
from retrieval.query.ellipsis import PLACES, ContextNeed, QuestionWord, context_need_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retrieval.core.query_model import Query, QueryTerm
    from retrieval.index.corpus import Corpus
    from retrieval.query.question_text import QuestionText

# The weights of a name and of another word that are carried over, where a word that the reader wrote has 1; chosen with
# `python -m benchmarks.follow_ups`. A person is never an ordinary word of the question before.
WEIGHTS = {ContextNeed.PERSON: (0.7, 0.0), ContextNeed.THING: (0.7, 0.3), ContextNeed.ALL: (0.5, 0.5)}
LEAST_WEIGHT = 0.1  # what weighs less is left behind: words fade from question to question, names do not
LONGEST_FOLLOW_UP = 300  # characters; a longer text says by itself what it is about
MOST_CARRIED = 8  # terms, those of the last question before those that it carried itself


def mark_names(
    written: QuestionText, terms: Sequence[QueryTerm], corpus: Corpus
) -> tuple[tuple[QueryTerm, ...], list[QuestionWord]]:
    """The terms, with names and places marked as such, and the question's words as what they are in it.

    The words of a question that is too long to be a follow-up are only looked at as far as one may be.
    """
    named = [replace(term, name=True) if is_name(term, written.text, corpus) else term for term in terms]
    words, of = [], []
    for word, term in _question_words(written, named):
        words.append(word)
        of.append(term)
    places = _places(words, of)
    return tuple(replace(term, place=True) if term.term in places else term for term in named), words


def context_need(text: str, words: Sequence[QuestionWord]) -> ContextNeed:
    """What the question with this text and these words needs of the one before it."""
    if len(text) > LONGEST_FOLLOW_UP:
        return ContextNeed.NONE
    return context_need_of(words, asks=text.rstrip().endswith("?"))


def carry_over(
    query: Query, after: Query, need: ContextNeed, text: str, corpus: Corpus, frequencies: Mapping[str, int]
) -> Query:
    """The query of the question `text`, with the terms of the question before it (`after`) that it needs.

    They weigh less than its own. What it has itself is not carried, nor a place that it puts another in the place of
    ("in Iraq", after "in Syria"). A piece of a question that comes after such a piece takes its place. A whole question
    carries nothing.
    """
    if need is ContextNeed.NONE:
        return query
    if need is not ContextNeed.ALL:
        return replace(query, terms=(*query.terms, *_carried(query, after, need, text, corpus, frequencies)))
    whole = after.completes or after
    carried = _carried(query, whole if query.terms else after, need, text, corpus, frequencies)
    if not carried:
        return query
    query = replace(query, terms=(*query.terms, *carried), completes=whole)
    if query.answer_type is not AnswerType.OTHER:
        return query
    return replace(query, answer_type=after.answer_type, counted=after.counted)


def _carried(
    query: Query, after: Query, need: ContextNeed, text: str, corpus: Corpus, frequencies: Mapping[str, int]
) -> tuple[QueryTerm, ...]:
    """The terms of `after` that `query` needs, each with the weight that it gets there."""
    known = {term.term for term in query.terms}
    if need is ContextNeed.ALL and any(term.place for term in query.terms):
        known |= {term.term for term in after.terms if term.place}
    left = [term for term in after.terms if term.term not in known]
    of_names, of_words = WEIGHTS[need if any(term.name for term in left) else ContextNeed.ALL]
    carried = [
        replace(
            term,
            sentences=frequencies.get(term.term, 0),
            weight=of_names if term.name else of_words * term.weight,
            carried=True,
            name=is_name(term, text, corpus),
            place=False,
        )
        for term in left
    ]
    return tuple(term for term in carried if term.weight >= LEAST_WEIGHT)[:MOST_CARRIED]


def is_name(term: QueryTerm, question: str, corpus: Corpus) -> bool:
    """Whether a term is a name: of a thing with several, never in small letters in the articles, or so in `question`.

    In the question a capital counts where another word would not have one.
    """
    if term.term.startswith("=") or corpus.forms.get(fold(term.read or term.word)[0], "")[:1].isupper():
        return True
    opens = question.lstrip("\"'“‘([ ").startswith(term.word)
    return term.word[:1].isupper() and not opens and not question.isupper()


def _question_words(
    written: QuestionText, terms: Sequence[QueryTerm]
) -> Iterator[tuple[QuestionWord, QueryTerm | None]]:
    """The words of the question, each as what it is in the question and with the term that it belongs to, if any."""
    text = written.text
    known = {term.word: term for term in terms} | {term.term: term for term in terms}
    tokens = [
        (token.span, known.get(text[token.span.start : token.span.end]) or known.get(token.term))
        for token in written.tokens
    ]
    for word in written.words:
        if word.span.end > LONGEST_FOLLOW_UP:
            break
        term = next((term for span, term in tokens if term and span.overlaps(word.span)), None)
        part = QuestionWord(
            form=word.form,
            content=term is not None,
            name=term is not None and term.name,
            verb=word.form in STOP_WORDS and POSSESSIVE.search(text[word.span.start : word.span.end]) is not None,
        )
        yield part, term


def _places(words: Sequence[QuestionWord], terms: Sequence[QueryTerm | None]) -> set[str]:
    """The terms of the names in a question that follow "in" and its like, and of those that "and" ties to them."""
    found = set()
    placed = False
    for word, term in zip(words, terms, strict=True):
        if term and term.name and placed:
            found.add(term.term)
        elif word.form in PLACES:
            placed = True
        elif word.form not in {"and", "or", "the"}:
            placed = False
    return found
