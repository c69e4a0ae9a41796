"""Text on its way to a terminal or a pipe: wrapped and coloured on the one, plain on the other, harmless on both."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from rich.table import Table

WIDEST = 100  # columns: longer lines are hard to read
UNWRAPPED = 1_000_000

WHITE = re.compile(r"\s+")
BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")
# What could steer the terminal (escape sequences begin with a control character), turn the reading order of what
# follows it, or stop the output (surrogates).
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Terminal(Console):
    """A console that prints what it is given: no markup, no emoji codes, no colours of its own invention."""

    def __init__(self, *, stderr: bool = False) -> None:
        seen = (sys.stderr if stderr else sys.stdout).isatty()
        super().__init__(stderr=stderr, markup=False, emoji=False, highlight=False, width=None if seen else UNWRAPPED)

    @property
    def columns(self) -> int:
        """The width for running text."""
        return min(self.width, WIDEST) if self.is_terminal else self.width

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError

    def say(self, text: str, style: str = "", *, indent: int = 0) -> None:
        """Print our own or somebody's words, wrapped between words, each line behind `indent` blanks."""
        for line in Text(printable(text), style).wrap(self, self.columns - indent):
            line.rstrip()
            self.print(Text(" " * indent).append_text(line), soft_wrap=True)

    def show(self, table: Table) -> None:
        """Print a table, without the blanks that fill its last column."""
        for line in self.render_lines(table, pad=False):
            text = Text.assemble(*((segment.text, segment.style or "") for segment in line))
            text.rstrip()
            self.print(text, soft_wrap=True)


def printable(text: str) -> str:
    r"""Put `text` on one line, and whatever is not for reading written out, such as an escape character as \x1b."""
    flat = WHITE.sub(lambda white: " " if BREAKS.intersection(white[0]) else white[0], text)
    return UNSAFE.sub(lambda char: ascii(char[0])[1:-1], flat)


def print_json(value: object) -> None:
    """Print one line of JSON and send it off, in plain ASCII where stdout cannot write the letters themselves."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        line = json.dumps(value)
    typer.echo(line)
