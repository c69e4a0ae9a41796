"""What the README and the documentation show is what you get."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from typing import TYPE_CHECKING

import pytest

from tests.house.console import examples, matches
from tests.house.project import ROOT, files, relative

if TYPE_CHECKING:
    from pathlib import Path

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [
    path for path in (ROOT / "README.md", *files("docs", suffix=".md")) if examples(path.read_text(encoding="utf-8"))
]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a folder with the articles that come with Quoth and nothing of whoever runs the test."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def run(command: str, folder: Path) -> str:
    """Give what a terminal of 80 columns shows for a command, standard error included."""
    environment = {
        "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]),
        "HOME": str(folder),
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.stdout


def test_the_readme_shows_how_to_ask() -> None:
    assert any("quoth ask" in example.command for example in examples(README))


def test_the_two_commands_of_a_fresh_machine_come_first() -> None:
    first = re.search(r"^```\w*\n(.*?)^```", README, re.MULTILINE | re.DOTALL)

    assert first
    assert "make run" in first[1]
    assert "make test" in README


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_the_examples_of_a_document_print_what_it_says(document: Path, checkout: Path) -> None:
    """They are run one after another, as a reader would: one may look at what another has asked."""
    for example in examples(document.read_text(encoding="utf-8")):
        printed = run(example.command, checkout)

        assert matches(example.shown, printed), (
            f"`{example.command}` prints\n{printed}\nbut {relative(document)} shows\n{example.shown}"
        )
