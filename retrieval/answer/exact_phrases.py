"""Phrases that are to be found as they stand -> the sentences that hold them, and quotes that do.

Case, white space and typography (see verification) are all that may differ. A phrase is whole words; it stands in one
paragraph, row or item, and may run over several sentences of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from retrieval.analysis.analyzer import key_of
from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.tokenizer import forms
from retrieval.analysis.visible_text import visible
from retrieval.answer.folding import fold
from retrieval.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from retrieval.core.model import Quote, Sentence
    from retrieval.core.query_model import Query
    from retrieval.index.corpus import Corpus
    from retrieval.search.searcher import Searcher

FOUND = 60  # paragraphs with the phrases that are looked at, at most
READ = 20_000  # paragraphs that are read for them, at most: those first that a search finds
SEARCHED = 400  # sentences of that search


@dataclass(frozen=True, slots=True)
class Holding:
    """The sentences that hold all phrases, by their numbers; `missing` are phrases that nothing asked of has."""

    sentences: NDArray[np.int32]
    missing: tuple[str, ...] = ()


class PhraseFinder:
    """Finds phrases in a corpus. Safe to use from several threads at once."""

    def __init__(self, corpus: Corpus, searcher: Searcher) -> None:
        self.corpus = corpus
        self.searcher = searcher

    def holding(self, query: Query, *, file: str | None = None, articles: NDArray[np.bool_] | None = None) -> Holding:
        """The sentences with all phrases of the question, in articles that are asked."""
        sought = [_folded(phrase) for phrase in query.phrases]
        found: list[int] = []
        paragraphs = 0
        for block in islice(self._blocks(query, query.phrases, file, articles), READ):
            if numbers := self._numbers(block, sought):
                found += numbers
                paragraphs += 1
                if paragraphs == FOUND:
                    break
        missing = (
            ()
            if found
            else tuple(phrase for phrase in query.phrases if not self._is_anywhere(query, phrase, file, articles))
        )
        return Holding(np.array(found, dtype=np.int32), missing)

    def holds(self, quote: Quote, phrases: Sequence[str]) -> Quote | None:
        """The quote, made longer where a phrase runs over its end; None where it does not hold them all."""
        sought = [_folded(phrase) for phrase in phrases]
        first = self.corpus.first_sentence(quote.article.file)
        for span in quote.sentences if first is not None else ():
            block = self._block_with(quote, span)
            if block and (places := _places(block, sought)):
                near = [min(of_one, key=lambda place: _distance(place, quote.span)) for of_one in places]
                touched = [one.span for one in block if any(one.span.overlaps(place) for place in near)]
                start = min([quote.span.start, *(span.start for span in touched)])
                end = max([quote.span.end, *(span.end for span in touched)])
                marks = sorted({*quote.marks, *near})
                return replace(quote, span=Span(start, end), marks=tuple(_apart(marks)))
        return None

    def _is_anywhere(self, query: Query, phrase: str, file: str | None, articles: NDArray[np.bool_] | None) -> bool:
        sought = [_folded(phrase)]
        return any(_places(block, sought) for block in islice(self._blocks(query, [phrase], file, articles), READ))

    def _blocks(
        self, query: Query, phrases: Iterable[str], file: str | None, articles: NDArray[np.bool_] | None
    ) -> Iterator[list[Sentence]]:
        """The paragraphs that may hold the phrases, as their sentences: those first that a search finds."""
        having = self._paragraphs_with(phrases)
        allowed = set(having.tolist()) if having is not None else None
        met: set[int] = set()
        hits = self.searcher.search(query, SEARCHED, file=file, articles=articles)
        found = (self.corpus.paragraph_of(self.corpus.place(hit.sentence)) for hit in hits)
        others = range(len(self.corpus.paragraphs)) if having is None else having.tolist()
        for at, paragraph in enumerate((*found, *others)):
            if paragraph in met or (allowed is not None and paragraph not in allowed):
                continue
            met.add(paragraph)
            place = self._article_of(paragraph)
            asked = articles is None or bool(articles[place])
            if at >= len(hits) and file is not None:
                asked = self.corpus.library.articles[place].file == file
            if asked:
                yield self._sentences_of(paragraph)

    def _article_of(self, paragraph: int) -> int:
        return int(np.searchsorted(self.corpus.order.paragraph_at, paragraph, side="right")) - 1

    def _sentences_of(self, paragraph: int) -> list[Sentence]:
        """The sentences of a paragraph, in their order."""
        order, place = self.corpus.order, self._article_of(paragraph)
        segment, article = self.corpus.parts[order.part[place]].segment, int(order.number[place])
        at = int(segment.article_paragraph_at[article]) + paragraph - int(order.paragraph_at[place])
        offset = int(order.sentence_at[place]) - int(segment.sentence_at[article])
        first, end = segment.paragraph_at[at : at + 2].tolist()
        return list(self.corpus.sentences[first + offset : end + offset])

    def _paragraphs_with(self, phrases: Iterable[str]) -> NDArray[np.int32] | None:
        """The paragraphs that have all words of the phrases; None where these are small words alone."""
        having: NDArray[np.int32] | None = None
        things = self.corpus.analyzer.things()
        for form in {form for phrase in phrases for form in forms(phrase) if form not in STOP_WORDS}:
            term = key_of(form, acronym=False)
            terms = [term, *([things[(term,)]] if (term,) in things else [])]  # a name of one word hides that word
            of_form = np.unique(np.concatenate([self.searcher.paragraphs(one) for one in terms]))
            having = of_form if having is None else np.intersect1d(having, of_form, assume_unique=True)
        return having

    def _numbers(self, block: Sequence[Sentence], sought: Sequence[str]) -> list[int]:
        """The numbers of the sentences of a paragraph that one of the phrases stands in, where it has them all."""
        places = _places(block, sought)
        touched = [one for one in block if any(one.span.overlaps(place) for of_one in places for place in of_one)]
        return [self.corpus.place(one) for one in touched]

    def _block_with(self, quote: Quote, span: Span) -> list[Sentence]:
        """The sentences of the paragraph that a sentence of a quote is in."""
        first = self.corpus.first_sentence(quote.article.file) or 0
        numbers = range(first, first + self.corpus.sentences_in(quote.article.file))
        at = next(number for number in numbers if self.corpus.sentences[number].span == span)
        return self._sentences_of(self.corpus.paragraph_of(at))


def _places(block: Sequence[Sentence], sought: Sequence[str]) -> list[list[Span]]:
    """Where each phrase stands in a paragraph, in the article's text; nothing where one of them is not in it."""
    if not block:
        return []
    article = block[0].article
    said = visible(article.text, article.hidden, Span(block[0].span.start, block[-1].span.end))
    page = fold(said.text)
    text = page.text.lower()  # decomposed, so that this moves nothing
    found: list[list[Span]] = []
    for phrase in sought:
        of_one = []
        start = text.find(phrase) if phrase else -1
        while start >= 0:
            end = start + len(phrase)
            if _whole(text, start, end) and page.parts_at(start) and page.parts_at(end):
                span = page.span(start, end)
                of_one.append(Span(said.start(span.start), said.end(span.end)))
            start = text.find(phrase, start + 1)
        if not of_one:
            return []
        found.append(of_one)
    return found


def _folded(phrase: str) -> str:
    return fold(phrase).text.lower().strip(" …'")


def _whole(text: str, start: int, end: int) -> bool:
    """Whether neither end lies inside a word."""
    edges = (text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1])
    return not any(len(edge) == 2 and edge.isalnum() for edge in edges)


def _distance(place: Span, span: Span) -> int:
    return max(span.start - place.start, place.end - span.end, 0)


def _apart(marks: Iterable[Span]) -> Iterator[Span]:
    """Stretches in their order, those that overlap as one."""
    last: Span | None = None
    for mark in marks:
        if last and mark.start < last.end:
            last = Span(last.start, max(last.end, mark.end))
            continue
        if last:
            yield last
        last = mark
    if last:
        yield last
