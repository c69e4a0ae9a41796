"""What the first look found is ranked again, by what BM25 does not see."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from retrieval import evidence
from retrieval.answer_types import MEASURE, AnswerType, has
from retrieval.model import Hit, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from retrieval.evidence import Asked, Passage, Passages
    from retrieval.model import Query


def _share(sought: Mapping[str, float], place: Container[str]) -> float:
    return sum(weight for what, weight in sought.items() if what in place)


def runs_of_letters(asked: Asked, passage: Passage) -> float:
    """The share of the question's runs of five letters, across words, that the sentence has."""
    return _share(asked.letters, passage.forms)


def beginnings_of_words(asked: Asked, passage: Passage) -> float:
    """The share of the question's words that begin like a word of the sentence, by idf."""
    return _share(asked.beginnings, passage.forms)


def words_side_by_side(asked: Asked, passage: Passage) -> float:
    """The share of the question's pairs of words, stop words too, that stand together in the sentence."""
    return _share(asked.pairs, passage.stems)


def small_words(asked: Asked, passage: Passage) -> float:
    """The share of the question's stop words that the sentence has."""
    return _share(asked.small, passage.forms)


def coverage(asked: Asked, passage: Passage) -> float:
    """The share of the question's terms that the sentence has, by idf."""
    return _share(asked.terms, passage.terms)


def sentence_before(asked: Asked, passage: Passage) -> float:
    """What the sentence before adds to the coverage."""
    return sum(w for t, w in asked.terms.items() if t in passage.before and t not in passage.terms)


def sentence_after(asked: Asked, passage: Passage) -> float:
    """What the sentence after adds to the coverage."""
    return sum(w for t, w in asked.terms.items() if t in passage.after and t not in passage.terms)


def paragraph_around(asked: Asked, passage: Passage) -> float:
    """The coverage of the whole paragraph."""
    return _share(asked.terms, passage.paragraph)


def title_above(asked: Asked, passage: Passage) -> float:
    """The coverage of the article's name and title."""
    return _share(asked.terms, passage.title)


def says(kind: AnswerType) -> Callable[[Asked, Passage], float]:
    """Whether the question asks for that kind of answer and the sentence has one."""

    def feature(asked: Asked, passage: Passage) -> float:
        return float(asked.expected is kind and has(passage.sentence.text, kind))

    return feature


def says_a_measure(asked: Asked, passage: Passage) -> float:
    """Whether the question asks how much and the sentence names a unit."""
    return float(asked.expected is AnswerType.NUMBER and MEASURE.search(passage.sentence.text) is not None)


def opens_paragraph(asked: Asked, passage: Passage) -> float:  # noqa: ARG001 - one signature for all features
    """Whether the sentence is the first of its paragraph."""
    return float(passage.opens_paragraph)


def length(asked: Asked, passage: Passage) -> float:  # noqa: ARG001 - as above
    """The logarithm of the sentence's words."""
    return math.log1p(passage.length)


def asks_itself(asked: Asked, passage: Passage) -> float:  # noqa: ARG001 - as above
    """Whether the sentence is a question."""
    return float(passage.sentence.text.rstrip("\"'”’»)").endswith("?"))


class Feature(NamedTuple):
    """A row of FEATURES: what it is called when it is explained, what it counts for, and how it is measured."""

    name: str
    weight: float
    measure: Callable[[Asked, Passage], float]


# The weights were learnt, all at once, by `python -m benchmarks.learn_weights`; benchmarks/README.md has the figures.
FIRST_LOOK = 0.069
FEATURES: tuple[Feature, ...] = (
    Feature("runs of letters", 4.32, runs_of_letters),
    Feature("beginnings of words", 2.78, beginnings_of_words),
    Feature("words side by side", 1.53, words_side_by_side),
    Feature("small words", 1.72, small_words),
    Feature("coverage", 2.44, coverage),
    Feature("sentence before", 5.10, sentence_before),
    Feature("sentence after", 1.65, sentence_after),
    Feature("paragraph", 3.68, paragraph_around),
    Feature("title", 3.44, title_above),
    Feature("says a number", 3.29, says(AnswerType.NUMBER)),
    Feature("says a measure", 0.74, says_a_measure),
    Feature("says a time", 2.89, says(AnswerType.TIME)),
    Feature("says a place", 0.73, says(AnswerType.PLACE)),
    Feature("says a person", 0.56, says(AnswerType.PERSON)),
    Feature("says a reason", 0.98, says(AnswerType.REASON)),
    Feature("opens a paragraph", 0.55, opens_paragraph),
    Feature("length", -0.71, length),
    Feature("asks itself", -4.91, asks_itself),
)


class Ranker:
    """Ranks the hits of a first look again; safe to use from several threads at once."""

    def __init__(self, passages: Passages, idf: Mapping[str, float]) -> None:
        self.passages = passages
        self.idf = idf

    def rank(self, query: Query, hits: Sequence[Hit]) -> list[Hit]:
        """The same sentences, best first, each score the sum of the first look's parts and the features' parts.

        Equal scores keep the order in which the hits came.
        """
        asked = evidence.asked(query, self.idf, self.passages.most)
        ranked = [self._again(asked, hit) for hit in hits]
        return sorted(ranked, key=lambda hit: -hit.score)

    def _again(self, asked: Asked, hit: Hit) -> Hit:
        passage = self.passages.at(self.passages.corpus.place(hit.sentence))
        first = (Part(part.name, FIRST_LOOK * part.value) for part in hit.parts)
        second = (Part(feature.name, feature.weight * feature.measure(asked, passage)) for feature in FEATURES)
        parts = tuple(part for part in (*first, *second) if part.value)
        return Hit(hit.sentence, math.fsum(part.value for part in parts), parts)
