"""`make` sets up what it needs once, mends what was cut off, and says in a sentence what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.house.project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")

# Stands in for Python: makes a .venv that holds itself, notes what pip is asked for, and plays the installed command.
PYTHON = """\
#!/bin/sh
case "$1 $2 $3" in
"-c import sys"*) [ -z "$TOO_OLD" ] ;;
"-c import ensurepip"*) [ -z "$NO_VENV" ] ;;
"-m venv "*) mkdir -p .venv/bin && cp "$0" .venv/bin/python && cp "$0" .venv/bin/quoth && echo venv >> calls ;;
"-m pip "*) echo pip >> calls; cat >> calls; [ -z "$CUT_OFF" ] ;;
"-m pytest "*) echo "2 passed" ;;
"run --chat"*) cat ;;
esac
"""


class Checkout:
    """A copy of the Makefile in a folder of its own, with a Python that only takes notes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "requirements").mkdir(parents=True)
        (folder / "retrieval" / "index" / "native").mkdir(parents=True)
        shutil.copy(ROOT / "Makefile", folder)
        needed = ("pyproject.toml", "requirements/runtime.txt", "requirements/dev.txt")
        for name in (*needed, "retrieval/index/native/search.h", "build_native.py"):
            (folder / name).touch()
        (folder / "python").write_text(PYTHON, encoding="utf-8")
        (folder / "python").chmod(0o755)

    def make(self, target: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """Run one target from elsewhere, and forget what earlier runs installed."""
        (self.folder / "calls").unlink(missing_ok=True)
        return subprocess.run(
            ["make", "-s", "-C", str(self.folder), target, f"PYTHON={self.folder / 'python'}"],
            input=typed,
            env={"PATH": os.environ["PATH"], **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    @property
    def calls(self) -> list[str]:
        notes = self.folder / "calls"
        return notes.read_text(encoding="utf-8").split() if notes.exists() else []


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "a place with spaces")


def test_what_is_typed_reaches_the_bot_and_only_the_bot_writes_to_standard_output(checkout: Checkout) -> None:
    done = checkout.make("run", "Who leads the group now?\n")

    assert done.stdout == "Who leads the group now?\n"
    assert done.stderr == "Setting up .venv (first time only, about a minute) …\n"
    assert checkout.calls == ["venv", "pip", "pip"]


def test_the_second_time_nothing_is_installed(checkout: Checkout) -> None:
    checkout.make("test")

    assert checkout.make("test").stdout == "2 passed\n"
    assert checkout.calls == []


def test_a_new_lock_is_installed_into_the_same_place(checkout: Checkout) -> None:
    checkout.make("run")
    lock = checkout.folder / "requirements" / "runtime.txt"
    later = (checkout.folder / ".venv" / "runtime").stat().st_mtime + 10
    os.utime(lock, (later, later))

    checkout.make("run")

    assert checkout.calls == ["pip", "pip"]


def test_an_installation_that_was_cut_off_is_made_anew(checkout: Checkout) -> None:
    assert checkout.make("run", CUT_OFF="yes").returncode != 0

    assert checkout.make("run", "Who?\n").stdout == "Who?\n"
    assert checkout.calls == ["venv", "pip", "pip"]


def test_a_later_installation_that_was_cut_off_is_made_anew(checkout: Checkout) -> None:
    checkout.make("run")
    checkout.make("test", CUT_OFF="yes")

    checkout.make("run")

    assert checkout.calls == ["venv", "pip", "pip"]


def test_a_checkout_that_was_moved_sets_up_anew(checkout: Checkout, tmp_path: Path) -> None:
    checkout.make("run")
    checkout.folder = checkout.folder.rename(tmp_path / "elsewhere")

    checkout.make("run")

    assert checkout.calls == ["venv", "pip", "pip"]


def test_a_python_that_is_too_old_is_said_in_a_sentence(checkout: Checkout) -> None:
    done = checkout.make("run", TOO_OLD="yes")

    assert done.stderr.splitlines()[0] == (
        f"Quoth needs Python 3.11 or later, and {checkout.folder / 'python'} is not that: "
        "name one with PYTHON=/path/to/python3.11"
    )
    assert not (checkout.folder / ".venv").exists()


def test_a_python_without_venv_is_said_in_a_sentence(checkout: Checkout) -> None:
    done = checkout.make("run", NO_VENV="yes")

    assert done.stderr.splitlines()[0] == (
        f"{checkout.folder / 'python'} cannot make virtual environments: on Debian and Ubuntu, apt install python3-venv"
    )
    assert not (checkout.folder / ".venv").exists()


def test_make_alone_lists_every_command(checkout: Checkout) -> None:
    listed = [line.split()[1] for line in checkout.make("help").stdout.splitlines()]

    assert listed == ["help", "run", "test", "quick", "check", "docs", "lock", "clean"]
