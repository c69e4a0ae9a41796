"""Each room sees only the rooms below it, as drawn in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.house.project import ROOT


def test_every_import_goes_downwards() -> None:
    # In a process of its own: import-linter switches off the loggers of the one that it runs in.
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
