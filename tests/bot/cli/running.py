"""What came of a command, with what changes from run to run made the same."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

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
