"""Each room sees only the rooms below it, as drawn in pyproject.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importlinter.cli import lint_imports

from tests.house.project import ROOT

if TYPE_CHECKING:
    import pytest


def test_every_import_goes_downwards(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert status == 0, capsys.readouterr().out
