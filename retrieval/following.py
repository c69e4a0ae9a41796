"""A question that follows another -> its Query, with what it leaves unsaid carried over from the one before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.answer_types import AnswerType, expected
from retrieval.leaning import PLACES, Leaning, Part, leaning
from retrieval.parsing import LONGEST, parse
from retrieval.stopwords import STOP_WORDS
from retrieval.words import POSSESSIVE, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retrieval.corpus import Corpus
    from retrieval.model import Query, QueryTerm

# benchmarks/README.md has the figures for other weights.
CARRIED = 0.5  # what a carried term weighs, beside one that the reader wrote
LEAST = 0.2  # what weighs less is left behind: a word that is no name is carried twice at most
MOST = 8  # terms that are carried, those of the last question before those that it carried itself


def read(question: str, corpus: Corpus, frequencies: Mapping[str, int], *, after: Query | None = None) -> Query:
    """The query of `question`; where it follows up `after`, with terms of that, which weigh less.

    A question that needs the other to be understood (see `leaning`) takes the names in it, or all of its terms where
    it has no names or where the question is a fragment ("and in Iraq?"). What it has itself is not carried, nor a
    place that it puts another in the place of ("in Iraq", after "in Syria"). A whole question carries nothing.
    """
    query = parse(question, corpus, frequencies)
    if after is None:
        return query
    leans = leaning([part for part, _ in _parts(query, corpus)], asks=question.rstrip().endswith("?"))
    if leans is Leaning.NONE:
        return query
    known = {term.term for term in query.terms} | (_replaced(query, after, corpus) if leans is Leaning.ALL else set())
    left = [term for term in after.terms if term.term not in known]
    names = {term.term for term in left if is_name(term, after.question, corpus)}
    taken = left if leans is Leaning.ALL or not names else [term for term in left if term.term in names]
    carried = [_carried(term, frequencies, keeps=term.term in names) for term in taken]
    carried = [term for term in carried if term.weight >= LEAST][:MOST]
    if not carried:
        return query
    inherits = leans is Leaning.ALL and expected(question) is AnswerType.OTHER
    asks = (after.asks or after.question) if inherits else ""
    return replace(query, terms=(*query.terms, *carried), asks=asks)


def _carried(term: QueryTerm, frequencies: Mapping[str, int], *, keeps: bool) -> QueryTerm:
    """The term as it is carried: what it weighs fades with each question, but a name (`keeps`) fades once."""
    weight = term.weight if term.carried and keeps else CARRIED * term.weight
    return replace(term, sentences=frequencies.get(term.term, 0), weight=weight, carried=True)


def is_name(term: QueryTerm, question: str, corpus: Corpus) -> bool:
    """Whether a term is a name: of a thing with several, never in small letters in the articles, or so in `question`.

    In the question a capital counts where another word would not have one.
    """
    if term.term.startswith("=") or corpus.written.get(term.term, "")[:1].isupper():
        return True
    opens = question.lstrip("\"'“‘([ ").startswith(term.word)
    return term.word[:1].isupper() and not opens and not question.isupper()


def _parts(query: Query, corpus: Corpus) -> Iterator[tuple[Part, str]]:
    """The words of the question, each as what it is in the question and with the term it is of, "" for none."""
    read = query.question[:LONGEST]
    terms = {term.word: term for term in query.terms}
    tokens = [
        (token.span, terms.get(read[token.span.start : token.span.end])) for token in corpus.analyzer.of_question(read)
    ]
    for word in words(read):
        term = next((term for span, term in tokens if term and span.overlaps(word.span)), None)
        part = Part(
            form=word.form,
            content=term is not None,
            name=term is not None and is_name(term, query.question, corpus),
            verb=word.form in STOP_WORDS and POSSESSIVE.search(read[word.span.start : word.span.end]) is not None,
        )
        yield part, term.term if term else ""


def _replaced(query: Query, after: Query, corpus: Corpus) -> set[str]:
    """The places in `after` for which `query` names others: "in Syria" where it says "in Iraq"."""
    return _places(after, corpus) if _places(query, corpus) else set()


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
