"""A Library -> the terms of its sentences, paragraphs and articles: what an index is built from."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from retrieval.analysis.analyzer import Analyzer
from retrieval.core.model import Sentence, Span
from retrieval.index.array_file import mapped
from retrieval.index.article_groups import ArticleGroups
from retrieval.index.segments.builder import SegmentBuilder
from retrieval.index.segments.lazy_sequence import LazySequence
from retrieval.index.segments.parts import CorpusPart, Order
from retrieval.index.segments.surface_lookup import AliasCounts, FormLookup, NameLookup
from retrieval.index.segments.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from numpy.typing import NDArray

    from retrieval.core.model import Article
    from retrieval.index.segments.segment import Segment
    from retrieval.ingestion.library import Library

KEPT = 20_000  # files whose place is kept between questions
# What is given back is mapped again when it is needed again, from what the system keeps of the file; to do so all the
# time takes a fifth of an answer. The program's own files take 30 to 40 MB of it.
MOST_MAPPED = 120_000_000  # bytes of files in memory


class SentenceGroup(NamedTuple):
    """Sentences that were asked for together and are in one part of a corpus.

    `rows` are their places among those that were asked for; `articles` and `sentences` the numbers that their articles
    and they have in the part, `places` and `inside` those of their articles in the library and their own there.
    """

    part: CorpusPart
    rows: NDArray[np.int64]
    articles: NDArray[np.int32]
    sentences: NDArray[np.int64]
    places: NDArray[np.int64]
    inside: NDArray[np.int64]


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
        parts: Sequence[CorpusPart],
        vocabulary: Vocabulary,
        release: Callable[[], None] | None = None,
    ) -> None:
        self.library = library
        self.analyzer = analyzer
        self.parts = parts
        self.vocabulary = vocabulary
        self.release = release
        self.order = Order.of(parts)
        self.called = AliasCounts(parts, vocabulary)
        self.forms = FormLookup(parts)
        self.names = NameLookup(parts)
        sentences, paragraphs = int(self.order.sentence_at[-1]), int(self.order.paragraph_at[-1])
        articles = len(self.order.number)
        self.sentences = LazySequence(self._sentence, sentences)
        self.terms = LazySequence(lambda number: self._strings(self.terms_of(number)), sentences)
        self.paragraphs = LazySequence(lambda number: self._strings(self.paragraph_terms(number)), paragraphs)
        self.articles = LazySequence(lambda number: self._strings(self.article_terms(number)), articles)
        self.titles = LazySequence(lambda number: self._strings(self.title_terms(number)), articles)
        self._starts = self.order.sentence_at.data  # one number is had from it for a tenth of what the array takes
        self._places: dict[str, int] = {}

    def tidy(self) -> None:
        """To be called for each question: the memory is given back that a mapped file takes, once that is much."""
        if self.release and mapped() > MOST_MAPPED:
            self.release()

    def article_of(self, number: int) -> int:
        """The number of the article of a sentence."""
        return bisect_right(self._starts, number) - 1

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
        part, article = self.part_of(place)
        inside = paragraph - int(self.order.paragraph_at[place])
        return part.segment.paragraph_terms(int(part.segment.article_paragraph_at[article]) + inside)

    def article_terms(self, article: int) -> NDArray[np.int32]:
        """The numbers of the terms of an article."""
        part, number = self.part_of(article)
        return part.segment.article_terms(number)

    def title_terms(self, article: int) -> NDArray[np.int32]:
        """The numbers of the terms of an article's titles."""
        part, number = self.part_of(article)
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
        """The articles whose own name is one of these, which are case-folded."""
        return [part.articles[number] for part in self.parts for number in part.named(names)]

    def files(self) -> list[str]:
        """The file of each article, in their order."""
        return self._listed([part.files() for part in self.parts])

    def article_names(self) -> list[str]:
        """The name of each article, in their order."""
        return self._listed([part.names() for part in self.parts])

    def digests(self) -> list[str]:
        """The digest of each article's file, in their order."""
        return self._listed([part.digests() for part in self.parts])

    @cached_property
    def groups(self) -> ArticleGroups:
        """The articles by their collections and dates."""
        return ArticleGroups(self.parts, self.order, self.files())

    @property
    def collection_names(self) -> frozenset[str]:
        """All collections that there are."""
        return self.groups.names

    def _listed(self, parts: Sequence[Sequence[str]]) -> list[str]:
        """What each part tells of its articles, in the order of the library."""
        return [parts[part][at] for part, at in zip(self.order.part.tolist(), self.order.number.tolist(), strict=True)]

    def sentences_in(self, file: str) -> int:
        """How many sentences an article has; 0 for one that is not there."""
        place = self._place_of(file)
        return 0 if place is None else int(self.order.sentence_at[place + 1] - self.order.sentence_at[place])

    def beside(self, sentence: Sentence, step: int) -> Sentence | None:
        """The sentence that many after another in its article, or before it where `step` is negative; None for none."""
        place, inside = self._place_of(sentence.article.file), sentence.number + step
        if place is None or not 0 <= inside < self._starts[place + 1] - self._starts[place]:
            return None
        part, article = self.part_of(place)
        return _sentence(sentence.article, part.segment, article, inside)

    def sentences_of_blocks(self, sentence: Sentence, blocks: range) -> range:
        """The numbers of the sentences in these blocks of the article of `sentence`."""
        place = self._place_of(sentence.article.file)
        if place is None:
            raise KeyError(sentence.article.file)
        part, article = self.part_of(place)
        segment = part.segment
        first, last = segment.article_paragraph_at[article : article + 2]
        in_blocks = segment.paragraph_in[first:last]  # ascending
        start, end = first + np.searchsorted(in_blocks, (blocks.start, blocks.stop))
        offset = int(self.order.sentence_at[place]) - int(segment.sentence_at[article])
        return range(int(segment.paragraph_at[start]) + offset, int(segment.paragraph_at[end]) + offset)

    def sentences_at(self, numbers: NDArray[np.int32]) -> list[Sentence]:
        """The sentences with these numbers: quicker than one by one."""
        found: dict[int, Sentence] = {}
        for group in self.grouped(numbers):
            segment = group.part.segment
            columns: tuple[NDArray[Any], ...] = (
                group.rows,
                group.articles,
                group.places,
                segment.start[group.sentences],
                segment.end[group.sentences],
                segment.paragraph_in[segment.paragraph_of[group.sentences]],
                group.inside,
            )
            rows = zip(*(column.tolist() for column in columns), strict=True)
            for row, number, place, start, end, paragraph, inside in rows:
                article = group.part.articles[number]
                self._remember(article.file, place)
                found[row] = Sentence(article, Span(start, end), paragraph, inside)
        return [found[row] for row in range(len(numbers))]

    def grouped(self, numbers: NDArray[np.int32]) -> Iterator[SentenceGroup]:
        """The sentences with these numbers, by the parts that they are in."""
        places = np.searchsorted(self.order.sentence_at, numbers, side="right") - 1
        parts = self.order.part[places]
        inside = numbers - self.order.sentence_at[places]
        for number in range(len(self.parts)):
            rows = np.flatnonzero(parts == number)
            if len(rows):
                part, articles = self.parts[number], self.order.number[places[rows]]
                sentences = part.segment.sentence_at[articles] + inside[rows]
                yield SentenceGroup(part, rows, articles, sentences, places[rows], inside[rows])

    def _sentence(self, number: int) -> Sentence:
        place = self.article_of(number)
        part, at = self.part_of(place)
        article = part.articles[at]
        self._remember(article.file, place)
        return _sentence(article, part.segment, at, number - self._starts[place])

    def part_of(self, place: int) -> tuple[CorpusPart, int]:
        """The part of the article at that place, and its number there."""
        return self.parts[self.order.part[place]], int(self.order.number[place])

    def _at(self, number: int) -> tuple[Segment, int, int]:
        """The segment of a sentence, and its article's number and its own there."""
        place = self.article_of(number)
        part, article = self.part_of(place)
        return part.segment, article, int(part.segment.sentence_at[article] + number - self.order.sentence_at[place])

    def _strings(self, numbers: NDArray[np.int32]) -> list[str]:
        return [self.vocabulary.term(number) for number in numbers.tolist()]

    def _place_of(self, file: str) -> int | None:
        """The place of the article in `file`, None where the library has none."""
        if (known := self._places.get(file)) is not None:
            return known
        for part in self.parts:
            if (number := part.article_of_file(file)) is not None:
                place = int(part.places[number])
                self._remember(file, place)
                return place
        return None

    def _remember(self, file: str, place: int) -> None:
        """Keep the place of an article, which is soon asked for again, as are the sentences around one of it."""
        if len(self._places) >= KEPT:
            self._places = {}
        self._places[file] = place


def _sentence(article: Article, segment: Segment, number: int, inside: int) -> Sentence:
    """A sentence of an article, which has that number in the segment, by its own number in the article."""
    at = int(segment.sentence_at[number]) + inside
    paragraph = int(segment.paragraph_in[segment.paragraph_of[at]])
    return Sentence(article, Span(int(segment.start[at]), int(segment.end[at])), paragraph, inside)


def read(library: Library, *, progress: Callable[[int, int], None] | None = None) -> Corpus:
    """The corpus of `library`; `progress` is told (articles done, articles in all)."""
    builder = SegmentBuilder(Analyzer(library.names, tuple(library.languages)))
    for done, article in enumerate(library.articles, 1):
        builder.add(article)
        if progress:
            progress(done, len(library.articles))
    segment = builder.built()
    vocabulary = Vocabulary(segment.vocabulary)
    return Corpus(library, builder.analyzer, [CorpusPart.whole(segment, library.articles)], vocabulary)
