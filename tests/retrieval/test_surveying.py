"""The best quote of each source that speaks to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.answer.source_comparison import survey
from retrieval.answer.surroundings import sentences_within, stretch
from retrieval.core.model import Answer, NoAnswer, Span
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.answer.answerer import Answerer

HARBOUR = {
    "copy.md": "# The port\n\nIn 2019 the mayor of Norrholm sold the harbour to a bank. It rained a lot.\n",
    "b.md": "# The sale\n\nIt was cold. The mayor of Norrholm sold the harbour twice.\n\nThe zoo is closed.\n",
    "c.md": "# The zoo\n\nThe zoo of Norrholm has a new lion. Its name is Leo.\n",
    "a.md": "# Again\n\nIn 2019 the mayor of Norrholm sold the harbour to a bank. Nobody cared.\n",
}
QUESTION = "Who sold the harbour of Norrholm?"


@pytest.fixture
def answerer(tmp_path: Path) -> Answerer:
    return answerer_of(tmp_path, dict(HARBOUR))


def test_each_source_that_speaks_is_quoted_once_and_a_copy_is_named_and_counted(answerer: Answerer) -> None:
    reply = survey(answerer, QUESTION)

    assert isinstance(reply, Answer)
    assert [(quote.article.file, quote.text) for quote in reply.quotes] == [
        ("b.md", "The mayor of Norrholm sold the harbour twice."),
        ("a.md", "In 2019 the mayor of Norrholm sold the harbour to a bank."),
    ]
    assert {copy.article.file for copy in reply.quotes[1].copies} == {"copy.md"}
    assert reply.speaking == 3


def test_a_source_speaks_exactly_where_it_would_answer_if_it_were_asked_alone(answerer: Answerer) -> None:
    for question in (QUESTION, "Who has a new lion?", "What of the zoo?", "Where did it rain?"):
        alone = {file for file in HARBOUR if isinstance(answerer.answer(question, file=file), Answer)}
        together = survey(answerer, question)
        quotes = together.quotes if isinstance(together, Answer) else ()
        spoke = {quote.article.file for quote in quotes} | {c.article.file for q in quotes for c in q.copies}
        assert spoke == alone


def test_a_limit_takes_the_best(answerer: Answerer) -> None:
    reply = survey(answerer, QUESTION, limit=1)

    assert isinstance(reply, Answer)
    assert [quote.article.file for quote in reply.quotes] == ["b.md"]
    assert reply.speaking == 3


def test_where_none_speaks_it_is_a_refusal(answerer: Answerer) -> None:
    assert isinstance(survey(answerer, "Who won the Nobel prize in chemistry?"), NoAnswer)
    assert isinstance(survey(answerer, "Thank you!"), NoAnswer)


def test_of_very_many_sources_the_best_are_compared(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"{number}.md": f"# Town {number}\n\nMayor {number} of Norrholm sold harbour {number} in {1900 + number}.\n"
        for number in range(60)
    }
    reply = survey(answerer_of(tmp_path, files), QUESTION)

    assert isinstance(reply, Answer)
    assert len({quote.article.file for quote in reply.quotes}) == len(reply.quotes) == 10


def test_the_sentences_around_a_stretch_are_those_of_its_article(answerer: Answerer) -> None:
    article = next(article for article in answerer.library.articles if article.file == "b.md")
    at = article.text.index("sold")

    def text(span: Span, around: int) -> str:
        found = stretch(span, sentences_within(answerer.corpus, article, span, around=around))
        return article.text[found.start : found.end]

    assert text(Span(at, at + 4), 0) == "The mayor of Norrholm sold the harbour twice."
    assert text(Span(at, at + 4), 1).splitlines()[0].startswith("It was cold. The mayor")
    assert text(Span(at, at + 4), 9).endswith("The zoo is closed.")
    assert text(Span(2, 5), 3) == article.text[2:5]


def test_the_sentences_of_an_article_are_counted_also_where_another_has_none(tmp_path: Path) -> None:
    files = {"a.md": "# A\n\nOne. Two.\n", "b.md": "# Only a title\n", "c.md": "# C\n\nThree.\n", "d.md": "# D\n"}
    corpus = answerer_of(tmp_path, dict(files)).corpus

    counted = {file: corpus.sentences_in(file) for file in (*files, "none.md")}

    assert counted == {"a.md": 2, "b.md": 0, "c.md": 1, "d.md": 0, "none.md": 0}
