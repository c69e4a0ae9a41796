"""A newcomer can work from the help: every command and every option says what it does."""
# ruff: noqa: E501 - what is printed is held as it is printed, a line a line

from __future__ import annotations

import io
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest
import typer
from inline_snapshot import snapshot

from bot.cli import main
from bot.cli.commands import app
from bot.cli.terminal import exit_codes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bot.cli.running import Quoth

EXAMPLES_ELSEWHERE = {"quoth", "quoth log", "quoth doctor", "quoth meaning"}


def commands() -> Iterator[tuple[str, Any]]:
    def below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
        yield name, command
        for part, inner in getattr(command, "commands", {}).items():
            yield from below(f"{name} {part}", inner)

    return below("quoth", typer.main.get_command(app))


COMMANDS = dict(commands())


def test_these_are_the_commands() -> None:
    assert list(COMMANDS) == snapshot(
        [
            "quoth",
            "quoth ask",
            "quoth chat",
            "quoth verify",
            "quoth sources",
            "quoth sources add",
            "quoth sources replace",
            "quoth sources rename",
            "quoth sources remove",
            "quoth sources history",
            "quoth sources restore",
            "quoth index",
            "quoth meaning",
            "quoth meaning models",
            "quoth meaning install",
            "quoth sentences",
            "quoth publish",
            "quoth run",
            "quoth doctor",
            "quoth eval",
            "quoth review",
            "quoth log",
            "quoth log recent",
            "quoth log search",
            "quoth log unanswered",
            "quoth log gap",
            "quoth log corrections",
            "quoth log show",
            "quoth log stale",
            "quoth log stats",
            "quoth log export",
            "quoth log backup",
            "quoth log copy",
            "quoth log forget",
            "quoth log mark",
            "quoth log replay",
        ]
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_each_of_its_options_say_what_they_do(name: str) -> None:
    command = COMMANDS[name]

    assert len((command.help or "").strip()) > 15
    assert all((parameter.help or "").strip() for parameter in command.params), name


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - EXAMPLES_ELSEWHERE))
def test_a_command_shows_how_it_is_called(name: str) -> None:
    assert f"\n  {name}" in COMMANDS[name].help


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_is_printed(quoth: Quoth, name: str) -> None:
    ran = quoth(*name.split()[1:], "--help")

    assert (ran.status, ran.err) == (0, "")
    assert "Usage: " in ran.out


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - {"quoth"}))
def test_a_list_of_commands_says_of_each_what_its_own_help_says(name: str) -> None:
    *above, last = name.split()
    entry = COMMANDS[" ".join(above)].entries[last]

    assert COMMANDS[name].help.startswith(entry.sentence)


def test_the_version_is_that_of_the_installed_package(quoth: Quoth) -> None:
    ran = quoth("--version")

    assert (ran.status, ran.out) == (0, f"quoth {version('quoth')}\n")


def test_quoth_alone_shows_the_help(quoth: Quoth) -> None:
    ran = quoth()

    assert "quoth ask" in ran.out + ran.err


@pytest.mark.parametrize(
    "arguments", [["aks"], ["ask", "--nope"], ["ask", "--limit", "many", "x"], ["verify"], ["log"]]
)
def test_wrong_use_of_the_command_line_is_exit_2(quoth: Quoth, arguments: list[str]) -> None:
    assert quoth(*arguments).status == 2


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("the cellar \x1b[31m is flooded")


def test_what_is_broken_is_one_sentence_and_exit_3(quoth: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.answering.open_answerer", broken)

    ran = quoth("ask", "x")

    assert (ran.status, ran.out) == (3, "")
    assert ran.err == snapshot(
        "Something broke inside quoth (RuntimeError: the cellar \\x1b[31m is flooded); run the same as `quoth --debug …` to see where, and report it with what that shows.\n"
    )


def test_debug_shows_the_traceback(quoth: Quoth, caplog: pytest.LogCaptureFixture) -> None:
    plain = quoth("ask", "--seeds", "nowhere", "x")
    assert not caplog.records

    debug = quoth("--debug", "ask", "--seeds", "nowhere", "x")

    assert "Traceback (most recent call last):" in caplog.text
    assert plain.status == debug.status == 2


def test_ctrl_c_ends_quietly_with_130(quoth: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.app.answering.open_answerer", interrupted)

    ran = quoth("ask", "x")

    assert (ran.status, ran.out, ran.err) == (exit_codes.INTERRUPTED, "", "")


def test_letters_that_stdout_cannot_write_cost_no_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "seeds" / "cafe.txt").write_text("The café\n\nThe café serves “crème brûlée”.\n", encoding="utf-8")
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))

    with pytest.raises(SystemExit) as ended:
        main(["ask", "--no-log", "What does the café serve?"])

    assert ended.value.code == 0
    assert b"> The caf\\xe9 serves \\u201ccr\\xe8me br\\xfbl\\xe9e\\u201d." in written.getvalue()
