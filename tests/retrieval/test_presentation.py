"""What is shown of a quotation, what comes along with it, and how it is found again when somebody copies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.answer.presentation import path_of, shown_of
from retrieval.answer.verification import Status, verify
from retrieval.answer.visible_signs import Style
from retrieval.core.model import Kind, Span, shown
from retrieval.ingestion.reader import article_of
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = """# Lake guide

## Boats

Hire a **boat** at the [pier](https://x.example/secret).

To hire one:

1. Ask for Olga.
2. Pay *twelve* euros.

```sh
lake --rent \\
    --hours 3
lake --back
```

| Boat | Price | Seats |
|---|---|---|
| Punt | 12 euros | 4 |
| Canoe | 9 euros | 2 |

Gunwale
: The upper edge of a boat's side.

## May dogs swim?

They may, before nine.
"""


def asked(tmp_path: Path, question: str) -> tuple[str, str, tuple[str, ...]]:
    """The first quotation for a question: its words in the file, what is shown, and the headings above."""
    reply = answerer_of(tmp_path, {"guide.md": GUIDE, "other.md": "# Other\n\nNothing of that is here.\n"}).answer(
        question
    )
    quote = shown(reply)[0]
    return quote.text, shown_of(quote.article, quote.span).text, path_of(quote.article, quote.span)


@pytest.mark.parametrize(
    ("question", "expected", "path"),
    [
        ("Where do I hire a boat, at the pier?", "Hire a boat at the pier.", ("Boats",)),
        ("How many seats has the canoe, for 9 euros?", "Boat: Canoe · Price: 9 euros · Seats: 2", ("Boats",)),
        ("What is a gunwale, an upper edge?", "Gunwale: The upper edge of a boat's side.", ("Boats",)),
        ("Who says twelve euros to pay?", "To hire one:\n1. Ask for Olga.\n2. Pay twelve euros.", ("Boats",)),
    ],
)
def test_a_quotation_is_shown_with_what_it_belongs_to(
    tmp_path: Path, question: str, expected: str, path: tuple[str, ...]
) -> None:
    text, said, headings = asked(tmp_path, question)

    assert (said, headings) == (expected, path)
    assert text in GUIDE


def test_a_line_of_code_comes_with_its_block(tmp_path: Path) -> None:
    _, said, _ = asked(tmp_path, "What does lake --rent --hours do?")

    assert said.endswith("lake --rent \\\n    --hours 3\nlake --back")


def test_a_question_that_is_a_heading_comes_with_its_answer(tmp_path: Path) -> None:
    assert "They may, before nine." in asked(tmp_path, "May dogs swim?")[1]


def test_found_words_are_marked_where_they_are_shown_and_styles_are_known() -> None:
    article = article_of("a.md", b"A *lean* **strong** ~~gone~~ `code` ***both*** [x](y).")
    (block,) = shown_of(article, Span(0, len(article.text))).blocks

    words = {style: [block.text[start:end] for one, start, end in block.styles if one is style] for style in Style}
    assert block.text == "A lean strong gone code both x."
    assert words[Style.EMPHASIS] == ["lean", "both"]
    assert words[Style.STRONG] == ["strong", "both"]
    assert (words[Style.STRUCK], words[Style.CODE]) == (["gone"], ["code"])
    strong = article.text.index("strong")
    assert [block.text[slice(span.start, span.end)] for span in block.marked([Span(strong, strong + 6)])] == ["strong"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Hire a **boat** at the [pier](https://x.example/secret).", Status.EXACT),
        ("The upper edge of a boat’s side.", Status.TYPOGRAPHY),
        ("Hire a boat at the pier.", Status.SHOWN),
        ("Pay twelve euros", Status.SHOWN),
        ("Boat: Canoe · Price: 9 euros · Seats: 2", Status.SHOWN),
        ("2. Pay twelve euros.", Status.SHOWN),
        ("Gunwale: The upper edge of a boat's side.", Status.SHOWN),
        ("Hire a ship at the pier.", Status.NOT_FOUND),
        ("Boat: Canoe · Price: 12 euros", Status.NOT_FOUND),
    ],
)
def test_a_text_is_found_in_the_words_of_the_file_and_in_those_that_are_shown(text: str, status: Status) -> None:
    verdict = verify(text, [article_of("guide.md", GUIDE.encode())])

    assert verdict.status is status
    assert all(place.text in GUIDE and place.text for place in verdict.places)


def test_what_nothing_is_seen_of_is_left_out_of_what_is_shown() -> None:
    article = article_of("a.md", b"One.\n\n![picture](a.png)\n\nTwo.\n")

    assert shown_of(article, Span(0, len(article.text))).text == "One.\nTwo."
    assert [block.kind for block in article.blocks] == [Kind.PARAGRAPH, Kind.BOILERPLATE, Kind.PARAGRAPH]
