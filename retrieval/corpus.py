"""A Library -> the terms of its sentences, paragraphs and articles: what an index is built from."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.model import Kind
from retrieval.sentences import sentences_of
from retrieval.terms import Analyzer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.library import Library
    from retrieval.model import Article, Sentence


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """The sentences of a library, in the order of its articles, with their terms.

    `terms`, `paragraphs`, `articles` and `titles` are the terms of each sentence, paragraph, article (its title
    included) and title;
    `paragraph_of` and `article_of` give for each sentence the number of its paragraph and article, counted over the
    library. `called` tells for each thing with several names what the articles call it, and how often.
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

    def place(self, sentence: Sentence) -> int:
        """The number of a sentence in `sentences`."""
        return self.starts[sentence.article.file] + sentence.number

    def sentences_in(self, file: str) -> int:
        """How many sentences an article has; 0 for one that is not there."""
        return sum(sentence.article.file == file for sentence in self.sentences)

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before in the same paragraph, None where there is none."""
        if sentence.number == 0:
            return None
        earlier = self.sentences[self.place(sentence) - 1]
        return earlier if earlier.paragraph == sentence.paragraph else None


def read(library: Library, *, progress: Callable[[int, int], None] | None = None) -> Corpus:
    """The corpus of `library`; `progress` is told (articles done, articles in all)."""
    analyzer = Analyzer(library.names)
    sentences: list[Sentence] = []
    terms: list[list[str]] = []
    paragraphs: list[list[str]] = []
    articles: list[list[str]] = []
    titles: list[list[str]] = []
    paragraph_of: list[int] = []
    article_of: list[int] = []
    starts: dict[str, int] = {}
    called: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for number, article in enumerate(library.articles):
        starts[article.file] = len(sentences)
        titles.append(_title_terms(article, analyzer))
        articles.append(list(titles[-1]))
        seen = -1
        for sentence in sentences_of(article):
            text = sentence.text
            tokens = analyzer.of_text(text)
            for token in tokens:
                if token.term.startswith("="):
                    called[token.term][text[token.span.start : token.span.end]] += 1
            if sentence.paragraph != seen:
                seen = sentence.paragraph
                paragraphs.append([])
            own = [token.term for token in tokens]
            sentences.append(sentence)
            terms.append(own)
            paragraphs[-1].extend(own)
            articles[-1].extend(own)
            paragraph_of.append(len(paragraphs) - 1)
            article_of.append(number)
        if progress:
            progress(number + 1, len(library.articles))
    return Corpus(
        library=library,
        analyzer=analyzer,
        sentences=sentences,
        terms=terms,
        paragraphs=paragraphs,
        articles=articles,
        titles=titles,
        paragraph_of=np.array(paragraph_of, dtype=np.int32),
        article_of=np.array(article_of, dtype=np.int32),
        starts=starts,
        called=called,
    )


def _title_terms(article: Article, analyzer: Analyzer) -> list[str]:
    """The terms of the article's name and of its title line, where they differ."""
    titles = {article.name}
    titles.update(article.text[b.span.start : b.span.end] for b in article.blocks if b.kind is Kind.TITLE)
    return [token.term for title in sorted(titles) for token in analyzer.of_text(title)]
