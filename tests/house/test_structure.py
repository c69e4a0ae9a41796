"""The house has few rooms, imports run downhill, and a name stands for one thing."""

from __future__ import annotations

import pytest

from benchmarks.structure import MOST_ROOMS, House, floor
from tests.house.project import ROOT, files

HOUSE = House(ROOT)
MOST_CORE_MODULES = 4
# What is seen from several floors keeps its name on each of them: the gaps' page, their handler, their store.
SUBJECTS = {
    "answer",
    "answers",
    "corrections",
    "deletion",
    "digest",
    "digests",
    "errors",
    "explanation",
    "export",
    "filters",
    "forums",
    "gaps",
    "leases",
    "log",
    "log_maintenance",
    "log_search",
    "maintenance",
    "markdown",
    "meaning",
    "member_answers",
    "migrations",
    "notifications",
    "preferences",
    "privacy",
    "query_log",
    "questions",
    "receipts",
    "replay",
    "review",
    "reviews",
    "row_reader",
    "session_ledger",
    "settings",
    "source_changes",
    "source_history",
    "sources",
    "statements",
    "statistics",
    "tables",
    "verification",
    "votes",
    "withdrawal",
}


@pytest.mark.parametrize("package", MOST_ROOMS)
def test_a_package_has_few_rooms(package: str) -> None:
    assert len(HOUSE.rooms(package).names) <= MOST_ROOMS[package]


@pytest.mark.parametrize("package", MOST_ROOMS)
def test_no_import_runs_back_up(package: str) -> None:
    assert HOUSE.back_up(HOUSE.rooms(package)) == []


def test_a_class_name_stands_for_one_thing() -> None:
    assert HOUSE.repeated_classes == {}


def test_a_module_name_stands_for_one_thing_which_may_be_seen_from_several_floors() -> None:
    assert {
        name: places
        for name, places in HOUSE.repeated_modules.items()
        if name not in SUBJECTS or len(set(map(floor, places))) < len(places)
    } == {}


def test_the_ground_is_small() -> None:
    modules = [file.name for file in files("retrieval/core", suffix=".py") if file.name != "__init__.py"]

    assert len(modules) <= MOST_CORE_MODULES
