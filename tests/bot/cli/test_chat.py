"""`quoth chat` answers line by line, obeys its few commands and leaves politely."""
# ruff: noqa: E501 - what is printed is held as it is printed, a line a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from bot.cli.ask import chat
from bot.cli.terminal.prompt import Prompt, completions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bot.cli.running import Quoth

NAMES = ["Trams come back", "The lighthouse", "The harbour"]


def test_each_line_of_a_pipe_is_answered_without_a_prompt(quoth: Quoth) -> None:
    ran = quoth("chat", "--limit", "1", stdin="Who lit the lamp?\n\n  \nWhen did trams last run?\n")

    assert (ran.status, ran.err) == (0, "")
    assert ran.text == snapshot("""\
> The lighthouse of Norrholm was built in 1874. Its lamp was lit by Ada Lindqvist, the first keeper.
  The lighthouse of Norrholm · 4 March 2021

From 1 of 2 sources · <id>

> Trams last ran in Veldhaven in 1961.
  Trams come back to Veldhaven

From 1 of 2 sources · <id>
""")


def test_what_was_asked_is_in_the_log(quoth: Quoth) -> None:
    quoth("chat", stdin="Who lit the lamp?\nWhen did trams last run?")

    questions = [row["question"] for row in quoth("log", "recent", "--json").objects]

    assert questions == ["When did trams last run?", "Who lit the lamp?"]


def test_the_chat_can_be_narrowed_to_a_source_and_widened_again(quoth: Quoth) -> None:
    ran = quoth("chat", "--limit", "1", stdin="/from trams\nWho lit the lamp?\n/from\n/from zebra\n/from\n")

    assert ran.text == snapshot("""\
Only “Trams come back to Veldhaven” is asked from now on; /from goes back to all.
None of the sources answers this. No passage matches the question.
Try other words, or see what there is with `quoth sources`.

3 sentences searched · <id>
All 2 sources are asked.
No source is called “zebra”; `quoth sources` lists them.
All 2 sources are asked.
""")


def test_where_one_source_is_asked_the_others_are_not_counted(quoth: Quoth) -> None:
    ran = quoth("chat", "--limit", "1", stdin="When did trams last run?\n/from trams\nWhen did trams last run?\n")

    before, after = (line for line in ran.text.splitlines() if line.startswith("From"))
    assert before == "From 1 of 2 sources · <id>"
    assert after == "From 1 source · <id>"


def test_a_question_follows_up_the_last_one_and_the_answer_says_how_it_was_read(quoth: Quoth) -> None:
    ran = quoth("chat", "--limit", "1", stdin="When did trams last run?\nWhat will it cost?\nand why?\n")

    assert ran.text == snapshot("""\
> Trams last ran in Veldhaven in 1961.
  Trams come back to Veldhaven

From 1 of 2 sources · <id>

> The line will cost 40 million euros.
  Trams come back to Veldhaven

read with “trams”, “last” and “run” from what was asked before · From 1 of 2 sources · <id>
Was it not meant as a follow-up? Say /new, and ask it again.

> The line will cost 40 million euros.
  Trams come back to Veldhaven

read with “cost”, “trams”, “last” and “run” from what was asked before · From 1 of 2 sources · <id>
""")


def test_new_makes_the_next_question_stand_by_itself(quoth: Quoth) -> None:
    quoth("chat", stdin="Who lit the lamp of Norrholm?\nthanks!\nWhen was it built?\n/new\nWhen was it built?\n")

    *_, thanks, first = rows = quoth("log", "recent", "--json").objects
    assert [row["question"] for row in rows[:2]] == ["When was it built?", "When was it built?"]
    assert [row["follows"] for row in rows] == [None, first["id"], None, None]
    assert thanks["question"] == "thanks!"


BRIDGE = "The bridge of Veldhaven\n\nThe bridge was opened in June. Trams cross the bridge.\n"


@pytest.fixture
def typed_over_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the lines typed while somebody works on the articles, each a long while after the one before."""
    seeds = folder / "seeds"

    def lines() -> Iterator[str]:
        yield "When was the bridge opened?"
        (seeds / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
        (seeds / "empty.txt").touch()
        yield "When was the bridge opened?"
        yield "/from bridge"
        (seeds / "bridge.txt").unlink()
        yield "When was the bridge opened?"
        (seeds / "lighthouse.md").rename(folder / "lighthouse.md")
        (seeds / "trams.txt").rename(folder / "trams.txt")
        yield "/sources"
        yield "thanks"

    monkeypatch.setattr(chat, "LOOKED", 0.0)
    monkeypatch.setattr(chat, "_lines_of_a_pipe", lines)


@pytest.mark.usefixtures("typed_over_time")
def test_the_chat_answers_from_the_articles_as_they_are(quoth: Quoth) -> None:
    ran = quoth("chat", "--limit", "1")

    assert (ran.status, ran.err) == snapshot(
        (
            0,
            """\
The articles have changed: 1 came, 0 changed, 0 went; 3 articles can be asked now.
empty.txt is empty; write something in it or remove it.
The articles have changed: 0 came, 0 changed, 1 went; 2 articles can be asked now.
“The bridge of Veldhaven” is gone, so all 2 sources are asked again.
The articles could not be read again, so the earlier ones are used: The folder of articles seeds has no article that can be read; put .md, .txt, .html, .docx, .pdf or other documents in it. empty.txt is empty; write something in it or remove it.
""",
        )
    )
    assert ran.text == snapshot("""\
None of the sources answers this. No source mentions “bridge” or “opened”.
Try other words, or see what there is with `quoth sources`.

The closest passage, which does not answer it:

> The café beside it closed “for good” in 2009.
  The lighthouse of Norrholm · 4 March 2021

7 sentences searched · <id>

> The bridge was opened in June. Trams cross the bridge.
  The bridge of Veldhaven

From 1 of 3 sources · <id>
Only “The bridge of Veldhaven” is asked from now on; /from goes back to all.

None of the sources answers this. No source mentions “bridge” or “opened”.
Try other words, or see what there is with `quoth sources`.

The closest passage, which does not answer it:

> The café beside it closed “for good” in 2009.
  The lighthouse of Norrholm · 4 March 2021

7 sentences searched · <id>
Source                        Date          Sentences  File
The lighthouse of Norrholm    4 March 2021          4  lighthouse.md
Trams come back to Veldhaven                        3  trams.txt

You are welcome. Ask me more whenever you like.

<id>
""")


@pytest.mark.usefixtures("typed_over_time")
def test_the_chat_keeps_to_the_articles_of_its_start_where_it_is_told_not_to_watch(
    quoth: Quoth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTH_WATCH", "0")

    ran = quoth("chat", "--limit", "1")

    assert (ran.err, ran.text.count("opened in June")) == ("", 0)


def test_slash_commands_are_told_and_leave(quoth: Quoth) -> None:
    ran = quoth("chat", stdin="/help\n/sources\n/what\n/quit\nWho lit the lamp?\n")

    assert ran.status == 0
    assert ran.text == snapshot("""\
/sources    list the sources and their dates
/from NAME  ask only that source; /from alone goes back to all
/new        forget the last question; the next one starts afresh
/help       show these lines
/quit       leave, as Ctrl-D does
Source                        Date          Sentences  File
The lighthouse of Norrholm    4 March 2021          4  lighthouse.md
Trams come back to Veldhaven                        3  trams.txt
There is no command /what; /help lists them all.
""")


def test_the_help_tells_every_command_of_the_chat() -> None:
    for command, does in chat.COMMANDS.items():
        assert f"{command:<12}  {does}" in (chat.chat.__doc__ or "")


def test_a_badly_encoded_line_is_a_question_like_any_other(quoth: Quoth) -> None:
    ran = quoth("chat", stdin=b"\xff\xfe lamp\nWho lit the lamp?\n")

    assert ran.status == 0
    assert "Ada Lindqvist" in ran.out


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/", ["/sources", "/from", "/help", "/quit"]),
        ("/q", ["/quit"]),
        ("/from ", ["/from Trams come back", "/from The lighthouse", "/from The harbour"]),
        ("/from light", ["/from The lighthouse"]),
        ("/from har", ["/from The harbour"]),
        ("/from h", []),  # in all three, and Tab would leave the line without the h
        ("What says tr", ["What says Trams come back"]),
        ("the", ["The lighthouse", "The harbour"]),
        ("What ", []),
        ("", []),
    ],
)
def test_tab_completes_commands_and_the_names_of_sources(line: str, expected: list[str]) -> None:
    assert completions(line, ["/sources", "/from", "/help", "/quit"], NAMES) == expected


def test_a_prompt_ends_with_none_and_ctrl_c_drops_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed: Iterator[BaseException | str] = iter([KeyboardInterrupt(), "a question", EOFError()])

    def fake_input(prompt: str) -> str:
        print(prompt, end="")  # noqa: T201 - as input does
        line = next(typed)
        if isinstance(line, BaseException):
            raise line
        return line

    monkeypatch.setattr("builtins.input", fake_input)
    prompt = Prompt(tmp_path / "history", [], list)

    assert [prompt.ask("? "), prompt.ask("? ")] == ["a question", None]
    assert capsys.readouterr().out == "? \n? ? \n"
