"""One article answers the same whatever it is kept in."""

from __future__ import annotations

import textwrap
from html import escape
from typing import TYPE_CHECKING

import pytest

from retrieval.answer.presentation import shown_of
from retrieval.core.model import shown
from tests.retrieval.formats.containers import docx_of, epub_of, pdf_of, word_paragraph
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TITLE = "The mill at Alderfield"
SECTIONS = {
    "How it was built": [
        "The mill was built in 1788 by Count Berthold, who paid for it with the money of his wife.",
        "Its walls are of red sandstone from the quarry at Borun. The roof was of thatch until a storm in 1834.",
        "The first miller was Jakob Poe. He had learnt his trade in Leiden and brought two apprentices with him.",
    ],
    "How it works": [
        "A weir of oak leads the water into a channel that is 340 metres long. The wheel is six metres high.",
        "On a good day the stones grind eleven sacks of rye. In a dry summer the wheel stands still from July on.",
        "The stones are dressed every three weeks with a hammer that is called a bill.",
    ],
    "Visiting": [
        "The mill is open on Sundays between two and five o'clock. Admission is three euros, and children pay nothing.",
        "Dogs have to wait in the yard. There is a café in the old stable, which sells bread from the mill's flour.",
        "The nearest station is Alder West, from where a path of two kilometres follows the river.",
        "School classes write to the keeper, Mrs. Ilse Brandt, at least a week before they come.",
    ],
    "The fire of 1911": [
        "In March 1911 a spark from the locomotive of the quarry railway set the barn on fire.",
        "Forty neighbours formed a chain of buckets, and the mill itself was saved. The railway paid 2,000 marks.",
    ],
}
QUESTIONS = [
    "Who built the mill?",
    "When was the mill built?",
    "What are the walls made of?",
    "When was the storm?",
    "Who was the first miller?",
    "Where did Jakob Poe learn his trade?",
    "How long is the channel?",
    "How high is the wheel?",
    "How many sacks of rye do the stones grind?",
    "When does the wheel stand still?",
    "How often are the stones dressed?",
    "What is the hammer called?",
    "When is the mill open?",
    "How much is the admission?",
    "Where do dogs have to wait?",
    "What does the café in the stable sell?",
    "What is the nearest station?",
    "Who is the keeper?",
    "What set the barn on fire?",
    "How much did the railway pay?",
]
SAME = 18


def markdown() -> str:
    return f"# {TITLE}\n\n" + "\n\n".join(
        "\n\n".join([f"## {heading}", *paragraphs]) for heading, paragraphs in SECTIONS.items()
    )


def plain() -> str:
    sections = ["\n\n".join([heading, *map(textwrap.fill, paragraphs)]) for heading, paragraphs in SECTIONS.items()]
    return "\n\n".join([TITLE, *sections])


def html() -> str:
    return f"<h1>{TITLE}</h1>" + "".join(
        f"<h2>{escape(heading)}</h2>" + "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
        for heading, paragraphs in SECTIONS.items()
    )


def word() -> bytes:
    body = word_paragraph(TITLE, "T")
    for heading, paragraphs in SECTIONS.items():
        body += word_paragraph(heading, "H1") + "".join(map(word_paragraph, paragraphs))
    return docx_of(body)


def pdf() -> bytes:
    """The article on pages of 30 lines, with a running head and the number of the page."""
    lines: list[tuple[float, str]] = [(20.0, TITLE)]
    for heading, paragraphs in SECTIONS.items():
        lines += [(14.0, heading)]
        for text in paragraphs:
            lines += [(10.0, line) for line in textwrap.wrap(text, 60)] + [(0.0, "")]
    pages = [lines[at : at + 30] for at in range(0, len(lines), 30)]
    return pdf_of(
        [
            [
                (60, 780, 8, "The Alderfield Courier"),
                (300, 30, 8, str(number)),
                *((60, 730 - 20 * at, size, line) for at, (size, line) in enumerate(page) if line),
            ]
            for number, page in enumerate(pages, 1)
        ]
    )


FORMATS: dict[str, Callable[[], str | bytes]] = {
    "txt": plain,
    "html": html,
    "docx": word,
    "pdf": pdf,
    "epub": lambda: epub_of({"a.xhtml": html()}, f"<dc:title>{TITLE}</dc:title>"),
}


def first_quotes(folder: Path, file: str, content: str | bytes) -> list[str]:
    """What is quoted first to each question, as a reader sees it."""
    answerer = answerer_of(folder, {file: content})
    replies = [shown(answerer.answer(question)) for question in QUESTIONS]
    return [" ".join(shown_of(quotes[0].article, quotes[0].span).text.split()) if quotes else "" for quotes in replies]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_article_gives_the_same_first_quotation(tmp_path: Path, suffix: str) -> None:
    expected = first_quotes(tmp_path / "md", "a.md", markdown())
    found = first_quotes(tmp_path / suffix, f"a.{suffix}", FORMATS[suffix]())
    differing = [pair for pair in zip(QUESTIONS, expected, found, strict=True) if pair[1] != pair[2]]

    assert len(differing) <= len(QUESTIONS) - SAME, differing
