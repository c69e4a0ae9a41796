"""Which articles have to be read again because the names of things have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retrieval.analysis.analyzer import is_stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.analysis.analyzer import Analyzer
    from retrieval.core.model import Article
    from retrieval.index.corpus import Corpus
    from retrieval.index.segments.parts import CorpusPart

    Marks = Sequence[NDArray[np.bool_]]  # of the articles of each part


def renamed(corpus: Corpus, analyzer: Analyzer) -> Iterator[tuple[str, Article]]:
    """The articles of `corpus` in which `analyzer` may see other things than its own does, with their files."""
    before, after = corpus.analyzer.things(), analyzer.things()
    if before == after:
        return
    changed = [keys for keys in before.keys() | after.keys() if before.get(keys) != after.get(keys)]
    marks = [np.zeros(part.segment.articles, dtype=np.bool_) for part in corpus.parts]
    for keys in changed:
        having = _having(corpus, keys, before)
        marks = [mark | found for mark, found in zip(marks, having, strict=True)]
    for part, mark in zip(corpus.parts, marks, strict=True):
        for number in np.flatnonzero(mark & (part.places >= 0)).tolist():
            yield part.file(number), part.articles[number]


def _having(corpus: Corpus, keys: tuple[str, ...], things: Mapping[tuple[str, ...], str]) -> Marks:
    """The articles in which the words with these keys may stand: what is known as a thing now, or has all the words."""
    if term := things.get(keys):
        return [_with_term(corpus, part, term) for part in corpus.parts]
    marks = [np.ones(part.segment.articles, dtype=np.bool_) for part in corpus.parts]
    for key in keys:
        if not is_stop(key):  # which are in every article, and in no index
            terms = [key, *([things[key,]] if (key,) in things else [])]  # a name of one word hides that word
            marks = [
                mark & np.logical_or.reduce([_with_term(corpus, part, term) for term in terms])
                for part, mark in zip(corpus.parts, marks, strict=True)
            ]
    return marks


def _with_term(corpus: Corpus, part: CorpusPart, term: str) -> NDArray[np.bool_]:
    """The articles of a part that have a term, in a title, a heading or a sentence."""
    marks = np.zeros(part.segment.articles, dtype=np.bool_)
    if (number := corpus.vocabulary.get(term)) is not None:
        segment = part.segment
        paragraphs = segment.by_paragraph.documents[segment.by_paragraph.range(number)]
        marks[np.searchsorted(segment.article_paragraph_at, paragraphs, side="right") - 1] = True
        marks[segment.by_article.documents[segment.by_article.range(number)]] = True
    return marks
