"""`quoth log recent` shows what was asked, newest first."""
# ruff: noqa: E501 - what is printed is held as it is printed, a line a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from bot.cli import main
from tests.bot.cli.running import Screen, put_in_front_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.running import Quoth


def test_a_log_that_is_not_there_yet_is_empty_and_is_not_made(quoth: Quoth, folder: Path) -> None:
    ran = quoth("log", "recent")

    assert (ran.status, ran.out) == (0, "No question is in the log data/quoth.db yet.\n")
    assert quoth("log", "recent", "--json").out == ""
    assert not (folder / "data").exists()


def test_the_newest_questions_are_listed_first(quoth: Quoth) -> None:
    quoth("ask", "Who lit the lamp?")
    quoth("ask", "")
    quoth("ask", "\x1b[31mtram " + "and tram " * 20)

    ran = quoth("log", "recent", "-n", "3")

    assert (ran.status, ran.err) == (0, "")
    assert ran.text == snapshot("""\
Asked             Where     Outcome        Question                                                      First source
<time>  terminal  unknown words  \\x1b[31mtram and tram and tram and tram and tram and tram a…
<time>  terminal  no words
<time>  terminal  answer         Who lit the lamp?                                             The lighthouse of Norrholm
""")


def test_json_gives_whole_rows_and_no_more_than_asked_for(quoth: Quoth) -> None:
    quoth("ask", "Who lit the lamp?")
    asked = quoth("ask", "--json", "When did trams last run?").objects[0]

    (row,) = quoth("log", "recent", "-n", "1", "--json").objects

    assert row["id"] == asked["id"]
    assert (row["question"], row["surface"], row["outcome"]) == ("When did trams last run?", "terminal", "answer")
    assert [quote["text"] for quote in row["quotes"]] == [quote["text"] for quote in asked["quotes"]]
    assert row["asked_at"].endswith("+00:00")


def test_what_is_asked_with_no_log_is_not_there(quoth: Quoth, folder: Path) -> None:
    quoth("ask", "--no-log", "Who lit the lamp?")

    assert not (folder / "data").exists()


def test_a_senseless_number_is_told(quoth: Quoth) -> None:
    ran = quoth("log", "recent", "-n", "0")

    assert (ran.status, ran.err) == (2, "-n is 0; give 1 or more.\n")


def test_a_log_that_cannot_be_opened_is_broken(quoth: Quoth, folder: Path) -> None:
    (folder / "data" / "quoth.db").mkdir(parents=True)

    ran = quoth("log", "recent")

    assert ran.status == 3
    assert ran.err.startswith("The query log data/quoth.db cannot be opened: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("width", ["72", "80", "120"])
def test_a_row_stays_one_line_on_a_narrow_terminal(quoth: Quoth, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    quoth("ask", "Who lit the lamp of the lighthouse of Norrholm, and when was that, and what became of it since?")
    put_in_front_of(screen := Screen(), monkeypatch, columns=width)

    with pytest.raises(SystemExit):
        main(["log", "recent"])

    heading, row = screen.getvalue().splitlines()
    assert "Asked" in heading
    assert "Who lit" in row
    assert "…" in row
