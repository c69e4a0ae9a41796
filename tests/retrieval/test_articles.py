"""Files as people drop them in, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.sentence_splitter import sentences_of
from retrieval.core.errors import LibraryError
from retrieval.core.model import Kind, Span
from retrieval.ingestion.formats.layout import LINE, lines_of
from retrieval.ingestion.formats.markdown import read_markdown
from retrieval.ingestion.formats.plain_text import read_text
from retrieval.ingestion.library import load
from tests.retrieval.libraries import library_of

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.ingestion.formats.parsed_document import ParsedDocument

PASTED = """A town waits for its bridge

The old bridge fell in March 2019. Nobody was hurt.

WORKERS look at what is left of the bridge
(photo credit: TOWN ARCHIVE)
The mayor promised a new one within a year.
Why it takes so long
Money is missing. The county pays only half.

Check Also

Ten bridges you should see

Somebody made a list of bridges …"""


def blocks(draft: ParsedDocument) -> list[tuple[str, str]]:
    return [(block.kind.value, draft.text[block.span.start : block.span.end]) for block in draft.blocks]


def test_pasted_text_is_told_apart_into_title_captions_headings_and_tail() -> None:
    assert blocks(read_text(PASTED.encode())) == [
        ("title", "A town waits for its bridge"),
        ("paragraph", "The old bridge fell in March 2019. Nobody was hurt."),
        ("caption", "WORKERS look at what is left of the bridge"),
        ("boilerplate", "(photo credit: TOWN ARCHIVE)"),
        ("paragraph", "The mayor promised a new one within a year."),
        ("heading", "Why it takes so long"),
        ("paragraph", "Money is missing. The county pays only half."),
        ("boilerplate", "Check Also"),
        ("boilerplate", "Ten bridges you should see"),
        ("boilerplate", "Somebody made a list of bridges …"),
    ]


def test_only_sentences_are_sentences(tmp_path: Path) -> None:
    article = library_of(tmp_path, {"bridge.txt": PASTED}).articles[0]

    assert [sentence.text for sentence in sentences_of(article)] == [
        "The old bridge fell in March 2019.",
        "Nobody was hurt.",
        "WORKERS look at what is left of the bridge",
        "The mayor promised a new one within a year.",
        "Why it takes so long",
        "Money is missing.",
        "The county pays only half.",
    ]


@given(
    pieces=st.lists(
        st.sampled_from(["a", "b c", " ", "\n", "\r", "\t", "\v", "\x1c", "\u2028", "\xa0", "é"]), max_size=9
    )
)
def test_lines_are_those_that_a_pattern_finds(pieces: list[str]) -> None:
    text = "".join(pieces)

    for start in range(len(text) + 1):
        found = lines_of(text, Span(start, len(text)))
        assert found == [Span(*line.span()) for line in LINE.finditer(text, start)]


def test_lines_that_were_wrapped_by_hand_are_one_paragraph() -> None:
    text = (
        "Title\n\nThe bridge that fell in the spring of last year was older than anybody\n"
        "in the town could remember. It had no name.\n"
    )

    assert blocks(read_text(text.encode()))[1:] == [("paragraph", text[7:].strip())]


def test_markdown_is_read_for_its_front_matter_and_its_blocks() -> None:
    draft = read_markdown(
        b"---\nname: Bridges\ndate: 2020-05-06\n---\n# The bridge #\n\nIt fell. Nobody was hurt.\n\n"
        b"## Costs\n\n- The county pays half.\n- The town pays half.\n\n![A bridge](b.jpg)\n\n```\ncode here\n```\n\n"
        b"| who | pays |\n|---|---|\n| town | half |\n"
    )

    assert draft.about["name"] == "Bridges"
    assert blocks(draft) == [
        ("title", "The bridge"),
        ("paragraph", "It fell. Nobody was hurt."),
        ("heading", "Costs"),
        ("item", "The county pays half."),
        ("item", "The town pays half."),
        ("boilerplate", "![A bridge](b.jpg)"),
        ("code", "code here"),
        ("table head", "| who | pays |"),
        ("row", "| town | half |"),
    ]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("---\nname: Said above\n---\n# A heading\n\nA sentence.", "Said above"),
        ("# A heading\n\nA sentence.", "A heading"),
        ("A first line\n\nA sentence.", "A first line"),
        ("A sentence stands first.\n\nAnother one.", "file"),
    ],
)
def test_the_name_is_that_of_the_front_matter_else_the_title_else_the_file(
    tmp_path: Path, content: str, name: str
) -> None:
    assert library_of(tmp_path, {"file.md": content}).articles[0].name == name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_encoding_is_recognised(tmp_path: Path, encoding: str) -> None:
    text = "Café society\n\nThe naïve façade of the café was “déjà vu” for the señor. Où est le garçon? Là-bas."

    assert library_of(tmp_path, {"a.txt": text.encode(encoding)}).articles[0].text == text


GOOD = "A good one\n\nThis sentence can be quoted."


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.txt", b"", "a.txt is empty; write something in it or remove it."),
        ("a.txt", b"x\0y", "a.txt is not text (it has zero bytes); save it as UTF-8 text."),
        ("a.txt", b"x" * 50_000_000, "a.txt is 50 MB and such a file may have 10 MB; split it into several files."),
        (
            "a.pages",
            b"x",
            (
                "a.pages is none of the kinds of file that are read; save it as one of .md, .txt, .html, .docx, .pdf, "
                "or remove it."
            ),
        ),
        ("library.toml", b"base_url = 5", "library.toml says base_url = 5; write the whole address, from https:// on."),
        (
            "names.txt",
            b"no equals sign",
            "names.txt, line 1: “no equals sign” is left out; write it as: main name = other, other",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence_and_the_rest_is_served(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    library = library_of(tmp_path, {"good.txt": GOOD, name: content})

    assert [article.file for article in library.articles] == ["good.txt"]
    assert library.problems == (problem,)


def test_a_folder_that_is_missing_or_empty_is_said(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="does not exist; name one with --seeds or QUOTH_SEEDS"):
        load(tmp_path / "nowhere")
    with pytest.raises(LibraryError, match="has no article that can be read; put"):
        load(tmp_path)


def test_the_fingerprint_changes_with_an_article_and_with_the_names(tmp_path: Path) -> None:
    first = library_of(tmp_path, {"good.txt": GOOD}).fingerprint
    again = load(tmp_path).fingerprint
    renamed = library_of(tmp_path, {"names.txt": "Town = City"}).fingerprint
    changed = library_of(tmp_path, {"good.txt": GOOD + " More."}).fingerprint

    assert first == again
    assert len({first, renamed, changed}) == 3


@given(text=st.text())
def test_any_text_is_read_and_its_blocks_are_in_order(text: str) -> None:
    data = text.encode("utf-8", "replace")
    for draft in (read_text(data.replace(b"\0", b" ")), read_markdown(b"\n" + data.replace(b"\0", b" "))):
        ends = 0
        for block in draft.blocks:
            assert ends <= block.span.start < block.span.end <= len(draft.text)
            assert isinstance(block.kind, Kind)
            ends = block.span.end
