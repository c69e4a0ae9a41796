"""The benchmarks are kept as the rest is: each can be imported, and says how it is run."""

from __future__ import annotations

from importlib import import_module

import pytest

from benchmarks.peer_environment import PACKAGES
from tests.house.project import files, relative

MODULES = [
    relative(file).removesuffix(".py").replace("/", ".")
    for file in files("benchmarks", suffix=".py")
    if file.stem != "__init__"
]


@pytest.mark.parametrize("name", MODULES)
def test_a_benchmark_can_be_imported_and_says_what_it_is(name: str) -> None:
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in PACKAGES:  # what the search is measured beside is in an environment of its own
            raise
        pytest.skip(f"{error.name} is not installed here")

    assert (module.__doc__ or "").strip()
