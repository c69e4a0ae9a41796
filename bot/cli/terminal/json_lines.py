"""A file of JSON Lines, checked line by line before it is used."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from bot.cli.terminal.exit_codes import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class Line(NamedTuple):
    """A line of a file that is not blank, its number from 1, and how a person is told where it is."""

    number: int
    where: str
    data: bytes


def read_json_lines(file: Path, example: str, **fields: type | tuple[type, ...]) -> Iterator[dict[str, Any]]:
    """Each line's object, which has every one of `fields` in its type; "-" is standard input, blank lines are skipped.

    Other keys are left alone. Raises InputError, which names the file and the line and shows the `example`.
    """
    for line in lines_of(file):
        yield checked(line, example, fields, again=" and run it again from that line")


def name_of(file: Path) -> str:
    """What a file of lines is called to a person."""
    return "standard input" if str(file) == "-" else str(file)


def lines_of(file: Path) -> Iterator[Line]:
    """The lines of a file that are not blank; "-" is standard input. Raises InputError where it cannot be read."""
    name = name_of(file)
    with _opened(file, name) as lines:
        for number, line in enumerate(lines, 1):
            data = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if data.strip():
                yield Line(number, f"{name}, line {number}", data)


@contextmanager
def _opened(file: Path, where: str) -> Iterator[BinaryIO]:
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    try:
        opened = file.open("rb")
    except OSError as error:
        raise InputError(
            f"{where} cannot be read ({error.strerror}); check the name, or use - to read a pipe."
        ) from error
    with opened:
        yield opened


def checked(
    line: Line, example: str, fields: Mapping[str, type | tuple[type, ...]], *, again: str = ""
) -> dict[str, Any]:
    """The object of one line, as in `read_json_lines`; `again` ends the sentences of the InputError."""
    where, mend = line.where, f"write it as {example}{again}"
    try:
        text = line.data.decode()
        value = json.loads(text)
    except UnicodeDecodeError as error:
        raise InputError(f"{where} is not UTF-8; save the file as UTF-8{again}.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} is not JSON ({_short(text)}); {mend}.") from error
    if not isinstance(value, dict):
        raise InputError(f"{where} is {_short(text)}, not an object; {mend}.")
    for name, kind in fields.items():
        if name not in value:
            raise InputError(f"{where} has no “{name}”; {mend}.")
        if not isinstance(value[name], kind) or isinstance(value[name], bool):
            raise InputError(f"{where} says {_short(json.dumps(value[name]))} for “{name}”; {mend}.")
    return value


def _short(text: str) -> str:
    flat = text.strip()
    return flat if len(flat) <= 40 else flat[:39] + "…"
