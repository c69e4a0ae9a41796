"""Hits -> Quotes: whole sentences, the context that makes them fair, no two that overlap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.model import Quote, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.corpus import Corpus
    from retrieval.model import Hit, Query, Sentence

# A sentence that opens with one of these leans on the one before it.
LEANING = re.compile(
    r"[\"'“‘(\[]*(?:he|she|it|they|his|her|its|their|him|them|this|that|these|those|such|but|however|yet|so|thus|"
    r"therefore|instead|nevertheless|nonetheless|moreover|besides|also|and|or|nor|then|there|both|neither|"
    r"the (?:latter|former|same)|as (?:such|a result)|in (?:addition|contrast|particular|other words)|"
    r"on the (?:other hand|contrary)|for (?:example|instance))\b",
    re.IGNORECASE,
)


def quotes(query: Query, hits: Iterable[Hit], limit: int, corpus: Corpus) -> tuple[Quote, ...]:
    """At most `limit` quotes of the hits, in the order of their best; hits beside each other share a quote."""
    groups: list[list[Hit]] = []
    spans: list[Span] = []
    for hit in hits:
        span = fair_span(hit.sentence, corpus)
        home = next((n for n, group in enumerate(groups) if _beside(group, spans[n], hit, span)), None)
        if home is not None:
            groups[home].append(hit)
            spans[home] = Span(min(spans[home].start, span.start), max(spans[home].end, span.end))
        elif len(groups) < limit:
            groups.append([hit])
            spans.append(span)
        else:
            break
    return tuple(_quote(query, group, span, corpus) for group, span in zip(groups, spans, strict=True))


def fair_span(sentence: Sentence, corpus: Corpus) -> Span:
    """The sentence, and the one before it where it opens with a word that points back."""
    if LEANING.match(sentence.text) and (before := corpus.before(sentence)):
        return Span(before.span.start, sentence.span.end)
    return sentence.span


def _beside(group: list[Hit], whole: Span, hit: Hit, span: Span) -> bool:
    """Whether a hit belongs into a quote: it overlaps it, or stands next to one of its sentences in the paragraph."""
    first = group[0].sentence
    if first.article is not hit.sentence.article:
        return False
    near = any(
        abs(other.sentence.number - hit.sentence.number) <= 1 and other.sentence.paragraph == hit.sentence.paragraph
        for other in group
    )
    return near or whole.overlaps(span)


def _quote(query: Query, group: list[Hit], span: Span, corpus: Corpus) -> Quote:
    best = group[0]
    article = best.sentence.article
    return Quote(
        article=article,
        span=span,
        sentences=tuple(hit.sentence.span for hit in group),
        score=best.score,
        marks=marks(query, article.text, span, corpus),
        parts=best.parts,
    )


def marks(query: Query, text: str, span: Span, corpus: Corpus) -> tuple[Span, ...]:
    """The words within `span` that the question asked for."""
    asked = {term.term for term in query.terms}
    return tuple(
        Span(span.start + token.span.start, span.start + token.span.end)
        for token in corpus.analyzer.of_text(text[span.start : span.end])
        if token.term in asked
    )
