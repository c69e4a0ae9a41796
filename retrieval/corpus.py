"""A Library -> the terms of its sentences, paragraphs and articles: what an index is built from."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from retrieval.model import Sentence, Span
from retrieval.parts import Part
from retrieval.segment import SegmentBuilder
from retrieval.terms import Analyzer
from retrieval.written import Called, Forms, Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from retrieval.library import Library

Thing = TypeVar("Thing")
KEPT = 20_000  # files whose place is kept between questions


class Numbered(Generic[Thing]):
    """Things that are made when they are asked for, by their number; `numbers` are all of them, in their order."""

    def __init__(self, make: Callable[[int], Thing], numbers: Sequence[int] | NDArray[np.int64]) -> None:
        self._make = make
        self._numbers = numbers

    def __getitem__(self, number: int) -> Thing:
        return self._make(number)

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[Thing]:
        return (self._make(int(number)) for number in self._numbers)


class Corpus:
    """The sentences of a library, with their terms, in flat arrays; Python objects are made of what is asked for.

    `sentences`, `terms`, `paragraphs`, `articles` and `titles` give by its number each sentence, and the terms of each
    sentence, paragraph (the heading above it included), article (its title included) and title. The methods
    `terms_of` and its like give the same terms as numbers, whose strings are in the `vocabulary`. `called` tells for
    each thing with several names what the articles call it, and how often; `forms` gives for each folded word of
    sentences and titles how it is written, without a capital where it ever is; `names` has the forms that are written
    with a capital inside a sentence or a title.
    """

    def __init__(self, library: Library, analyzer: Analyzer, parts: Sequence[Part]) -> None:
        self.library = library
        self.analyzer = analyzer
        self.parts = parts
        self.vocabulary = parts[0].segment.vocabulary
        self.called = Called(parts)
        self.forms = Forms(parts)
        self.names = Names(parts)
        whole = parts[0].segment
        self.sentences = Numbered(self.sentence, range(whole.sentences))
        self.terms = Numbered(lambda number: self._strings(self.terms_of(number)), range(whole.sentences))
        self.paragraphs = Numbered(lambda number: self._strings(self.paragraph_terms(number)), range(whole.paragraphs))
        self.articles = Numbered(lambda number: self._strings(self.article_terms(number)), range(whole.articles))
        self.titles = Numbered(lambda number: self._strings(self.title_terms(number)), range(whole.articles))
        self._first_sentences = [part.first_sentence for part in parts]
        self._articles_of = lru_cache(maxsize=KEPT)(self._look_for)

    def sentence(self, number: int) -> Sentence:
        """The sentence with that number."""
        part, at = self._at(number)
        segment = part.segment
        article = int(segment.article_of[at])
        return Sentence(
            part.articles[article],
            Span(int(segment.start[at]), int(segment.end[at])),
            int(segment.paragraph_in[segment.paragraph_of[at]]),
            at - int(segment.sentence_at[article]),
        )

    def article_of(self, number: int) -> int:
        """The number of the article of a sentence."""
        part, at = self._at(number)
        return part.first_article + int(part.segment.article_of[at])

    def paragraph_of(self, number: int) -> int:
        """The number of the paragraph of a sentence; -1 where there is no sentence with that number."""
        part, at = self._at(number)
        inside = 0 <= at < part.segment.sentences
        return part.first_paragraph + int(part.segment.paragraph_of[at]) if inside else -1

    def terms_of(self, number: int) -> NDArray[np.int32]:
        """The numbers of the terms of a sentence."""
        part, at = self._at(number)
        return part.segment.terms[at]

    def paragraph_terms(self, paragraph: int) -> NDArray[np.int32]:
        """The numbers of the terms of a paragraph."""
        return self.parts[0].segment.paragraph_terms(paragraph)

    def article_terms(self, article: int) -> NDArray[np.int32]:
        """The numbers of the terms of an article."""
        return self.parts[0].segment.article_terms(article)

    def title_terms(self, article: int) -> NDArray[np.int32]:
        """The numbers of the terms of an article's titles."""
        return self.parts[0].segment.titles[article]

    def place(self, sentence: Sentence) -> int:
        """The number of a sentence."""
        part, article = self._articles_of(sentence.article.file)
        return part.first_sentence + int(part.segment.sentence_at[article]) + sentence.number

    def sentences_in(self, file: str) -> int:
        """How many sentences an article has; 0 for one that is not there."""
        try:
            part, article = self._articles_of(file)
        except KeyError:
            return 0
        return int(part.segment.sentence_at[article + 1] - part.segment.sentence_at[article])

    def beside(self, sentence: Sentence, step: int) -> Sentence | None:
        """The sentence that many after another in its article, or before it where `step` is negative; None for none."""
        inside = 0 <= sentence.number + step < self.sentences_in(sentence.article.file)
        return self.sentence(self.place(sentence) + step) if inside else None

    def _at(self, number: int) -> tuple[Part, int]:
        part = self.parts[bisect_right(self._first_sentences, number) - 1]
        return part, number - part.first_sentence

    def _strings(self, numbers: NDArray[np.int32]) -> list[str]:
        return [self.vocabulary[number] for number in numbers.tolist()]

    def _look_for(self, file: str) -> tuple[Part, int]:
        for part in self.parts:
            if (article := part.article_of_file(file)) is not None:
                return part, article
        raise KeyError(file)


def read(library: Library, *, progress: Callable[[int, int], None] | None = None) -> Corpus:
    """The corpus of `library`; `progress` is told (articles done, articles in all)."""
    builder = SegmentBuilder(Analyzer(library.names))
    for done, article in enumerate(library.articles, 1):
        builder.add(article)
        if progress:
            progress(done, len(library.articles))
    return Corpus(library, builder.analyzer, [Part(builder.built(), library.articles)])
