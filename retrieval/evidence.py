"""What the second look compares: a question taken apart, and a sentence with the ones around it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answer_types import NUMERALS, AnswerType, counted, expected
from retrieval.following import is_name
from retrieval.stopwords import STOP_WORDS
from retrieval.terms import stem
from retrieval.words import forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.corpus import Corpus
    from retrieval.model import Query, Sentence

GRAM = 5  # letters; runs of five that cross word borders
SMALL = 1.0  # the weight of a stop word, which has no idf
NONE: frozenset[int] = frozenset()
COUNTED = 1000  # terms of an article whose counts are kept


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart. Each dict gives what to look for and its weight; its weights add up to 1.

    `terms` are looked for in sets of terms, by their numbers in the corpus's vocabulary; those that it has not are
    negative. `sentences` tells how many sentences have each, and `names` are those that are names, in the question's
    order. `letters`, `beginnings` and `small` are looked for in a passage's `forms`, `pairs` in its `stems`, all
    with the spaces around words that they have there. `named` are the question's words that are no stop words: no
    answer is made of them. `counted` finds in `stems` a number with what the question wants counted, None where it
    wants nothing. `mass` is the idf of all terms together.
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
    mass: float


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A sentence as the second look sees it, with the terms of those beside it in its paragraph.

    Terms are known by their numbers in the corpus's vocabulary; `article` tells how often the whole article has each.
    """

    text: str
    forms: str
    stems: str
    length: int
    terms: frozenset[int]
    before: frozenset[int]
    after: frozenset[int]
    paragraph: frozenset[int]
    article: ArticleTerms
    title: frozenset[int]
    opens_paragraph: bool
    asks: bool


class ArticleTerms:
    """How often an article has each term: counted when it is asked for, since it has thousands of others."""

    def __init__(self, terms: NDArray[np.int32]) -> None:
        self._terms = terms
        self._counted: dict[int, int] = {}

    def __contains__(self, term: object) -> bool:
        return isinstance(term, int) and self[term] > 0

    def __getitem__(self, term: int) -> int:
        if (count := self._counted.get(term)) is None:
            if len(self._counted) >= COUNTED:
                self._counted = {}
            count = self._counted[term] = int(np.count_nonzero(self._terms == term))
        return count


def ask(query: Query, passages: Passages, idf: Mapping[str, float]) -> Asked:
    """The question taken apart, for these passages; a term that no sentence has weighs the most that a term can."""
    numbers = {term.term: passages.number(term.term, -at) for at, term in enumerate(query.terms, 1)}
    terms = {term.term: term.weight * idf.get(term.term, passages.most) for term in query.terms}
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
    return Asked(
        terms={numbers[term]: share for term, share in _shares(terms).items()},
        sentences={numbers[term.term]: term.sentences for term in query.terms},
        names=[numbers[term.term] for term in query.terms if is_name(term, query.question, passages.corpus)],
        letters=_shares(_letters(found, weights)),
        beginnings=_shares(beginnings),
        pairs=_shares(pairs),
        small=_shares({f" {form} ": 1.0 for form in small}),
        named=frozenset(form for form in found if form not in STOP_WORDS),
        expected=expected(query.asks or query.read or query.question),
        counted=_counted(query.asks or query.read or query.question),
        mass=sum(terms.values()),
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


class Passages:
    """The passages of a corpus, by the number of their sentence; the last two thousand are kept."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.most = math.log(len(corpus.sentences) + 1)
        self.at = lru_cache(maxsize=2048)(self._read)
        self._paragraph = lru_cache(maxsize=1024)(self._read_paragraph)
        self._article = lru_cache(maxsize=256)(self._read_article)
        self._title = lru_cache(maxsize=1024)(self._read_title)

    def number(self, term: str, otherwise: int) -> int:
        """The number of a term in the corpus's vocabulary, `otherwise` for one that it has not."""
        return self.corpus.vocabulary.get(term, otherwise)

    def of(self, sentence: Sentence) -> Passage:
        """A sentence of the corpus with what is around it."""
        return self.at(self.corpus.place(sentence))

    def _read(self, number: int) -> Passage:
        corpus = self.corpus
        text = corpus.sentences[number].text
        found = forms(text)
        paragraph, article = corpus.paragraph_of(number), corpus.article_of(number)
        return Passage(
            text=text,
            forms=f" {' '.join(found)} ",
            stems=f" {' '.join(map(stem, found))} ",
            length=len(found),
            terms=frozenset(corpus.terms_of(number).tolist()),
            before=self._terms_beside(number - 1, paragraph),
            after=self._terms_beside(number + 1, paragraph),
            paragraph=self._paragraph(paragraph),
            article=self._article(article),
            title=self._title(article),
            opens_paragraph=corpus.paragraph_of(number - 1) != paragraph,
            asks=text.rstrip("\"'”’»)").endswith("?"),
        )

    def _terms_beside(self, number: int, paragraph: int) -> frozenset[int]:
        inside = self.corpus.paragraph_of(number) == paragraph
        return frozenset(self.corpus.terms_of(number).tolist()) if inside else NONE

    def _read_paragraph(self, paragraph: int) -> frozenset[int]:
        return frozenset(self.corpus.paragraph_terms(paragraph).tolist())

    def _read_article(self, article: int) -> ArticleTerms:
        return ArticleTerms(self.corpus.article_terms(article))

    def _read_title(self, article: int) -> frozenset[int]:
        return frozenset(self.corpus.title_terms(article).tolist())
