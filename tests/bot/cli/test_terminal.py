"""Text on its way to a terminal is wrapped and marked there, plain in a pipe, and harmless in both."""

from __future__ import annotations

import datetime
import io
import json
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.terminal.articles import ReadingBar
from bot.cli.terminal.reply_printer import show_passage
from bot.cli.terminal.terminal import Terminal, print_json, printable
from retrieval.core.model import Article, Span
from tests.bot.cli.running import Screen, put_in_front_of

TEXT = "The lamp was lit\nby Ada Lindqvist, the first keeper of the lighthouse."


def passage(terminal: Terminal) -> None:
    article = Article("l.md", "The lighthouse", TEXT, "0" * 64, date=datetime.date(2021, 3, 4))
    show_passage(terminal, article, Span(0, len(TEXT)), [Span(4, 8), Span(20, 33)])


def test_on_a_terminal_a_quotation_is_wrapped_and_its_marks_are_bold(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_front_of(screen := Screen(), monkeypatch)

    passage(Terminal())

    assert screen.getvalue().splitlines() == [
        "\x1b[36m> \x1b[0mThe \x1b[1mlamp\x1b[0m was lit by \x1b[1mAda Lindqvist\x1b[0m, the",
        "\x1b[36m> \x1b[0mfirst keeper of the lighthouse.",
        "  \x1b[3mThe lighthouse · 4 March 2021\x1b[0m",
    ]


def test_in_a_pipe_a_quotation_is_one_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    passage(Terminal())

    assert capsys.readouterr().out == (
        "> The lamp was lit by Ada Lindqvist, the first keeper of the lighthouse.\n  The lighthouse · 4 March 2021\n"
    )


@given(text=st.text())
def test_nothing_printed_can_steer_a_terminal(text: str) -> None:
    shown = printable(text)

    assert all(char.isprintable() or ord(char) > 0x9F for char in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    shown.encode()


def test_ordinary_words_are_printed_as_they_are() -> None:
    text = "Привет, שלום 👩‍👩‍👧 “café” 10\u00a0km"

    assert printable(text) == text


@pytest.mark.parametrize("text", ["café", "\udcff", "[bold]", "\u2028"])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_json_can_be_read_back_whatever_stdout_can_write(
    monkeypatch: pytest.MonkeyPatch, text: str, encoding: str
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))

    print_json({"text": text})

    assert json.loads(written.getvalue()) == {"text": text}


def test_a_progress_bar_appears_on_a_terminal_when_reading_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_front_of(screen := Screen(), monkeypatch)
    quick, slow = ReadingBar(Terminal(stderr=True)), ReadingBar(Terminal(stderr=True))
    slow.started -= 2

    quick(1, 10)
    quick.stop()
    assert screen.getvalue() == ""

    slow(3, 10)
    slow.stop()
    assert "Reading the articles" in screen.getvalue()
    assert "3/10" in screen.getvalue()


def test_a_progress_bar_tells_the_time_left_as_soon_as_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_front_of(screen := Screen(), monkeypatch, columns="80")
    bar = ReadingBar(Terminal(stderr=True))
    bar.started -= 2
    clock = iter(range(100, 200))
    bar.progress.get_time = lambda: float(next(clock))

    for done in range(1, 8):
        bar(done, 10)
    bar.stop()

    assert re.search(r"7/10\S* \S*\d\d:\d\d left", screen.getvalue())


def test_a_pipe_never_sees_a_progress_bar(capsys: pytest.CaptureFixture[str]) -> None:
    bar = ReadingBar(Terminal(stderr=True))
    bar.started -= 2

    bar(3, 10)
    bar.stop()

    assert capsys.readouterr().err == ""
