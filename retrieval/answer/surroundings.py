"""The sentences around a stretch of an article, for whoever wants to read on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from retrieval.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.core.model import Article, Sentence
    from retrieval.index.corpus import Corpus


def sentences_within(corpus: Corpus, article: Article, span: Span, *, around: int = 0) -> Sequence[Sentence]:
    """The sentences of `article` that `span` touches, and as many as `around` before and after them.

    There is none where `span` touches no sentence, as in a heading. `article` is one of the corpus.
    """
    first = corpus.first_sentence(article.file)
    if first is None:
        return ()
    last = first + corpus.sentences_in(article.file)
    touched = bisect_right(corpus.sentences, span.start, first, last, key=lambda sentence: sentence.span.end)
    beyond = bisect_left(corpus.sentences, span.end, first, last, key=lambda sentence: sentence.span.start)
    if touched >= beyond:
        return ()
    return corpus.sentences[max(first, touched - around) : min(last, beyond + around)]


def stretch(span: Span, sentences: Sequence[Sentence]) -> Span:
    """The stretch of an article that has `span` and all of `sentences`."""
    starts = [span.start, *(sentence.span.start for sentence in sentences)]
    return Span(min(starts), max([span.end, *(sentence.span.end for sentence in sentences)]))
