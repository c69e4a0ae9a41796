"""A Library -> the terms of its sentences, paragraphs and articles: what an index is built from."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.model import Kind
from retrieval.sentences import QUOTABLE, sentences_of
from retrieval.terms import Analyzer
from retrieval.words import POSSESSIVE, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from retrieval.library import Library
    from retrieval.model import Article, Sentence


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """The sentences of a library, in the order of its articles, with their terms.

    `terms`, `paragraphs`, `articles` and `titles` are the terms of each sentence, paragraph (the heading above it
    included), article (its title included) and title; `paragraph_of` and `article_of` give for each sentence the number
    of its paragraph and article, counted over the library. `called` tells for each thing with several names what the
    articles call it, and how often; `forms` gives for each folded word of sentences and titles how it is written,
    without a capital where it ever is; `names` has the forms that are written with a capital inside a sentence or a
    title.
    """

    library: Library
    analyzer: Analyzer
    sentences: Sequence[Sentence]
    terms: Sequence[Sequence[str]]
    paragraphs: Sequence[Sequence[str]]
    articles: Sequence[Sequence[str]]
    titles: Sequence[Sequence[str]]
    paragraph_of: NDArray[np.int32]
    article_of: NDArray[np.int32]
    starts: Mapping[str, int]
    called: Mapping[str, Mapping[str, int]]
    forms: Mapping[str, str]
    names: AbstractSet[str]

    def place(self, sentence: Sentence) -> int:
        """The number of a sentence in `sentences`."""
        return self.starts[sentence.article.file] + sentence.number

    def sentences_in(self, file: str) -> int:
        """How many sentences an article has; 0 for one that is not there."""
        first = self.starts.get(file, len(self.sentences))
        if first == len(self.sentences) or self.sentences[first].article.file != file:
            return 0
        return int(np.searchsorted(self.article_of, self.article_of[first], side="right")) - first

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before in the same paragraph, None where there is none."""
        if sentence.number == 0:
            return None
        earlier = self.sentences[self.place(sentence) - 1]
        return earlier if earlier.paragraph == sentence.paragraph else None


def read(library: Library, *, progress: Callable[[int, int], None] | None = None) -> Corpus:
    """The corpus of `library`; `progress` is told (articles done, articles in all)."""
    reading = _Reading(Analyzer(library.names))
    for done, article in enumerate(library.articles, 1):
        reading.add(article)
        if progress:
            progress(done, len(library.articles))
    return Corpus(
        library=library,
        analyzer=reading.analyzer,
        sentences=reading.sentences,
        terms=reading.terms,
        paragraphs=reading.paragraphs,
        articles=reading.articles,
        titles=reading.titles,
        paragraph_of=np.array(reading.paragraph_of, dtype=np.int32),
        article_of=np.array(reading.article_of, dtype=np.int32),
        starts=reading.starts,
        called=reading.called,
        forms=reading.forms,
        names=reading.names,
    )


class _Reading:
    """A corpus in the making, one article after the other; the fields are those of Corpus."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.sentences: list[Sentence] = []
        self.terms: list[list[str]] = []
        self.paragraphs: list[list[str]] = []
        self.articles: list[list[str]] = []
        self.titles: list[list[str]] = []
        self.paragraph_of: list[int] = []
        self.article_of: list[int] = []
        self.starts: dict[str, int] = {}
        self.called: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.forms: dict[str, str] = {}
        self.names: set[str] = set()

    def add(self, article: Article) -> None:
        self.starts[article.file] = len(self.sentences)
        self.titles.append([term for title in _titles(article) for term in self._terms(title)])
        self.articles.append(list(self.titles[-1]))
        headings = _headings(article)
        paragraph = -1
        for sentence in sentences_of(article):
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                self.paragraphs.append(self._terms(headings[paragraph]))
            terms = self._terms(sentence.text)
            self.sentences.append(sentence)
            self.terms.append(terms)
            self.paragraphs[-1].extend(terms)
            self.articles[-1].extend(terms)
            self.paragraph_of.append(len(self.paragraphs) - 1)
            self.article_of.append(len(self.articles) - 1)

    def _terms(self, text: str) -> list[str]:
        tokens = self.analyzer.of_text(text)
        for token in tokens:
            word = POSSESSIVE.sub("", text[token.span.start : token.span.end])
            if token.term.startswith("="):
                self.called[token.term][word] += 1
            self._form(word, opens=token.span.start == 0)
        return [token.term for token in tokens]

    def _form(self, word: str, *, opens: bool) -> None:
        form, _ = fold(word)
        if not form.isalpha():
            return
        if form not in self.forms or (word.islower() and not self.forms[form].islower()):
            self.forms[form] = word
        if not opens and not word[0].islower():
            self.names.add(form)


def _headings(article: Article) -> list[str]:
    """The heading above each paragraph, "" where there is none."""
    above = ""
    headings: list[str] = []
    for block in article.blocks:
        if block.kind is Kind.HEADING:
            above = article.text[block.span.start : block.span.end]
        elif block.kind in QUOTABLE:
            headings.append(above)
    return headings


def _titles(article: Article) -> list[str]:
    """The article's name and its title line, where they differ."""
    titles = {article.name}
    titles.update(article.text[b.span.start : b.span.end] for b in article.blocks if b.kind is Kind.TITLE)
    return sorted(titles)
