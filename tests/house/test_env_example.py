"""`.env.example` names every setting, with its default, and can be used as it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config.settings import load_settings, names, unknown_settings

if TYPE_CHECKING:
    import pytest

EXAMPLE = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
SETTING = re.compile(r"^(?:# )?([A-Z_]+)=(.*)$", re.MULTILINE)


def test_it_names_every_setting_once_and_nothing_else() -> None:
    assert [name for name, _ in SETTING.findall(EXAMPLE)] == list(names())


def test_every_setting_is_explained_in_the_lines_above_it() -> None:
    settings_with_lines = [paragraph for paragraph in EXAMPLE.split("\n\n") if SETTING.search(paragraph)]

    assert len(settings_with_lines) == len(names())
    assert all(re.match(r"# [A-Z].*[.:]", paragraph) for paragraph in settings_with_lines)


def test_as_it_stands_and_with_every_line_in_use_it_says_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    defaults = load_settings()

    for example in (EXAMPLE, SETTING.sub(r"\1=\2", EXAMPLE)):
        (tmp_path / ".env").write_text(example, encoding="utf-8")

        assert load_settings() == defaults
        assert unknown_settings() == ()


def test_a_line_in_use_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the test above cannot pass on a file that is not read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(EXAMPLE.replace("# QUOTH_LIMIT=3", "QUOTH_LIMIT=4"), encoding="utf-8")

    assert load_settings().limit == 4
