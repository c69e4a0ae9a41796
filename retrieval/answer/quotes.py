"""Hits -> Quotes: fair ones, no two that overlap or say the same, from as many of the sources that speak as fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from retrieval.analysis.scripts import is_unspaced
from retrieval.analysis.visible_text import visible, words_of
from retrieval.answer.answering_words import answering_words
from retrieval.answer.quote_context import fair_span
from retrieval.core.model import Kind, Quote, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from retrieval.answer.near_duplicates import NearDuplicates
    from retrieval.core.model import Copy, Hit, Sentence
    from retrieval.core.query_model import Query
    from retrieval.index.corpus import Corpus


KEPT = 32  # sentences that were shown, with what they need around them
CLOSE = 1.5  # points behind a passage's best sentence within which another one beside it belongs to it
CLOSE_ENOUGH = 4.0  # the same where all that may help is shown
CHOICE = 10  # passages among which those of other sources are looked for
ENDED = re.compile(r"[.!…。！।؟?:]['\"”’»)\]]*$")  # a sentence that is one
LEAST_WORDS = 3  # of what stands by itself without an end of a sentence, such as an item of a list


@dataclass(frozen=True, slots=True)
class QuoteChoice:
    """What decides on the quotes of an answer.

    `speaking` are the sentences that would be answer enough by themselves, best first; `older` those that a newer
    source is quoted before. `earns` tells of a hit behind the first whether it has earned a quote; None for all.
    """

    speaking: Collection[Sentence] = ()
    older: Collection[Sentence] = ()
    earns: Callable[[Hit], bool] | None = None


NEAREST = QuoteChoice()


class _Passage:
    """A quote in the making: hits beside each other, best first, and the stretch that shows them.

    Most passages are not shown, so the stretch is only looked for where it is asked for.
    """

    def __init__(self, hit: Hit, fair: Callable[[Sentence], Span]) -> None:
        self.hits = [hit]
        self._fair = fair
        self._span: Span | None = None

    @property
    def file(self) -> str:
        return self.hits[0].sentence.article.file

    @property
    def span(self) -> Span:
        if self._span is None:
            self._span = self._fair(self.hits[0].sentence)
        return self._span

    def takes(self, hit: Hit) -> bool:
        """Whether a hit belongs here: it overlaps, or stands next to one of the sentences in their paragraph."""
        sentence = hit.sentence
        if self.hits[0].sentence.article is not sentence.article:
            return False
        near = any(
            abs(other.sentence.number - sentence.number) <= 1 and other.sentence.paragraph == sentence.paragraph
            for other in self.hits
        )
        return near or self.span.overlaps(self._fair(sentence))

    def note(self, hit: Hit) -> None:
        """Count a hit among those that were found, where the stretch shows it as it is."""
        span = hit.sentence.span
        if self.span.start <= span.start and span.end <= self.span.end:
            self.hits.append(hit)

    def join(self, hit: Hit, others: Sequence[_Passage]) -> None:
        """Take in a hit, and other passages that take it too: they are one stretch now."""
        for span in (*(other.span for other in others), self._fair(hit.sentence)):
            self._span = Span(min(self.span.start, span.start), max(self.span.end, span.end))
        self.hits.extend(other_hit for other in others for other_hit in other.hits)
        self.hits.sort(key=lambda other: -other.score)
        self.hits.append(hit)


class Quoter:
    """Makes quotes of the sentences of a corpus; what was found out about the last ones is kept."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._fair_span_of = lru_cache(maxsize=KEPT)(lambda number: fair_span(corpus.sentences[number], corpus))
        self._tokens_of = lru_cache(maxsize=KEPT)(corpus.analyzer.of_text)

    def quotes(
        self,
        query: Query,
        hits: Iterable[Hit],
        limit: int,
        *,
        copies: NearDuplicates,
        choice: QuoteChoice = NEAREST,
    ) -> tuple[Quote, ...]:
        """At most `limit` quotes of the hits: the best, then the best of each other source that speaks, then the rest.

        `hits` are best first. A sentence that `copies` has met in a better hit gets no quote; it is named under the
        other's.
        """
        passages = self._passages(query, hits, limit, copies, choice)
        return tuple(self._quote(query, passage, copies, choice) for passage in passages)

    def _passages(
        self, query: Query, hits: Iterable[Hit], limit: int, copies: NearDuplicates, choice: QuoteChoice
    ) -> list[_Passage]:
        """The passages to quote, chosen among the first few; a hit beside one joins it while there are not too many.

        Choosing among few keeps what is far down the list from taking the place of what is near its head. A hit that
        was found for what stands around it makes no passage longer, unless it is hardly behind the passage's best.
        """
        passages: list[_Passage] = []
        for hit in hits:
            if copies.original(hit.sentence) is not hit.sentence:
                continue
            homes = [passage for passage in passages if passage.takes(hit)]
            if homes and hit.sentence.block.kind is Kind.HEADING:
                continue  # what stands below it was better, and has it in its path
            if homes and not (self._adds(query, hit) or _is_close(hit, homes[0], choice)):
                for home in homes:
                    home.note(hit)
                continue
            if homes:
                if len(passages) <= limit:
                    home, *others = homes
                    home.join(hit, others)
                    passages = [passage for passage in passages if passage not in others]
            elif len(passages) < max(limit, CHOICE):
                passages.append(_Passage(hit, self._fair))
            else:
                break
        ordered = _with_variety(passages, choice.speaking)
        return _worth_it(ordered, choice, limit) if choice.earns else ordered[:limit]

    def _adds(self, query: Query, hit: Hit) -> bool:
        """Whether a hit has words of the question itself."""
        asked = {term.term for term in query.terms}
        sentence = hit.sentence
        said = visible(sentence.article.text, sentence.article.hidden, sentence.span)
        language = sentence.article.language(sentence.paragraph)
        return any(token.term in asked for token in self._tokens_of(said.text, language))

    def _fair(self, sentence: Sentence) -> Span:
        return self._fair_span_of(self.corpus.place(sentence))

    def _quote(self, query: Query, passage: _Passage, copies: NearDuplicates, choice: QuoteChoice) -> Quote:
        best, span = passage.hits[0], passage.span
        return Quote(
            article=best.sentence.article,
            span=span,
            sentences=tuple(hit.sentence.span for hit in passage.hits),
            score=best.score,
            marks=self._marks(query, best.sentence, span),
            parts=best.parts,
            answers=answering_words(query, best.sentence),
            speaks=_speaks(passage, choice.speaking),
            older=best.sentence in choice.older,
            copies=_of_each_source(copy for hit in passage.hits for copy in copies.of(hit.sentence)),
        )

    def _marks(self, query: Query, sentence: Sentence, span: Span) -> tuple[Span, ...]:
        """The words within `span`, which is around `sentence`, that the question asked for."""
        asked = {term.term for term in query.terms}
        marks: list[Span] = []
        for other in self._within(sentence, span):
            said = visible(other.article.text, other.article.hidden, other.span)
            found = (
                token.span
                for token in self._tokens_of(said.text, other.article.language(other.paragraph))
                if token.term in asked
            )
            places = _as_words(said.text, found)
            marks += [Span(said.start(word.start), said.end(word.end)) for word in places]
        return tuple(marks)

    def _within(self, sentence: Sentence, span: Span) -> Sequence[Sentence]:
        """The sentences of the stretch that `sentence` is in, in the order of the text."""
        return [*reversed(self._onwards(sentence, span, -1)), sentence, *self._onwards(sentence, span, 1)]

    def _onwards(self, sentence: Sentence, span: Span, step: int) -> list[Sentence]:
        """The sentences of the stretch behind one (`step` 1) or before it (-1), the nearest first."""
        found: list[Sentence] = []
        other = self.corpus.beside(sentence, step)
        while other and other.span.overlaps(span):
            found.append(other)
            other = self.corpus.beside(other, step)
        return found


def _of_each_source(copies: Iterable[Copy]) -> tuple[Copy, ...]:
    """The first copy in each article."""
    found: dict[str, Copy] = {}
    for copy in copies:
        found.setdefault(copy.article.file, copy)
    return tuple(found.values())


def _is_close(hit: Hit, home: _Passage, choice: QuoteChoice) -> bool:
    return hit.score >= home.hits[0].score - (CLOSE if choice.earns else CLOSE_ENOUGH)


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


def _worth_it(passages: Sequence[_Passage], choice: QuoteChoice, limit: int) -> list[_Passage]:
    """The first passage, and those behind it that have earned a quote, at most `limit` together."""
    kept: list[_Passage] = []
    for passage in passages:
        if len(kept) == limit:
            break
        if not kept or (_stands_alone(passage) and _earns(passage, kept, choice)):
            kept.append(passage)
    return kept


def _earns(passage: _Passage, kept: Sequence[_Passage], choice: QuoteChoice) -> bool:
    """Whether a passage adds something: it is sure enough, and not one more row or item of a table or list quoted."""
    if not (choice.earns and choice.earns(passage.hits[0])):
        return False
    if _speaks(passage, choice.speaking):
        return True
    return not any(_table_or_list(passage) == _table_or_list(other) is not None for other in kept)


def _table_or_list(passage: _Passage) -> tuple[str, int] | None:
    """What a row or an item is a part of, by the block that it belongs to; None for anything else."""
    block = passage.hits[0].sentence.block
    return (passage.file, block.parent) if block.kind in {Kind.ROW, Kind.ITEM} else None


def _stands_alone(passage: _Passage) -> bool:
    """Whether a passage says something by itself: no heading or question alone, no piece of a sentence."""
    sentence = passage.hits[0].sentence
    text = words_of(sentence).rstrip()
    if sentence.block.kind is Kind.HEADING or text.endswith(("?", "؟", ":")):
        return passage.span.end > sentence.span.end
    if sentence.block.kind in {Kind.PARAGRAPH, Kind.QUOTATION}:
        return ENDED.search(text) is not None
    return sentence.block.kind in {Kind.ROW, Kind.CODE} or len(text.split()) >= LEAST_WORDS


def _speaks(passage: _Passage, speaking: Collection[Sentence]) -> bool:
    return any(hit.sentence in speaking for hit in passage.hits)


def _as_words(text: str, found: Iterable[Span]) -> list[Span]:
    """What was found in a text, where scripts without spaces have signs and pairs of signs that overlap, as words.

    What overlaps is one; a sign that is found by itself, amid others of its script, is none.
    """
    words: list[Span] = []
    for span in found:
        touches = words and (
            span.start < words[-1].end or (span.start == words[-1].end and is_unspaced(text[span.start]))
        )
        if touches:
            words[-1] = Span(words[-1].start, max(words[-1].end, span.end))
        else:
            words.append(span)
    return [word for word in words if len(word) > 1 or not is_unspaced(text[word.start])]
