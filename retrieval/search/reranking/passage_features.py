"""What the reranker compares with a question: sentences, with what is around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.analysis.analyzer import REWRITTEN, keys_of, stem
from retrieval.analysis.english_words.irregular_forms import BASE
from retrieval.analysis.languages.all_packs import MAIN
from retrieval.analysis.tokenizer import forms as forms_of
from retrieval.analysis.tokenizer import words as words_in
from retrieval.analysis.visible_text import words_of
from retrieval.core.model import Kind
from retrieval.search.candidates import surroundings
from retrieval.search.meaning.semantic_index import FAR, Nearness
from retrieval.search.reranking.section import NO_FIT, Fits, TextsAround, section_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TypeAlias

    from numpy.typing import NDArray

    from retrieval.core.model import Sentence
    from retrieval.index.corpus import Corpus, SentenceGroup
    from retrieval.index.segments.postings import Postings
    from retrieval.search.meaning.library_terms import LibraryTerms
    from retrieval.search.meaning.semantic_index import QuestionNearness
    from retrieval.search.reranking.question_features import QuestionFeatures

    # The last fields of a Passage, from `terms` on.
    _Around: TypeAlias = tuple[frozenset[int], frozenset[int], frozenset[int], frozenset[int], Mapping[int, int], bool]

ASKED = ("?", "？", "؟", "\u037e", "՞")
CACHED_SENTENCES = 1000  # whose words are kept between questions
CACHED_TITLES = 256  # of articles, likewise
IRREGULAR = frozenset((*BASE, *REWRITTEN))  # words that do not begin as their stems do


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A sentence as the reranker sees it for one question.

    `kind` is that of its block. `forms` is a line of its words, and `stems` one of the stems of those
    that may have one the question asks for. Terms are known by their numbers in the corpus's vocabulary: `title` has
    all those of the article's titles, `heading` all those of the heading above it, the others only such as the question
    has. `terms` are in the sentence, `before` and `after` in those beside it in its paragraph, `paragraph` anywhere in
    that or in what it belongs to, which is `context` (headings, the head of a table, what introduces a list);
    `article` tells how often the whole article has each. `opens_section` says that nothing stands between it and its
    heading, `opens_article` that it is the first of its article.

    `fits` tells how much of the question each of these speaks of, where words that mean much the same count in part;
    `nearness` how near it is in meaning, where a sentence encoder reads along.
    """

    text: str
    forms: str
    stems: str
    length: int
    is_question: bool
    title: frozenset[int]
    terms: frozenset[int]
    before: frozenset[int]
    after: frozenset[int]
    paragraph: frozenset[int]
    article: Mapping[int, int]
    opens_paragraph: bool
    context: frozenset[int] = frozenset()
    kind: Kind = Kind.PARAGRAPH
    heading: frozenset[int] = frozenset()
    opens_section: bool = False
    opens_article: bool = False
    fits: Fits = NO_FIT
    nearness: Nearness = FAR


class _Words(NamedTuple):
    """The words of a sentence, the same in one line with spaces around each, and whether it is a question."""

    forms: Sequence[str]
    line: str
    is_question: bool


class PassageReader:
    """Reads the passages of a corpus; the words of the last thousand are kept."""

    def __init__(self, corpus: Corpus, terms: LibraryTerms) -> None:
        self.corpus = corpus
        self.terms = terms
        self._words: dict[int, _Words] = {}
        self._title = lru_cache(maxsize=CACHED_TITLES)(self._read_title)

    def of(self, question: QuestionFeatures, sentences: Sequence[Sentence]) -> list[Passage]:
        """These sentences with what is around them, as the question sees them."""
        numbers = np.fromiter(map(self.corpus.place, sentences), dtype=np.int32)
        texts = [words_of(sentence) for sentence in sentences]
        words = [self._words_of(number, text) for number, text in zip(numbers.tolist(), texts, strict=True)]
        stems = self._stems_of(question, texts, words)
        found: dict[int, Passage] = {}
        for group in self.corpus.grouped(numbers):
            rows = group.rows.tolist()
            sections = [section_of(sentences[row]) for row in rows]
            headings = [section.heading for section in sections]
            texts_around = TextsAround.of(group, headings, [texts[row] for row in rows])
            fits = texts_around.fits(question, self.terms)
            columns = zip(rows, group.places.tolist(), sections, _around(question, group), strict=True)
            for at, (row, place, section, around) in enumerate(columns):
                forms, line, is_question = words[row]
                found[row] = Passage(
                    texts[row],
                    line,
                    stems[row],
                    len(forms),
                    is_question,
                    self._title(place),
                    *around,
                    context=frozenset(question.terms.keys() & set(texts_around.contexts[at].tolist())),
                    kind=section.block.kind,
                    heading=frozenset(texts_around.headings[at].tolist()),
                    opens_section=section.opens,
                    opens_article=sentences[row].number == 0,
                    fits=fits[at],
                )
        return [found[row] for row in range(len(sentences))]

    def _stems_of(self, question: QuestionFeatures, texts: Sequence[str], words: Sequence[_Words]) -> list[str]:
        """For each sentence a line of the stems that the question may ask for."""
        if question.language == MAIN:
            return _stems(words, question.openings)
        return [f" {' '.join(keys_of(words_in(text), text, question.language))} " for text in texts]

    def section_fit(self, question: QuestionFeatures, sentence: Sentence) -> float:
        """The share of a question's terms that a sentence, its section or what is above it speaks of, all alike."""
        around = [self.corpus.terms_of(number) for number in surroundings(sentence, self.corpus)]
        (group,) = self.corpus.grouped(np.array([self.corpus.place(sentence)], dtype=np.int32))
        context = TextsAround.of(group, [section_of(sentence).heading], [""]).contexts[0]
        numbers = np.unique(np.concatenate([*around, context]))
        if not question.asked or not len(numbers):
            return 0.0
        return float(self.terms.fits(question.asked, numbers).max(axis=1).mean())

    def _words_of(self, number: int, text: str) -> _Words:
        if (words := self._words.get(number)) is None:
            if len(self._words) >= CACHED_SENTENCES:
                self._words = {}
            found = forms_of(text)
            words = _Words(found, f" {' '.join(found)} ", text.rstrip("\"'”’»)」』）").endswith(ASKED))
            self._words[number] = words
        return words

    def _read_title(self, article: int) -> frozenset[int]:
        return frozenset(self.corpus.title_terms(article).tolist())


class PassageFeatures:
    """What a question finds in the passages of a library; each passage is read once.

    `nearness` tells how near they are in meaning, where a sentence encoder reads along.
    """

    def __init__(
        self, question: QuestionFeatures, passages: PassageReader, nearness: QuestionNearness | None = None
    ) -> None:
        self.question = question
        self.nearness = nearness
        self._passages = passages
        self._met: dict[Sentence, Passage] = {}

    def of(self, sentences: Sequence[Sentence]) -> list[Passage]:
        """The passages of these sentences; all at once is quicker."""
        new = [sentence for sentence in sentences if sentence not in self._met]
        if new:
            passages = self._passages.of(self.question, new)
            if self.nearness is not None:
                units = map(self._passages.corpus.place, new)
                passages = [
                    replace(passage, nearness=self.nearness.of(unit))
                    for passage, unit in zip(passages, units, strict=True)
                ]
            self._met.update(zip(new, passages, strict=True))
        return [self._met[sentence] for sentence in sentences]

    def section_fit(self, sentence: Sentence) -> float:
        """The share of the question's terms that a sentence, its section or what is above it speaks of, all alike."""
        return self._passages.section_fit(self.question, sentence)


def _stems(sentences: Sequence[_Words], openings: tuple[str, ...]) -> list[str]:
    """For each sentence a line of its words, with the stem of those that may have a stem that is looked for.

    The stemmer takes most of the time of a sentence, and hardly a word of it is one that the question has.
    """
    words = set[str]().union(*(sentence.forms for sentence in sentences))
    likely = {word for word in words if word.startswith(openings) or not word.isascii()} | (words & IRREGULAR)
    stems = {word: stemmed for word in likely if (stemmed := stem(word)) != word}
    return [
        sentence.line
        if stems.keys().isdisjoint(sentence.forms)
        else f" {' '.join([stems.get(word, word) for word in sentence.forms])} "
        for sentence in sentences
    ]


def _around(question: QuestionFeatures, group: SentenceGroup) -> Iterator[_Around]:
    """What the sentences of a group, and those around them, have of the terms of the question."""
    segment, at = group.part.segment, group.sentences.astype(np.int32)
    paragraphs, last = segment.paragraph_of[at], segment.sentences - 1
    follows = (at > 0) & (segment.paragraph_of[np.maximum(at - 1, 0)] == paragraphs)
    leads = (at < last) & (segment.paragraph_of[np.minimum(at + 1, last)] == paragraphs)
    terms = tuple(question.terms)
    own, before, after = _have(segment.by_sentence, terms, np.stack((at, at - 1, at + 1)))
    columns = (
        own,
        before & follows[:, None],
        after & leads[:, None],
        _have(segment.by_paragraph, terms, paragraphs),
        _often(segment.by_article, terms, group.articles),
        follows,
    )
    for *rows, often, has_before in zip(*map(np.ndarray.tolist, columns), strict=True):
        own, before, after, paragraph = (frozenset(compress(terms, row)) for row in rows)
        article = {term: times for term, times in zip(terms, often, strict=True) if times}
        yield own, before, after, paragraph, article, not has_before


def _have(postings: Postings, terms: Sequence[int], documents: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which of these terms each of these documents has; for documents (…,) of shape (…, terms)."""
    found = np.zeros((len(terms), *documents.shape), dtype=np.bool_)
    for row, term in enumerate(terms):
        having = postings.documents[postings.range(term)]
        if len(having):
            found[row] = having.take(np.searchsorted(having, documents), mode="clip") == documents
    return np.moveaxis(found, 0, -1)


def _often(postings: Postings, terms: Sequence[int], documents: NDArray[np.int32]) -> NDArray[np.int64]:
    """How often each of these documents has each of these terms, shape (documents, terms)."""
    counts = np.zeros((len(terms), len(documents)), dtype=np.int64)
    for row, term in enumerate(terms):
        at = postings.range(term)
        having = postings.documents[at]
        if len(having):
            places = np.searchsorted(having, documents)
            found = having.take(places, mode="clip") == documents
            counts[row] = found * postings.frequencies[at].take(places, mode="clip")
    return counts.T
