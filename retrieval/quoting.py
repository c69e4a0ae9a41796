"""Hits -> Quotes: fair ones, no two that overlap or say the same, from as many of the sources that speak as fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.context import fair_span
from retrieval.model import Quote, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from retrieval.copies import Copies
    from retrieval.corpus import Corpus
    from retrieval.model import Hit, Query, Sentence


CHOICE = 10  # passages among which those of other sources are looked for


@dataclass(slots=True)
class _Passage:
    """A quote in the making: hits beside each other, best first, and the stretch that shows them."""

    hits: list[Hit]
    span: Span

    @property
    def file(self) -> str:
        return self.hits[0].sentence.article.file

    def takes(self, hit: Hit, span: Span) -> bool:
        """Whether a hit belongs here: it overlaps, or stands next to one of the sentences in their paragraph."""
        sentence = hit.sentence
        if self.hits[0].sentence.article is not sentence.article:
            return False
        near = any(
            abs(other.sentence.number - sentence.number) <= 1 and other.sentence.paragraph == sentence.paragraph
            for other in self.hits
        )
        return near or self.span.overlaps(span)


def quotes(
    query: Query,
    hits: Iterable[Hit],
    limit: int,
    corpus: Corpus,
    *,
    copies: Copies,
    speaking: Collection[Sentence] = (),
) -> tuple[Quote, ...]:
    """At most `limit` quotes of the hits: the best, then the best of each other source that speaks, then the rest.

    `hits` are best first, and `speaking` those of their sentences that would be answer enough by themselves. A sentence
    that `copies` has met in a better hit gets no quote; it is named under the other's.
    """
    passages = _passages(hits, limit, corpus, copies, speaking)
    return tuple(_quote(query, passage, corpus, copies, speaking) for passage in passages)


def sources_speaking(speaking: Collection[Sentence], copies: Copies) -> int:
    """How many sources say by themselves what would be answer enough; what one copies from another is said once.

    `speaking` are the sentences that would be, best first.
    """
    printed: dict[Sentence, set[str]] = {}
    for sentence in speaking:
        printed.setdefault(copies.original(sentence), set()).add(sentence.article.file)
    counted: set[str] = set()
    for sentence in speaking:
        if not printed[copies.original(sentence)] & counted:
            counted.add(sentence.article.file)
    return len(counted)


def _passages(
    hits: Iterable[Hit], limit: int, corpus: Corpus, copies: Copies, speaking: Collection[Sentence]
) -> list[_Passage]:
    """The passages to quote, chosen among the first few; a hit beside one joins it while there are no more than asked.

    Choosing among few keeps what is far down the list from taking the place of what is near its head.
    """
    passages: list[_Passage] = []
    for hit in hits:
        if copies.original(hit.sentence) is not hit.sentence:
            continue
        span = fair_span(hit.sentence, corpus)
        homes = [passage for passage in passages if passage.takes(hit, span)]
        if homes:
            if len(passages) <= limit:
                _join(homes, hit, span, passages)
        elif len(passages) < max(limit, CHOICE):
            passages.append(_Passage([hit], span))
        else:
            break
    return _with_variety(passages, speaking)[:limit]


def _join(homes: list[_Passage], hit: Hit, span: Span, passages: list[_Passage]) -> None:
    """Put a hit into the first of its homes, which takes in the others: they are one stretch now."""
    first, *others = homes
    for other in others:
        first.hits.extend(other.hits)
        first.span = _around(first.span, other.span)
        passages.remove(other)
    first.hits.sort(key=lambda other: -other.score)
    first.hits.append(hit)
    first.span = _around(first.span, span)


def _around(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _with_variety(passages: list[_Passage], speaking: Collection[Sentence]) -> list[_Passage]:
    """The best passage, the best of each other source that speaks, then the rest, each best first."""
    leading: list[_Passage] = passages[:1]
    rest: list[_Passage] = []
    seen = {passage.file for passage in leading}
    for passage in passages[1:]:
        if passage.file not in seen and _speaks(passage, speaking):
            seen.add(passage.file)
            leading.append(passage)
        else:
            rest.append(passage)
    return leading + rest


def _speaks(passage: _Passage, speaking: Collection[Sentence]) -> bool:
    return any(hit.sentence in speaking for hit in passage.hits)


def _quote(query: Query, passage: _Passage, corpus: Corpus, copies: Copies, speaking: Collection[Sentence]) -> Quote:
    best, span = passage.hits[0], passage.span
    article = best.sentence.article
    return Quote(
        article=article,
        span=span,
        sentences=tuple(hit.sentence.span for hit in passage.hits),
        score=best.score,
        marks=marks(query, article.text, span, corpus),
        parts=best.parts,
        speaks=_speaks(passage, speaking),
        copies=tuple(copy for hit in passage.hits for copy in copies.of(hit.sentence)),
    )


def marks(query: Query, text: str, span: Span, corpus: Corpus) -> tuple[Span, ...]:
    """The words within `span` that the question asked for."""
    asked = {term.term for term in query.terms}
    return tuple(
        Span(span.start + token.span.start, span.start + token.span.end)
        for token in corpus.analyzer.of_text(text[span.start : span.end])
        if token.term in asked
    )
