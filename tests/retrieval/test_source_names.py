"""What sources are called, and how those with one name are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.index.corpus import read
from retrieval.index.writer.update import changed
from retrieval.ingestion.scanner import look
from retrieval.ingestion.source_names import may_be_a_name, readable
from tests.retrieval.libraries import library_of

if TYPE_CHECKING:
    from pathlib import Path

BODY = "The weir was built in two summers."


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("2023-11-02-a-long-winter.md", "A long winter"),
        ("2023-11-a-long-winter.md", "A long winter"),
        ("04_fees_and-fines.txt", "Fees and fines"),
        ("weir.md", "weir"),
        ("Old weir.md", "Old weir"),
        ("2023-11-02.md", "2023-11-02"),
        ("handbook/README.md", "handbook"),
        ("good-practice/index.md", "Good practice"),
        ("README.md", "README"),
        ("FAQ.md", "FAQ"),
    ],
)
def test_a_file_gives_a_name_that_people_can_read(file: str, name: str) -> None:
    assert readable(file) == name


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("The old weir", True),
        ("Who built the weir?", True),
        ("Dr. Poe and the weir", True),
        ("Version 2.1", True),
        ("Is it over? What the weir tells us", True),
        ("The weir is old.", False),
        ("The weir is old. It leaks", False),
        ("See https://example.org/weir", False),
        ("堰は古い。", False),
        ("Remember:", False),
        ("", False),
    ],
)
def test_neither_an_address_nor_a_sentence_is_a_name(said: str, named: bool) -> None:
    assert may_be_a_name(said) is named


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["guide/start.md", "api/start.md"], ["Weirs (api)", "Weirs (guide)"]),
        (["guide/index.md", "api/README.md"], ["Weirs (api)", "Weirs (guide)"]),
        (["a.md", "b.md"], ["Weirs (a)", "Weirs (b)"]),
        (["a.md", "a.txt"], ["Weirs (a.md)", "Weirs (a.txt)"]),
        (["README.md", "old/README.md"], ["Weirs", "Weirs (old)"]),
        (["v1/a/x.md", "v1/b/x.md", "v2/a/x.md"], ["Weirs (v1/a)", "Weirs (v1/b)", "Weirs (v2/a)"]),
    ],
)
def test_articles_with_one_name_are_told_apart_by_their_paths(
    tmp_path: Path, files: list[str], names: list[str]
) -> None:
    library = library_of(tmp_path, {file: f"{'# ' * file.endswith('.md')}Weirs\n\n{BODY}" for file in files})

    assert sorted(article.name for article in library.articles) == names
    assert {article.own_name or article.name for article in library.articles} == {"Weirs"}
    assert library.problems == ()


def test_a_name_is_told_apart_when_another_one_comes_and_no_more_when_it_goes(tmp_path: Path) -> None:
    corpus = read(library_of(tmp_path, {"a/start.md": f"# Weirs\n\n{BODY}", "other.md": "# Mills\n\nThey turn."}))
    library_of(tmp_path, {"b/start.md": f"# Weirs\n\n{BODY}"})

    with_both, change = changed(corpus, look(tmp_path))
    (tmp_path / "a/start.md").unlink()
    with_one, _ = changed(with_both, look(tmp_path))

    assert (change.came, change.changed, change.went) == (1, 0, 0)
    assert with_both.article_names() == ["Weirs (a)", "Weirs (b)", "Mills"]
    assert with_one.article_names() == ["Weirs", "Mills"]


@pytest.mark.parametrize(
    "text", ["## Costs\n\nIt is dear.", "See the plan. It is long.\n\nAnd old.", "https://a.example"]
)
def test_a_file_is_never_named_after_a_subheading_a_sentence_or_an_address(tmp_path: Path, text: str) -> None:
    assert library_of(tmp_path, {"Weir plan.md": text}).articles[0].name == "Weir plan"
