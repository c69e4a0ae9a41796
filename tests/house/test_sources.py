"""What every source file keeps to: one subject, a readable length, nothing of the machine it was written on."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.house.project import ROOT, files, relative

if TYPE_CHECKING:
    from pathlib import Path

MODULES = files("bot", "retrieval", suffix=".py")
LONGEST_MODULE = 300
LONGEST_FUNCTION = 50
# Written so that this file does not match itself.
OF_A_MACHINE = re.compile(
    r"(?<![\w.~}])/(?:wor[k]|tm[p]|hom[e]/\w+|roo[t]|Users/\w+)/\w|\.interna[l]\b|--(?:extra-)?index-ur[l]|/simpl[e]/"
)

each_module = pytest.mark.parametrize("module", MODULES, ids=relative)


def function_lengths(module: Path) -> dict[str, int]:
    """Give how many lines each function of a module has."""
    return {
        node.name: (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@each_module
def test_a_module_says_in_its_first_line_what_it_is(module: Path) -> None:
    code = ast.parse(module.read_text(encoding="utf-8"))
    first = (ast.get_docstring(code) or "").split("\n", 1)[0]

    assert not code.body or re.fullmatch(r"\S.*[.?:]", first), f"{relative(module)} opens with {first!r}"


@each_module
def test_a_module_and_its_functions_can_be_read_in_one_go(module: Path) -> None:
    lines = len(module.read_text(encoding="utf-8").splitlines())

    assert lines <= LONGEST_MODULE, f"{relative(module)} has {lines} lines"
    assert {name: length for name, length in function_lengths(module).items() if length > LONGEST_FUNCTION} == {}


def test_every_folder_of_tests_is_a_package() -> None:
    """So that two test files of one name do not collide, and contracts can be imported from anywhere."""
    folders = {path.parent for path in files("tests", suffix=".py") if "data" not in path.relative_to(ROOT).parts}

    assert sorted(relative(folder) for folder in folders if not (folder / "__init__.py").is_file()) == []


def test_nothing_names_the_machine_it_was_written_on() -> None:
    found = [
        f"{relative(path)}:{number}: {line.strip()}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if OF_A_MACHINE.search(line)
    ]

    assert found == []
