"""A Query -> the sentences that are reranked: those with its words, and those that stand where its words are.

A row of a table, a step or a short answer often has none of the question's words: these are in its heading, in the
head of its table, in the question above it, or in the sentence before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retrieval.core.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.core.model import Block, Hit, Query, Sentence
    from retrieval.index.corpus import Corpus
    from retrieval.search.searcher import Searcher

FIRST_STAGE = 50  # sentences that have words of the question
EXPANDED = 12  # of them, the best, whose surroundings are candidates too
AROUND = 12  # sentences of a section on either side of one, at most


def candidates(query: Query, searcher: Searcher, corpus: Corpus, *, file: str | None = None) -> list[Hit]:
    """The best sentences of the first stage, best first, then what stands around the best of them.

    With `file` from that article alone.
    """
    hits = searcher.search(query, FIRST_STAGE, file=file)
    numbers = {corpus.place(hit.sentence) for hit in hits}
    around = dict.fromkeys(number for hit in hits[:EXPANDED] for number in surroundings(hit.sentence, corpus))
    new = [number for number in around if number not in numbers]
    return [*hits, *searcher.score(query, np.array(new, dtype=np.int32))]


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
