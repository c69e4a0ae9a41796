"""A question taken apart, for the second look."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from retrieval.analysis.analyzer import opening_of, stem
from retrieval.analysis.english.stopwords import STOP_WORDS
from retrieval.analysis.tokenizer import forms
from retrieval.query.answer_types import NUMERALS, AnswerType, counted, expected
from retrieval.query.follow_up import is_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.core.model import Query
    from retrieval.index.corpus import Corpus

GRAM = 5  # letters; runs of five that cross word borders
SMALL = 1.0  # the weight of a stop word, which has no idf


@dataclass(frozen=True, slots=True)
class QuestionFeatures:
    """A question taken apart. Each dict gives what to look for and its weight; its weights add up to 1.

    `terms` are looked for in sets of terms, by their numbers in the corpus's vocabulary; those that it has not are
    negative. `sentences` tells how many sentences have each, and `names` are those that are names, in the question's
    order. `letters`, `beginnings` and `small` are looked for in a passage's `forms`, `pairs` in its `stems`, all
    with the spaces around words that they have there. `named` are the question's words that are no stop words: no
    answer is made of them. `counted` finds in `stems` a number with what the question wants counted, None where it
    wants nothing. `openings` are how words begin whose stems are looked for. `mass` is the idf of all terms together,
    `most` that of a term which no sentence has.
    """

    terms: Mapping[int, float]
    sentences: Mapping[int, int]
    names: Sequence[int]
    letters: Mapping[str, float]
    beginnings: Mapping[str, float]
    pairs: Mapping[str, float]
    small: Mapping[str, float]
    named: frozenset[str]
    expected: AnswerType
    counted: re.Pattern[str] | None
    openings: tuple[str, ...]
    mass: float
    most: float


def ask(query: Query, corpus: Corpus, idf: Mapping[str, float]) -> QuestionFeatures:
    """The question taken apart, for this corpus; a term that no sentence has weighs the most that a term can."""
    most = math.log(len(corpus.sentences) + 1)
    numbers = {term.term: corpus.vocabulary.get(term.term, -at) for at, term in enumerate(query.terms, 1)}
    terms = {term.term: term.weight * idf.get(term.term, most) for term in query.terms}
    weight_of = {form: terms[term.term] for term in query.terms for form in forms(term.read or term.word)}
    found = forms(query.read or query.question)
    weights = [weight_of.get(form, SMALL) for form in found]
    stems = [stem(form) for form in found]
    pairs = {f" {a} {b} ": 1.0 for a, b in pairwise(stems)}
    small = [form for form in found if form in STOP_WORDS]
    carried = [form for term in query.carried for form in forms(term.read or term.word)]
    found += carried
    weights += [weight_of[form] for form in carried]
    beginnings = {
        f" {form[:GRAM]}": weight for form, weight in zip(found, weights, strict=True) if form not in STOP_WORDS
    }
    number = _counted(query.asks or query.read or query.question)
    return QuestionFeatures(
        terms={numbers[term]: share for term, share in _shares(terms).items()},
        sentences={numbers[term.term]: term.sentences for term in query.terms},
        names=[numbers[term.term] for term in query.terms if is_name(term, query.question, corpus)],
        letters=_shares(_letters(found, weights)),
        beginnings=_shares(beginnings),
        pairs=_shares(pairs),
        small=_shares({f" {form} ": 1.0 for form in small}),
        named=frozenset(form for form in found if form not in STOP_WORDS),
        expected=expected(query.asks or query.read or query.question),
        counted=number,
        openings=("",) if number else tuple({opening_of(stem) for stem in stems}),
        mass=sum(terms.values()),
        most=most,
    )


def _letters(found: list[str], weights: list[float]) -> dict[str, float]:
    """Each run of five letters and the weight of the words it is from."""
    line = f" {' '.join(found)} "
    weight = [SMALL]
    for form, worth in zip(found, weights, strict=True):
        weight += [worth] * len(form) + [SMALL]
    runs: dict[str, float] = {}
    for at in range(len(line) - GRAM + 1):
        run = line[at : at + GRAM]
        runs[run] = max(runs.get(run, 0.0), sum(weight[at : at + GRAM]))
    return runs


def _counted(question: str) -> re.Pattern[str] | None:
    things = [re.escape(stem(form)) for form in forms(counted(question)) if form not in STOP_WORDS]
    return re.compile(rf" (?:\d\S*|{NUMERALS}) (?:\S+ ){{0,3}}(?:{'|'.join(things)}) ") if things else None


def _shares(weights: dict[str, float]) -> dict[str, float]:
    whole = sum(weights.values())
    return {what: weight / whole for what, weight in weights.items()} if whole else {}
