"""What the reranker sees that counting words does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.core.model import shown
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from pathlib import Path


def first(folder: Path, text: str, question: str) -> str:
    """The sentence that comes first when `question` is asked of one article."""
    reply = answerer_of(folder, {"article.md": text}).answer(question)
    quote = shown(reply)[0]
    best = quote.sentences[0]
    return quote.article.text[best.start : best.end]


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        (
            "When did the guild buy the quarry?",
            "The guild bought the quarry in 1899.",
            "The guild may not buy the quarry on the other bank of the river.",
        ),
        (
            "How many boats did the storm sink?",
            "The storm sank eleven boats.",
            "The storm of 1911 did sink what the harbour had left.",
        ),
        (
            "Who replaced Ines Duarte?",
            "Ines Duarte was replaced by Paul Lindqvist.",
            "Ines Duarte replaced the roof.",
        ),
        (
            "Where did the bishop hide the books?",
            "The bishop hid the books in Carrick.",
            "The bishop would never hide that he read the books.",
        ),
    ],
)
def test_the_sentence_that_says_what_is_asked_for_comes_first(
    tmp_path: Path, question: str, answer: str, other: str
) -> None:
    assert first(tmp_path, f"# News\n\n{other}\n\n{answer}\n", question) == answer


def test_a_heading_says_what_the_paragraphs_below_it_are_about(tmp_path: Path) -> None:
    text = (
        "# The two forts\n\n## Northwick\n\nThe garrison gave up after nine days.\n\n"
        "## Southwick\n\nThe garrison gave up after two months.\n"
    )

    assert first(tmp_path, text, "When did the garrison of Southwick surrender or give up?") == (
        "The garrison gave up after two months."
    )
