"""Every command of `quoth` tells what it does, and the documentation knows it."""

from __future__ import annotations

from typing import Any

import pytest
import typer.main

from bot.cli.commands import app
from tests.house.project import ROOT


def commands(command: Any, path: str) -> dict[str, Any]:
    """Give every command below one, by what is typed: `quoth log recent`."""
    below = getattr(command, "commands", None)
    if below is None:
        return {path: command}
    return {typed: found for name, inner in below.items() for typed, found in commands(inner, f"{path} {name}").items()}


COMMANDS = commands(typer.main.get_command(app), "quoth")

each_command = pytest.mark.parametrize("typed", sorted(COMMANDS))


@each_command
def test_a_command_says_in_a_sentence_what_it_does(typed: str) -> None:
    first = (COMMANDS[typed].help or "").split("\n", 1)[0]

    assert first.endswith("."), f"`{typed} --help` opens with {first!r}"


@each_command
def test_every_option_of_a_command_is_explained(typed: str) -> None:
    silent = [option.name for option in COMMANDS[typed].params if not getattr(option, "help", None)]

    assert silent == []


@each_command
def test_the_documentation_mentions_the_command(typed: str) -> None:
    assert f"`{typed}`" in (ROOT / "docs" / "terminal.md").read_text(encoding="utf-8")
