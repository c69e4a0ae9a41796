"""The changelog has this version, and a decision tells why."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.house.project import ROOT, files, relative

if TYPE_CHECKING:
    from pathlib import Path

DECISIONS = files("docs/decisions", suffix=".md")


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
