"""A Library -> the terms of its sentences, paragraphs and articles: what an index is built from."""

from __future__ import annotations

from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from retrieval.joining import SegmentBuilder
from retrieval.model import Sentence, Span
from retrieval.numbered import Numbered
from retrieval.parts import Order, Part
from retrieval.terms import Analyzer
from retrieval.vocabulary import Vocabulary
from retrieval.written import Called, Forms, Names

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from numpy.typing import NDArray

    from retrieval.library import Library
    from retrieval.model import Article
    from retrieval.segment import Segment

KEPT = 20_000  # files whose place is kept between questions
TIDIED_AFTER = 4  # questions


class Corpus:
    """The sentences of a library, with their terms, in flat arrays; Python objects are made of what is asked for.

    `sentences`, `terms`, `paragraphs`, `articles` and `titles` give by its number each sentence, and the terms of each
    sentence, paragraph (the heading above it included), article (its title included) and title. The methods
    `terms_of` and its like give the same terms as numbers, whose strings are in the `vocabulary`. `called` tells for
    each thing with several names what the articles call it, and how often; `forms` gives for each folded word of
    sentences and titles how it is written, without a capital where it ever is; `names` has the forms that are written
    with a capital inside a sentence or a title. `release` gives back the memory that a file takes which the arrays are
    mapped from.
    """

    def __init__(
        self,
        library: Library,
        analyzer: Analyzer,
        parts: Sequence[Part],
        vocabulary: Vocabulary,
        release: Callable[[], None] | None = None,
    ) -> None:
        self.library = library
        self.analyzer = analyzer
        self.parts = parts
        self.vocabulary = vocabulary
        self.release = release
        self._asked = count(1)
        self.order = Order.of(parts)
        self.called = Called(parts, vocabulary)
        self.forms = Forms(parts)
        self.names = Names(parts)
        sentences, paragraphs = int(self.order.sentence_at[-1]), int(self.order.paragraph_at[-1])
        articles = len(self.order.number)
        self.sentences = Numbered(self._sentence, sentences)
        self.terms = Numbered(lambda number: self._strings(self.terms_of(number)), sentences)
        self.paragraphs = Numbered(lambda number: self._strings(self.paragraph_terms(number)), paragraphs)
        self.articles = Numbered(lambda number: self._strings(self.article_terms(number)), articles)
        self.titles = Numbered(lambda number: self._strings(self.title_terms(number)), articles)
        self._place_of = lru_cache(maxsize=KEPT)(self._look_for)

    def tidy(self) -> None:
        """To be called for each question: once in a while the memory is given back that a mapped file takes.

        What is needed again is mapped again, from what the system keeps of the file, in a fraction of a millisecond.
        """
        if next(self._asked) % TIDIED_AFTER == 0 and self.release:
            self.release()

    def article_of(self, number: int) -> int:
        """The number of the article of a sentence."""
        return int(np.searchsorted(self.order.sentence_at, number, side="right")) - 1

    def paragraph_of(self, number: int) -> int:
        """The number of the paragraph of a sentence; -1 where there is no sentence with that number."""
        if not 0 <= number < len(self.sentences):
            return -1
        segment, article, at = self._at(number)
        inside = int(segment.paragraph_of[at] - segment.article_paragraph_at[article])
        return int(self.order.paragraph_at[self.article_of(number)]) + inside

    def terms_of(self, number: int) -> NDArray[np.int32]:
        """The numbers of the terms of a sentence."""
        segment, _, at = self._at(number)
        return segment.terms[at]

    def paragraph_terms(self, paragraph: int) -> NDArray[np.int32]:
        """The numbers of the terms of a paragraph."""
        place = int(np.searchsorted(self.order.paragraph_at, paragraph, side="right")) - 1
        part, article = self._article(place)
        inside = paragraph - int(self.order.paragraph_at[place])
        return part.segment.paragraph_terms(int(part.segment.article_paragraph_at[article]) + inside)

    def article_terms(self, article: int) -> NDArray[np.int32]:
        """The numbers of the terms of an article."""
        part, number = self._article(article)
        return part.segment.article_terms(number)

    def title_terms(self, article: int) -> NDArray[np.int32]:
        """The numbers of the terms of an article's titles."""
        part, number = self._article(article)
        return part.segment.titles[number]

    def in_titles(self, term: str) -> bool:
        """Whether a title of an article has this term."""
        number = self.vocabulary.get(term)
        return number is not None and any(part.in_titles(number) for part in self.parts)

    def place(self, sentence: Sentence) -> int:
        """The number of a sentence."""
        first = self.first_sentence(sentence.article.file)
        if first is None:
            raise KeyError(sentence.article.file)
        return first + sentence.number

    def first_sentence(self, file: str) -> int | None:
        """The number of the first sentence of the article in `file`; None where the library has none."""
        place = self._place_of(file)
        return None if place is None else int(self.order.sentence_at[place])

    def article(self, file: str) -> Article | None:
        """The article in `file`, None where the library has none."""
        place = self._place_of(file)
        return None if place is None else self.library.articles[place]

    def articles_named(self, names: Container[str]) -> list[Article]:
        """The articles that have one of these names, which are case-folded."""
        return [part.articles[number] for part in self.parts for number in part.named(names)]

    def files(self) -> list[str]:
        """The file of each article, in their order."""
        files = [part.files() for part in self.parts]
        return [files[part][at] for part, at in zip(self.order.part.tolist(), self.order.number.tolist(), strict=True)]

    def sentences_in(self, file: str) -> int:
        """How many sentences an article has; 0 for one that is not there."""
        place = self._place_of(file)
        return 0 if place is None else int(self.order.sentence_at[place + 1] - self.order.sentence_at[place])

    def beside(self, sentence: Sentence, step: int) -> Sentence | None:
        """The sentence that many after another in its article, or before it where `step` is negative; None for none."""
        inside = 0 <= sentence.number + step < self.sentences_in(sentence.article.file)
        return self._sentence(self.place(sentence) + step) if inside else None

    def _sentence(self, number: int) -> Sentence:
        place = self.article_of(number)
        part, article = self._article(place)
        inside = number - int(self.order.sentence_at[place])
        segment, at = part.segment, int(part.segment.sentence_at[article]) + inside
        return Sentence(
            part.articles[article],
            Span(int(segment.start[at]), int(segment.end[at])),
            int(segment.paragraph_in[segment.paragraph_of[at]]),
            inside,
        )

    def _article(self, place: int) -> tuple[Part, int]:
        """The part of the article at that place, and its number there."""
        return self.parts[self.order.part[place]], int(self.order.number[place])

    def _at(self, number: int) -> tuple[Segment, int, int]:
        """The segment of a sentence, and its article's number and its own there."""
        place = self.article_of(number)
        part, article = self._article(place)
        return part.segment, article, int(part.segment.sentence_at[article] + number - self.order.sentence_at[place])

    def _strings(self, numbers: NDArray[np.int32]) -> list[str]:
        return [self.vocabulary.term(number) for number in numbers.tolist()]

    def _look_for(self, file: str) -> int | None:
        """The place of the article in `file`, None where the library has none."""
        for part in self.parts:
            if (number := part.article_of_file(file)) is not None:
                return int(part.places[number])
        return None


def read(library: Library, *, progress: Callable[[int, int], None] | None = None) -> Corpus:
    """The corpus of `library`; `progress` is told (articles done, articles in all)."""
    builder = SegmentBuilder(Analyzer(library.names))
    for done, article in enumerate(library.articles, 1):
        builder.add(article)
        if progress:
            progress(done, len(library.articles))
    segment = builder.built()
    vocabulary = Vocabulary(segment.vocabulary)
    return Corpus(library, builder.analyzer, [Part.whole(segment, library.articles)], vocabulary)
