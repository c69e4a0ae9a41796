"""What a file says about itself, in every form in which people write it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.core.model import DatePrecision
from retrieval.ingestion.dates import date_of, iso_date
from retrieval.ingestion.formats.front_matter import front_matter_of
from tests.retrieval.libraries import library_of

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.core.model import Article

BODY = "The mill turns at noon. Nobody knows why."


def article_of_text(folder: Path, text: str, *, file: str = "mill.md") -> Article:
    return library_of(folder, {file: text}).articles[0]


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: The mill\n---\n",
        "---\r\ntitle: The mill\r\n---\r\n",
        "---\rtitle: The mill\r---\r",
        "\n\n---\ntitle: The mill\n---\n",
        "<!-- written by hand -->\n---\ntitle: The mill\n---\n",
        "-----\ntitle: The mill\n-----\n",
        "---\ntitle: The mill\n...\n",
        "--- yaml\nTitle: The mill\n---\n",
        "---toml\ntitle = 'The mill'\n---\n",
        "+++\ntitle = 'The mill'\ndraft = false\n+++\n",
        '+++\r\ntitle = "The mill"\r\n+++\r\n',
        '{\n  "title": "The mill"\n}\n\n',
        ';;;\n"title": "The mill"\n;;;\n',
        "% The mill\n% Ada Poe\n\n",
        "Title: The mill\nCategory: water\n\n",
    ],
)
def test_every_kind_names_the_article_and_is_no_part_of_its_text(tmp_path: Path, front: str) -> None:
    article = article_of_text(tmp_path, front + BODY)

    assert article.name == "The mill"
    assert [article.text[block.span.start : block.span.end] for block in article.blocks] == [BODY]


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule stands above this.\n\n---\n\nAnd below it.",
        "Note: the mill is shut.\n\nIt opens in June.",
        "From: Ada\nTo: Bea\n\nThe mill is shut.",
        "%% a comment %%\n\nThe mill is shut.",
        "{{< note >}}\nThe mill is shut.\n{{< /note >}}",
        "{ see below }\n\nThe mill is shut.",
    ],
)
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    assert front_matter_of(text).end == 0


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("title: @mill and more", "@mill and more"),
        ("title: The mill: a history", "The mill: a history"),
        ("title: *starred", "*starred"),
        ("title: %percent", "%percent"),
        ("title: `ticks`", "`ticks`"),
        ('title: "a \\mill"', "a \\mill"),
        ("title: [half", "[half"),
        ("tags:\n\t- water\ntitle: The mill", "The mill"),
        ("title: The mill\nsomething else here", "The mill"),
    ],
)
def test_broken_yaml_is_read_line_by_line_and_remarked_on(tmp_path: Path, line: str, name: str) -> None:
    library = library_of(tmp_path, {"mill.md": f"---\n{line}\n---\n{BODY}"})

    assert [article.name for article in library.articles] == [name]
    assert library.problems == ()
    assert all(remark.startswith("mill.md has ") for remark in library.remarks)
    assert library.remarks


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-03-09", "2024-03-09"),
        ("2024-3-9", "2024-03-09"),
        ("2024/03/09", "2024-03-09"),
        ("20240309", "2024-03-09"),
        ("2024-03-09T23:10:00-08:00", "2024-03-09"),
        ("09.03.2024", "2024-03-09"),
        ("9-3-2024", "2024-03-09"),
        ("09/03/2024", "2024-03-09"),
        ("03/19/2024", "2024-03-19"),
        ("9 March 2024", "2024-03-09"),
        ("9th of March 2024", "2024-03-09"),
        ("Saturday, March 9, 2024", "2024-03-09"),
        ("Mar. 9, 2024", "2024-03-09"),
        ("9. März 2024", "2024-03-09"),
        ("9 mars 2024", "2024-03-09"),
        ("9 de marzo de 2024", "2024-03-09"),
        ("March 2024", "2024-03"),
        ("2024-03", "2024-03"),
        ("03/2024", "2024-03"),
        ("2024", "2024"),
        (2024, "2024"),
        ([["2024-03-09"]], "2024-03-09"),
        ({"updated": "2025-01-01", "created": "2024-03-09"}, "2024-03-09"),
        (datetime.datetime(2024, 3, 9, 12, tzinfo=datetime.UTC), "2024-03-09"),
    ],
)
def test_a_date_is_read_as_people_write_it_and_as_precisely(written: object, date: str) -> None:
    found = date_of(written)

    assert found is not None
    assert iso_date(found.date, found.precision) == date


@pytest.mark.parametrize("written", ["soon", "{{ date }}", "2024-02-30", "31.02.2024", "March", True, "", None, [], {}])
def test_what_is_no_date_is_none(written: object) -> None:
    assert date_of(written) is None


def test_a_date_that_can_be_read_in_two_ways_is_remarked_on(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"mill.md": f"---\ndate: 09/03/2024\n---\n{BODY}"})

    assert library.remarks == (
        (
            "mill.md says “date: 09/03/2024” in its front matter, which is read as 2024-03-09; write it so, if that is "
            "meant."
        ),
    )


@pytest.mark.parametrize(
    ("front", "author"),
    [
        ("author: Ada Poe", "Ada Poe"),
        ("authors: [Ada Poe, Bea Roe]", "Ada Poe, Bea Roe"),
        ("author:\n  - Ada Poe\n  - name: Bea Roe\n    email: bea@example.org", "Ada Poe, Bea Roe"),
        ("authors:\n  ada: {name: Ada Poe}\n  bea: {name: Bea Roe}", "Ada Poe, Bea Roe"),
        ("author: {first: Ada, last: Poe}", "Ada Poe"),
        ("author: Ada Poe\nauthors: [Ada Poe]", "Ada Poe"),
    ],
)
def test_authors_may_be_a_line_a_list_or_a_map(tmp_path: Path, front: str, author: str) -> None:
    assert article_of_text(tmp_path, f"---\n{front}\n---\n{BODY}").author == author


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("https://example.org/x", "https://example.org/x"),
        ("/mills/old/", "https://example.org/mills/old/"),
        ("old.html", "https://example.org/docs/old.html"),
        ("javascript:alert(1)", None),
        ("//evil.example/x", "https://evil.example/x"),
    ],
)
def test_a_relative_address_is_relative_to_that_of_the_folder(tmp_path: Path, said: str, url: str | None) -> None:
    files: dict[str, str | bytes] = {
        "mill.md": f"---\nurl: {said}\n---\n{BODY}",
        "library.toml": 'base_url = "https://example.org/docs"',
    }

    assert library_of(tmp_path, files).articles[0].url == url


def test_an_address_that_cannot_be_used_is_left_aside_with_a_remark(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"mill.md": f"---\nurl: /mills/\nlicense: [MIT, CC0]\n---\n{BODY}"})

    assert (library.articles[0].url, library.articles[0].licence) == (None, "MIT, CC0")
    assert library.remarks == (
        (
            "mill.md says “url: /mills/” in its front matter, which is no whole address; library.toml can name the "
            "base_url that it is relative to."
        ),
    )


@pytest.mark.parametrize(
    ("file", "text", "date"),
    [
        ("2024-03-09-the-mill.md", BODY, "2024-03-09"),
        ("2024-03 mill.md", BODY, "2024-03"),
        ("2024/03/09/mill.md", BODY, "2024-03-09"),
        ("mill.md", f"# The mill\n\nPublished on 9 March 2024\n\n{BODY}", "2024-03-09"),
        ("mill.txt", f"The mill\n\n9 March 2024\n\n{BODY}", "2024-03-09"),
        ("mill.txt", f"The mill\n\nALDER, March 9, 2024 (Wire) – {BODY}", "2024-03-09"),
        ("mill.txt", f"The mill\n\n{BODY}\n\nLast updated: 2024-03-09", "2024-03-09"),
    ],
)
def test_a_date_that_is_missing_is_guessed_and_marked_as_guessed(
    tmp_path: Path, file: str, text: str, date: str
) -> None:
    library = library_of(tmp_path, {file: text})
    article = library.articles[0]

    assert article.date
    assert iso_date(article.date, article.precision) == date
    assert article.guessed == ("date",)
    assert f"{file} has no date of its own; {date} is taken from" in library.remarks[0]


def test_an_author_is_guessed_from_a_byline(tmp_path: Path) -> None:
    article = article_of_text(tmp_path, f"The mill\n\nBy Ada Poe\n\n{BODY}", file="mill.txt")

    assert (article.author, article.guessed) == ("Ada Poe", ("author",))


def test_nothing_is_guessed_from_a_date_in_the_midst_of_the_text(tmp_path: Path) -> None:
    article = article_of_text(tmp_path, f"The mill\n\n{BODY} It was sold on 9 March 2024 to Bea.", file="mill.txt")

    assert (article.date, article.precision) == (None, DatePrecision.DAY)


KEYS = st.sampled_from(
    ["---", "...", "+++", "title: x", "date: 2020", "a: [", "- b", "{", "}", "% x", '"', "\n", "\r", ":"]
)


@given(text=st.lists(KEYS | st.sampled_from(["\n", " "]), max_size=20).map("".join) | st.text())
def test_any_text_has_front_matter_that_ends_within_it(text: str) -> None:
    found = front_matter_of(text)

    assert 0 <= found.end <= len(text)
    assert all(key == key.lower() for key in found.about)


@given(written=st.recursive(st.none() | st.text() | st.integers() | st.booleans(), st.lists, max_leaves=5))
def test_a_date_of_anything_is_a_date_or_none(written: object) -> None:
    found = date_of(written)

    assert found is None or isinstance(found.date, datetime.date)
