"""The locked versions are those that pyproject.toml asks for, and its lower bounds are those that CI tests."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house.project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ROOT / "requirements"


def asked(*groups: str) -> list[Requirement]:
    """Give what the project itself requires, and what some of its dependency groups do."""
    return [Requirement(line) for line in PROJECT["project"]["dependencies"]] + [
        requirement for group in groups for requirement in _of_group(group)
    ]


def _of_group(group: str) -> list[Requirement]:
    given = PROJECT["dependency-groups"][group]
    included = [requirement for entry in given if isinstance(entry, dict) for requirement in _of_group(*entry.values())]
    return included + [Requirement(entry) for entry in given if isinstance(entry, str)]


def locked(lock: Path) -> dict[str, set[Version]]:
    """Give the pinned versions of each package; a universal lock may pin one for each Python."""
    pins: dict[str, set[Version]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE):
        pins.setdefault(canonicalize_name(name), set()).add(Version(version))
    return pins


def asked_for_by_us(lock: Path) -> set[str]:
    """Give the packages of a lock that are there because pyproject.toml names them."""
    entries = re.split(r"^(?=[\w.-]+==)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {canonicalize_name(entry.split("==")[0]) for entry in entries if "quoth (pyproject.toml" in entry}


@pytest.mark.parametrize(
    ("lock", "groups"),
    [("runtime.txt", ["build"]), ("dev.txt", ["build", "dev"]), ("lowest.txt", ["build", "test"])],
)
class TestTheLock:
    def test_satisfies_all_that_is_asked(self, lock: str, groups: list[str]) -> None:
        pins = locked(LOCKS / lock)
        stale = [
            f"{requirement} against {sorted(map(str, pins.get(canonicalize_name(requirement.name), ())))}"
            for requirement in asked(*groups)
            if not (versions := pins.get(canonicalize_name(requirement.name)))
            or not all(requirement.specifier.contains(version) for version in versions)
        ]

        assert stale == [], f"requirements/{lock} is behind pyproject.toml: run `make lock`"

    def test_holds_nothing_that_is_no_longer_asked(self, lock: str, groups: list[str]) -> None:
        names = {canonicalize_name(requirement.name) for requirement in asked(*groups)}

        assert asked_for_by_us(LOCKS / lock) - names == set(), "run `make lock`"

    def test_names_no_place_to_download_from(self, lock: str, groups: list[str]) -> None:
        assert groups
        assert "://" not in (LOCKS / lock).read_text(encoding="utf-8")


def test_people_and_ci_run_the_same_versions() -> None:
    runtime, development = locked(LOCKS / "runtime.txt"), locked(LOCKS / "dev.txt")

    assert {name: development.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("requirement", asked("build", "test"), ids=str)
def test_the_lower_bound_is_what_the_lowest_run_installs(requirement: Requirement) -> None:
    bound = min(Version(specifier.version) for specifier in requirement.specifier if specifier.operator == ">=")

    assert locked(LOCKS / "lowest.txt")[canonicalize_name(requirement.name)] == {bound}, "run `make lock`"
