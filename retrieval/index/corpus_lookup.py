"""What is looked up in a corpus by a few steps alone: a paragraph's text, the sentences that open with some terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.corpus import Corpus


def paragraph_text(corpus: Corpus, paragraph: int) -> str:
    """A paragraph as its article's file has it."""
    place = int(np.searchsorted(corpus.order.paragraph_at, paragraph, side="right")) - 1
    part, number = corpus.part_of(place)
    inside = paragraph - int(corpus.order.paragraph_at[place])
    block = int(part.segment.paragraph_in[int(part.segment.article_paragraph_at[number]) + inside])
    article = part.articles[number]
    span = article.blocks[block].span
    return article.text[span.start : span.end]


def opening_with(corpus: Corpus, terms: Sequence[str]) -> NDArray[np.int32]:
    """The numbers of the sentences whose first terms are these, in whatever order."""
    wanted = np.sort(np.array([corpus.vocabulary.get(term, -1) for term in dict.fromkeys(terms)], dtype=np.int32))
    found = [np.zeros(0, dtype=np.int32)]
    for part in corpus.parts if len(wanted) and wanted[0] >= 0 else ():
        segment, postings = part.segment, part.segment.by_sentence
        at = min((postings.documents[postings.range(number)] for number in wanted.tolist()), key=len)
        starts = segment.terms.offsets[at]
        long_enough = segment.terms.offsets[at + 1] - starts >= len(wanted)
        at, starts = at[long_enough], starts[long_enough]
        first = np.sort(segment.terms.values[starts[:, None] + np.arange(len(wanted))], axis=1)
        at = at[(first == wanted).all(axis=1)]
        articles = segment.article_of[at]
        places = part.places[articles]
        inside = at - segment.sentence_at[articles]
        found.append((corpus.order.sentence_at[places] + inside)[places >= 0].astype(np.int32))
    return np.sort(np.concatenate(found))
