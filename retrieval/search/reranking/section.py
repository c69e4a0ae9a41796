"""What a sentence stands under, and how much of a question it speaks of with that and without."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.core.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.core.model import Block, Sentence
    from retrieval.index.corpus import SentenceGroup
    from retrieval.search.meaning.library_terms import LibraryTerms
    from retrieval.search.reranking.question_features import QuestionFeatures

NONE = np.zeros(0, dtype=np.int32)
# How a sentence opens that goes on about what the one before it speaks of.
RESUMING = re.compile(
    r"[\"'“‘(\[]*(?:he|she|it|they|his|her|hers|its|their|him|them|that|those|such|this|these|both"
    r"|(?:each|one|some|all|most) of|the latter|the former|there)(?:['’](?:s|ll|re|d))?\b",
    re.IGNORECASE,
)


class SectionPlace(NamedTuple):
    """The block of a sentence, the place of the heading above it (-1 for none), and whether it comes right below."""

    block: Block
    heading: int
    opens: bool


class Fits(NamedTuple):
    """The shares of a question, by idf, that a sentence, its heading, and it with all that is above it speak of.

    `resumed` and `resumed_whole` are those of the sentence with the one before it, and with all above, where it goes on
    about that ("It contains a pump"); else they are `own` and `whole`.
    """

    own: float
    heading: float
    whole: float
    resumed: float
    resumed_whole: float


NO_FIT = Fits(0.0, 0.0, 0.0, 0.0, 0.0)


def section_of(sentence: Sentence) -> SectionPlace:
    """What is above a sentence."""
    blocks = sentence.article.blocks
    block = blocks[sentence.paragraph]
    heading = block.parent
    while heading >= 0:
        above = blocks[heading]
        if above.kind is Kind.HEADING:
            break
        heading = above.parent
    return SectionPlace(block, heading, heading >= 0 and sentence.paragraph == heading + 1)


@dataclass(frozen=True, slots=True)
class TextsAround:
    """The terms of sentences, of all that is above each (`contexts`, with the titles), and of the nearest heading.

    `resumed` are those of the sentence before, where the sentence goes on about it.
    """

    own: Sequence[NDArray[np.int32]]
    contexts: Sequence[NDArray[np.int32]]
    headings: Sequence[NDArray[np.int32]]
    resumed: Sequence[NDArray[np.int32]]

    @classmethod
    def of(cls, group: SentenceGroup, headings: Sequence[int], texts: Sequence[str]) -> TextsAround:
        """Those of the sentences of a group, which read `texts`.

        `headings` are the places of their headings' blocks, -1 for none.
        """
        segment = group.part.segment
        sentences, articles = group.sentences.tolist(), group.articles.tolist()
        paragraphs = segment.paragraph_of[group.sentences].tolist()
        return cls(
            own=[segment.terms[sentence] for sentence in sentences],
            contexts=[
                np.concatenate((segment.headings[paragraph], segment.titles[article]))
                for paragraph, article in zip(paragraphs, articles, strict=True)
            ],
            headings=[
                segment.block_terms(article, heading) if heading >= 0 else NONE
                for article, heading in zip(articles, headings, strict=True)
            ],
            resumed=[
                segment.terms[sentence - 1]
                if sentence and segment.paragraph_of[sentence - 1] == paragraph and RESUMING.match(text)
                else NONE
                for sentence, paragraph, text in zip(sentences, paragraphs, texts, strict=True)
            ],
        )

    def fits(self, question: QuestionFeatures, terms: LibraryTerms) -> list[Fits]:
        """How much of the question each of the sentences speaks of."""
        texts = [*self.own, *self.contexts, *self.headings, *self.resumed]
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        if not question.asked or not lengths.any():
            return [NO_FIT] * len(self.own)
        numbers, places = np.unique(np.concatenate(texts), return_inverse=True)
        each = terms.fits(question.asked, numbers)[:, places]  # (asked, terms of all texts, one text behind the other)
        best = np.zeros((len(question.asked), len(texts)), dtype=np.float32)  # of each text's terms for each one asked
        starts = np.concatenate(([0], lengths.cumsum()[:-1]))
        best[:, lengths > 0] = np.maximum.reduceat(each, starts[lengths > 0], axis=1)
        own, context, heading, before = np.split(best, 4, axis=1)
        whole, resumed = np.maximum(own, context), np.maximum(own, before)
        weights = np.fromiter(question.terms.values(), dtype=np.float64)
        columns = [weights @ each for each in (own, heading, whole, resumed, np.maximum(whole, before))]
        return [Fits(*row) for row in np.stack(columns, axis=1).tolist()]
