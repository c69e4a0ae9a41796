"""The command `quoth`: its commands in the order of its help. Nothing starts at import."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.cli.terminal.startup import no_garbage, no_plugins

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its status; see bot.cli.terminal.exit_codes."""
    no_plugins()
    with no_garbage():
        from bot.cli.commands import app  # noqa: PLC0415 - it takes a while, see bot.cli.terminal.startup
        from bot.cli.terminal.exit_codes import tell  # noqa: PLC0415
    try:
        app(arguments, prog_name="quoth")
    except Exception as error:  # the last door: whatever comes is told in one sentence
        sys.exit(tell(error))
