"""A file of JSON Lines, checked line by line before it is used."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from bot.cli.exits import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read_json_lines(file: Path, example: str, **fields: type | tuple[type, ...]) -> Iterator[dict[str, Any]]:
    """Each line's object, which has every one of `fields` in its type; "-" is standard input, blank lines are skipped.

    Other keys are left alone. Raises InputError, which names the file and the line and shows the `example`.
    """
    where = "standard input" if str(file) == "-" else str(file)
    with _opened(file, where) as lines:
        for number, line in enumerate(lines, 1):
            text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if text.strip():
                yield _checked(text, f"{where}, line {number}", example, fields)


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


def _checked(line: bytes, where: str, example: str, fields: dict[str, type | tuple[type, ...]]) -> dict[str, Any]:
    mend = f"write it as {example} and run it again from that line"
    try:
        value = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise InputError(f"{where} is not UTF-8; save the file as UTF-8 and run it again from that line.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} is not JSON ({_short(line.decode())}); {mend}.") from error
    if not isinstance(value, dict):
        raise InputError(f"{where} is {_short(line.decode())}, not an object; {mend}.")
    for name, kind in fields.items():
        if name not in value:
            raise InputError(f"{where} has no “{name}”; {mend}.")
        if not isinstance(value[name], kind) or isinstance(value[name], bool):
            raise InputError(f"{where} says {_short(json.dumps(value[name]))} for “{name}”; {mend}.")
    return value


def _short(text: str) -> str:
    flat = text.strip()
    return flat if len(flat) <= 40 else flat[:39] + "…"
