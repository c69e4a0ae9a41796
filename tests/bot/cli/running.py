"""What came of a command, with what changes from run to run made the same."""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

CHANGING = (
    (re.compile(r"\b[0-9a-z]{16}\b"), "<id>"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d\b"), "<time>"),
    (re.compile(r"[\d.]+ seconds"), "<n> seconds"),
    (re.compile(r"sha256:[0-9a-f]{64}"), "sha256:<digest>"),
    (re.compile(r"[\d.]+ (?:bytes|kB)"), "<size>"),
)


@dataclass(frozen=True, slots=True)
class Ran:
    """The exit status and what was printed."""

    status: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """Standard output without ids, times and digests."""
        text = self.out
        for pattern, name in CHANGING:
            text = pattern.sub(name, text)
        return text

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The JSON Lines on standard output."""
        return [json.loads(line) for line in self.out.splitlines()]


Quoth: TypeAlias = "Callable[..., Ran]"


class Screen(io.StringIO):
    """A terminal, as far as the program can tell."""

    def isatty(self) -> bool:
        return True


def put_in_front_of(screen: Screen, monkeypatch: pytest.MonkeyPatch, *, columns: str = "40") -> None:
    """Make `screen` what is printed to; in the test itself, since pytest sets its own before each phase."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", screen)
