"""Plain text as people write and paste it: which lines are one paragraph, and what each of them is."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.core.model import Kind
from retrieval.ingestion.formats.front_matter import front_matter_of
from retrieval.ingestion.formats.plain_text import read_text

if TYPE_CHECKING:
    from retrieval.ingestion.formats.parsed_document import ParsedDocument

CASES = Path(__file__).parents[3] / "shared" / "cases"
PROSE = (
    "Weirs hold back the water of a river so that it can be led to a mill. The one at Alderfield was built of oak in "
    "1788, and has been mended more often than anybody can tell. Old Mrs. Poe, who lives beside it, says that "
    "Count Berthold paid for it with the money of his wife. Nobody has asked the wife."
)


def said(text: str) -> list[tuple[str, str]]:
    draft = read_text(text.encode())
    return [(block.kind.value, " ".join(_of(draft, number).split())) for number, block in enumerate(draft.blocks)]


def _of(draft: ParsedDocument, number: int) -> str:
    span = draft.blocks[number].span
    return draft.text[span.start : span.end]


def parents(text: str) -> dict[str, str]:
    """What each block belongs to, by its words; "" for nothing."""
    draft = read_text(text.encode())
    return {
        _of(draft, number): _of(draft, block.parent) if block.parent >= 0 else ""
        for number, block in enumerate(draft.blocks)
    }


@pytest.mark.parametrize("width", [24, 38, 50, 58, 72, 79, 100, 130, 160])
@pytest.mark.parametrize("indent", ["", "    ", "\t"])
def test_lines_broken_at_any_width_are_one_paragraph(width: int, indent: str) -> None:
    one, other = textwrap.fill(PROSE, width), textwrap.fill(PROSE[::-1].title()[::-1], width)
    text = "\n\n".join(["The weir", textwrap.indent(one, indent), textwrap.indent(other, indent)])

    assert [kind for kind, _ in said(text)] == ["title", "paragraph", "paragraph"]
    assert said(text)[1] == ("paragraph", PROSE)


@pytest.mark.parametrize(
    "text",
    [
        "The keys hang behind\nthe door of\nthe shed, next to the saw.",
        "The keys, which Ada brought,\nhang behind the door,\nas they always did.",
        "The keys hang behind the door of the shed. However,\nonly those of the boat\ndo. Ask Bea.",
        "The keys hang in the house of\nCount Berthold by the\nriver, of which nobody speaks.",
    ],
)
def test_ragged_lines_and_lines_of_a_clause_are_one_paragraph(text: str) -> None:
    assert said(f"The keys\n\n{text}")[1:] == [("paragraph", " ".join(text.split()))]


def test_a_text_of_one_line_a_paragraph_stays_one() -> None:
    lines = ["The weir leaks at its left end, as it did.", "Bea will look at it.", "It costs 40 euros a day."]

    assert said("\n".join(["The weir", *lines])) == [("title", "The weir"), *(("paragraph", line) for line in lines)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The weir\n\nIt leaks.", "The weir"),
        ("THE WEIR OF ALDERFIELD E.V.\n\nIt leaks.", "THE WEIR OF ALDERFIELD E.V."),
        ("The weir\n========\nIt leaks.", "The weir"),
        ("The weir leaks at its left end, which was the first to be\nbuilt. It is old.", None),
        ("The weir leaks.\n\nIt is old.", None),
        ("Dear all,\n\nthe weir leaks.", None),
        ("By Ada Poe\n\nThe weir leaks.", None),
        ("- one\n- two", None),
        ("Q: Who?\nA: Ada.", None),
        ("Ada: Hello.\nBea: Hello.", None),
        ("Only one line", None),
    ],
)
def test_a_first_line_is_a_title_only_if_it_is_one(text: str, title: str | None) -> None:
    assert read_text(text.encode()).title == title


def test_headings_are_underlined_in_capitals_numbered_or_short() -> None:
    text = """The weir

COSTS

Dear.

Who pays
--------
The town.

2. Later on

   Nothing is known.

§ 3 Repairs

(1) They are made in May. In a wet year they
are made in June.
(2) Ada makes them.

What is left?

Little.
"""

    assert [(kind, words) for kind, words in said(text) if kind == "heading"] == [
        ("heading", "COSTS"),
        ("heading", "Who pays"),
        ("heading", "2. Later on"),
        ("heading", "§ 3 Repairs"),
        ("heading", "What is left?"),
    ]
    assert parents(text)["Ada makes them."] == "§ 3 Repairs"


@pytest.mark.parametrize("marks", ["Q:A:", "Question:Answer:", "Q1:A1:", "q.a:"])
def test_the_answer_belongs_to_its_question(marks: str) -> None:
    question, answer = re.findall(r"\w+[:.]", marks)
    text = f"Questions\n\n{question} Who mends the weir?\n{answer} Ada does, with the help of\n   her sister.\n"

    draft = read_text(text.encode())

    assert [(block.kind, block.label, _of(draft, at)) for at, block in enumerate(draft.blocks)][1:] == [
        (Kind.HEADING, "question", "Who mends the weir?"),
        (Kind.PARAGRAPH, "", "Ada does, with the help of\n   her sister."),
    ]
    assert draft.blocks[2].parent == 1


@pytest.mark.parametrize(
    "rows",
    [
        ["Adult ............ 12 euros", "Child ............. 5 euros"],
        ["Adult . . . . . . 12 euros", "Child . . . . . . 5 euros"],
        ["adult     12 euros", "child      5 euros"],
        ["adult\t12 euros", "child\t5 euros"],
    ],
)
def test_a_label_and_its_value_are_a_row(rows: list[str]) -> None:
    draft = read_text("\n".join(["Prices", "", *rows]).encode())

    assert [(block.kind, _of(draft, at)) for at, block in enumerate(draft.blocks)][1:] == [
        (Kind.ROW, row) for row in rows
    ]


@pytest.mark.parametrize("rule", ["", "----  -----  -----\n"])
def test_the_rows_of_a_table_belong_to_its_head(rule: str) -> None:
    table = f"Item  Price  Stock\n{rule}Rope  12     40\nHook  3      200"

    assert parents(f"Shop\n\n{table}\n") == {
        "Shop": "",
        "Item  Price  Stock": "",
        "Rope  12     40": "Item  Price  Stock",
        "Hook  3      200": "Item  Price  Stock",
    }


@pytest.mark.parametrize(
    "lines",
    [
        [
            "2024-03-09 12:03:11 INFO  started",
            "2024-03-09 12:03:12 ERROR the disk is full",
            "2024-03-09 12:04:00 INFO  up",
        ],
        ["[12:03] <ada> is the weir open", "[12:04] <bea> no", "[12:05] <ada> thanks"],
        ["Ada: Is the weir open?", "Bea: No.", "Ada: Thanks."],
        ["9:00 Welcome", "9:30 The weir", "11:00 End"],
        ["Due: Friday", "Weight: 10 percent", "Format: on paper"],
    ],
)
def test_each_line_of_a_log_or_a_talk_is_by_itself(lines: list[str]) -> None:
    draft = read_text("\n".join(["Notes of the day", "", *lines]).encode())

    assert [_of(draft, at) for at in range(1, len(draft.blocks))] == lines


def test_items_belong_to_the_line_that_introduces_them_and_to_each_other() -> None:
    text = "Tools\n\nYou need:\n\n- a rope of\n  ten metres\n- hooks:\n  * small ones\n  * large ones\n1) a saw\n"

    assert parents(text) == {
        "Tools": "",
        "You need:": "",
        "a rope of\n  ten metres": "You need:",
        "hooks:": "You need:",
        "small ones": "hooks:",
        "large ones": "hooks:",
        "a saw": "You need:",
    }


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("By Ada Poe, The Alder Post, 9 March 2024", "byline"),
        ("(photo credit: ALDER ARCHIVE)", "credit"),
        ("© 2024 The Alder Post. All rights reserved.", "credit"),
        ("Read more: Ten weirs and a mill", "link"),
    ],
)
def test_boilerplate_says_why_it_is_left_out(line: str, why: str) -> None:
    blocks = read_text(f"The weir\n\n{line}\n\nIt leaks at its left end.".encode()).blocks

    assert [(block.kind, block.label) for block in blocks][1] == (Kind.BOILERPLATE, why)


def test_a_sentence_that_begins_like_a_credit_is_a_sentence() -> None:
    sentence = "Sources: whatever you use has to be named, the book of the course included."

    assert said(f"Rules\n\n{sentence}\n\nHand it in by May.")[1] == ("paragraph", sentence)


PIECES = st.sampled_from(
    [
        *("a", "The weir", "a line of words that goes on and on for quite some time", "===", "---", "- x", "1. y", "%"),
        *(
            "Q: why?",
            "A: so.",
            "Ada: hi",
            "§ 7 Name",
            "3.1 x",
            "Adult ...... 12",
            "x   y",
            "\t",
            "  ",
            "\n",
            "\n",
            "\n\n",
        ),
        *(
            "\r\n",
            "\r",
            "CAPITALS HERE",
            "(photo credit: X)",
            "Check Also",
            "By Ada Poe",
            "12:03 x",
            "é",
            "—",
            "\u2028",
        ),
        *("\x0b", "\xa0", "\x85", "|", "。", "Title: x", "+++", "2024-03-09 10:00"),
    ]
)


@given(text=st.lists(PIECES, max_size=25).map("".join) | st.text())
def test_every_line_with_a_word_is_in_a_block(text: str) -> None:
    draft = read_text(text.replace("\0", " ").encode("utf-8", "replace"))

    covered = bytearray(len(draft.text))
    end = 0
    for at, block in enumerate(draft.blocks):
        assert end <= block.span.start < block.span.end
        assert -1 <= block.parent < at
        end = block.span.end
        covered[block.span.start : end] = bytes([1]) * len(block.span)
    for line in re.compile(r"[^\r\n]*\w[^\r\n]*").finditer(draft.text, front_matter_of(draft.text).end):
        assert any(covered[line.start() : line.end()])


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("01-lines-wrapped-narrow-or-wide/articles/narrow.txt", "has been closed twice since then."),
        ("02-ragged-lines-cut/articles/ragged.txt", "did not like the look of the thing at all."),
    ],
)
def test_the_cases_of_broken_lines_are_one_paragraph(file: str, sentence: str) -> None:
    if not (CASES / file).exists():
        pytest.skip("the cases are not beside the checkout")
    draft = read_text((CASES / file).read_bytes())

    assert [block.kind for block in draft.blocks] == [Kind.TITLE, Kind.PARAGRAPH]
    assert " ".join(_of(draft, 1).split()).endswith(sentence)
