"""Every quotation of a draft is found, and told from one that is altered, stitched together or nowhere."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.draft_check import CheckedQuotation, Finding, WordChange, changes, check, quotations_in
from retrieval.answer.folded_library import FoldedLibrary
from retrieval.core.model import Article

MILL = "The mill grinds barley for the whole valley. It has two wheels, and the larger one was built in 1820."
PORT = "The port of Osmund opens at dawn. Ships from the north wait outside until the tide comes in."


def articles() -> list[Article]:
    texts = {"mill.txt": MILL, "port.txt": PORT}
    return [Article(file=file, name=file, text=text, sha256=file) for file, text in texts.items()]


def checked(draft: str) -> list[CheckedQuotation]:
    folded = FoldedLibrary()
    return [check(span, text, articles(), folded) for span, text in quotations_in(draft)]


def findings(draft: str) -> list[Finding]:
    return [quotation.finding for quotation in checked(draft)]


@pytest.mark.parametrize(
    "draft",
    [
        "He wrote “grinds barley for the whole valley” and left.",
        'He wrote "grinds barley for the whole valley," and left.',
        "Er schrieb „grinds barley for the whole valley“.",
        "Il écrit « grinds barley for the whole valley ».",
        "As the book says:\n\n> The mill grinds barley\n> for the whole valley.\n\nSo it is.",
        "> The mill grinds barley for the whole valley.\n> — The book of mills",
        "“The mill grinds barley for the whole valley.\n\nAnd more.",  # closed by the end of its paragraph
    ],
)
def test_a_quotation_is_found_however_it_is_marked(draft: str) -> None:
    (finding,) = findings(draft)

    assert finding in {Finding.FOUND, Finding.TYPOGRAPHY}


def test_where_it_stands_in_the_draft_is_exact() -> None:
    draft = "First: “the tide comes in again”. Then\n\n> Ships from the north wait outside\n\nand “so on”."

    assert [draft[span.start : span.end].strip() for span, _ in quotations_in(draft)] == [
        "“the tide comes in again”",
        "> Ships from the north wait outside",
    ]


@pytest.mark.parametrize(
    ("said", "finding"),
    [
        ("It has two wheels, and the larger one", Finding.FOUND),
        ("It has two wheels, and the larger one – was built", Finding.ALTERED),
        ("It has two wheels, and the smaller one was built in 1820", Finding.ALTERED),
        ("The mill grinds barley for the whole valley. Ships from the north wait outside", Finding.STITCHED),
        ("The mill grinds barley … was built in 1820", Finding.STITCHED),
        ("The mill grinds barley [...] until the tide comes in", Finding.STITCHED),
        ("Nobody in the valley has ever seen a lion fly", Finding.NOT_FOUND),
        ("The mill grinds barley … the lion flies at night", Finding.NOT_FOUND),
    ],
)
def test_what_became_of_a_quotation_is_told(said: str, finding: Finding) -> None:
    assert findings(f"“{said}”") == [finding]


def test_a_stitched_quotation_names_each_place() -> None:
    (quotation,) = checked("“The mill grinds barley for the whole valley. Ships from the north wait outside”")

    assert [(place.article.file, place.text) for place in quotation.places] == [
        ("mill.txt", "The mill grinds barley for the whole valley."),
        ("port.txt", "Ships from the north wait outside"),
    ]


def test_the_words_that_were_changed_are_named() -> None:
    (quotation,) = checked("“It has two wheels, and the smaller one was built in 1820”")

    assert quotation.nearest
    assert changes(quotation.text, quotation.nearest.text) == [WordChange("smaller", "larger")]


@given(draft=st.text(st.sampled_from('ab “”"„«»>\n…—. '), max_size=60))
def test_no_draft_breaks_it(draft: str) -> None:
    spans = [span for span, _ in quotations_in(draft)]

    assert all(0 <= span.start < span.end <= len(draft) for span in spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert len(findings(draft)) == len(spans)
