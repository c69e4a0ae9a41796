"""Articles read into arrays say what is read of each text by itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.sentence_splitter import sentences_of
from retrieval.analysis.synonyms import INSIDE, Name, _insides
from retrieval.analysis.tokenizer import POSSESSIVE, fold, surfaces
from retrieval.analysis.visible_text import seen
from retrieval.analysis.visible_text import words_of as words_of_sentence
from retrieval.index.encoding.lexicon import Lexicon, look_up
from retrieval.index.encoding.term_ids import Terms, terms_of
from retrieval.index.encoding.tokens import HEADING, SENTENCE, TITLE, titles_of, words_of
from retrieval.ingestion.reader import article_of

if TYPE_CHECKING:
    from retrieval.core.model import Article

NAMES = [
    Name("Islamic State", ("IS", "Daesh")),
    Name("Booking.com", ("Booking",)),
    Name("Syrian Democratic Forces", ("SDF",)),
    Name("al-Nusra", ("Nusra Front",)),
    Name("United States", ("US", "U.S.")),
]
PIECES = st.sampled_from(
    [
        "IS",
        "Is",
        "US",
        "U.S.",
        "us",
        "Daesh",
        "Islamic",
        "State",
        "State's",
        "Booking.com",
        "Syrian",
        "Democratic",
        "Forces",
        "SDF",
        "al-Nusra",
        "an-Nusra",
        "ad-Din",
        "Front",
        "the",
        "The",
        "it's",
        "ʼ",
        "ʼs",
        "10,000",
        "B-52",
        "É",
        "x",
        "of",
        ". ",
        "! ",
        ", ",
        " (",
        ") ",
        "\n\n",
        "\n",
        " - ",
        "\n# A heading\n\n",
        "\nA SHOUT TO US\n\n",
        "\xa0",
        "/",
        "_",
        "**",
        "`",
        "![a](b)",
        "[[x|",
        "]]",
        "<br>",
        "&amp;",
        "&nbsp;",
        "\n- ",
        "\n\n> ",
        "\n\n| a | b |\n|---|---|\n| ",
        "\n\n```sh\n",
    ]
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " "])).map("".join), min_size=1, max_size=40).map("".join)


def articles_of(texts: list[str]) -> list[Article]:
    return [article_of(f"{number}.md", f"# T {text}".encode()) for number, text in enumerate(texts)]


def numbered(articles: list[Article], analyzer: Analyzer) -> tuple[Lexicon, Terms]:
    """The terms of the words of articles, and the lexicon whose numbers they have."""
    words = words_of(articles)
    lexicon = Lexicon.of([look_up(words.surfaces)], analyzer)
    numbers = np.arange(len(words.surfaces), dtype=np.int32)
    return lexicon, terms_of(words, numbers, lexicon, articles)


def texts_of(article: Article) -> list[str]:
    """The texts of an article in the order of `Words`."""
    found = list(titles_of(article))
    paragraph = -1
    for sentence in sentences_of(article):
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            found.extend(above(article, sentence.block.parent))
        found.append(words_of_sentence(sentence))
    return found


def above(article: Article, place: int) -> list[str]:
    """What a block belongs to, outermost first."""
    if place < 0:
        return []
    block = article.blocks[place]
    said = seen(article, block.span) if block.kind not in ("title", "boilerplate") else ""
    return [*above(article, block.parent), *([said] if said else [])]


@given(contents=st.lists(TEXTS, min_size=1, max_size=3))
def test_the_terms_are_those_that_are_read_text_by_text(contents: list[str]) -> None:
    articles, analyzer = articles_of(contents), Analyzer(NAMES)

    lexicon, terms = numbered(articles, analyzer)

    read = [
        [lexicon.terms[n] for n in terms.numbers[a:b]] for a, b in zip(terms.offsets, terms.offsets[1:], strict=False)
    ]
    texts = [text for article in articles for text in texts_of(article)]
    assert read == [[token.term for token in analyzer.of_text(text)] for text in texts]


@given(contents=st.lists(TEXTS, min_size=1, max_size=3))
def test_the_writings_are_those_of_the_terms(contents: list[str]) -> None:
    articles, analyzer = articles_of(contents), Analyzer(NAMES)

    lexicon, terms = numbered(articles, analyzer)

    written = [*lexicon.written, *terms.named]
    entries: dict[tuple[int, str], tuple[int, bool]] = {}
    called: Counter[tuple[str, int, str]] = Counter()
    for number, article in enumerate(articles):
        position = 0
        for text in texts_of(article):
            for token in analyzer.of_text(text):
                word = POSSESSIVE.sub("", text[token.span.start : token.span.end])
                called.update([(token.term, number, word)] * token.term.startswith("="))
                if fold(word)[0].isalpha():
                    place, capital = entries.get((number, word), (position, False))
                    capital = capital or (token.span.start > 0 and not word[0].islower())
                    entries[number, word] = place, capital
                    position += 1
    found = terms.entries
    rows = zip(found.article, found.writing, found.position, found.capital, strict=True)
    assert [(int(a), written[w], int(p), bool(c)) for a, w, p, c in rows] == [
        (*key, *value) for key, value in entries.items()
    ]
    assert {(lexicon.terms[t], a, written[w]): n for t, a, w, n in terms.called.tolist()} == dict(called)


@given(contents=st.lists(TEXTS, min_size=1, max_size=3))
def test_the_sentences_and_their_places_are_those_of_each_article(contents: list[str]) -> None:
    articles = articles_of(contents)

    words = words_of(articles)

    mine = words.text_kinds == SENTENCE
    places = [(s.span.start, s.span.end, s.paragraph) for article in articles for s in sentences_of(article)]
    assert [
        (*span, p) for span, p in zip(words.text_spans[mine].tolist(), words.paragraphs[mine], strict=True)
    ] == places
    assert np.array_equal(words.text_kinds == TITLE, words.paragraphs < 0)
    assert set(np.unique(words.text_kinds)) <= {TITLE, HEADING, SENTENCE}


@given(text=st.text() | TEXTS)
def test_no_word_has_white_space_in_it(text: str) -> None:
    assert [surface for piece in text.split() for surface in surfaces(piece)] == surfaces(text)


@given(
    text=st.lists(st.sampled_from(["IS", "A-BC", "Doe", "the", "(", "(", ")", " ", "  ", "long name", "\n", "."])).map(
        "".join
    )
)
def test_names_before_brackets_are_those_that_one_pattern_finds(text: str) -> None:
    assert [match.span() for match in _insides(text)] == [match.span() for match in INSIDE.finditer(text)]
