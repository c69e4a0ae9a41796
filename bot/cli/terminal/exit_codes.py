"""Exit statuses, and how what went wrong is told: one sentence on stderr, the traceback only with --debug."""

from __future__ import annotations

import io
import logging
import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from retrieval.core.errors import QuothError

logger = logging.getLogger(__name__)

ANSWERED = 0
NO_ANSWER = 1
WRONG = 2  # the command was used wrongly, or the settings, the articles or the input cannot be used
BROKEN = 3
INTERRUPTED = 130  # 128 + SIGINT, as shells say it
PIPE_CLOSED = 141  # 128 + SIGPIPE, as of any program whose reader went away


class InputError(QuothError):
    """What was given on the command line or in a file of questions cannot be used."""


class Commands(TyperGroup):
    """The commands, ending quietly on Ctrl-C and when nobody reads the output any more."""

    def invoke(self, ctx: Any) -> Any:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # a letter that stdout cannot write costs no answer
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # here, where a closed pipe can still be told from a fault
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # Python flushes stdout once more when it ends, and would complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(PIPE_CLOSED) from None
        return result


def tell(error: Exception) -> int:
    """Say on stderr what went wrong, and give the exit status for it."""
    from bot.cli.terminal.terminal import Terminal  # noqa: PLC0415 - the help does without rich's console and pydantic
    from bot.config.errors import LogError  # noqa: PLC0415

    logger.debug("What led to it:", exc_info=error)
    terminal = Terminal(stderr=True)
    if isinstance(error, QuothError):
        for line in str(error).splitlines():
            terminal.say(line)
        return BROKEN if isinstance(error, LogError) else WRONG
    terminal.say(
        f"Something broke inside quoth ({type(error).__name__}: {error}); "
        "run the same as `quoth --debug …` to see where, and report it with what that shows."
    )
    return BROKEN
