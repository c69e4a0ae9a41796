"""What the second look compares: a question taken apart, and a sentence with the ones around it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from retrieval.answer_types import AnswerType, expected
from retrieval.stopwords import STOP_WORDS
from retrieval.terms import stem
from retrieval.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrieval.corpus import Corpus
    from retrieval.model import Query, Sentence

GRAM = 5  # letters; runs of five that cross word borders
SMALL = 1.0  # the weight of a stop word, which has no idf
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart. Each dict gives what to look for and its weight; its weights add up to 1.

    `terms` are looked for in sets of terms; `letters`, `beginnings` and `small` in a passage's `forms`, `pairs` in
    its `stems`, all with the spaces around words that they have there. `mass` is the idf of all terms together.
    """

    terms: Mapping[str, float]
    letters: Mapping[str, float]
    beginnings: Mapping[str, float]
    pairs: Mapping[str, float]
    small: Mapping[str, float]
    expected: AnswerType
    mass: float


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A sentence as the second look sees it, with the terms of those beside it in its paragraph."""

    sentence: Sentence
    forms: str
    stems: str
    length: int
    terms: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    paragraph: frozenset[str]
    title: frozenset[str]
    opens_paragraph: bool


def asked(query: Query, idf: Mapping[str, float], most: float) -> Asked:
    """The question taken apart; a term that no sentence has weighs `most`, the most that a term can."""
    terms = {term.term: term.weight * idf.get(term.term, most) for term in query.terms}
    weight_of = {word.form: terms[term.term] for term in query.terms for word in words(term.read or term.word)}
    found = words(query.read or query.question)
    forms = [word.form for word in found]
    weights = [weight_of.get(form, SMALL) for form in forms]
    stems = [stem(form) for form in forms]
    pairs = {f" {a} {b} ": 1.0 for a, b in pairwise(stems)}
    small = [form for form in forms if form in STOP_WORDS]
    carried = [word.form for term in query.carried for word in words(term.read or term.word)]
    forms += carried
    weights += [weight_of[form] for form in carried]
    beginnings = {
        f" {form[:GRAM]}": weight for form, weight in zip(forms, weights, strict=True) if form not in STOP_WORDS
    }
    return Asked(
        terms=_shares(terms),
        letters=_shares(_letters(forms, weights)),
        beginnings=_shares(beginnings),
        pairs=_shares(pairs),
        small=_shares({f" {form} ": 1.0 for form in small}),
        expected=expected(query.asks or query.question),
        mass=sum(terms.values()),
    )


def _letters(forms: list[str], weights: list[float]) -> dict[str, float]:
    """Each run of five letters and the weight of the words it is from."""
    line = f" {' '.join(forms)} "
    weight = [SMALL]
    for form, worth in zip(forms, weights, strict=True):
        weight += [worth] * len(form) + [SMALL]
    runs: dict[str, float] = {}
    for at in range(len(line) - GRAM + 1):
        run = line[at : at + GRAM]
        runs[run] = max(runs.get(run, 0.0), sum(weight[at : at + GRAM]))
    return runs


def _shares(weights: dict[str, float]) -> dict[str, float]:
    whole = sum(weights.values())
    return {what: weight / whole for what, weight in weights.items()} if whole else {}


class Passages:
    """The passages of a corpus, by the number of their sentence; the last few thousand are kept."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.most = math.log(len(corpus.sentences) + 1)
        self.at = lru_cache(maxsize=4096)(self._read)
        self._paragraph = lru_cache(maxsize=1024)(self._read_paragraph)
        self._title = lru_cache(maxsize=1024)(self._read_title)

    def _read(self, number: int) -> Passage:
        corpus = self.corpus
        sentence = corpus.sentences[number]
        forms = [word.form for word in words(sentence.text)]
        paragraph = int(corpus.paragraph_of[number])
        return Passage(
            sentence=sentence,
            forms=f" {' '.join(forms)} ",
            stems=f" {' '.join(map(stem, forms))} ",
            length=len(forms),
            terms=frozenset(corpus.terms[number]),
            before=self._terms_beside(number - 1, paragraph),
            after=self._terms_beside(number + 1, paragraph),
            paragraph=self._paragraph(paragraph),
            title=self._title(int(corpus.article_of[number])),
            opens_paragraph=number == 0 or corpus.paragraph_of[number - 1] != paragraph,
        )

    def _terms_beside(self, number: int, paragraph: int) -> frozenset[str]:
        corpus = self.corpus
        inside = 0 <= number < len(corpus.sentences) and corpus.paragraph_of[number] == paragraph
        return frozenset(corpus.terms[number]) if inside else NONE

    def _read_paragraph(self, paragraph: int) -> frozenset[str]:
        return frozenset(self.corpus.paragraphs[paragraph])

    def _read_title(self, article: int) -> frozenset[str]:
        return frozenset(self.corpus.titles[article])
