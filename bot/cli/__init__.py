"""The command `quoth`: its commands in the order of its help. Nothing starts at import."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.cli.commands import app
from bot.cli.exits import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its status; see bot.cli.exits."""
    try:
        app(arguments, prog_name="quoth")
    except Exception as error:  # the last door: whatever comes is told in one sentence
        sys.exit(tell(error))
