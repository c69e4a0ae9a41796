"""The changelog has this version, a decision tells why, and links lead somewhere."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from retrieval.ingestion.registry import READERS
from tests.house.project import ROOT, files, relative

if TYPE_CHECKING:
    from pathlib import Path

DECISIONS = files("docs/decisions", suffix=".md")
DOCUMENTS = [path for path in files(suffix=".md") if path.relative_to(ROOT).parts[0] not in {"seeds", "tests"}]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# [text](target#part) and ![text](target), but not what is elsewhere.
LINK = re.compile(r"\]\((?![a-z]+:)([^)#\s]*)(?:#[^)]*)?\)")


def headings(document: Path) -> list[str]:
    return re.findall(r"^## (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_changelog_has_an_entry_for_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    newest = headings(ROOT / "CHANGELOG.md")[0]

    assert re.fullmatch(rf"\[{re.escape(version)}\] - (Unreleased|\d{{4}}-\d\d-\d\d)", newest)


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("decision", DECISIONS, ids=relative)
def test_a_decision_tells_its_context_the_choice_and_what_follows(decision: Path) -> None:
    assert headings(decision) == ["Context", "Choice", "Consequence"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_what_a_document_links_to_is_there(document: Path) -> None:
    """The links to a part of a page are followed by the build of the documentation's site."""
    targets = LINK.findall(document.read_text(encoding="utf-8"))

    assert [target for target in targets if target and not (document.parent / target).exists()] == []


def test_the_files_that_contributing_names_are_there() -> None:
    named = re.findall(r"`((?:bot|retrieval|tests|docs|benchmarks|requirements)/[^`\s]*)`", CONTRIBUTING)

    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_documentation_names_every_kind_of_article() -> None:
    articles = (ROOT / "docs" / "articles.md").read_text(encoding="utf-8")

    assert [ending for ending in READERS if f"`{ending}`" not in articles] == []


def test_every_page_of_the_documentation_is_in_its_navigation() -> None:
    """Its build says so too, but nobody who writes a page waits for that."""
    listed = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = [path.name for path in files("docs", suffix=".md") if path not in DECISIONS]

    assert [page for page in pages if f": {page}" not in listed] == []
